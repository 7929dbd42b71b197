"""Which office of a State a name names: what kind of office it is and for what, in whichever of our languages.

«Министерство труда и миграции» and "Ministry of Labour" are a ministry for labour; of which country, their records say.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from dataclasses import dataclass
from functools import lru_cache

_KINDS = (
    ("ministry", r"министерств|министрлиг|министрліг|министрлік|vazirli[gk]|вазирли[гк]|вазорат|ministry|նախարար|(?<!\w)(?:МВД|МИД|Мин[а-я]{3,}|ИИМ|ТИМ|ІІМ|СІМ|IIV|ИИВ|ВКД|ВКХ)(?!\w)"),
    ("prosecution", r"прокуратур|prosecutor|prokuratura"),
    ("ombudsman", r"омбудсмен|ombudsman|акыйкатчы|уполномоченн\w+ по правам"),
    ("committee", r"комитет|committee|qo.mita|қўмита|кумита"),
    ("agency", r"агентств|агентти[гк]|агенттіг|агенттік|agency|agentli[gk]|агентли[гк]|агенти"),
    ("service", r"служб|кызмат|қызмет|service|xizmat|хизмат|хадамот"),
    ("inspectorate", r"инспекци|inspect|inspeksiya|нозирот"),
)  # fmt: skip
_SUBJECTS = (
    ("labour", r"(?<!\w)труд|минтруд|labou?r|эмгек|еңбек|mehnat|меҳнат"),
    ("social", r"социал|social|әлеуметтік|ijtimoiy|ижтимоий|иҷтимо"),
    ("migration", r"миграц|migrat|migratsiya|көші-қон|muhojir|муҳоҷир|муҳожир"),
    ("employment", r"занятост|employment|иш менен камсыз|жұмыспен қамт|bandlik|бандлик|шуғл"),
    ("foreign", r"иностранн\w* дел|foreign|тышкы иштер|сыртқы істер|tashqi ishlar|ташқи ишлар|корҳои хориҷ|(?<!\w)(?:МИД|ТИМ|СІМ|ВКХ)(?!\w)"),
    ("interior", r"внутренн\w* дел|internal affairs|interior|ички иштер|ішкі істер|ichki ishlar|ички ишлар|корҳои дохил|(?<!\w)(?:МВД|ИИМ|ІІМ|IIV|ИИВ|ВКД)(?!\w)"),
    ("justice", r"юстици|минюст|justice|әділет|adliya|адлия"),
    ("health", r"здрав|health|саламаттык|саламаттыкты|денсаулық|sog.?liqni|соғлиқни|тандуруст"),
    ("education", r"образовани|education|билим|білім|ta.?lim|таълим|маориф"),
    ("finance", r"финанс|минфин|financ|каржы|қаржы|moliya|молия"),
    ("economy", r"эконом|econom|iqtisod|иқтисод"),
    ("statistics", r"статисти|statisti"),
    ("border", r"погранич|border|чек ара|шекара|chegara|чегара|марз"),
    ("tax", r"налог|(?<!\w)tax|салык|салық|soliq|солиқ|андоз"),
    ("human rights", r"прав\w* человека|human rights|адам укук|адам құқық|inson huquq|инсон ҳуқуқ|ҳуқуқи инсон|омбудсмен|ombudsman|акыйкатчы"),
)  # fmt: skip
# What every State has once, or a name says without for what it is.
_OF_A_STATE = r"министерств|министрлиг|министріг|министрлік|vazirlig|вазирлиг|вазорат|ministry|նախարար|прокуратур|prosecut|омбудсмен|ombudsman|акыйкатчы|посольств|embassy|элчилиг|елшіліг|elchixona|элчихона|сафорат|консульств|consulate|правительств|government|өкмөт|үкімет|hukumat|ҳукумат"
_ALONE = {"prosecution": "prosecution", "ombudsman": "human rights"}  # of which a country has one


@dataclass(frozen=True)
class Office:
    """`subjects`: for what it is, never empty."""

    kind: str
    subjects: frozenset[str]

    def may_be(self, other: Office) -> bool:
        """One name may say less than the other: offices take over tasks and are renamed."""
        return self.kind == other.kind and (self.subjects <= other.subjects or other.subjects <= self.subjects)


@lru_cache(maxsize=50_000)
def office_of(name: str) -> Office | None:
    """The office that a name names; None where it names none, or not for what."""
    kind = next((kind for kind, words in _KINDS if re.search(words, name, re.I)), None)
    if kind is None:
        return None
    subjects = {subject for subject, words in _SUBJECTS if re.search(words, name, re.I)} | (
        {_ALONE[kind]} if kind in _ALONE else set()
    )
    return Office(kind, frozenset(subjects)) if subjects else None


@lru_cache(maxsize=50_000)
def is_office(name: str) -> bool:
    """Whether a name is that of an office of a State, also where it does not say for what."""
    return office_of(name) is not None or re.search(_OF_A_STATE, name, re.I) is not None
