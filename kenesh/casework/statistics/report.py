"""The figures of an office in their order: reach, service, result, advocacy, capacity. Exact: for the office itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from kenesh.appeals.models import Asked, Said
from kenesh.casework.case_types import OWN_SERVICE
from kenesh.casework.money import STAGES
from kenesh.casework.statistics.advocacy import Advocacy
from kenesh.casework.statistics.counts import Counts
from kenesh.casework.statistics.job import Counted
from kenesh.casework.statistics.words import COLUMNS, value_in_words
from kenesh.people.models import Organisation

SEXES = ("female", "male")
WHO = ("sex", "age", "citizenship", "country", "sector")  # by whom donors want every figure


@dataclass(frozen=True)
class Value:
    """One value of a column: its code, its words, how many."""

    code: str
    words: str
    number: int | Decimal


@dataclass(frozen=True)
class Column:
    """A figure, divided by one thing."""

    code: str
    label: str
    values: list[Value]


@dataclass(frozen=True)
class Line:
    """A figure. `unit`: what was counted, in words; `number` is None where there is nothing to compute it from."""

    code: str
    label: str
    unit: str
    number: int | Decimal | None
    currency: str = ""
    columns: list[Column] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    lines: list[Line]


def sections(counted: Counted, office: Organisation, advocacy: Advocacy) -> list[Section]:
    """In the active language."""
    counts = counted.counts
    return [
        Section("reach", _("Reach"), _reach(counts)),
        Section("service", _("Service"), _service(counts)),
        Section("result", _("Result"), [*_result(counts), *_money(counts)]),
        Section("advocacy", _("Advocacy"), advocacy_lines(advocacy)),
        Section("quality", _("Quality"), _quality(counts)),
        Section("capacity", _("Capacity"), _capacity(counts, office)),
    ]


def _line(counts: Counts, code: str, label: str, unit: str, *columns: str) -> Line:
    """A number with its columns, those alone in which something was counted."""
    return Line(code, label, unit, counts.total(code), columns=_columns(_column(counts, code, column) for column in columns))


def _column(counts: Counts, code: str, column: str) -> Column:
    return _as_column(column, counts.by(code, column))


def _as_column(column: str, by: Mapping[str, int | Decimal]) -> Column:
    order = sorted(by) if column in ("month", "months", "age", "outcome") else sorted(by, key=lambda value: (-by[value], value))
    return Column(column, str(COLUMNS[column]), [Value(value, value_in_words(column, value), by[value]) for value in order])


def _columns(found: Iterable[Column]) -> list[Column]:
    """Those alone in which something stands."""
    return [column for column in found if column.values]


def _share(code: str, label: str, part: int, whole: int) -> Line:
    return Line(code, label, _("percent"), _percent(part, whole))


def _percent(part: int, whole: int) -> Decimal | None:
    """Rounded to one decimal; nothing of nothing is not told."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def _share_by(counts: Counts, code: str, of: str, label: str) -> Line:
    """How many of a hundred, and the same for each group of people."""
    columns = []
    for column in (*WHO, "theme"):
        part, whole = counts.by(code, column), counts.by(of, column)
        shares = {value: _percent(part.get(value, 0), many) for value, many in whole.items()}
        columns.append(_as_column(column, {value: share for value, share in shares.items() if share is not None}))
    return Line(code, label, _("percent"), _percent(counts.total(code), counts.total(of)), columns=_columns(columns))


def _by_hand(counts: Counts, code: str, label: str, unit: str) -> Line:
    """A number that the office counts itself, month by month; none where it has kept no month."""
    return Line(code, label, unit, counts.total(code) if counts.total("months_by_hand") else None)


def _women(counts: Counts, code: str, of: str, label: str) -> Line:
    known = counts.by(of, "sex")
    return _share(code, label, known.get("female", 0), sum(known.get(sex, 0) for sex in SEXES))


def _reach(counts: Counts) -> list[Line]:
    contacts, persons = _("contacts"), _("persons")
    return [
        _line(
            counts, "contacts", _("Contacts"), contacts, "channel", "result", "sex", "theme", "citizenship", "country", "month"
        ),
        _women(counts, "contacts_women", "contacts", _("Women among contacts whose sex is known")),
        _line(counts, "appeals", _("Appeals that arrived"), _("appeals"), "way", "theme", "citizenship", "country", "month"),
        _line(counts, "persons", _("Different persons in cases opened in the period"), persons, *WHO),
        _women(counts, "persons_women", "persons", _("Women among persons whose sex is known")),
        _line(counts, "persons_first_time", _("Of these persons, here for the first time"), persons, *WHO),
        *_recruitment(counts),
        _by_hand(counts, "outreach_events", _("Outreach events"), _("events")),
        _by_hand(counts, "outreach_people", _("People reached at outreach events"), _("persons")),
    ]


def _recruitment(counts: Counts) -> Iterator[Line]:
    """What persons paid to get the work, as far as they were asked."""
    persons = _("persons")
    yield _line(counts, "recruitment_known", _("Persons who said what getting the work had cost"), persons, *WHO)
    yield _line(counts, "recruitment_paid", _("Of these, persons who had to pay"), persons, *WHO)
    for currency in sorted(name.removeprefix("recruitment ") for name in counts.measures if name.startswith("recruitment ")):
        median = counts.median(f"recruitment {currency}")
        label = _("Who had to pay for the work: the middle sum")
        yield Line("recruitment_median", label, _("money"), None if median is None else median / 100, currency)
    columns = [
        _as_column(column, {value: _months(median) for value, median in counts.medians_by("recruitment_months", column).items()})
        for column in WHO
    ]
    label = _("Cost of getting the work, in months of the first pay: the middle of all who know both")
    middle = counts.median("recruitment_months")
    yield Line("recruitment_months", label, _("months"), None if middle is None else _months(middle), columns=_columns(columns))


def _months(hundredths: Decimal) -> Decimal:
    return (hundredths / 100).quantize(Decimal("0.01"))


def _service(counts: Counts) -> list[Line]:
    appeals, cases, days = _("appeals"), _("cases"), _("days")
    where = ("theme", "citizenship", "country")
    return [
        _line(counts, "appeals_accepted", _("Appeals taken up"), appeals, *where, "month"),
        _line(counts, "appeals_declined", _("Appeals declined"), appeals, *where, "month"),
        _line(counts, "appeals_not_genuine", _("Appeals that were not genuine"), appeals),
        _line(counts, "cases", _("Cases opened"), cases, "theme", "type", *WHO, "month"),
        _line(counts, "matters", _("Matters in these cases"), _("matters"), "theme", "fine", "type", *WHO),
        _line(counts, "persons_in_matters", _("Persons affected by these matters"), _("persons")),
        _line(counts, "represented", _("Persons represented in court or before the police"), _("persons"), *WHO),
        _line(counts, "steps", _("Steps of work"), _("steps"), "kind"),
        Line("hours", _("Time of these steps"), _("hours"), (Decimal(counts.total("minutes")) / 60).quantize(Decimal("0.1"))),
        _line(counts, "visits_to_held", _("Visits in cases of people who are held"), _("steps")),
        _days_to_answer(counts, days),
        Line("answer_days_p90", _("Days to the first answer: nine of ten were answered within"), days, counts.percentile("answer_days", 90)),
        _share_by(
            counts, "first_answers_in_time", "first_answers_due", _("Answered within the working days of the office's rule")
        ),
        _share_by(counts, "urgent_in_time", "urgent", _("Urgent appeals answered within its hours")),
    ]  # fmt: skip


def _days_to_answer(counts: Counts, days: str) -> Line:
    columns = [_as_column(column, counts.medians_by("answer_days", column)) for column in (*WHO, "theme")]
    label = _("Days to the first answer: half were answered within")
    return Line("answer_days_median", label, days, counts.median("answer_days"), columns=_columns(columns))


def _result(counts: Counts) -> list[Line]:
    outcomes, matters, persons = counts.total("outcomes"), _("matters"), _("persons")
    where = ("theme", "citizenship", "country", "sex", "age", "sector")
    late = counts.by("too_late", "outcome")
    three = counts.by("checks_due", "months").get("3", 0)
    return [
        _line(counts, "outcomes", _("Matters with an outcome of this period"), matters, "outcome", *where),
        _line(counts, "resolved", _("Of these resolved, in part or by agreement (R1, R2, R3)"), matters, *where),
        _share("resolved_share", _("Share of R1, R2 and R3"), counts.total("resolved"), outcomes),
        _share("late_before_us", _("Share of L1: too late before we were asked"), late.get("L1", 0), outcomes),
        _share("late_with_us", _("Share of L2: too late while with us"), late.get("L2", 0), outcomes),
        _line(counts, "documents_back", _("Documents recovered (R1): persons concerned"), persons, "fine", *WHO),
        _line(counts, "bans_lifted", _("Bans and expulsions overturned (R1): persons concerned"), persons, "fine", *WHO),
        _line(counts, "freed", _("People freed (R1): persons concerned"), persons, "fine", *WHO),
        _line(counts, "children_reunited", _("Children who came back to their families"), _("children"), *WHO),
        _line(counts, "families_reunited", _("Matters through which a family was reunited"), _("matters"), *WHO),
        _line(counts, "repatriated", _("People brought home alive (R1)"), persons, *WHO),
        _line(counts, "bodies_repatriated", _("People who died and were brought home (R1)"), persons, *WHO),
        _line(counts, "taken_over", _("Matters referred and taken over (T1)"), matters, *where),
        _line(counts, "referrals", _("Referrals to offices of this node"), _("referrals")),
        _line(counts, "referrals_accepted", _("Of these accepted"), _("referrals")),
        _line(counts, "turned_to", _("Authorities and services turned to"), _("referrals"), "kind"),
        _line(counts, "turned_to_replied", _("Of these with a reply"), _("referrals")),
        Line("checks_due_3", _("Checks due 3 months after closing"), _("cases"), three),
        Line(
            "checks_reached_3",
            _("Of these, the person was reached"),
            _("cases"),
            counts.by("checks_reached", "months").get("3", 0),
        ),
    ]


def _money(counts: Counts) -> Iterator[Line]:
    """A line for each stage and currency: currencies are never added up."""
    for stage, label in STAGES.items():
        for currency, amount in sorted(counts.by(f"money_{stage}", "currency").items()):
            columns = _columns(_money_column(counts, f"money_{stage} {currency}", column) for column in (*WHO, "theme"))
            yield Line(f"money_{stage}", str(label), _("money"), Decimal(amount) / 100, currency, columns)
    for currency in sorted(counts.by("money_received", "currency")):
        median = counts.median(f"received {currency}")
        label = _("Received: the middle sum of a person")
        yield Line("money_received_median", label, _("money"), None if median is None else median / 100, currency)


def _money_column(counts: Counts, code: str, column: str) -> Column:
    return _as_column(column, {value: Decimal(amount) / 100 for value, amount in counts.by(code, column).items()})


def _quality(counts: Counts) -> list[Line]:
    complaints = counts.by("cases", "type").get(OWN_SERVICE, 0)
    return [
        Line("complaints_about_us", _("Complaints about our own service"), _("cases"), complaints),
        _line(
            counts, "complaints_closed", _("Complaints about an office that were closed"), _("cases"), "country", "citizenship"
        ),
        Line(
            "complaint_days_median",
            _("Days until such a complaint was closed: half within"),
            _("days"),
            counts.median("complaint_days"),
        ),
        *_opinions(counts),
        _by_hand(counts, "supervision_reviews", _("Reviews by a supervisor"), _("reviews")),
        _by_hand(counts, "data_breaches", _("Data breaches"), _("breaches")),
    ]


def _opinions(counts: Counts) -> Iterator[Line]:
    """What people said once their cases were closed, whole batches alone: never divided by who they are (decision 0027)."""
    labels = {
        Asked.RESPECT: _("What people said after closing: treated with respect"),
        Asked.CLEAR: _("What people said after closing: it was explained so that they understood"),
        Asked.HELP: _("What people said after closing: content with the help"),
    }
    for question, words in labels.items():
        yield _line(counts, f"said_{question}", words, _("answers"), "said")
    content = f"said_{Asked.HELP}"
    label = _("Share of those who are content with the help")
    yield _share("satisfied_share", label, counts.by(content, "said").get(Said.YES, 0), counts.total(content))


def advocacy_lines(advocacy: Advocacy) -> list[Line]:
    """Out of what everybody can read."""
    many = _("recommendations")
    return [
        Line("problems", _("Problems that the office raised and a council took up"), _("problems"), advocacy.problems),
        Line("meetings", _("Published meetings where its problems were discussed"), _("meetings"), advocacy.meetings),
        Line("recommendations", _("Published recommendations on its problems"), many, advocacy.recommendations),
        Line("answered", _("Answers that came in the period"), _("answers"), advocacy.answers),
        Line("answered_in_time", _("Of these in time"), _("answers"), advocacy.in_time),
        Line("answered_substance", _("Of these on the substance"), _("answers"), advocacy.substantive),
        Line("verified", _("Recommendations found to be carried out"), many, advocacy.verified),
    ]


def _capacity(counts: Counts, office: Organisation) -> list[Line]:
    return [
        _line(counts, "open_cases", _("Cases open on the day of counting"), _("cases"), "caseworker", "waits"),
        _by_hand(counts, "staff_trained", _("Staff trained"), _("persons")),
        Line("months_by_hand", _("Months for which the office counted by hand"), _("months"), counts.total("months_by_hand")),
        Line("languages", _("Languages in which the office works"), _("languages"), len(office.languages)),
    ]
