"""What the councils' secretary keeps: founding and chair, a seat whose person was replaced, a project with its donor, correspondents.

All of it is invented. Nobody is named to everybody: nominated persons are hidden, and correspondents write from example.org.
"""

from __future__ import annotations

from datetime import date

from kenesh.council.actions import set_project_documents, set_project_meetings
from kenesh.council.models import Meeting
from kenesh.kernel.codes import new_code
from kenesh.library.models import Document
from kenesh.people import actions
from kenesh.people.models import (
    Body,
    CorrespondentRole,
    Label,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Publication,
    Standing,
    User,
)
from kenesh.site.demonstration.calendar import Calendar
from kenesh.themes.texts import Translated

# Name, post, organisation, role, country, languages.
CORRESPONDENTS = (
    ("Айжан Турдалиева", "пресс-секретарь", "Министерство труда", CorrespondentRole.STATE, "KG", "ky ru"),
    ("Фирдавс Назаров", "юрист", "Союз трудящихся, Худжанд", CorrespondentRole.EXPERT, "TJ", "tg ru"),
    ("Lola Yusupova", "dasturchi", "Mehnat markazi", CorrespondentRole.OBSERVER, "UZ", "uz ru"),
    ("Արմեն Սարգսյան", "", "", CorrespondentRole.EXPERT, "AM", "hy ru"),
    ("Claire Fontaine", "programme officer", "Fund for Fair Work", CorrespondentRole.DONOR, "", "en"),
    ("Ерлан Ахметов", "журналист", "Газета «Жол»", CorrespondentRole.PRESS, "KZ", "kk ru"),
    ("Нина Ковалёва", "переводчик", "", CorrespondentRole.SERVICE, "RU", "ru en"),
)


def keep(
    calendar: Calendar, secretary: User, houses: dict[str, Organisation], bodies: dict[str, Body], seats: dict[str, Membership]
) -> None:
    """Founding, chair, seats, project and correspondents of the expert council."""
    council = bodies["meks"]
    _found(council, secretary)
    _send_somebody_else(calendar, seats["ministry"], houses["ministry"], secretary)
    _chair(calendar, council, seats["resource_centre"], secretary)
    observer = Membership.objects.create(
        body=council, organisation=houses["iom"], standing=Standing.OBSERVER, publication=Publication.ORGANISATION,
        since=calendar.ago(900),
    )  # fmt: skip
    actions.change_standing(seat=observer, standing=Standing.MEMBER, on=calendar.ago(200), decision="3/2", by=secretary)
    label = Label(new_code(), Translated(ru="поставщик социальных услуг", ky="социалдык кызмат көрсөтүүчү"), date(2023, 1, 1))
    actions.add_label(organisation=houses["kazan"], label=label, by=secretary)
    _project(calendar, council, [houses["bishkek"], houses["chelyabinsk"]], secretary)
    for number, (name, post, house, role, country, languages) in enumerate(CORRESPONDENTS):
        facts = actions.CorrespondentFacts(name, post, house, role, country, f"correspondent{number}@example.org", "", languages)
        actions.add_correspondent(code=new_code(), body=council if number % 2 else None, facts=facts, by=secretary)


def _found(council: Body, secretary: User) -> None:
    facts = actions.FoundingFacts(
        meeting=Translated(
            ru="Совет учреждён на встрече НПО, экспертов и государственных органов в Бишкеке.",
            ky="Кеңеш Бишкекте БӨУлардын, эксперттердин жана мамлекеттик органдардын жолугушуусунда түзүлгөн.",
            en="The council was founded at a meeting of NGOs, experts and State bodies in Bishkek.",
        ),
        goals=Translated(
            ru="Чтобы права трудящихся-мигрантов соблюдались одинаково в стране выезда и в стране работы.",
            ky="Эмгекчи-мигранттардын укуктары кеткен өлкөдө да, иштеген өлкөдө да бирдей сакталсын.",
            en="That the rights of migrant workers are kept alike in the country of origin and in the country of work.",
        ),
        tasks=Translated(
            ru="Собирать проблемы, о которых сообщают центры\nГотовить рекомендации государствам\nСледить за тем, что сделано",
            ky="Борборлор айткан көйгөйлөрдү чогултуу\nМамлекеттерге сунуштарды даярдоо\nЭмне жасалганын көзөмөлдөө",
            en="Gather the problems that centres report\nPrepare recommendations to the States\nFollow what was done",
        ),
        directions=Translated(
            ru="Оплата труда\nДокументы и въезд\nЗдоровье и жильё", ky="Эмгек акы\nДокументтер жана кирүү\nДен соолук жана турак жай",
            en="Wages\nDocuments and entry\nHealth and housing",
        ),
        rules=Translated(
            ru="Совет собирается не реже двух раз в год. Решает согласием; если согласия нет, большинством членов. Наблюдатели говорят, "
            "но не голосуют. Председательство переходит от страны к стране каждый год.",
            ky="Кеңеш жылына кеминде эки жолу чогулат. Макулдук менен чечет; макулдук болбосо, мүчөлөрдүн көпчүлүгү менен. Байкоочулар "
            "сүйлөйт, бирок добуш бербейт. Төрагалык жыл сайын өлкөдөн өлкөгө өтөт.",
            en="The council meets at least twice a year. It decides by consensus, and without one by a majority of its members. Observers "
            "speak, but do not vote. The chair goes from country to country every year.",
        ),
    )  # fmt: skip
    actions.write_founding(body=council, facts=facts, seen="", by=secretary)


def _send_somebody_else(calendar: Calendar, seat: Membership, ministry: Organisation, secretary: User) -> None:
    """The ministry's seat: first one official, then another."""
    first, second = (
        Person.objects.create(name=Translated(ru=name), post=Translated(ru="заведующий отделом миграции"), organisation=ministry)
        for name in ("Талгат Осмонов", "Бегимай Кадырова")
    )
    for person, days, number in ((first, 800, "04-11/127"), (second, 240, "04-11/58")):
        actions.nominate(
            seat=seat,
            person=person,
            since=calendar.ago(days),
            letter=actions.Letter(number, calendar.workday_ago(days + 9)),
            publication=Publication.ORGANISATION,
            by=secretary,
        )


def _chair(calendar: Calendar, council: Body, seat: Membership, secretary: User) -> None:
    """The chair has gone from Kyrgyzstan to Russia and back."""
    actions.set_rotation(body=council, countries=["KG", "RU"], months=12, by=secretary)
    for country, through, days in (("KG", seat, 800), ("RU", None, 435), ("KG", seat, 70)):
        actions.hand_chair_over(body=council, country=country, seat=through, on=calendar.ago(days), by=secretary)


def _project(calendar: Calendar, council: Body, centres: list[Organisation], secretary: User) -> None:
    donor = Organisation.objects.create(
        name=Translated(ru="Фонд достойного труда", ky="Татыктуу эмгек фонду", en="Fund for Fair Work"),
        kind=OrganisationKind.INTERNATIONAL,
    )
    facts = actions.ProjectFacts(
        name=Translated(ru="Услышаны и получили ответ", ky="Угулду жана жооп алды", en="Heard and answered"),
        about=Translated(
            ru="Центры собирают проблемы, совет готовит рекомендации, министерства отвечают.",
            ky="Борборлор көйгөйлөрдү чогултат, кеңеш сунуштарды даярдайт, министрликтер жооп берет.",
            en="Centres gather problems, the council prepares recommendations, ministries answer.",
        ),
        donor=donor,
        grant_number="FFW-2024-12",
        since=calendar.ago(540),
        until=calendar.ago(-190),
    )
    project = actions.add_project(code=new_code(), facts=facts, bodies=[council], centres=centres, by=secretary)
    documents = list(Document.objects.light().order_by("id")[:3])
    set_project_documents(project=project, documents=documents, by=secretary)
    held = list(Meeting.objects.filter(body=council, starts_at__date__range=(facts.since, facts.until)).order_by("starts_at"))
    set_project_meetings(project=project, meetings=held, among=held, by=secretary)
