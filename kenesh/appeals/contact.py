"""Safe contact: how, when, in which language and with whom the office may speak; read by whoever is about to write or call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CALL_ME = "call-me"
CODE, CALL, NEVER = "code", "call", "never"
FIELDS = (
    "answer_how",
    "phone",
    "call_when",
    "call_from",
    "call_to",
    "call_zone",
    "may_pick_up",
    "may_say_who",
    "language",
    "needs",
)

# Countries with one clock for (nearly) all who live there.
ZONE_OF_COUNTRY = {
    "AE": "Asia/Dubai", "AM": "Asia/Yerevan", "AZ": "Asia/Baku", "BY": "Europe/Minsk", "DE": "Europe/Berlin",
    "GB": "Europe/London", "GE": "Asia/Tbilisi", "KG": "Asia/Bishkek", "KR": "Asia/Seoul", "KZ": "Asia/Almaty",
    "MD": "Europe/Chisinau", "PL": "Europe/Warsaw", "TJ": "Asia/Dushanbe", "TM": "Asia/Ashgabat", "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
}  # fmt: skip

# Russia has eleven: the person chooses hers.
ZONES: dict[str, str | _StrPromise] = {
    "Europe/Kaliningrad": _("Kaliningrad"),
    "Europe/Moscow": _("Moscow"),
    "Europe/Samara": _("Samara"),
    "Asia/Yekaterinburg": _("Yekaterinburg, Chelyabinsk"),
    "Asia/Omsk": _("Omsk"),
    "Asia/Novosibirsk": _("Novosibirsk, Krasnoyarsk"),
    "Asia/Irkutsk": _("Irkutsk"),
    "Asia/Yakutsk": _("Yakutsk"),
    "Asia/Vladivostok": _("Vladivostok"),
    "Asia/Kamchatka": _("Kamchatka"),
}


@dataclass(frozen=True)
class SafeContact:
    """`now`: whether a call may be made at this moment; None where the hours or the clock are not known."""

    how: str = ""
    phone: str = ""
    words: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    clock: str = ""  # what her clock shows now
    now: bool | None = None
    may_pick_up: str = ""
    may_say_who: str = ""
    language: str = ""
    needs: tuple[str, ...] = ()

    @property
    def never(self) -> bool:
        return self.how == NEVER

    @property
    def no_call(self) -> bool:
        return self.how in (NEVER, CODE)


def zone_of(answers: dict[str, Any]) -> str:
    """The name of the person's time zone, or "" where nothing says it."""
    chosen = str(answers.get("call_zone") or "")
    if chosen in ZONES or chosen in ZONE_OF_COUNTRY.values():
        return chosen
    for name in ("now_country", "where_country"):
        country = str(answers.get(name) or "")
        if country:
            return ZONE_OF_COUNTRY.get(country, "")
    return ""


def safe_contact(answers: dict[str, Any], *, at: datetime) -> SafeContact:
    """What the answers say, seen at this moment. A window from 22:00 to 06:00 goes over midnight."""
    zone = zone_of(answers)
    here = at.astimezone(ZoneInfo(zone)) if zone else None
    start, end = str(answers.get("call_from") or ""), str(answers.get("call_to") or "")
    return SafeContact(
        how=CALL if answers.get("theme") == CALL_ME and not answers.get("answer_how") else str(answers.get("answer_how") or ""),
        phone=str(answers.get("phone") or answers.get("danger_phone") or ""),
        words=str(answers.get("call_when") or ""),
        start=start,
        end=end,
        zone=zone,
        clock=here.strftime("%H:%M") if here else "",
        now=inside(here.time(), start, end) if here and (start or end) else None,
        may_pick_up=str(answers.get("may_pick_up") or ""),
        may_say_who=str(answers.get("may_say_who") or ""),
        language=str(answers.get("language") or ""),
        needs=tuple(answers.get("needs") or ()),
    )


def inside(clock: time, start: str, end: str) -> bool:
    """Whether the clock stands in the window; an open end reaches to midnight."""
    minute = clock.strftime("%H:%M")
    first, last = start or "00:00", end or "24:00"
    return first <= minute < last if first <= last else minute >= first or minute < last


def wants_call(answers: dict[str, Any]) -> bool:
    return bool(answers.get("answer_how") == CALL or (answers.get("theme") == CALL_ME and answers.get("answer_how") != NEVER))
