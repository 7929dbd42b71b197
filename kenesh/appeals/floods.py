"""What is asked in a flood: a proof of work, or a question and the next free turn of one's own network. Never a refusal.

As long as no more comes in than the node is used to, nothing is asked of anybody. In a flood each draft gets one *turn*, bound
to its secret: a challenge for the browser to work on, and a place in the line of its network for whoever has no JavaScript and
answers a question. Either lets this one draft pass. A network that sends much waits longer and works more; the others pass at
once. Receipts that are typed in are held up in the same way, right and wrong ones alike, each turn for one attempt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kenesh.appeals import questions
from kenesh.appeals.models import Turn
from kenesh.kernel import vault
from kenesh.kernel.pace import Pace

FILING = Pace(0)
OPENING = Pace(1)

TURN_LIVES = timedelta(hours=1)  # after it has come
MOST_TURNS = 40_000  # as many as drafts
MOST_EXTRA_BITS = 5  # 32 times the work: a minute or two on a cheap phone


@dataclass(frozen=True)
class Answers:
    """What came with a form: the number that the browser found, or the answer to the question."""

    proof: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Passage:
    """`held`: the turn that has to be earned or waited for first. `used`: the turn by which this one passes, in a flood.

    `wrong`: the answer to the question was, and there is another one now.
    """

    held: Turn | None = None
    used: Turn | None = None
    wrong: bool = False


def pass_or_wait(pace: Pace, *, secret: bytes, network: str, said: Answers, once: bool) -> Passage:
    """Whether the draft or receipt form with this secret may go on. `once`: its turn is good for a single attempt."""
    if not pace.flooded():
        return Passage()
    turn = Turn.objects.filter(cookie_id=vault.cookie_id(secret), expires_at__gt=timezone.now()).first()
    if turn is None:
        return Passage(held=_next_turn(pace, secret, network))
    wrong = not _take_answers(turn, said)
    _come_sooner(pace, turn, network)
    if not has_come(turn):
        return Passage(held=turn, wrong=wrong)
    if once and not Turn.objects.filter(pk=turn.pk).delete()[0]:
        return Passage(held=_next_turn(pace, secret, network))  # another attempt was quicker with the same turn
    return Passage(used=turn)


def has_come(turn: Turn) -> bool:
    return turn.answered and turn.opens_at <= timezone.now()


def seconds_until(turn: Turn) -> int:
    """Whole seconds until it opens; 0 once it has."""
    return max(0, math.ceil((turn.opens_at - timezone.now()).total_seconds()))


def count(pace: Pace, passage: Passage, *, network: str) -> None:
    """One has come in, of the node and of its network; the turn by which it passed is gone."""
    pace.count()
    if passage.used is None:
        pace.take(network)  # a turn took its place in the line when it was given
    else:
        Turn.objects.filter(cookie_id=passage.used.cookie_id).delete()


def give_back(passage: Passage) -> None:
    """The attempt came to nothing through no fault of hers: its turn is good once more."""
    if passage.used is not None:
        passage.used.pk = None
        passage.used.save(force_insert=True)


def _take_answers(turn: Turn, said: Answers) -> bool:
    """Notes what the answers are worth; False for a wrong answer, after which another question is asked."""
    if said.proof and vault.proves(bytes(turn.challenge), said.proof, turn.bits):
        turn.answered, turn.opens_at = True, timezone.now()
    elif said.answer and not turn.answered and questions.is_right(turn.question, said.answer):
        turn.answered = True
    elif said.answer and not turn.answered:
        turn.question = questions.another(but=turn.question)
        turn.save(update_fields=["question"])
        return False
    else:
        return True
    Turn.objects.filter(pk=turn.pk).update(answered=True, opens_at=turn.opens_at)
    return True


def _next_turn(pace: Pace, secret: bytes, network: str) -> Turn:
    wait = pace.take(network)
    turn, _made = Turn.objects.update_or_create(
        cookie_id=vault.cookie_id(secret),
        defaults={
            "challenge": vault.new_key()[:16],
            "bits": _bits(pace, wait),
            "question": questions.another(),
            "answered": False,
            **_moments(wait),
        },
    )
    Turn.objects.filter(pk__lte=turn.pk - MOST_TURNS).delete()
    return turn


def _come_sooner(pace: Pace, turn: Turn, network: str) -> None:
    """An earlier turn with less work, when she comes from a network now where fewer wait."""
    left = (turn.opens_at - timezone.now()).total_seconds()
    if left > pace.wait(network) + settings.TURN_SECONDS:
        wait = pace.take(network)
        turn.bits = min(turn.bits, _bits(pace, wait))
        for name, moment in _moments(wait).items():
            setattr(turn, name, moment)
        turn.save(update_fields=["bits", "opens_at", "expires_at"])


def _bits(pace: Pace, wait: float) -> int:
    """Work doubles each time that the flood, or the line of the network, has doubled."""
    before_her = int(wait / settings.TURN_SECONDS)
    return settings.PROOF_BITS + min(MOST_EXTRA_BITS, pace.height() + (before_her + 1).bit_length() - 1)


def _moments(wait: float) -> dict[str, datetime]:
    opens_at = timezone.now() + timedelta(seconds=wait)
    return {"opens_at": opens_at, "expires_at": opens_at + TURN_LIVES}
