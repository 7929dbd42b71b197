"""Organisations: international bodies, NGOs by legal form and quoted name, offices by the head of their name."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading import organisation_names as known
from kenesh.library.reading import roles, russian
from kenesh.library.reading.doings import MEETING, Role
from kenesh.library.reading.noun_phrases import english_end, russian_end, tajik_end
from kenesh.library.reading.organisation_forms import basic_russian, find_legal_forms
from kenesh.library.reading.organisation_mentions import Mention, with_aliases, without_overlaps
from kenesh.library.reading.spans import Line, sentences_of
from kenesh.library.reading.surnames import leading_person
from kenesh.library.reading.turkic_phrases import turkic_start
from kenesh.themes.country_names import country_index
from kenesh.themes.international import INTERNATIONAL_RE, body_matched
from kenesh.themes.proper_names import plain


@dataclass(frozen=True)
class OrganisationFound:
    """An organisation as named, uninflected, by its longest name, and what it did."""

    name: str
    role: Role | None
    start: int
    end: int


@dataclass(frozen=True)
class Told:
    """One mention of an organisation with what the words around it say of it."""

    name: str
    key: str
    role: Role | None
    start: int
    end: int
    by_post: bool = False  # it is told of somebody who holds a post there


def find_mentions(text: str, language: str | None = None) -> list[Told]:
    """Every mention of an organisation, in order."""
    sentences = sentences_of(text)
    mentions = without_overlaps(
        [*_international(text, language), *find_legal_forms(text), *_by_language(text, language, sentences)]
    )
    mentions = with_aliases(text, mentions)
    found = roles.find_roles(text, [(one.start, one.end) for one in mentions], sentences, language)
    keys = _merged([one.key for one in mentions])
    return [
        Told(
            one.name,
            keys[one.key],
            None if one.key.endswith(" Process") or roles.is_sent_to(text, one.start, role) else role,
            one.start,
            one.end,
        )
        for one, role in zip(mentions, found, strict=True)  # a process is what meets: it takes part in nothing
    ]


def find_organisations(text: str, language: str | None = None) -> list[OrganisationFound]:
    """Each organisation once, in the order of first mention; the role from any mention."""
    return each_once(find_mentions(text, language))


def each_once(mentions: Sequence[Told], asked: Collection[str] = (), present: Collection[int] = ()) -> list[OrganisationFound]:
    """One entry an organisation: its longest name and its strongest role.

    `asked`: names of those to whom something is recommended. `present`: where one stands in the post of somebody whom an
    account of a meeting names; of which no more is told was there with that person.
    """
    found: dict[str, OrganisationFound] = {}
    ranks: dict[str, int] = {}
    for mention in mentions:
        if mention.role is None and mention.name in asked:
            mention = replace(mention, role="addressee")
        if mention.role is None and mention.start in present:
            mention = replace(mention, role="participant", by_post=True)
        rank = roles.rank(mention.role, by_post=mention.by_post)
        earlier = found.get(mention.key)
        if earlier is None:
            found[mention.key] = OrganisationFound(mention.name, mention.role, mention.start, mention.end)
            ranks[mention.key] = rank
            continue
        if len(mention.name) > len(earlier.name) + 3:
            earlier = replace(earlier, name=mention.name, start=mention.start, end=mention.end)
        found[mention.key] = replace(earlier, role=mention.role) if rank < ranks[mention.key] else earlier
        ranks[mention.key] = min(rank, ranks[mention.key])
    return sorted(found.values(), key=lambda one: one.start)


def _merged(keys: Sequence[str]) -> dict[str, str]:
    """Each key to the one it is short for: "Общественный совет" where "Большой Общественный совет по миграции" was named."""
    merged = {key: key for key in keys}
    for key in keys:
        words = key.split()
        if len(words) == 2:
            longer = [other for other in keys if other != key and (f" {key} " in f" {other} " or other.startswith(f"{key} "))]
            merged[key] = longer[0] if longer else key
    return merged


def _by_language(text: str, language: str | None, sentences: Sequence[Line]) -> Iterator[Mention]:
    """Offices by the heads of the text's own language; Russian heads occur in texts of its neighbours and never alone."""
    if language in {"ky", "kk", "uz", "az", "tr"}:
        yield from _turkic(text, sentences)
    elif language == "tg":
        yield from _tajik(text)
    elif language == "en":
        yield from _english(text)
    else:
        yield from _russian(text)


# --- international bodies -------------------------------------------------------------------------------------------
def _international(text: str, language: str | None) -> Iterator[Mention]:
    for match in INTERNATIONAL_RE.finditer(text):
        key = body_matched(match)
        yield Mention(basic_russian(match[0]) if language in {"ru", None} else match[0], key, match.start(), match.end(), 0)


# --- Russian --------------------------------------------------------------------------------------------------------
_MODIFIER = r"[А-ЯЁа-яё][а-яё]+(?:-[А-ЯЁа-яё][а-яё]+)?(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ой|ей)"
_RUSSIAN_HEAD = re.compile(
    rf"(?<![\w«“\"-])(?P<before>(?:{_MODIFIER}[ \xa0]){{0,4}})(?P<head>(?P<sure>(?:{known.RUSSIAN_SURE}){known.RUSSIAN_ENDING})|(?:{known.RUSSIAN_OTHER}){known.RUSSIAN_ENDING})(?![\w-])"
)
_PRONOUN = re.compile(
    r"(?:[Сс]во|[Нн]аш|[Вв]аш|[Ээ]т|[Кк]ажд|[Дд]анн|[Нн]ов|[Сс]ам|[Дд]руг|[Мм]естн|[Кк]отор|[Пп]ерв|[Вв]тор|[Оо]тдельн|[Ее]дин|[Сс]оответств|[Вв]с)\w{0,6}$"
)
_GENERIC = frozenset(["миграции", "мигрантов", "поддержки", "помощи"])


_COMMISSIONER = re.compile(
    r"(?<![\w-])(?:[Уу]полномоченн)(?:ый|ого|ому|ым|ом)(?P<what> по правам (?:человека|реб[её]нка)(?: в (?:Кыргызской Республике|Российской Федерации|Республике [А-Я][а-яё]+|[А-ЯЁ][а-яё]+стане))?)(?! [А-ЯЁ]|,? г-)"
)


def _russian(text: str) -> Iterator[Mention]:
    for match in _COMMISSIONER.finditer(text):
        name = f"Уполномоченный{match['what']}"
        yield Mention(name, _russian_key(name), match.start(), match.end(), 3)
    for match in _RUSSIAN_HEAD.finditer(text):
        before = [word for word in match["before"].split() if word]
        while before and (_PRONOUN.match(before[0]) or not russian.is_adjective(before[0])):
            before = before[1:]
        start = match.start("head") - (len(" ".join(before)) + 1 if before else 0)
        first = text[start]
        if not first.isupper():
            while before and not before[0][0].isupper():
                before = before[1:]
            start = match.start("head") - (len(" ".join(before)) + 1 if before else 0)
        if not text[start].isupper() or (
            russian.noun_in_nominative(match["head"]) == match["head"] and not russian.may_be(match["head"], "nomn")
        ):
            continue
        end = russian_end(text, match.end())
        rest = text[match.end() : end]
        if (
            " ".join([*before, match["head"]]).casefold().startswith("российск")
            and not rest
            and match["head"].startswith("Федерац")
        ):
            continue
        if not _is_named(before, match["head"], rest, sure=bool(match["sure"]), opens=_opens_sentence(text, start)):
            continue
        name = " ".join(russian.in_nominative([*before, match["head"]])) + re.sub(r"\s+", " ", rest)
        yield Mention(name, _russian_key(name), start, end, 3)


# "Генеральной прокуратуре поручено", "Национальный статистический комитет опубликовал": there is one in a country.
_OF_STATE = re.compile(r"(?:Национальн|Государственн|Генеральн|Верховн|Центральн|Федеральн|Республиканск)", re.I)


def _is_named(before: list[str], head: str, rest: str, *, sure: bool, opens: bool) -> bool:
    """Whether it is the name of one office: "Комитет" alone is none, nor is "Центр помощи" at the head of a sentence."""
    own = re.search(r"[А-ЯЁ«“\"]", rest) is not None or " по " in rest
    if not rest:
        if before and before[0][0].isupper() and _OF_STATE.match(before[0]):
            return len(before) > 1 or not opens or sure or "суд" in head.casefold() or "банк" in head.casefold()
        return len(before) >= 1 and before[0][0].isupper() and not opens and len(before[0]) > 5
    return (
        own or bool(before and not opens) or (sure and rest.split()[0] not in _GENERIC) or (not opens and len(rest.split()) >= 2)
    )


def _opens_sentence(text: str, start: int) -> bool:
    return re.search(r"(?:^|[.!?…:\n])[\s«“\"]*$", text[max(0, start - 6) : start]) is not None


_COUNTRY_TAIL = re.compile(
    r"\s+(?:кр|рк|рф|рт|руз|(?:кыргызской|киргизской) республики|кыргызстана|республики (?:казахстан|узбекистан|таджикистан|армения)|казахстана|узбекистана|таджикистана|российской федерации|россии|армении)$"
)


def _russian_key(name: str) -> str:
    return _COUNTRY_TAIL.sub("", plain(name).replace(",", ""))


# --- Turkic ---------------------------------------------------------------------------------------------------------
_TURKIC_HEAD = re.compile(rf"(?<![\w«“\"-])(?P<head>(?i:{known.TURKIC_HEAD}))(?P<end>\w{{0,9}})(?![\w-])")
_POSSESSIVE = re.compile(
    r"(?P<own>ы|и|у|ү|сы|си|су|сү|і|сі|i|si|)(?:нын|нин|нун|нүн|на|не|но|нө|нда|нде|ндо|ндө|нан|нен|нон|нөн|н|ның|нің|нинг|ning|ga|da|dan|га|да|дан|ни|ni|ны|ні|мен|пен|бен|ға|ге|дағы|ндагы|ндағы|dagi|даги)?"
)


# "Миграция кызматынын маалыматы боюнча": at the head of a sentence a name of two words is one where it is a source.
_TELLS = re.compile(
    r"[ \xa0](?:\w+[ \xa0])?(?:маалымат|дерек|мәлімет|ma.lumot|маълумот|статистика|statistika|хабарлау|xabar|хабар|билдир)\w*",
    re.I,
)
# "Migratsiya agentligi⟨da … uchrashuv boʻlib oʻtdi⟩"
_THERE = re.compile(r"(?:да|де|нда|нде|da)$")


_LISTED = re.compile(r"(?:,| жана| және| va| ва| hamda| ҳамда)\s[A-ZА-ЯӨҮҢҚҒҺІӘҰЎҲ«“\"]")  # "Бандлик вазирлиги⟨, Ташқи …⟩"


def _tells(text: str, match: re.Match[str]) -> bool:
    """Whether what follows a name of one word at the head of a sentence shows that it is one."""
    there = _THERE.search(match["end"]) is not None and MEETING.search(text, match.end(), match.end() + 80) is not None
    return there or _TELLS.match(text, match.end()) is not None or _LISTED.match(text, match.end()) is not None


_WHOSE = re.compile(
    r"(?:ал|а|би|мы?|олар|о|бі|u|ular|bi|у|улар|шу|ошо|бул|бұл|bu|бу)(?:лар)?(?:ны|ни|ды|дын|нын|дің|ның|ning|нинг|ni|здин|здің|zning|знинг)\w{0,2}$|(?:бул|бұл|bu|бу|ошол|осы|shu|шу|мындай|мұндай|башка|басқа|boshqa|бошқа)$",
    re.I,
)


_WHERE = re.compile(r"\w+(?:дагы|деги|догу|дөгү|дағы|дегі|тағы|тегі|dagi|даги)")


def _turkic(text: str, sentences: Sequence[Line]) -> Iterator[Mention]:
    starts = [sentence.start for sentence in sentences]
    for match in _TURKIC_HEAD.finditer(text):
        ending = _POSSESSIVE.fullmatch(match["end"])
        if ending is None or not (ending["own"] or match["head"][-1] in "ыиуүіi"):
            continue
        limit = max((start for start in starts if start <= match.start()), default=0)
        start = turkic_start(text, limit, match.start(), names_first=True)
        words = text[start : match.start()].split()
        if len(words) > 1 and _WHOSE.match(words[0]):  # "Оны Еңбек министрлігі ұйымдастырды"
            start += len(words[0]) + 1
            words = words[1:]
        if (
            words
            and {"атындагы", "атындағы", "nomidagi", "номидаги"}.intersection(words)
            and (initials := _INITIALS.search(text, limit, start))
        ):
            start = initials.start()  # "⟨Л.Н.⟩ Гумилёв атындағы Еуразия ұлттық университеті"
        if (person := leading_person(words)) and person < len(words):
            start += len(" ".join(words[:person])) + 1
            words = words[person:]
        alone = len(words) == 1 and start == limit
        if words and all(_WHERE.fullmatch(word) for word in words):
            continue  # "IOM's ⟨Кыргызстандагы өкүлчүлүгү⟩" is a part of the one before
        if not words or (alone and (_WHOSE.match(words[0]) or not _tells(text, match))):
            continue
        if len(words) > 1 and words[1][0] in "«“„" and _TURKIC_OF_COUNTRY.fullmatch(words[0]) and known_country(words[0]):
            start += len(words[0]) + 1  # "Германиянын ⟨«Конрад Аденауэр» фонду⟩"
        name = re.sub(r"\s+", " ", text[start : match.end("head")] + ending["own"])
        if known_country(name):
            continue  # "Россия Федерациясы"
        yield Mention(name, _turkic_key(name), start, match.end("head") + len(ending["own"]), 3)


_TURKIC_OF_COUNTRY = re.compile(r"\w+(?:нын|нин|дын|дин|тын|ның|нің|дың|дің|тың|ning|нинг)")
_TURKIC_COUNTRY = re.compile(
    r"^(?:(?:кыргыз|қырғыз|қазақстан|казакстан|oʻzbekiston|ўзбекистон|тажикстан|тәжікстан|қирғиз|qirgʻiz) (?:республика(?:сы|си)|respublikasi)(?:нын|ның|нинг|ning)?|кр|қр|ўзр|oʻzr|рф) (?=\S+ \S)"
)


_OWN_NAME = re.compile(r"[«“„\"](?P<own>[^«»“”„\"]{2,60})[»”\"] [^A-ZА-ЯӨҮҢҚҒҺІӘҰЎҲ«“]+")
_INITIALS = re.compile(r"(?:[A-ZА-ЯӨҮҚҒӘҰІЎҲ]\.[ \xa0]?){1,2}$")


def _turkic_key(name: str) -> str:
    """The same for the ministry of labour with its country and without; of what has a name of its own, that name."""
    quoted = _OWN_NAME.fullmatch(name)
    if quoted is not None:
        return plain(quoted["own"])
    return _TURKIC_COUNTRY.sub("", plain(re.sub(r"[«»“”\"]", "", name)))


# --- Tajik ----------------------------------------------------------------------------------------------------------
_TAJIK_HEAD = re.compile(rf"(?<![\w«“\"-])(?P<head>(?:{known.TAJIK_HEAD})(?:и|ии|аи|ҳои)?)(?![\w-])")


def _tajik(text: str) -> Iterator[Mention]:
    for match in _TAJIK_HEAD.finditer(text):
        end = tajik_end(text, match.end())
        rest = re.sub(r"^\s*оид ба\s+", "", text[match.end() : end])
        if end == match.end() or match["head"].endswith("ҳои") or known_country(rest) or _starts_country(text, match.start()):
            continue  # "Маърузачии ⟨Кумита оид ба Тоҷикистон⟩", "Федератсияи Россия"
        name = re.sub(r"\s+", " ", text[match.start() : end])
        name = re.sub(r"(?<=\w)ро$", "", name)
        yield Mention(name, re.sub(r" (?:ҷумҳурии )?тоҷикистон$", "", plain(name)), match.start(), end, 3)


# --- English --------------------------------------------------------------------------------------------------------
_ENGLISH_HEAD = re.compile(
    rf"(?<![\w-])(?:{known.ENGLISH_HEAD}|(?<=[a-z] )(?:cent(?:er|re)|office|department|committee|council|foundation|institute)(?= of the [A-Z]| of [A-Z]| for [A-Z]))(?:-(?=[A-Z])[\w-]+)?(?![\w-])"
)
_ENGLISH_BEFORE = re.compile(
    r"(?P<words>(?:(?:[A-Z](?:[\w'’-]|\.(?=\w))*|of|for|on|the|and|&)[ \xa0])*(?:[A-Z][\w'’-]*[ \xa0])(?:[a-z-]+[ ])?)$"
)
_ENGLISH_AFTER_HEAD = re.compile(r" (?:of|for|on|to|against|under)\b")
_EMPTY_BEFORE = re.compile(
    r"(?:(?:The|A|An|This|That|In|At|By|On|Of|Our|Their|Its|For|And|From|With|First|Second|Each|Every|International|National|State|Public|Standing|Joint|Special|New|of|for|on|the|and|&)[ \xa0\n])+$"
)


_ABROAD = frozenset(["Embassy", "Consulate", "Mission", "Office", "Delegation", "Bureau"])
_IN_STATE = re.compile(r" (?:in|to) (?:the )?")  # "the Embassy of Switzerland ⟨in the Kyrgyz Republic⟩"
# "IOM Chief of ⟨Mission⟩" is a post, and so is "Commissioner for Human Rights" beside a name.
_CHIEF_OF = re.compile(r"\b(?:[Cc]hiefs?|[Hh]eads?) of $")
_SOMEBODY_AFTER = re.compile(r",? (?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][a-z]+(?:-[A-Z][a-z]+)? [A-Z][a-z]")


def _starts_country(text: str, start: int) -> bool:
    return next((found.start for found in country_index().find(text[start : start + 40])), None) == 0


def known_country(name: str) -> bool:
    """Whether the name is nothing but that of a country."""
    return next(((found.start, found.end) for found in country_index().find(name)), None) == (0, len(name))


def _english(text: str) -> Iterator[Mention]:
    done = 0
    for match in _ENGLISH_HEAD.finditer(text):
        if match.start() < done or _CHIEF_OF.search(text, max(0, match.start() - 24), match.start()):
            continue
        start, end = match.start(), english_end(text, match.end())
        if match[0] in _ABROAD and (where := _IN_STATE.match(text, end)) and _starts_country(text, where.end()):
            end = next(country_index().find(text[where.end() : where.end() + 40])).end + where.end()
        before = _ENGLISH_BEFORE.search(text, max(done, start - 90), start)
        if before is not None:
            start = before.start() + len(_leading(before["words"]))
        own = text[start : match.start()]
        central = match[0] == "Bank" and own.strip() in {"National", "Central", "State"}
        if (
            (not own.strip() or _EMPTY_BEFORE.fullmatch(own))
            and not central
            and not (end > match.end() and _ENGLISH_AFTER_HEAD.match(text[match.end() : match.end() + 9]))
        ):
            continue
        name = re.sub(r"\s+", " ", text[start:end]).strip()
        if len(name.split()) < 2 or known_country(name):
            continue  # "Russian Federation"
        if name.startswith("Commissioner") and _SOMEBODY_AFTER.match(text, end):
            continue
        done = end
        yield Mention(name, _english_key(name), start, end, 3)


def _leading(words: str) -> str:
    """What the capitals before a head begin with and is no part of the name: "The", "In", an office joined by "and"."""
    joined = re.match(r".*\b(?:and|&)[ \xa0\n](?:the )?(?=[A-Z]|$)", words, re.S)
    led = joined[0] if joined is not None and "," not in words else ""
    article = re.match(
        r"(?:(?:Treaty|Agreement|Convention|Memorandum|Law|Protocol) (?:on|of|with|between|for) (?:the )?)?(?:(?:Data|Figures|Statistics|Estimates|Reports?|Surveys?|Information|Calculations|Comments) (?:of|from|by) (?:the )?)?(?:(?:(?:[A-Z][a-z]+|and|of|for) ){0,5}?(?:Representative|Member|Expert|Participant|Staff|Director|Head|Chief|Chair(?:person|man|woman)?|Minister|Secretary|Secretary-General|Official|Specialist|Employee|Ambassador|Rector|Coordinator|Manager|Officer|Adviser|Advisor|Commissioner|Lawyer|President|Rapporteur|Deputy|Deputies|Spokesperson|Founder|Professor)s? (?:of|from|at) (?:the )?)?(?:(?:The|A|An|In|At|By|On|Of|of|for|on|the|and|For|And|From|With|This|Today)[ \xa0\n])*",
        words[len(led) :],
    )
    return led + (article[0] if article else "")


def _english_key(name: str) -> str:
    return re.sub(
        r" of (?:the )?(?:kyrgyz republic|rk|republic of kazakhstan|kyrgyzstan|kazakhstan|uzbekistan|tajikistan|russian federation)$",
        "",
        plain(name).replace(",", ""),
    )
