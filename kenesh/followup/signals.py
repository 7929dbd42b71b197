"""What followup tells the areas above."""

from django.dispatch import Signal

# recommendation=Recommendation, response=Response, by=User or "addressee:<code>"; inside the transaction of the answer.
recommendation_answered = Signal()

# recommendation=Recommendation, verdict=Verdict, by=User; inside the transaction of the judgement.
recommendation_verified = Signal()

# body=Body; inside the transaction in which it says that late answers will be shown. For this area's own worker.
silence_announced = Signal()

# addressee=Addressee; inside the transaction in which a letter to it was written down. For this area's own worker.
letter_waits = Signal()
