"""Words of people: published, and taken off at once. What was taken off is never published again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.problems.actions.problems import NotNow
from kenesh.problems.models import EndedQuotation, Problem, Quotation
from kenesh.problems.queries import OPEN_TO_ALL
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class Words:
    """What is said, and by whom in coarse words. `language`: the one in which it was said; "" and None: not told."""

    texts: Translated
    language: str
    who: Quotation.Who
    origin: str = ""
    destination: str = ""
    year: int | None = None


@transaction.atomic
def publish_quotation(
    *, code: str, problem: Problem, words: Words, handle: bytes, today: date, by: trail.Actor, chain: str
) -> Quotation:
    """Puts words beside a problem that everybody can read; done twice, it is done once. Raises NotNow, also for words that were
    taken back under this code, or whose handle is in use."""
    current = Problem.objects.select_for_update().get(pk=problem.pk)
    known = Quotation.objects.filter(code=code, problem=current).first()
    if known is not None:
        return known
    ended = EndedQuotation.objects.filter(code=code).exists()
    if ended or current.status not in OPEN_TO_ALL or Quotation.objects.filter(handle=handle).exists():
        raise NotNow
    quotation = Quotation.objects.create(
        code=code,
        problem=current,
        texts=words.texts,
        language=words.language,
        who=words.who,
        origin=words.origin,
        destination=words.destination,
        year=words.year,
        month=today.replace(day=1),
        handle=handle,
    )
    trail.record(verb="publish_quotation", target=f"quotation:{code}", by=by, chain=chain)
    return quotation


def revoke_quotation(*, code: str, by: trail.Actor | str, chain: str) -> None:
    """Takes words off the public page, or sees to it that they never come there; inside the caller's transaction."""
    Quotation.objects.filter(code=code).delete()
    EndedQuotation.objects.get_or_create(code=code)
    trail.record(verb="revoke_quotation", target=f"quotation:{code}", by=by, chain=chain)


def revoke_by_handles(*, handles: Iterable[bytes], by: trail.Actor | str, chain: str) -> int:
    """The same for whoever knows handles alone; gives how many were taken off. Inside the caller's transaction."""
    codes = list(Quotation.objects.filter(handle__in=list(handles)).order_by("code").values_list("code", flat=True))
    for code in codes:
        revoke_quotation(code=code, by=by, chain=chain)
    return len(codes)
