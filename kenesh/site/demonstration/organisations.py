"""Organisations of the demonstration: real ones as the documents name them, and five invented support centres.

Rows are written by hand, since organisations have no actions yet. Nobody's real mailbox is entered: what is sent in the
demonstration goes to addresses of example.org.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kenesh.people.models import Organisation, OrganisationKind, Succession
from kenesh.search.actions import keep
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class House:
    """An organisation to make. `more`: other columns."""

    key: str
    kind: OrganisationKind
    country: str
    name: Translated
    short: Translated = field(default_factory=Translated)
    more: dict[str, object] = field(default_factory=dict)


HELPS_WITH = Translated(
    ru="Невыплата зарплаты, запрет на въезд, документы, разговор с работодателем и с полицией. Бесплатно.",
    ky="Төлөнбөгөн айлык, кирүүгө тыюу, документтер, иш берүүчү жана милиция менен сүйлөшүү. Акысыз.",
    en="Unpaid wages, entry bans, documents, talks with employers and the police. It is free.",
)
OPEN = Translated(ru="Пн–пт 9:00–18:00", ky="Дш–жм 9:00–18:00", en="Mon–Fri 9:00–18:00")


def _centre(key: str, country: str, languages: list[str], phone: str, **place: str) -> House:
    said = {
        "ru": "Центр поддержки мигрантов, {}",
        "ky": "Мигранттарды колдоо борбору, {}",
        "en": "Migrant Support Centre, {}",
        "uz": "Migrantlarga yordam markazi, {}",
        "tg": "Маркази дастгирии муҳоҷирон, {}",
        "kk": "Мигранттарды қолдау орталығы, {}",
        "hy": "Միգրանտների աջակցության կենտրոն, {}",
    }
    name = Translated({language: words.format(place[language]) for language, words in said.items()})
    more: dict[str, object] = {
        "takes_appeals": True, "languages": languages, "place": Translated(place), "services": HELPS_WITH, "hours": OPEN,
        "phone": phone, "public_email": f"{key}@example.org",
    }  # fmt: skip
    return House(key, OrganisationKind.CENTRE, country, name, more=more)


CENTRES = (
    _centre(
        "bishkek", "KG", ["ky", "ru", "en"], "+996 312 00 00 01",
        ru="Бишкек", ky="Бишкек", en="Bishkek", uz="Bishkek", tg="Бишкек", kk="Бішкек", hy="Բիշքեկ",
    ),
    _centre("osh", "KG", ["ky", "uz", "ru"], "+996 3222 0 00 02", ru="Ош", ky="Ош", en="Osh", uz="Oʻsh", tg="Ӯш", kk="Ош", hy="Օշ"),
    _centre(
        "chelyabinsk", "RU", ["ru", "kk", "ky"], "+7 351 000-00-03",
        ru="Челябинск", ky="Челябинск", en="Chelyabinsk", uz="Chelyabinsk", tg="Челябинск", kk="Челябі",
        hy="Չելյաբինսկ",
    ),
    _centre(
        "kazan", "RU", ["ru", "ky", "uz"], "+7 843 000-00-04",
        ru="Казань", ky="Казань", en="Kazan", uz="Qozon", tg="Қазон", kk="Қазан", hy="Կազան",
    ),
    _centre(
        "moscow", "RU", ["ru", "tg", "ky", "uz", "hy"], "+7 495 000-00-05",
        ru="Москва", ky="Москва", en="Moscow", uz="Moskva", tg="Маскав", kk="Мәскеу", hy="Մոսկվա",
    ),
)  # fmt: skip

OTHERS = (
    House(
        "ministry", OrganisationKind.MINISTRY, "KG",
        Translated(
            ru="Министерство труда, социального обеспечения и миграции Кыргызской Республики",
            ky="Кыргыз Республикасынын Эмгек, социалдык камсыздоо жана миграция министрлиги",
            en="Ministry of Labour, Social Security and Migration of the Kyrgyz Republic",
            uz="Qirgʻiz Respublikasi Mehnat, ijtimoiy taʼminot va migratsiya vazirligi",
            tg="Вазорати меҳнат, таъминоти иҷтимоӣ ва муҳоҷирати Ҷумҳурии Қирғизистон",
            kk="Қырғыз Республикасының Еңбек, әлеуметтік қамсыздандыру және көші-қон министрлігі",
            hy="Ղրղզական Հանրապետության աշխատանքի, սոցիալական ապահովության և միգրացիայի նախարարություն",
        ),
        Translated(ru="Минтруда КР", ky="КР Эмгек министрлиги", en="Ministry of Labour"),
        {"mailbox": "ministry@example.org", "languages": ["ky", "ru"]},
    ),
    House(
        "old_ministry", OrganisationKind.MINISTRY, "KG",
        Translated(
            ru="Министерство труда, занятости и миграции Кыргызской Республики",
            ky="Кыргыз Республикасынын Эмгек, жумуштуулук жана миграция министрлиги",
            en="Ministry of Labour, Employment and Migration of the Kyrgyz Republic",
        ),
    ),
    House(
        "foreign", OrganisationKind.MINISTRY, "KG",
        Translated(
            ru="Министерство иностранных дел Кыргызской Республики",
            ky="Кыргыз Республикасынын Тышкы иштер министрлиги",
            en="Ministry of Foreign Affairs of the Kyrgyz Republic",
            uz="Qirgʻiz Respublikasi Tashqi ishlar vazirligi",
            tg="Вазорати корҳои хориҷии Ҷумҳурии Қирғизистон",
            kk="Қырғыз Республикасының Сыртқы істер министрлігі",
            hy="Ղրղզական Հանրապետության արտաքին գործերի նախարարություն",
        ),
        Translated(ru="МИД КР", ky="КР ТИМ", en="Foreign Ministry"),
        {"mailbox": "foreign-ministry@example.org", "languages": ["ky", "ru"]},
    ),
    House(
        "resource_centre", OrganisationKind.NGO, "KG",
        Translated(ru="Ресурсный центр для пожилых", ky="Улгайган адамдар үчүн ресурстук борбор", en="Resource Centre for the Elderly"),
    ),
    # Entered once more out of a document: on its page the two can be joined.
    House(
        "resource_centre_again", OrganisationKind.NGO, "",
        Translated(
            ru="ОО «Ресурсный центр для пожилых»", ky="«Улгайган адамдар үчүн ресурстук борбор» КБ",
            en="Public Association “Resource Centre for the Elderly”",
        ),
    ),
    House("psp", OrganisationKind.NGO, "RU", Translated(ru="ПСП-фонд", ky="ПСП-фонду", en="PSP Foundation")),
    House(
        "eec", OrganisationKind.REGIONAL, "",
        Translated(
            ru="Евразийская экономическая комиссия", ky="Евразия экономикалык комиссиясы", en="Eurasian Economic Commission",
            uz="Yevroosiyo iqtisodiy komissiyasi", tg="Комиссияи иқтисодии Авруосиё", kk="Еуразиялық экономикалық комиссия",
            hy="Եվրասիական տնտեսական հանձնաժողով",
        ),
        Translated(ru="ЕЭК", ky="ЕЭК", en="EEC"),
        {"mailbox": "commission@example.org", "languages": ["ru"]},
    ),
    House(
        "iom", OrganisationKind.INTERNATIONAL, "",
        Translated(ru="Международная организация по миграции", ky="Миграция боюнча эл аралык уюм", en="International Organization for Migration"),
        Translated(ru="МОМ", ky="МЭУ", en="IOM"),
    ),
    House("caritas", OrganisationKind.INTERNATIONAL, "FR", Translated(ru="Caritas France", ky="Caritas France", en="Caritas France")),
    # History alone: it announced its closing on that day, has no role here and is nobody's partner. Of foundations that
    # are banned somewhere today no row is kept: a document may name them, a seat may not.
    House(
        "soros_kyrgyzstan", OrganisationKind.NGO, "KG",
        Translated(ru="Фонд «Сорос-Кыргызстан»", ky="«Сорос-Кыргызстан» фонду", en="Soros Foundation-Kyrgyzstan"),
        more={"ended_on": date(2024, 4, 15)},
    ),
)  # fmt: skip

# The day on which today's ministry was formed. Ministries of labour under other names stood between the two.
MINISTRY_FORMED = date(2021, 10, 12)


def make() -> dict[str, Organisation]:
    """Rows by their keys in this file."""
    houses = {
        house.key: Organisation.objects.create(
            name=house.name, short_name=house.short, kind=house.kind, country=house.country, **house.more
        )
        for house in (*CENTRES, *OTHERS)
    }
    keep("centre", [houses[centre.key].code for centre in CENTRES])
    Succession.objects.create(predecessor=houses["old_ministry"], successor=houses["ministry"], on=MINISTRY_FORMED)
    return houses
