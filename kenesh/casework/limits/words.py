"""A counted limit in words: how the day came about, so that a caseworker can check it with the law in her hand."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from kenesh.casework.limits.clocks import Computed, Limit, Reading, Step, Unit, Way
from kenesh.casework.models.limits import LegalLimit
from kenesh.themes import dates


def day(value: date | str) -> str:
    """A day in the reader's language."""
    return dates.day(date.fromisoformat(value) if isinstance(value, str) else value, get_language() or "ru")


def length(limit: Limit) -> str:
    """How long the limit is: "3 months less 1 day"."""
    number = limit.amount
    named = {
        Unit.HOURS: ngettext("%(number)s hour", "%(number)s hours", number),
        Unit.DAYS: ngettext("%(number)s calendar day", "%(number)s calendar days", number),
        Unit.WORKING_DAYS: ngettext("%(number)s working day", "%(number)s working days", number),
        Unit.DISPUTED_DAYS: ngettext(
            "%(number)s day (it is argued whether only working days count)",
            "%(number)s days (it is argued whether only working days count)",
            number,
        ),
        Unit.STAY_DAYS: ngettext("%(number)s day of stay in a year", "%(number)s days of stay in a year", number),
        Unit.WEEKS: ngettext("%(number)s week", "%(number)s weeks", number),
        Unit.MONTHS: ngettext("%(number)s month", "%(number)s months", number),
        Unit.YEARS: ngettext("%(number)s year", "%(number)s years", number),
        Unit.EVENT: gettext("until the day itself"),
        Unit.TODAY: gettext("treat as today"),
        Unit.UNLIMITED: gettext("no limit"),
    }[limit.unit] % {"number": number}
    if limit.less_days:
        less = ngettext("less %(number)s day", "less %(number)s days", limit.less_days) % {"number": limit.less_days}
        return f"{named} {less}"
    return named


def confirmed(limit: LegalLimit) -> str:
    """Whether a lawyer stands behind it."""
    if limit.is_confirmed and limit.confirmed_on:
        said = gettext("Confirmed by a lawyer: %(name)s, %(day)s.")
        return said % {"name": limit.confirmed_by, "day": day(limit.confirmed_on)}
    return gettext("Not confirmed by a lawyer.")


def certainty(limit: LegalLimit) -> str:
    return str(limit.get_certainty_display())


def explanation(limit: LegalLimit, computed: Computed) -> list[str]:
    """The way to the shown day, a sentence for each step."""
    said = [gettext("Counted from %(day)s: %(event)s.") % {"day": day(computed.start), "event": limit.counts_from or "–"}]
    said.append(gettext("The limit: %(length)s.") % {"length": length(limit.as_clock)})
    said += _not_a_day(limit) if not computed.readings else _readings(limit, computed)
    if limit.basis:
        said.append(gettext("The law: %(basis)s.") % {"basis": limit.basis})
    said.append(gettext("Source: %(source)s.") % {"source": limit.source or gettext("none yet")})
    said.append(gettext("Certainty %(certainty)s.") % {"certainty": certainty(limit)})
    said.append(confirmed(limit))
    return said


def _not_a_day(limit: LegalLimit) -> list[str]:
    if limit.as_clock.is_today:
        return [gettext("No day is shown: it is not certain enough. Treat it as today.")]
    return [gettext("This claim does not run out.")]


def _readings(limit: LegalLimit, computed: Computed) -> list[str]:
    said = []
    if limit.unit not in (Unit.EVENT, Unit.STAY_DAYS, Unit.HOURS):
        said.append(gettext("The day of the event itself is not counted."))
    for reading in computed.readings:
        said += [_step(*step) for step in reading.steps]
        said.append(_way(reading))
    if len(computed.readings) > 1:
        said.append(gettext("The earliest of these days is shown: whoever keeps it is never late."))
    if not computed.calendar_known:
        said.append(gettext("Public holidays of this country are not known here: only Saturdays and Sundays are left out."))
    return said


def _way(reading: Reading) -> str:
    if reading.moment is not None:
        moment = dates.moment(reading.moment, get_language() or "ru", timezone.get_current_timezone())
        return gettext("Counted from hour to hour: %(moment)s.") % {"moment": moment}
    if reading.way == Way.WORKING:
        return gettext("When only working days count, the last day is %(day)s.") % {"day": day(reading.last)}
    return gettext("By the calendar the last day is %(day)s.") % {"day": day(reading.last)}


def _step(step: Step, values: tuple[str, ...]) -> str:
    match step:
        case Step.DAYS_OFF_SKIPPED:
            return gettext("Weekends and these days off are left out: %(days)s.") % {"days": ", ".join(map(day, values))}
        case Step.MONTH_SHORTER:
            return gettext("The last month has no such day, so its last day counts: %(day)s.") % {"day": day(values[0])}
        case Step.MOVED:
            return gettext("%(off)s is a day off, so it moves to %(day)s.") % {"off": day(values[0]), "day": day(values[1])}
        case Step.LESS:
            number = int(values[0])
            return ngettext("%(number)s day is taken off.", "%(number)s days are taken off.", number) % {"number": number}
        case Step.STAYED_BEFORE:
            number = int(values[0])
            said = ngettext(
                "%(number)s day of earlier stays is taken off.", "%(number)s days of earlier stays are taken off.", number
            )
            return said % {"number": number}
        case Step.PAID_THE_DAY_BEFORE:
            said = gettext("The pay day %(day)s is a day off, so it should have been paid on %(before)s.")
            return said % {"day": day(values[0]), "before": day(values[1])}


def left(due: date, today: date) -> str:
    """How many days are left, in words."""
    days = (due - today).days
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}
    return ngettext("%(number)s day late", "%(number)s days late", -days) % {"number": -days}


def tone(due: date, today: date) -> str:
    """The colour that goes with the words."""
    days = (due - today).days
    return "bad" if days < 0 else "warn" if days <= 3 else "good"
