"""What happened to accounts, in the past tense, for the areas above; sent inside the transaction of the act."""

from __future__ import annotations

from django.dispatch import Signal

pair_replaced = Signal()  # user: what was sealed to the key pair before opens no more, for nobody
keys_taken = Signal()  # user, organisation (None: all): her copies of keys are deleted; what is sealed to herself goes too
seat_nominated = Signal()  # seat, since: somebody else sits there from that day on
seat_removed = Signal()  # seat: it was entered by mistake and goes now, with what cascades; raise SeatInUse to keep it
organisation_renamed = Signal()  # organisation: its name, short name or country is corrected
# sender (Organisation or Person), stays, goes: both are locked, and `goes` is deleted once all rooms have moved what points to it
records_joined = Signal()
mailing_begun = Signal()  # mailing: its letters wait for the worker
