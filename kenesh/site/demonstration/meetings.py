"""Meetings that the documents tell of, and one that is planned.

The hour at which they began is not known; the model wants one, so ten o'clock on the clocks of the room is entered.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kenesh.council import actions
from kenesh.council.models import AgendaItem, Attendance, Meeting
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Person, Publication
from kenesh.site.demonstration import gathering
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar, in_bishkek
from kenesh.site.demonstration.problems import Stated
from kenesh.site.demonstration.seats import Seats
from kenesh.themes.texts import Translated

BISHKEK = Translated(ru="Бишкек", ky="Бишкек", en="Bishkek")
EXPERTS_OF = ("KG", "KZ", "UZ", "TJ", "AZ", "AM", "GE", "RU")


def tell_history(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], library: dict[str, Document]) -> None:
    """The founding of 2023, the session of 2024 with the coalition's inside it, the dialogue in Geneva of 2015."""
    _found_council(cast, houses, bodies, library["mbos-2023"])
    _session_of_2024(cast, houses, bodies, library["meks-2024"])
    _dialogue_of_2015(cast, houses, bodies, library["geneva-2015"])


def _found_council(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], document: Document) -> None:
    by = cast["chynara"].user
    meeting = actions.plan_meeting(
        body=bodies["mbos"],
        by=by,
        number="1",
        title=Translated(ru="Установочное заседание", ky="Уюштуруу жыйыны", en="Founding meeting"),
        starts_at=in_bishkek(date(2023, 4, 28), 10).astimezone(UTC),
        place=BISHKEK,
        country="KG",
        mode=Meeting.Mode.HYBRID,
        is_founding=True,
    )
    for title in (
        Translated(ru="Цели и задачи совета", ky="Кеңештин максаттары жана милдеттери", en="Aims and tasks of the council"),
        Translated(
            ru="Организационные вопросы, руководство и направления работы",
            ky="Уюштуруу маселелери, жетекчилик жана иш багыттары",
            en="Organisation, officers and fields of work",
        ),
    ):
        actions.add_item(meeting=meeting, by=by, title=title, documents=[document])
    # She spoke there as an official, and the ministry's own press release says so. Nobody else is named.
    speaker = Person.objects.create(
        name=Translated(ru="Жылдыз Полотова", ky="Жылдыз Полотова", en="Jyldyz Polotova"),
        post=Translated(ru="Заместитель министра (2023)", ky="Министрдин орун басары (2023)", en="Deputy Minister (2023)"),
        organisation=houses["ministry"],
    )
    actions.add_guest(meeting=meeting, by=by, person=speaker, publication=Publication.NAME)
    actions.add_guest(meeting=meeting, by=by, organisation=houses["resource_centre"], publication=Publication.ORGANISATION)
    actions.add_guest(meeting=meeting, by=by, organisation=houses["psp"], publication=Publication.COUNTRY)
    _finish(meeting, cast)


def _session_of_2024(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], document: Document) -> None:
    by, begins = cast["chynara"].user, in_bishkek(date(2024, 5, 15), 10).astimezone(UTC)
    meeting = actions.plan_meeting(
        body=bodies["meks"],
        by=by,
        title=Translated(
            ru="Заседание совета в Бишкеке", ky="Кеңештин Бишкектеги жыйыны", en="Session of the council in Bishkek"
        ),
        starts_at=begins,
        place=BISHKEK,
        country="KG",
    )
    for title in (
        Translated(
            ru="Информированность граждан о безопасной миграции",
            ky="Жарандардын коопсуз миграция жөнүндө маалымдуулугу",
            en="What citizens know about safe migration",
        ),
        Translated(
            ru="Развитие рынка трудовых ресурсов в ЕАЭС",
            ky="ЕАЭБдеги эмгек ресурстарынын рыногун өнүктүрүү",
            en="The labour market of the EAEU",
        ),
        Translated(
            ru="Доступ мигрантов к медицинским услугам",
            ky="Мигранттардын медициналык кызматтарга жетүүсү",
            en="Access of migrants to health care",
        ),
        Translated(
            ru="Информационная поддержка мигрантов",
            ky="Мигранттарды маалымат менен колдоо",
            en="Support of migrants with information",
        ),
    ):
        actions.add_item(meeting=meeting, by=by, title=title, documents=[document])
    for house in ("ministry", "resource_centre", "eec"):
        actions.add_guest(meeting=meeting, by=by, organisation=houses[house], publication=Publication.ORGANISATION)
    for country in EXPERTS_OF:
        actions.add_guest(meeting=meeting, by=by, guest="эксперт", country=country, publication=Publication.COUNTRY)
    _finish(meeting, cast)
    hosted = actions.plan_meeting(
        body=bodies["mir"],
        by=cast["nurlan"].user,
        host_meeting=meeting,
        title=Translated(ru="Заседание коалиции", ky="Коалициянын жыйыны", en="Session of the coalition"),
        starts_at=begins,
        place=BISHKEK,
        country="KG",
    )
    point = Translated(
        ru="Партнёрство и поддержка мигрантов и их семей",
        ky="Өнөктөштүк, мигранттарды жана үй-бүлөлөрүн колдоо",
        en="Partnership, support of migrants and their families",
    )
    actions.add_item(meeting=hosted, by=cast["nurlan"].user, title=point, documents=[document])
    _finish(hosted, cast, by="nurlan")


def _dialogue_of_2015(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], document: Document) -> None:
    by, geneva = cast["nurlan"].user, ZoneInfo("Europe/Zurich")
    meeting = actions.plan_meeting(
        body=bodies["cmw"],
        by=by,
        number="22",
        title=Translated(
            ru="22-я сессия: диалог с Кыргызской Республикой (13–14 апреля)",
            ky="22-сессия: Кыргыз Республикасы менен диалог (13–14-апрель)",
            en="22nd session: dialogue with the Kyrgyz Republic (13–14 April)",
        ),
        starts_at=datetime(2015, 4, 13, 10, tzinfo=geneva).astimezone(UTC),
        ends_at=datetime(2015, 4, 14, 18, tzinfo=geneva).astimezone(UTC),
        time_zone=geneva.key,
        place=Translated(ru="Женева", ky="Женева", en="Geneva"),
        country="CH",
    )
    point = Translated(
        ru="Доклад Кыргызской Республики о выполнении Конвенции",
        ky="Конвенциянын аткарылышы тууралуу Кыргыз Республикасынын баяндамасы",
        en="Report of the Kyrgyz Republic on the Convention",
    )
    actions.add_item(meeting=meeting, by=by, title=point, documents=[document])
    actions.add_guest(meeting=meeting, by=by, organisation=houses["foreign"], publication=Publication.ORGANISATION)
    _finish(meeting, cast, by="nurlan")


def _finish(meeting: Meeting, cast: Cast, by: str = "chynara") -> None:
    """Held long ago and public; no minutes, since none are known."""
    actions.open_meeting(meeting=meeting, by=cast[by].user)
    actions.close_meeting(meeting=meeting, by=cast[by].user)
    actions.publish_meeting(meeting=meeting, by=cast[by].user)


# --- to try things with ---------------------------------------------------------------------------------------------------


def plan_next(
    calendar: Calendar,
    cast: Cast,
    houses: dict[str, Organisation],
    bodies: dict[str, Body],
    sitting: Seats,
    stated: Stated,
    library: dict[str, Document],
) -> Meeting:
    """A hybrid meeting of two days within two weeks, with a programme, an agenda and one open proposal."""
    by, day = cast["chynara"].user, calendar.workday_ago(-14)
    day -= timedelta(days=max(day.weekday() - 3, 0))  # two working days
    meeting = actions.plan_meeting(
        body=bodies["meks"],
        by=by,
        number=f"{day.year}/2",
        title=Translated(ru="Очередное заседание совета", ky="Кеңештин кезектеги жыйыны", en="Next session of the council"),
        starts_at=in_bishkek(day, 9).astimezone(UTC),
        ends_at=in_bishkek(day + timedelta(days=1), 17).astimezone(UTC),
        place=BISHKEK,
        country="KG",
        mode=Meeting.Mode.HYBRID,
        link="https://meet.example.org/demonstration",
    )
    doctor = actions.add_item(
        meeting=meeting,
        by=by,
        title=Translated(ru="К врачу без отказа", ky="Дарыгерге тоскоолсуз", en="To the doctor without refusal"),
        problems=[stated["doctor"]],
        documents=[library["meks-2024"]],
    )
    actions.add_item(
        meeting=meeting,
        by=by,
        title=Translated(
            ru="Посредники, которые берут деньги за визу",
            ky="Виза үчүн акча алган ортомчулар",
            en="Middlemen who take money for visas",
        ),
        problems=[stated["fraud"]],
    )
    actions.add_item(
        meeting=meeting,
        by=by,
        title=Translated(
            ru="Что сделано по прошлым рекомендациям",
            ky="Мурунку сунуштар боюнча эмне жасалды",
            en="What was done about earlier recommendations",
        ),
        kind=AgendaItem.Kind.REPORT,
        reporting=houses["ministry"],
        speaker_is_public=True,
        problems=[stated["wages"], stated["registry"]],
    )
    actions.propose(
        item=doctor,
        text=Translated(
            ru="Выпустить памятку о медицинском полисе на языках мигрантов и положить её в каждое представительство "
            "министерства за рубежом.",
            ky="Медициналык полис жөнүндө эскерткичти мигранттардын тилдеринде чыгарып, министрликтин чет өлкөдөгү ар бир "
            "өкүлчүлүгүнө коюу.",
            en="Publish a leaflet about the medical policy in the languages of migrants and lay it out in each of the "
            "ministry's offices abroad.",
        ),
        by=cast["daniyar"].user,
        membership=sitting["daniyar"],
        addressees=[houses["ministry"]],
        due_on=calendar.ago(-120),
        problem=stated["doctor"],
    )
    gathering.set_out(meeting, cast, houses, bodies)
    for house in ("ministry", "resource_centre"):
        line = actions.Mark(who=sitting[house], mode=Attendance.Mode.REMOTE, publication=Publication.ORGANISATION)
        actions.record_attendance(meeting=meeting, marks=[line], by=by)
    actions.publish_meeting(meeting=meeting, by=by)
    return meeting
