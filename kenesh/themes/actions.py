"""What people do with the words of the thesaurus, and the counting of words that it does not know."""

from __future__ import annotations

import threading
import time
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kenesh.kernel import trail
from kenesh.themes import analysis, editing, thesaurus
from kenesh.themes.languages import HANDLED, UNDETERMINED
from kenesh.themes.models import LONGEST_WORD, MOST_WORDS, Proposal, UnknownWords

# How much counting of unknown words may write: in each process an hour, and in all a month.
NEW_IN_AN_HOUR = 30
COUNTED_IN_AN_HOUR = 600
NEW_IN_A_MONTH = 2000
MONTHS_KEPT = 13


class AlreadyThere(Exception):
    """The concept has this word in this language, or somebody has proposed it."""


class NameTaken(Exception):
    """Another concept has this name in this language; `concept` is its id."""

    def __init__(self, concept: str) -> None:
        self.concept = concept
        super().__init__(concept)


class OwnProposal(Exception):
    """Nobody decides on what she proposed herself."""


class AlreadyDecided(Exception):
    """The proposal was confirmed or rejected before."""


@transaction.atomic
def propose_label(*, concept: str, language: str, text: str, kind: Proposal.Kind, today: date, by: trail.Actor) -> Proposal:
    """Puts a word forward. Sent twice by the same person it stays one. Raises AlreadyThere, NameTaken, thesaurus.UnknownConcept."""
    text = editing.spelt(text, language)
    compared = analysis.normalise(text)
    _refuse_known(thesaurus.concept(concept), language, compared, kind)
    proposal, made = Proposal.objects.exclude(status=Proposal.Status.REJECTED).get_or_create(
        concept=concept,
        language=language,
        kind=kind,
        compared=compared,
        defaults={"text": text, "proposed_by": by.trail_name, "proposed_on": today},
    )
    if not made:
        if proposal.proposed_by != by.trail_name or proposal.status != Proposal.Status.WAITING:
            raise AlreadyThere
        return proposal
    trail.record(verb="propose_label", target=f"themes:{proposal.code}", by=by)
    return proposal


def _refuse_known(concept: thesaurus.Concept, language: str, compared: str, kind: Proposal.Kind) -> None:
    names = [concept.labels[language]] if language in concept.labels else []
    known = names if kind == Proposal.Kind.LABEL else [*names, *concept.alt.get(language, ())]
    if compared in {analysis.normalise(word) for word in known}:
        raise AlreadyThere
    if kind == Proposal.Kind.LABEL:
        for other in thesaurus.concepts().values():
            if other.id != concept.id and analysis.normalise(other.labels.get(language, "")) == compared:
                raise NameTaken(other.id)


@transaction.atomic
def confirm_label(*, proposal: Proposal, today: date, by: trail.Actor) -> None:
    """From now on the word is used. Raises OwnProposal, AlreadyDecided, NameTaken, AlreadyThere."""
    locked = _to_decide(proposal, by)
    if locked.concept in thesaurus.concepts():
        _refuse_known(thesaurus.concept(locked.concept), locked.language, locked.compared, Proposal.Kind(locked.kind))
    _decide(locked, Proposal.Status.CONFIRMED, today, by)
    trail.record(verb="confirm_label", target=f"themes:{locked.code}", by=by)


@transaction.atomic
def reject_label(*, proposal: Proposal, today: date, by: trail.Actor) -> None:
    """The word is not used; it may be proposed again. Raises OwnProposal, AlreadyDecided."""
    locked = _to_decide(proposal, by)
    _decide(locked, Proposal.Status.REJECTED, today, by)
    trail.record(verb="reject_label", target=f"themes:{locked.code}", by=by)


@transaction.atomic
def withdraw_label(*, proposal: Proposal, today: date, by: trail.Actor) -> None:
    """A word in use is used no more; it may be proposed again. Raises OwnProposal, AlreadyDecided."""
    locked = _to_decide(proposal, by, Proposal.Status.CONFIRMED)
    _decide(locked, Proposal.Status.REJECTED, today, by)
    trail.record(verb="withdraw_label", target=f"themes:{locked.code}", by=by)


def _to_decide(proposal: Proposal, by: trail.Actor, status: Proposal.Status = Proposal.Status.WAITING) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.status != status:
        raise AlreadyDecided
    if locked.proposed_by == by.trail_name:
        raise OwnProposal
    return locked


def _decide(proposal: Proposal, status: Proposal.Status, today: date, by: trail.Actor) -> None:
    proposal.status, proposal.decided_by, proposal.decided_on = status, by.trail_name, today
    proposal.save(update_fields=["status", "decided_by", "decided_on"])


class _Allowance:
    """So many an hour, in the memory of one process; the hour is nowhere stored."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._hour, self._taken = 0, 0

    def take(self) -> bool:
        """Whether one more is allowed in this hour."""
        with self._lock:
            hour = int(time.time()) // 3600
            if hour != self._hour:
                self._hour, self._taken = hour, 0
            self._taken += 1
            return self._taken <= self._most


_counted = _Allowance(COUNTED_IN_AN_HOUR)
_new = _Allowance(NEW_IN_AN_HOUR)


def count_unknown_words(*, words: str, language: str) -> bool:
    """Counts words that somebody searched for and no concept knows; gives whether they were counted.

    What could be a private text is not: more than three words, a digit, a word of more than 30 letters. Nor what is known, nor
    more than the node takes in an hour. Kept are the words, their language and the month, nothing of who asked or when.
    """
    language = language if language in HANDLED else UNDETERMINED
    plain = _plain(words)
    if not plain or analysis.tag(plain, None if language == UNDETERMINED else language) or not _counted.take():
        return False
    month = timezone.localdate().replace(day=1)
    same = UnknownWords.objects.filter(month=month, language=language, words=plain)
    if same.update(count=F("count") + 1):
        return True
    if not _new.take() or UnknownWords.objects.filter(month=month).count() >= NEW_IN_A_MONTH:
        return False
    # Two who ask at once for the first time: one row, and the second of them is not counted.
    UnknownWords.objects.bulk_create([UnknownWords(month=month, language=language, words=plain)], ignore_conflicts=True)
    return True


def _plain(text: str) -> str:
    """The words in their compared spelling, or "" for what may not be kept."""
    found = [analysis.normalise(token.word) for token in analysis.tokens(text)]
    if not 1 <= len(found) <= MOST_WORDS or any(character.isdigit() for character in text):
        return ""
    if any(not 2 <= len(word) <= LONGEST_WORD for word in found) or "@" in text or "/" in text:
        return ""
    return " ".join(found)


def forget_unknown_words(*, today: date) -> int:
    """Deletes the months that are over for more than a year; gives the number of rows."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    deleted, _ = UnknownWords.objects.filter(month__lt=date(months // 12, months % 12 + 1, 1)).delete()
    return deleted
