"""Where the name of an office or a post ends: forwards from its head in Russian, Tajik and English."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from functools import lru_cache

from kenesh.library.reading import given_names, russian
from kenesh.library.reading.organisation_names import QUOTED
from kenesh.themes.country_names import country_index

LONGEST = 190  # characters of a name or a post
WORD = r"[^\W\d_](?:[\w'’ʻʼ‘]*[^\W_])?(?:[-‑–][^\W_][\w'’ʻʼ‘]*)*"


# --- Russian --------------------------------------------------------------------------------------------------------
_NEXT = re.compile(rf"(?P<comma>,)?[ \xa0]{{1,2}}(?:\n)?(?P<word>{QUOTED}|{WORD})|[ \xa0]?(?P<brackets>\([^()\n]{{2,40}}\))")
_CALLED = re.compile(r"[ \xa0](?:имени|им\.)(?P<whom>(?:[ \xa0]?[А-ЯЁ]\.){0,2}(?:[ \xa0][А-ЯЁ][а-яё-]+){1,4})")
_IN_REGION = re.compile(
    r"[ \xa0](?:[А-ЯЁ][а-яё-]+(?:ой|ом) (?:области|крае|Республике|районе|Федерации)|Республике [А-ЯЁ][а-яё]+|(?:Кыргыз|Казах|Узбек|Таджик)[а-яё]*е|России)(?!\w)"
)
_BY = frozenset(["по", "при", "для"])
_GENITIVE_NAMES = frozenset(
    [
        "республики",
        "федерации",
        "стран",
        "объединённых",
        "объединенных",
        "наций",
        "правительстве",
        "президенте",
        "кабинете",
        "министров",
        "верховного",
        "комиссара",
        "совета",
    ]
)


_DID = frozenset(["начала", "стала", "дала", "взяла", "создала"])  # verbs that look like nouns


@lru_cache(maxsize=2_048)
def _continues(word: str) -> bool:
    """Whether a lower-case Russian word may stand in the genitive, or agree with one that does."""
    return len(word) > 1 and word not in _DID and russian.may_be(word, "gent") and not russian.is_verb(word)


def russian_end(text: str, start: int) -> int:
    """Where the complement of a head that ends at `start` ends: «Министерство ⟨труда и миграции Кыргызской Республики⟩»."""
    end, at = start, start
    previous, governed = "", False  # governed: by "по" or "при", which take other cases
    while match := _NEXT.match(text, at):
        word = match["word"]
        if called := _CALLED.match(text, at):
            return _called_end(text, called)
        if word is None or end - start > LONGEST or (match["comma"] and not _is_listed(text, match.start("word"))):
            break
        if word[0] in '«“„"':
            return match.end()
        if word == "в":
            where = _IN_REGION.match(text, match.end())
            return where.end() if where is not None else end
        if word == "и" or word in _BY:
            if not _leads_on(text, match, governed=governed):
                break
            governed = word in {"по", "при"} or (word == "и" and governed)
        elif _fits(text, match, previous, governed=governed):
            end = match.end()
        else:
            break
        at, previous = match.end(), word
    return end


def _called_end(text: str, called: re.Match[str]) -> int:
    """Where the name ends after which an office is called; who is named next is somebody else: "имени Розы Люксембург ⟨Анна Шмидт⟩"."""
    words = list(re.finditer(r"[А-ЯЁ][а-яё-]+", called["whom"]))
    other = next(
        (
            word.start()
            for number, word in enumerate(words)
            if number == 3 or (number and given_names.is_given(word[0]) and not _only_genitive(word[0]))
        ),
        len(called["whom"]),
    )
    return called.start("whom") + len(called["whom"][:other].rstrip())


def _only_genitive(word: str) -> bool:
    return russian.may_be(word, "gent") and not russian.may_be(word, "nomn")


def _leads_on(text: str, match: re.Match[str], *, governed: bool) -> bool:
    """Whether a conjunction or a preposition is followed by what the name may hold."""
    word, follower = match["word"], _NEXT.match(text, match.end())
    if follower is None or follower["comma"] or follower["word"] is None:
        return False
    following = follower["word"]
    if word == "и":
        return following[0].islower() and (_continues(following) or (governed and russian.may_be(following, "datv", "loct")))
    if word == "при":
        return bool(following[0].isupper())
    return russian.may_be(following, "gent" if word == "для" else "datv")


def _fits(text: str, match: re.Match[str], previous: str, *, governed: bool) -> bool:
    word = match["word"]
    if word[0].isupper():
        return previous == "при" or _is_name(text, match, previous)
    return _continues(word) or (governed and russian.may_be(word, "datv", "loct") and not russian.is_verb(word))


def _is_listed(text: str, at: int) -> bool:
    """Whether what follows a comma is one more of a ministry's fields: "труда, ⟨социального обеспечения и миграции⟩"."""
    rest = re.match(
        r"(?P<words>[а-яё]+(?:-[а-яё]+)?(?:[ \xa0,]+[а-яё]+(?:-[а-яё]+)?){0,5}?)[ \xa0]и[ \xa0](?P<last>[а-яё]+)",
        text[at : at + 90],
    )
    return (
        rest is not None and _continues(rest["last"]) and all(_continues(word) for word in re.findall(r"[а-яё-]+", rest["words"]))
    )


def _is_name(text: str, match: re.Match[str], previous: str) -> bool:
    """Whether a capitalised word belongs to the name: a country, an acronym, «Республики Казахстан», «при Правительстве»."""
    word = match["word"]
    if (word.isupper() and 1 < len(word) <= 5) or word.casefold() in _GENITIVE_NAMES:
        return True
    if any(found.start == 0 for found in country_index().find(text[match.start("word") : match.start("word") + 60])):
        return True
    following = text[match.end() : match.end() + 30]
    if word == "Жогорку":
        return re.match(r"[ \xa0]Ке[ңн]еш", following) is not None
    if previous == "Жогорку":
        return True
    if re.match(
        r"[ \xa0](?:Азии|Европы|Объедин[её]нных|[Рр]еспублики|Федерации|области|района|Наций|Правительств|Кеше|Кенеша)", following
    ):
        return True
    if previous in {"города", "г", "Республики", "имени"} or previous.casefold() in {"республики", "федерации"}:
        return previous.casefold() not in {"федерации"} and russian.may_be(word, "gent", "nomn") and not russian.is_verb(word)
    return False


# --- Tajik ----------------------------------------------------------------------------------------------------------
_TAJIK_NEXT = re.compile(rf"(?P<comma>,)?[ \xa0]{{1,2}}(?P<word>{QUOTED}|{WORD})")
_TAJIK_OUTSIDE = frozenset(
    [
        "дар",
        "бо",
        "аз",
        "ба",
        "барои",
        "ки",
        "то",
        "ҳам",
        "низ",
        "аст",
        "буд",
        "шуд",
        "кард",
        "намуд",
        "дод",
        "гирифт",
        "мебошад",
        "якҷоя",
        "иштирок",
        "баргузор",
        "ташкил",
    ]
)


# Others who act: "Агентии … ⟨ва созмонҳои ҷамъиятӣ⟩"; what an office is for may be plural, too: "ҳуқуқ ва озодиҳои инсон".
_TAJIK_OTHERS = re.compile(
    r"(?:созмон|ташкилот|иттиҳодия|намоянда|марказ|вазорат|ниҳод|мақом|корхона|ширкат|кумита|донишгоҳ|фонд|ассотсиатсия|раёсат|хадамот|бонк)\w*ҳои?|намояндагони?",
    re.I,
)


def tajik_end(text: str, start: int) -> int:
    """Where a name ends whose head ends at `start`: izofa (-и) binds each word to the next; "ва" and commas go on a list."""
    end, at = start, start
    bound = text[:start].endswith("и")
    while (match := _TAJIK_NEXT.match(text, at)) and end - start < LONGEST:
        word = match["word"]
        small = word.casefold()
        if match["comma"]:
            listed = re.match(r"[а-яёӣӯғқҳҷ ,]{3,60} ва [а-яёӣӯғқҳҷ]", text[match.start("word") : match.start("word") + 70])
            if bound or listed is None:
                break
        elif small == "ва":
            following = _TAJIK_NEXT.match(text, match.end())
            if (
                bound
                or following is None
                or following["comma"]
                or not following["word"][0].islower()
                or following["word"] in _TAJIK_OUTSIDE
                or _TAJIK_OTHERS.fullmatch(following["word"])
            ):
                break
            at, bound = match.end(), True
            continue
        elif not bound and word[0] in '«“„"' and text[:at].endswith(("ТҶ", "ҶТШ", "ТҒҲ")):
            return match.end()  # "мутахассиси ТҶ ⟨«Аҳмад»⟩"
        elif not bound:
            by = re.match(r"[ \xa0](?:оид ба|доир ба|назди)(?=[ \xa0])", text[at : at + 12])
            if by is None:
                break
            at, bound = at + by.end(), True
            continue
        if small in _TAJIK_OUTSIDE:
            break
        end = at = match.end()
        if word[0] in '«“„"':
            break
        bound = small.endswith(("и", "ӣи")) and not small.endswith("ӣ")
    return end


# --- English --------------------------------------------------------------------------------------------------------
_ENGLISH_NEXT = re.compile(
    rf"(?P<comma>,)?[ \xa0\n]{{1,2}}(?P<word>{QUOTED}|[A-Za-z][\w'’.-]*[\w]|[A-Z&]|\([A-Z][\w -]{{1,12}}\))"
)
_LINKS = frozenset(["of", "for", "on", "the", "and", "&", "to", "in", "under", "against", "all", "their", "with"])


_HEADLINE_VERBS = frozenset(
    """Opens Opened Holds Held Hosts Hosted Launches Launched Meets Met Discusses Discussed Signs Signed Trains Trained Calls Urges Publishes Published
    Marks Joins Begins Starts Welcomes Visits Supports Helps Releases Warns Appeals Presents Announces Invites Considers Reviews Adopts Concludes
    Organizes Organises Organized Organised Says Reports Recommends Wants Gets Closes Expands Provides Offers Celebrates Gathers Brings In At On""".split()  # noqa: SIM905 - words to read
)
_NAME_OF_SOMEBODY = re.compile(r"[A-Z][\w'’ʻ-]+ [A-Z]")


def english_end(text: str, start: int) -> int:
    """Where a name ends whose head ends at `start`: capitals joined by "of", "for the", "and"."""
    end, at = start, start
    links: list[str] = []
    while (match := _ENGLISH_NEXT.match(text, at)) and end - start < LONGEST:
        word = match["word"]
        if "\n\n" in match[0] or word[0] == "(":
            break
        if (
            match["comma"]
            and re.match(
                r"(?:[A-Z][\w-]+ ){1,4}and (?:the )?[A-Z][a-z]", f"{text[match.start('word') : match.start('word') + 60]}"
            )
            is None
        ):
            break
        if "\n" in match[0] and word[0].isupper() and not links:
            break
        if word in {"and", "&"} and re.match(r"[ \n](?:of|for|on|by|with)\b", text[match.end() : match.end() + 6]):
            break  # "the Ministry of Education ⟨and of the Ombudsman⟩"
        if word in _LINKS:
            links.append(word)
            at = match.end()
            continue
        named = (
            word[0].isupper()
            or word[0] in '«“"'
            or (bool(links) and word in {"healthcare", "social", "development", "labor", "labour", "migration"})
        )
        if not named or (not (links or match["comma"]) and end > start and not word[0].isupper()):
            break
        if "and" in links and (links[-1] == "the" or end == start or _is_other_office(text, match.start("word"))):
            break  # "the Government of Japan ⟨and the Treaty⟩"
        if links and links[0] in {"in", "to", "with", "and", "the", "all", "their"} and end == start and links[0] != "to":
            break
        if links and links[0] in {"in", "with"}:
            break
        if not links and ((end > start and text[:end].split()[-1].isupper()) or _is_no_part(text, match.start("word"), word)):
            break  # "of RK ⟨Tastemir Abishev⟩"
        end, at, links = match.end(), match.end(), []
    return end


def _is_no_part(text: str, at: int, word: str) -> bool:
    """What may follow a name at once: "Migrant Resource Centre ⟨Opens⟩", "of the Migration Agency ⟨Jahongir Ergashev-Nuri⟩"."""
    return word in _HEADLINE_VERBS or (given_names.is_given(word) and _NAME_OF_SOMEBODY.match(text, at) is not None)


_OFFICE = re.compile(
    r"(?:[A-Z][\w-]+ ){0,5}(?:Delegation|Mission|Government|Parliament|Federation|Confederation|Chamber|Bank|Consulate|Ombudsman|Board|Court|Academy|Secretariat|Coalition|Society|Alliance|Ministry|Agency|Committee|Commission|Council|Fund|Foundation|Cent(?:er|re)|Institute|University|Association|Organi[sz]ation|Department|Embassy|Office|Network|Service|Union)\b|[A-Z]{2,8}\b"
)


def _is_other_office(text: str, at: int) -> bool:
    return _OFFICE.match(text[at : at + 80]) is not None
