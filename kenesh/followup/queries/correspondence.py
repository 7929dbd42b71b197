"""By when the law wants an answer, what a body's letters begin with, and the register of its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from kenesh.followup.models import Addressee, Days, Direction, DueByLaw, File, Letter, Letterhead, has_answered, has_handed_on
from kenesh.followup.rules import bodies_kept_by, bodies_read_by
from kenesh.kernel.workdays import calendar_of
from kenesh.people.models import Body, User

PAGE = 50


def due_day(rule: DueByLaw, start: date) -> date:
    """The last day of the rule; the day on which the letter goes out is not counted. Days off are those of its country."""
    if rule.unit == Days.WORKING:
        return calendar_of(rule.country).working_days_after(start, rule.days)[0]
    return start + timedelta(days=rule.days)


def rules_of(country: str) -> QuerySet[DueByLaw]:
    """Those in use for the letters to a country's organisations."""
    return DueByLaw.objects.filter(country=country, in_use=True).order_by("id")


def all_rules() -> list[DueByLaw]:
    return list(DueByLaw.objects.order_by("country", "id"))


def letterhead_of(body: Body) -> Letterhead | None:
    return Letterhead.objects.filter(body=body).first()


def number_offered(body: Body, day: date) -> str:
    """The outgoing number that is offered for the next letter of a body."""
    head = letterhead_of(body) or Letterhead(body=body)
    return head.number_form.replace("{number}", str(head.next_number)).replace("{year}", str(day.year))


# --- the register -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegisterFilters:
    """What a reader of the register chose; empty values choose everything."""

    direction: str = ""
    grade: str = ""
    year: str = ""
    words: str = ""  # in either number


@dataclass(frozen=True)
class RegisterPage:
    """Letters, the newest first, and the id after which the next page begins (0 on the last)."""

    letters: list[Letter]
    next: int


def body_to_read(user: User, code: str) -> Body:
    """Raises Http404 outside of the account's bodies."""
    return _body(Body.objects.filter(pk__in=bodies_read_by(user)), code)


def body_to_keep(user: User, code: str) -> Body:
    """Raises Http404 unless the account is its secretary."""
    return _body(Body.objects.filter(pk__in=bodies_kept_by(user)), code)


def _body(rows: QuerySet[Body], code: str) -> Body:
    body = rows.filter(code=code).first()
    if body is None:
        raise Http404
    return body


def register_rows(body: Body, filters: RegisterFilters) -> QuerySet[Letter]:
    """The letters of a body's register, the newest first."""
    rows = Letter.objects.filter(body=body)
    if filters.direction in Direction.values:
        rows = rows.filter(direction=filters.direction)
    if filters.grade == "unanswered":
        silent = Addressee.objects.filter(~has_answered(), ~has_handed_on(), pk=OuterRef("addressee"))
        rows = rows.filter(Exists(silent), direction=Direction.OUT)
    elif filters.grade:
        rows = rows.filter(Q(response__graded=filters.grade) | Q(response__graded="", response__kind=filters.grade))
    if filters.year.isascii() and filters.year.isdigit() and 1900 < int(filters.year) < 9999:
        rows = rows.filter(sent_on__year=int(filters.year))
    if filters.words:
        rows = rows.filter(Q(outgoing_number__icontains=filters.words) | Q(incoming_number__icontains=filters.words))
    files = Prefetch("files", File.objects.order_by("id"), to_attr="all_files")
    told = ("addressee__organisation", "addressee__recommendation", "response")
    return rows.select_related(*told).prefetch_related(files).order_by("-sent_on", "-id")


def register(body: Body, filters: RegisterFilters, *, after: int = 0) -> RegisterPage:
    """One page of the register: three queries, whatever its length."""
    rows = register_rows(body, filters)
    last = Letter.objects.filter(pk=after, body=body).first() if after else None
    if last is not None:
        rows = rows.filter(Q(sent_on__lt=last.sent_on) | Q(sent_on=last.sent_on, pk__lt=last.pk))
    found = list(rows[: PAGE + 1])
    return RegisterPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0)


def register_counts(body: Body) -> dict[str, int]:
    """How many letters went out and came in."""
    ways = {way.value: Count("pk", filter=Q(direction=way)) for way in Direction}
    return Letter.objects.filter(body=body).aggregate(**ways)


def letter_to_keep(user: User, pk: int) -> Letter:
    """Raises Http404 unless the account is secretary of its body."""
    rows = Letter.objects.select_related("addressee__organisation", "addressee__recommendation__body", "response")
    letter = rows.filter(pk=pk, body__in=bodies_kept_by(user)).first()
    if letter is None:
        raise Http404
    return letter
