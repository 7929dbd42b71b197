"""Bodies of the demonstration and who sits there. A body or a seat has no action yet, so the rows are written by hand.

Nobody is named: seats are shown by organisation or by country at most, and the two members with accounts are hidden,
which is also what the software does when nobody decides.
"""

from __future__ import annotations

from datetime import date

from kenesh.people.models import Body, Membership, Organisation, Person, Publication, Standing
from kenesh.site.demonstration.accounts import Cast
from kenesh.themes.texts import Translated

Seats = dict[str, Membership]

INVENTED = {
    "ru": "Это демонстрация: заседания после 2024 года, учреждение, председательство, решения, рекомендации и ответы на них вымышлены.",
    "ky": "Бул – үлгү: 2024-жылдан кийинки жыйындар, түзүлүшү, төрагалык, чечимдер, сунуштар жана жооптор ойлоп чыгарылган.",
    "en": "This is a demonstration: meetings after 2024, founding, chair, decisions, recommendations and answers are invented.",
}


def _about(**words: str) -> Translated:
    return Translated({language: f"{text}\n\n{INVENTED[language]}" for language, text in words.items()})


def make_bodies() -> dict[str, Body]:
    council = Body.objects.create(
        kind=Body.Kind.COUNCIL,
        name=Translated(
            ru="Межстрановой экспертно-консультативный совет по миграции",
            ky="Миграция боюнча өлкөлөр аралык эксперттик-консультативдик кеңеш",
            en="Inter-country Expert Advisory Council on Migration",
            uz="Migratsiya boʻyicha davlatlararo ekspert-maslahat kengashi",
            tg="Шӯрои байникишварии экспертию машваратӣ оид ба муҳоҷират",
            kk="Көші-қон жөніндегі елдераралық сараптамалық-кеңес беру кеңесі",
            hy="Միգրացիայի հարցերով միջպետական փորձագիտական-խորհրդատվական խորհուրդ",
        ),
        short_name=Translated(ru="МЭКС", ky="МЭКС", en="MEKS"),
        about=_about(
            ru="Общественная площадка нескольких стран: эксперты, НПО и государственные органы советуют, как поддержать "
            "мигрантов и улучшить условия их труда в СНГ и ЕАЭС.",
            ky="Бир нече өлкөнүн коомдук аянтчасы: эксперттер, БӨУлар жана мамлекеттик органдар мигранттарды кантип колдоону "
            "жана КМШ менен ЕАЭБде эмгек шарттарын жакшыртууну кеңешет.",
            en="A public platform of several countries: experts, NGOs and State bodies advise on how to support migrants and "
            "to better their working conditions in the CIS and the EAEU.",
        ),
        publishes_decisions=True,
    )
    public_council = Body.objects.create(
        kind=Body.Kind.COUNCIL,
        name=Translated(
            ru="Межстрановой Большой Общественный Совет по миграции",
            ky="Миграция боюнча өлкөлөр аралык Чоң коомдук кеңеш",
            en="Inter-country Grand Public Council on Migration",
        ),
        short_name=Translated(ru="МБОС", ky="МБОС", en="MBOS"),
        about=_about(
            ru="Общественная площадка для правовых механизмов трудовой миграции, хороших условий для мигрантов и их семей и "
            "согласованной политики стран.",
            ky="Эмгек миграциясынын укуктук механизмдери, мигранттарга жана алардын үй-бүлөлөрүнө жакшы шарттар жана "
            "өлкөлөрдүн макулдашылган саясаты үчүн коомдук аянтча.",
            en="A public platform for legal mechanisms of labour migration, good conditions for migrants and their families, "
            "and a common policy of the countries.",
        ),
        founded_on="2023-04-28",
    )
    coalition = Body.objects.create(
        kind=Body.Kind.COALITION,
        name=Translated(
            ru="Международная коалиция «Миграция и развитие»",
            ky="«Миграция жана өнүгүү» эл аралык коалициясы",
            en="International Coalition “Migration and Development”",
        ),
        short_name=Translated(ru="МиР", ky="МиР", en="MiR"),
        about=Translated(
            ru="Партнёры в странах выезда и приёма вместе помогают мигрантам и членам их семей.",
            ky="Кеткен жана кабыл алган өлкөлөрдөгү өнөктөштөр мигранттарга жана алардын үй-бүлөлөрүнө чогуу жардам берет.",
            en="Partners in the countries of origin and of work help migrants and their families together.",
        ),
        founded_on="2021",
    )
    return {"meks": council, "mbos": public_council, "mir": coalition, **_make_others()}


def _make_others() -> dict[str, Body]:
    """A regional dialogue of States and a committee of the United Nations."""
    dialogue = Body.objects.create(
        kind=Body.Kind.DIALOGUE,
        name=Translated(
            ru="Алматинский процесс по защите беженцев и международной миграции",
            ky="Качкындарды коргоо жана эл аралык миграция боюнча Алматы процесси",
            en="Almaty Process on Refugee Protection and International Migration",
        ),
        short_name=Translated(ru="Алматинский процесс", ky="Алматы процесси", en="Almaty Process"),
        about=Translated(
            ru="Постоянный диалог государств о беженцах и миграции. Его предложил Казахстан; он же был первым председателем.",
            ky="Мамлекеттердин качкындар жана миграция боюнча туруктуу диалогу. Аны Казакстан сунуштаган жана биринчи төрага "
            "болгон.",
            en="A standing dialogue of States on refugees and migration. Kazakhstan proposed it and was its first chair.",
        ),
        founded_on="2011",
    )
    committee = Body.objects.create(
        kind=Body.Kind.COMMITTEE,
        name=Translated(
            ru="Комитет ООН по защите прав всех трудящихся-мигрантов и членов их семей",
            ky="БУУнун Бардык эмгекчи-мигранттардын жана алардын үй-бүлө мүчөлөрүнүн укуктарын коргоо комитети",
            en="UN Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families",
        ),
        short_name=Translated(ru="Комитет по трудящимся-мигрантам", ky="Эмгекчи-мигранттар комитети", en="CMW"),
        about=Translated(
            ru="Независимые эксперты; читают доклады государств о Конвенции, задают вопросы и дают рекомендации.",
            ky="Көз карандысыз эксперттер; мамлекеттердин Конвенция боюнча баяндамаларын окуп, суроо берип, сунуштарды айтат.",
            en="Independent experts who read the States' reports on the Convention, ask questions and make recommendations.",
        ),
    )
    return {"almaty": dialogue, "cmw": committee}


ORGANISATIONS = (
    ("meks", "ministry", Publication.ORGANISATION),
    ("meks", "resource_centre", Publication.ORGANISATION),
    ("meks", "psp", Publication.COUNTRY),
    ("mbos", "ministry", Publication.ORGANISATION),
    ("mbos", "resource_centre", Publication.ORGANISATION),
    ("mbos", "psp", Publication.COUNTRY),
    ("mir", "resource_centre", Publication.ORGANISATION),
    ("mir", "psp", Publication.COUNTRY),
)
STATES = ("KZ", "AZ", "AF", "KG", "TJ", "TR", "TM")
OBSERVER_STATES = ("IR", "PK")
FOUNDED = {"meks": None, "mbos": date(2023, 4, 28), "mir": None}


def seat_people(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body]) -> Seats:
    """Memberships; gives those of the two members with accounts and of the ministry, by account or organisation."""
    seats: Seats = {}
    for body, house, level in ORGANISATIONS:
        seat = Membership.objects.create(body=bodies[body], organisation=houses[house], since=FOUNDED[body], publication=level)
        if body == "meks":
            seats[house] = seat
    for state in STATES:
        Membership.objects.create(body=bodies["almaty"], country=state, publication=Publication.COUNTRY)
    for state in OBSERVER_STATES:
        Membership.objects.create(
            body=bodies["almaty"], country=state, standing=Standing.OBSERVER, publication=Publication.COUNTRY
        )
    Membership.objects.create(
        body=bodies["meks"], organisation=houses["eec"], standing=Standing.OBSERVER, publication=Publication.ORGANISATION
    )
    for key, house, name in (
        ("meerim", "bishkek", Translated(ru="Мээрим Асанова", ky="Мээрим Асанова", en="Meerim Asanova")),
        ("daniyar", "kazan", Translated(ru="Данияр Сеитов", ky="Данияр Сеитов", en="Daniyar Seitov")),
    ):
        user = cast[key].user
        user.person = Person.objects.create(name=name, organisation=houses[house])
        user.save(update_fields=["person"])
        seats[key] = Membership.objects.create(body=bodies["meks"], person=user.person, organisation=houses[house])
    Membership.objects.create(body=bodies["mbos"], person=cast["meerim"].user.person, organisation=houses["bishkek"])
    return seats
