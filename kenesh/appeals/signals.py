"""What the areas above may want to know. Sent inside the transaction of the act, with `appeal`; never with its content."""

from __future__ import annotations

from django.dispatch import Signal

appeal_filed = Signal()  # also with `by`: who stored it
message_received = Signal()  # the person wrote; also with `opened`
erasure_requested = Signal()  # also with `receipt_public_key`: seal to it whatever opens copies of the content
erasure_cancelled = Signal()  # also with `receipt_secret` and `opened`
consent_given_back = Signal()  # also with `opened`: the office may work on it again
restricted_given_back = Signal()  # also with `opened`: grant it to the people for whom it is restricted, the office gets nothing
# also with `code`, `opened` and `by`: who took the consent back, trail.PUBLIC for the person herself
consent_taken_back = Signal()
appeal_destroyed = Signal()  # sent just before the rows go
# also with `opened`, `old` and `new`, the two receipts, `old_secret` and `signing_seed` (both None when the office replaces a lost
# one): whatever is sealed to the old receipt is to be sealed to the new one now, and what it had signed to be signed with the seed
receipt_replaced = Signal()
