"""The state of implementation in a period: only what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, StrIndex, Substr
from django.utils import timezone

from kenesh.followup.models import (
    Addressee,
    AddresseeScore,
    Extension,
    Judgement,
    Recommendation,
    RecordVersion,
    Response,
    ShownSilence,
    Stage,
    Status,
    Verdict,
    has_answered,
    has_handed_on,
)
from kenesh.followup.queries.days import with_day
from kenesh.followup.queries.filters import Filters, counts_by_status
from kenesh.followup.queries.lists import Line, late_in_public, lines_of
from kenesh.followup.queries.scores import lines_of_board, tells_late
from kenesh.people.models import Body

MOST = 200  # of each list
_CODE_AND_SPACE, _ISO_DAY = 9, 10  # characters, as `RecordVersion.days` has them


@dataclass(frozen=True)
class Report:
    """`scores`: empty while the body's scoreboard is internal and the reader is none of its people; likewise `late` is None.

    Statuses and what is late are of `counted_on`: today, or the last day of a period that is over. Scores are of today.
    """

    body: Body | None
    start: date
    end: date
    made_on: date
    counted_on: date
    statuses: list[tuple[Status, int]]
    new: list[Line]
    answers: list[Response]
    verdicts: list[Verdict]
    judgements: list[tuple[Judgement, int]]
    late: list[Line] | None
    scores: list[AddresseeScore]

    @property
    def is_past(self) -> bool:
        """Whether the period was over before today, so that the report will be the same tomorrow."""
        return self.counted_on < self.made_on

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
    past = _Past(public, end, inside=inside) if end < today else None
    if past is not None:
        counts = past.counts()
    else:
        counts = (
            _counts_inside(public, today) if inside else counts_by_status(Filters(body=body.code if body else "").keys, today)
        )
    told = [status for status in Status if shows or status != Status.OVERDUE]
    late = past.late() if past is not None else public.filter(late_in_public(today))
    if not inside:
        late = late.filter(body__in=_showing_late(today))
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
        counted_on=min(end, today),
        statuses=[(status, counts[status.value]) for status in told],
        new=lines_of(new, public=True, tell_late=inside, limit=MOST),
        answers=list(answers.order_by("-received_on", "-id")[:MOST]),
        verdicts=list(verdicts.select_related("recommendation").order_by("-judged_on", "-id")[:MOST]),
        judgements=[(one, judged.get(one.value, 0)) for one in Judgement],
        late=lines_of(late.order_by("answer_by", "id"), public=True, tell_late=inside, limit=MOST) if shows else None,
        scores=lines_of_board(body, shown_on=None if inside else today) if body and with_scores else [],
    )


def _showing_late(today: date) -> QuerySet[ShownSilence, int]:
    return ShownSilence.objects.filter(opens_on__lte=today).values_list("body", flat=True)


def _said(name: str) -> Cast:
    """What a version says under a name, as text."""
    return Cast(KeyTextTransform(name, "record"), TextField())


class _Past:
    """What everybody could read at the end of a day that is over, of what is public now: out of the kept versions of the record."""

    def __init__(self, public: QuerySet[Recommendation], day: date, *, inside: bool) -> None:
        before = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        kept = RecordVersion.objects.filter(made_at__lt=before)
        later = kept.filter(recommendation=OuterRef("recommendation"), number__gt=OuterRef("number"))
        rows = kept.filter(~Exists(later), recommendation__in=public)
        self._public = public
        self._rows = rows.annotate(stage=_said("stage"), day=_said("answer_by"))
        self._waiting = Q(stage=Stage.WAITING)
        self._late = Q(stage=Stage.WAITING, day__lt=day.isoformat()) & (Q(_owed(day)) | Q(_owed_of_old(day), days=""))
        if not inside:
            self._late &= Q(recommendation__body__in=_showing_late(timezone.localdate()))

    def counts(self) -> dict[str, int]:
        """By status."""
        found = self._rows.aggregate(
            overdue=Count("pk", filter=self._late),
            waiting=Count("pk", filter=self._waiting),
            **{one.value: Count("pk", filter=Q(stage=one)) for one in (Stage.ANSWERED, Stage.VERIFIED)},
        )
        return {**found, "waiting": found["waiting"] - found["overdue"]}

    def late(self) -> QuerySet[Recommendation]:
        """What was late on that day."""
        return self._public.filter(pk__in=self._rows.filter(self._late).values("recommendation"))


def _owed(day: date) -> Exists:
    """Whether somebody owed an answer of the version's recommendation at the end of a day, and its day had passed: who had answered or
    handed the matter on was not late, though nobody could read that yet. A day that was moved later held until then."""
    at = StrIndex(OuterRef("days"), F("code"))
    then = Substr(OuterRef("days"), F("at") + _CODE_AND_SPACE, _ISO_DAY)
    asked = _silent(day).annotate(at=at, then=Case(When(at__gt=0, then=then), default=Value(""), output_field=TextField()))
    return Exists(asked.filter(Q(at__gt=0, then__lt=day.isoformat()) | _moved(day)))


def _owed_of_old(day: date) -> Q:
    """The same of a version that does not say whose day was which: also where none of those asked had answered, wherever the body has
    moved their day since."""
    waiting = _silent(day)
    return Q(Exists(waiting.filter(Q(answer_by__lt=day) | _moved(day)))) | Q(
        Exists(waiting), ~Exists(_asked(day).exclude(_is_silent(day)))
    )


def _moved(day: date) -> Exists:
    return Exists(Extension.objects.filter(addressee=OuterRef("pk"), granted=True, decided_on__gt=day, before__lt=day))


def _is_silent(day: date) -> Q:
    came = {"received_on__lte": day}
    return Q(~has_answered(**came), ~has_handed_on(**came))


def _asked(day: date) -> QuerySet[Addressee]:
    """Who was asked in the outer version's recommendation at the end of a day."""
    then = Q(succeeded_by__isnull=True) | Q(succeeded_on__gt=day)
    return Addressee.objects.filter(then, recommendation=OuterRef("recommendation"))


def _silent(day: date) -> QuerySet[Addressee]:
    """Who of them had neither answered nor handed the matter on."""
    return _asked(day).filter(_is_silent(day))


def _counts_inside(public: QuerySet[Recommendation], today: date) -> dict[str, int]:
    late = late_in_public(today)
    found = public.aggregate(
        overdue=Count("pk", filter=late),
        waiting=Count("pk", filter=Q(public_stage=Stage.WAITING)),
        **{stage.value: Count("pk", filter=Q(public_stage=stage)) for stage in (Stage.ANSWERED, Stage.VERIFIED)},
    )
    return {**found, "waiting": found["waiting"] - found["overdue"]}
