"""The conventions that a recommendation may rest on, and how their articles are written down: data, not law.

An article is a pair: the short name of the instrument and the number of the article, as in ("ICRMW", "25").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Short name → what it is called in full, in Russian and in English.
INSTRUMENTS: Mapping[str, Mapping[str, str]] = {
    "UDHR": {"ru": "Всеобщая декларация прав человека", "en": "Universal Declaration of Human Rights"},
    "ICCPR": {"ru": "Международный пакт о гражданских и политических правах", "en": "Covenant on Civil and Political Rights"},
    "ICESCR": {
        "ru": "Международный пакт об экономических, социальных и культурных правах",
        "en": "Covenant on Economic, Social and Cultural Rights",
    },
    "ICERD": {"ru": "Конвенция о ликвидации всех форм расовой дискриминации", "en": "Convention on Racial Discrimination"},
    "CEDAW": {
        "ru": "Конвенция о ликвидации всех форм дискриминации в отношении женщин",
        "en": "Convention on Discrimination against Women",
    },
    "CAT": {"ru": "Конвенция против пыток", "en": "Convention against Torture"},
    "CRC": {"ru": "Конвенция о правах ребёнка", "en": "Convention on the Rights of the Child"},
    "ICRMW": {
        "ru": "Конвенция о защите прав всех трудящихся-мигрантов и членов их семей",
        "en": "Convention on the Rights of All Migrant Workers and Members of Their Families",
    },
    "CRPD": {"ru": "Конвенция о правах инвалидов", "en": "Convention on the Rights of Persons with Disabilities"},
    "CED": {"ru": "Конвенция для защиты всех лиц от насильственных исчезновений", "en": "Convention on Enforced Disappearance"},
    "CSR": {"ru": "Конвенция о статусе беженцев", "en": "Convention relating to the Status of Refugees"},
    "ILO C029": {"ru": "Конвенция МОТ о принудительном труде (№ 29)", "en": "ILO Forced Labour Convention (No. 29)"},
    "ILO C081": {"ru": "Конвенция МОТ об инспекции труда (№ 81)", "en": "ILO Labour Inspection Convention (No. 81)"},
    "ILO C087": {"ru": "Конвенция МОТ о свободе объединений (№ 87)", "en": "ILO Freedom of Association Convention (No. 87)"},
    "ILO C095": {"ru": "Конвенция МОТ об охране заработной платы (№ 95)", "en": "ILO Protection of Wages Convention (No. 95)"},
    "ILO C097": {"ru": "Конвенция МОТ о трудящихся-мигрантах (№ 97)", "en": "ILO Migration for Employment Convention (No. 97)"},
    "ILO C111": {"ru": "Конвенция МОТ о дискриминации в труде (№ 111)", "en": "ILO Discrimination Convention (No. 111)"},
    "ILO C143": {
        "ru": "Конвенция МОТ о злоупотреблениях в области миграции (№ 143)",
        "en": "ILO Migrant Workers Convention (No. 143)",
    },
    "ILO C181": {"ru": "Конвенция МОТ о частных агентствах занятости (№ 181)", "en": "ILO Private Agencies Convention (No. 181)"},
    "ILO C189": {"ru": "Конвенция МОТ о домашних работниках (№ 189)", "en": "ILO Domestic Workers Convention (No. 189)"},
    "ILO C190": {
        "ru": "Конвенция МОТ о насилии и домогательствах (№ 190)",
        "en": "ILO Violence and Harassment Convention (No. 190)",
    },
    "EAEU": {"ru": "Договор о Евразийском экономическом союзе", "en": "Treaty on the Eurasian Economic Union"},
    "CIS 2008": {
        "ru": "Конвенция СНГ о правовом статусе трудящихся-мигрантов 2008 года",
        "en": "CIS Convention on the Legal Status of Migrant Workers, 2008",
    },
}
_ARTICLE = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,3})?(?:[.( ]?[0-9a-z]{1,4}\)?){0,3}", re.IGNORECASE)  # a dash as people type it
_TARGET = re.compile(r"(?:1[0-7]|[1-9])\.(?:1?[0-9]|[a-d])")
# The longest first, so that "ILO C097 6" is not taken for something shorter.
_NAMES = sorted(INSTRUMENTS, key=len, reverse=True)

Article = list[str]  # [short name, article]


class NotAnArticle(ValueError):
    """This piece names no article of an instrument that we know; it is the argument."""


def read_articles(text: str) -> list[Article]:
    """["ICRMW", "25"] and so on out of "ICRMW 25, 27; ILO C097 6". Raises NotAnArticle."""
    found: list[Article] = []
    for piece in re.split(r"[;\n]", text):
        said = " ".join(piece.split())
        if not said:
            continue
        name = next((name for name in _NAMES if said.upper().startswith(f"{name} ")), None)
        if name is None:
            raise NotAnArticle(said)
        for number in said[len(name) :].split(","):
            article = number.strip()
            if not _ARTICLE.fullmatch(article):
                raise NotAnArticle(said)
            if [name, article] not in found:
                found.append([name, article])
    return found


def write_articles(articles: Iterable[Article]) -> str:
    """What `read_articles` reads: the articles of one instrument side by side."""
    together: dict[str, list[str]] = {}
    for name, article in articles:
        together.setdefault(name, []).append(article)
    return "; ".join(f"{name} {', '.join(numbers)}" for name, numbers in together.items())


def read_targets(text: str) -> list[str]:
    """["8.8", "10.7"] out of "8.8, 10.7". Raises ValueError with the piece that is no target of the Sustainable Development Goals."""
    found = [piece.lower() for piece in re.split(r"[\s,;]+", text) if piece]
    for piece in found:
        if not _TARGET.fullmatch(piece):
            raise ValueError(piece)
    return list(dict.fromkeys(found))


def full_name(instrument: str, language: str) -> str:
    """What the instrument is called: in Russian for readers of the region's languages, else in English."""
    names = INSTRUMENTS.get(instrument, {})
    return names.get("en" if language == "en" else "ru", instrument)
