"""What a council tells the areas above. Sent inside the transaction of the act."""

from django.dispatch import Signal

decision_adopted = Signal()  # decision: Decision, by: User
decision_published = Signal()  # decision: Decision (its is_public says which way), by: User
meeting_closed = Signal()  # meeting: Meeting, by: User
letters_wanted = Signal()  # invitations: list[int], ids of those to whom the worker writes
written_letters_wanted = Signal()  # links: list[int], ids of those whom the worker asks to answer in writing
meeting_changed = Signal()  # meeting: Meeting (when, where, or whether it is held), by: User
