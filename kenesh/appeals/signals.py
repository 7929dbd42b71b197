"""What the areas above may want to know. Sent inside the transaction of the act, with `appeal`; never with its content."""

from __future__ import annotations

from django.dispatch import Signal

message_received = Signal()  # the person wrote
erasure_requested = Signal()  # also with `receipt_public_key`: seal to it whatever opens copies of the content
erasure_cancelled = Signal()  # also with `receipt_secret`
appeal_destroyed = Signal()  # sent just before the rows go
