"""What the problems tell the areas above. Sent inside the transaction of the act."""

from django.dispatch import Signal

problem_accepted = Signal()  # problem: Problem, by: User
