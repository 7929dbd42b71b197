"""The state of implementation in a period: only what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kenesh.followup.models import AddresseeScore, Judgement, Recommendation, Response, ShownSilence, Stage, Status, Verdict
from kenesh.followup.queries.days import with_day
from kenesh.followup.queries.filters import Filters, counts_by_status
from kenesh.followup.queries.lists import Line, late_in_public, lines_of
from kenesh.followup.queries.scores import lines_of_board, tells_late
from kenesh.people.models import Body

MOST = 200  # of each list


@dataclass(frozen=True)
class Report:
    """`scores`: empty while the body's scoreboard is internal and the reader is none of its people; likewise `late` is None."""

    body: Body | None
    start: date
    end: date
    made_on: date
    statuses: list[tuple[Status, int]]
    new: list[Line]
    answers: list[Response]
    verdicts: list[Verdict]
    judgements: list[tuple[Judgement, int]]
    late: list[Line] | None
    scores: list[AddresseeScore]

    @property
    def total(self) -> int:
        return sum(number for _status, number in self.statuses)


def report_of(body: Body | None, start: date, end: date, *, with_scores: bool, inside: bool = False) -> Report:
    """Of one body, or of all. A fixed number of queries; each list ends after MOST. `inside`: for the people of the body, who read
    which answers are late although it does not show that."""
    today = timezone.localdate()
    public = Recommendation.objects.filter(is_public=True)
    public = public.filter(body=body) if body else public
    new = with_day(public).filter(asked_on__range=(start, end)).order_by("-asked_on", "-id")
    shows = inside or tells_late(today, body.code if body else "")
    counts = _counts_inside(public, today) if inside else counts_by_status(Filters(body=body.code if body else "").keys, today)
    told = [status for status in Status if shows or status != Status.OVERDUE]
    late = public.filter(late_in_public(today), answer_by__lte=end)
    if not inside:
        late = late.filter(body__in=ShownSilence.objects.filter(opens_on__lte=today).values("body"))
    answers = (
        Response.objects.answers()
        .filter(is_public=True, received_on__range=(start, end), addressee__recommendation__in=public)
        .select_related("addressee__organisation", "addressee__recommendation")
    )
    verdicts = Verdict.objects.filter(is_public=True, judged_on__range=(start, end), recommendation__in=public)
    judged = dict(verdicts.order_by().values_list("judgement").annotate(number=Count("pk")))
    return Report(
        body=body,
        start=start,
        end=end,
        made_on=today,
        statuses=[(status, counts[status.value]) for status in told],
        new=lines_of(new, public=True, tell_late=inside, limit=MOST),
        answers=list(answers.order_by("-received_on", "-id")[:MOST]),
        verdicts=list(verdicts.select_related("recommendation").order_by("-judged_on", "-id")[:MOST]),
        judgements=[(one, judged.get(one.value, 0)) for one in Judgement],
        late=lines_of(late.order_by("answer_by", "id"), public=True, tell_late=inside, limit=MOST) if shows else None,
        scores=lines_of_board(body) if body and with_scores else [],
    )


def _counts_inside(public: QuerySet[Recommendation], today: date) -> dict[str, int]:
    late = late_in_public(today)
    found = public.aggregate(
        overdue=Count("pk", filter=late),
        waiting=Count("pk", filter=Q(public_stage=Stage.WAITING)),
        **{stage.value: Count("pk", filter=Q(public_stage=stage)) for stage in (Stage.ANSWERED, Stage.VERIFIED)},
    )
    return {**found, "waiting": found["waiting"] - found["overdue"]}
