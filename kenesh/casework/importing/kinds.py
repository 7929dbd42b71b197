"""Words of a register as codes of what a case holds besides: for whom it waits, branch of work, way of working, way in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.forms.choices import CHANNELS
from kenesh.casework import sectors
from kenesh.casework.case_types import CASE_TYPES
from kenesh.casework.importing.words import plain
from kenesh.casework.models import OPEN, WaitsFor
from kenesh.themes import thesaurus
from kenesh.themes.languages import INTERFACE

Told = tuple[str, str]  # a code, and a warning
Patterns = tuple[tuple[str, str], ...]

WAYS: dict[str, str | Promise] = {**CHANNELS, "form": _("Form on the internet")}
WAITS: dict[str, str | Promise] = {
    **{str(status.value): status.label for status in OPEN},
    **{str(whom.value): whom.label for whom in WaitsFor},
}

# In each list the more exact words come first.
_WAITS: Patterns = (
    ("court", r"\bсуд|апелляц|кассац|\bсот(?:т\w+)?\b|\bsud|додгоҳ|court|hearing|դատարան"),
    ("consul", r"консул(?!ьт)|посольств|элчилик|elchixona|elchilik|сафорат|елшілік|embassy|consul|հյուպատոս|դեսպան"),
    ("partner", r"партн[её]р|\bнко\b|\bнпо\b|коллег|other office|partner|өнөктөш|hamkor|шарик|серіктес(?!тік)"),
    ("authority", r"прокур|инспекц|\bгит\b|полици|мвд|\bфмс\b|министер|ведомств|\bорган(?!из)|милиц"),
    ("authority", r"prokuror|prosecut|inspect|police|ministr|authorit"),
    ("employer", r"работодат|фирм|компан|директор|прораб|иш берүүчү|ish beruvchi|корфармо|жұмыс беруші|employer|company|գործատու"),
    ("person", r"клиент|заявител|мигрант|\bот (?:него|не[её])\b|документ\w* от"),
    ("person", r"кардар|арыз ээси|mijoz|ариза|client|applicant|\b(?:him|her|them)\b|person"),
    ("office", r"\bнас\b|\bмы\b|юрист|биз(?:ди|ге)|\bbiz|\bмо\b|бізді|\bus\b|office"),
    ("others", r"друг|ин(?:ых|ые)|башка|boshqa|дигар|басқа|others"),
)  # fmt: skip
_WAYS: Patterns = (
    ("form", r"сайт|форм|интернет|онлайн|online|web|site|internet"),
    ("messenger", r"whats|ватсап|вотсап|вацап|telegram|телеграм|\bтг\b|viber|вайбер|мессендж|imo|instagram|инстаграм|facebook|chat|соцсет"),
    ("letter", r"письм|почт|e-?mail|мейл|\bкат\b|xat|мактуб|хат|letter|mail"),
    ("outreach", r"выезд|аутрич|рейд|на объект|чыгуу|safar|сафар|outreach|field visit"),
    ("phone", r"телефон|звон|горяч|линия|чалуу|чалып|qo.?ng.?iroq|занг|қоңырау|phone|call|hotline|հեռախոս"),
    ("walk-in", r"лично|пришл|прием|приём|визит|офис|очно|өзү кел|келип|shaxsan|o.?zi kel|шахсан|өзі кел|жеке|walk|visit|in person|came|office"),
)  # fmt: skip
_TYPES: Patterns = (
    ("own-service", r"жалоб\w* на (?:нас|нашу|юриста|сотрудн)|about (?:us|our)"),
    ("body", r"груз ?200|репатриац\w* тел|тел[ао] (?:умерш|погиб)|сөөк|\b(?:dead|deceased)\S* body|\bremains"),
    ("body", r"\bbody (?:home|of (?:a|the) (?:dead|deceased|person))|(?:repatriat|return|transport)\w* (?:of )?(?:a |the )?body"),
    ("repatriation", r"репатриац|возвращени\w* (?:домой|на родин)|отправ\w* домой|мекенине кайтар|repatriat|return home"),
    ("reintegration", r"реинтеграц|reintegrat"),
    ("trafficking", r"торговл\w* людьми|траффик|рабств|принудит\w* труд|кул соодасы|odam savdosi|traffick|forced lab"),
    ("child", r"защит\w* (?:дет|реб)|дет(?:и|ей|ский)|бала|child"),
    ("missing", r"розыск|поиск|пропал|издөө|qidir|ҷустуҷ|іздеу|missing|search"),
    ("detention", r"задерж|выдвор|депорт|экстренн|кармал|ushlan|боздошт|ұсталды|detent|expul|deport"),
    ("consular", r"консул(?!ьт)|паспорт|документ\w* личн|удостоверен|consul|identity|passport"),
    ("group", r"группов|коллектив|бригад|топ(?:тук|тун)|jamoa|гурӯҳ|ұжымд|group|collective"),
    ("representation", r"представит|в суд|сопровожд|сотто|sudda|намояндаг|сотта|represent|in court"),
    ("drafting", r"составлен|подготовк|иск\b|исков|заявлени|документ|түзүү|tuzish|тартиб додан|құрасты|draft|prepar"),
    ("negotiation", r"перегов|посреднич|медиац|досудеб|сүйлөшүү|muzokara|гуфтушунид|келіссөз|negotiat|mediat"),
    ("authority", r"жалоб|обращение в|прокур|инспекц|арыз|shikoyat|шикоят|шағым|complaint"),
    ("strategic", r"стратег|strateg"),
    ("consultation", r"консульт|кеңеш|маслахат|maslahat|машварат|кеңес|consult|advice"),
    ("information", r"информ|разъясн|маалымат|ma.?lumot|маълумот|ақпарат|inform"),
)  # fmt: skip


@dataclass(frozen=True)
class _Kind:
    """What a column can say. `warnings`: for what is guessed, and for what is not understood."""

    labels: dict[str, str | Promise]
    patterns: Patterns
    warnings: tuple[str, str]

    @cached_property
    def own_words(self) -> dict[str, str]:
        """Codes and what they are called on our pages, in all languages: a register need not be in the language of who brings it."""
        found = {code: code for code in self.labels}
        for language in INTERFACE:
            with translation.override(language):
                for code, label in self.labels.items():
                    found.setdefault(plain(str(label)), code)
        return found


def _by_words(text: str, kind: _Kind) -> Told:
    """The code whose own words, or whose one word, stand there; else the one that is guessed, with a warning; the second warning
    when there is none."""
    word, patterns, warnings = plain(text), kind.patterns, kind.warnings
    if not word:
        return "", ""
    if own := kind.own_words.get(word):
        return own, ""
    found, pattern = next(((code, pattern) for code, pattern in patterns if re.search(pattern, word)), ("", ""))
    if found and " " not in word and re.match(pattern, word):
        return found, ""
    return found, warnings[0] if found else warnings[1]


_BY_WAITS = _Kind(WAITS, _WAITS, ("waits_guessed", "waits_unknown"))
_BY_WAY = _Kind(WAYS, _WAYS, ("way_guessed", "way_unknown"))
_BY_TYPE = _Kind(CASE_TYPES, _TYPES, ("type_guessed", "type_unknown"))


def waits(text: str) -> Told:
    """A status of an open case, or a code of WaitsFor."""
    return _by_words(text, _BY_WAITS)


def way(text: str) -> Told:
    return _by_words(text, _BY_WAY)


def case_type(text: str) -> Told:
    return _by_words(text, _BY_TYPE)


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    """Labels and synonyms in all languages, the longest first."""
    found: dict[str, str] = {}
    for code in sectors.codes():
        concept = thesaurus.concept(code)
        for name in (*concept.labels.values(), *(each for several in concept.alt.values() for each in several)):
            found.setdefault(plain(name), code)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=2048)
def sector(text: str) -> Told:
    word = plain(text)
    if not word:
        return "", ""
    if word in _sectors():
        return _sectors()[word], ""
    found = next((code for name, code in _sectors().items() if len(name) > 3 and re.search(rf"\b{re.escape(name)}", word)), "")
    return found, "sector_guessed" if found else "sector_unknown"


def waits_in_status(text: str) -> str:
    """Whom a word for where a case stands names: «ждём суд», "waiting for the employer"; "" for nobody."""
    if not re.search(r"\bжд[её]|\bожид|\bкүт|\bkut|интизор|мунтазир|\ba?wait|\bpending|սպաս", plain(text)):
        return ""
    code, _warning = waits(text)
    return "" if code in ("office", "others") else code


def number(text: str, *, most: int) -> int | None:
    """A whole number alone, as «12», «12 чел.»; None for anything else or more than `most`."""
    match = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?(?:\s*[^\W\d]{1,12}\.?)?", text.strip())
    value = int(match[1]) if match else None
    return value if value is not None and value <= most else None
