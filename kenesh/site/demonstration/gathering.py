"""The next meeting of the council as an event: two days, two halls, a session of the coalition inside it. All people are invented."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from kenesh.council import actions
from kenesh.council.actions import checkin, invitations, programme
from kenesh.council.models import Invitation, Meeting, Room, Session
from kenesh.people.models import Body, Organisation, Publication
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import in_bishkek
from kenesh.themes.texts import Translated

MODERATOR, SPEAKER = "moderator", "speaker"
# Day, from hour to hour, room, kind, title (ru, ky, en), points of the agenda.
SESSIONS: tuple[tuple[int, int, int, str, str, tuple[str, str, str], tuple[int, ...]], ...] = (
    (0, 9, 10, "great", "session", ("Открытие", "Ачылышы", "Opening"), ()),
    (0, 10, 12, "great", "session", ("Здоровье мигрантов", "Мигранттардын ден соолугу", "Health of migrants"), (1,)),
    (0, 10, 12, "small", "session", ("Посредники и визы", "Ортомчулар жана визалар", "Middlemen and visas"), (2,)),
    (0, 12, 13, "", "break", ("Обед", "Түшкү тамак", "Lunch"), ()),
    (0, 13, 15, "small", "side_event", ("Выставка памяток", "Эскерткичтер көргөзмөсү", "Leaflets on show"), ()),
    (1, 9, 11, "great", "session", ("Что сделано", "Эмне жасалды", "What was done"), (3,)),
    (1, 11, 12, "", "break", ("Кофе", "Кофе", "Coffee"), ()),
    (1, 12, 17, "great", "session", ("Решения", "Чечимдер", "Decisions"), (1, 2, 3)),
)
SPEAKERS = {
    "Здоровье мигрантов": (
        programme.Speaking(MODERATOR, name="Нургуль Сыдыкова", post="врач", publication=Publication.NAME),
        programme.Speaking(SPEAKER, name="Фаррух Назаров", post="юрист, Душанбе", publication=Publication.NAME),
        programme.Speaking(SPEAKER, name="Лола Юсупова", post="социальный работник"),
    ),
    "Посредники и визы": (
        programme.Speaking(MODERATOR, name="Арман Оспанов", post="исследователь", publication=Publication.NAME),
    ),
}


def set_out(meeting: Meeting, cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body]) -> None:
    """Rooms, sessions and the coalition's own session."""
    by, rooms = cast["chynara"].user, _rooms(meeting, cast)
    points = list(meeting.items.order_by("position"))
    for day, begins, ends, room, kind, (ru, ky, en), numbers in SESSIONS:
        on = meeting.day + timedelta(days=day)
        programme.add_session(
            meeting=meeting, by=by, kind=Session.Kind(kind), title=Translated(ru=ru, ky=ky, en=en), room=rooms.get(room),
            starts_at=in_bishkek(on, begins).astimezone(UTC), ends_at=in_bishkek(on, ends).astimezone(UTC),
            people=SPEAKERS.get(ru, ()), items=[points[number - 1] for number in numbers],
        )  # fmt: skip
    _session_of_the_coalition(meeting, cast, bodies["mir"], meeting.day)
    _invite(meeting, cast)
    actions.take_to_venue(meeting=meeting, by=by)
    actions.call_back(meeting=meeting, why="В зале всё же есть интернет.", by=by)


# Name, post, country, language; what each answered: coming, interpretation, from where, ticket.
GUESTS = (
    ("Фаррух Назаров", "юрист", "TJ", "tg", ("in_person", "ru", "Душанбе", True)),
    ("Нургуль Сыдыкова", "врач", "KG", "ky", ("in_person", "", "", False)),
    ("Лола Юсупова", "социальный работник", "UZ", "uz", ("online", "uz", "", False)),
    ("Арман Оспанов", "исследователь", "KZ", "kk", None),
)


def _invite(meeting: Meeting, cast: Cast) -> None:
    """All seats and four guests; some have answered, one needs a ticket."""
    by = cast["chynara"].user
    invitations.invite_seats(meeting=meeting, by=by)
    for name, post, country, language, answer in GUESTS:
        guest = invitations.invite_guest(
            meeting=meeting, by=by, guest=name, post=post, country=country, language=language, email=""
        )
        if answer:
            _answer(guest, meeting, *answer)
    for invitation in meeting.invitations.filter(membership__isnull=False).order_by("id")[:2]:
        _answer(invitation, meeting, "online", "", "", False)


def _answer(invitation: Invitation, meeting: Meeting, coming: str, language: str, town: str, ticket: bool) -> None:
    invitations.answer_invitation(
        invitation=invitation, by=None, coming=coming, substitute_name="", substitute_post="", substitute_online=False,
        interpretation=language, arrives_from=town, arrives_on=meeting.day - timedelta(days=1) if town else None,
        leaves_on=meeting.last_day + timedelta(days=1) if town else None, needs_ticket=ticket, needs_visa_letter=False, needs="",
    )  # fmt: skip


def _rooms(meeting: Meeting, cast: Cast) -> dict[str, Room]:
    names = {
        "great": Translated(ru="Большой зал", ky="Чоң зал", en="Great hall"),
        "small": Translated(ru="Малый зал", ky="Кичи зал", en="Small hall"),
    }
    return {
        key: programme.add_room(
            meeting=meeting,
            by=cast["chynara"].user,
            name=name,
            link=f"https://meet.example.org/demonstration-{key}",
            dial_in="+996 312 000000, 2026#",
        )
        for key, name in names.items()
    }


def _session_of_the_coalition(host: Meeting, cast: Cast, coalition: Body, day: date) -> None:
    by = cast["nurlan"].user
    meeting = actions.plan_meeting(
        body=coalition,
        by=by,
        host_meeting=host,
        title=Translated(ru="Заседание коалиции", ky="Коалициянын жыйыны", en="Session of the coalition"),
        starts_at=in_bishkek(day, 13).astimezone(UTC),
        ends_at=in_bishkek(day, 15).astimezone(UTC),
        place=host.place,
        country="KG",
        mode=Meeting.Mode.HYBRID,
    )
    point = Translated(ru="План коалиции на год", ky="Коалициянын жылдык планы", en="The coalition's plan for the year")
    actions.add_item(meeting=meeting, by=by, title=point)
    actions.publish_meeting(meeting=meeting, by=by)
    checkin.set_rules(body=coalition, version=1, members="1/2", states="1", counts_online=True, by=by)
