"""What followup tells the areas above."""

from django.dispatch import Signal

# recommendation=Recommendation, response=Response, by=User or "addressee:<code>"; inside the transaction of the answer.
recommendation_answered = Signal()

# recommendation=Recommendation, verdict=Verdict, by=User; inside the transaction of the judgement.
recommendation_verified = Signal()

# addressee=Addressee; inside the transaction in which a letter to it was written down, once for several. For this area's own worker.
letter_waits = Signal()
