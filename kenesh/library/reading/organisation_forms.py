"""Organisations by their legal form and quoted name: «Ак Жол» and "public foundation", in any of our languages."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator

from kenesh.library.reading import organisation_names as known
from kenesh.library.reading import russian
from kenesh.library.reading.organisation_mentions import Mention
from kenesh.library.reading.organisation_names import QUOTED
from kenesh.themes.proper_names import plain


def basic_russian(name: str) -> str:
    """A Russian name in the nominative: its leading adjectives and first noun."""
    words = name.split(" ")
    if not re.match(r"[А-ЯЁа-яё]", name) or (words[0].isupper() and len(words[0]) > 1):
        return name
    count = 1
    while count < len(words) and russian.is_adjective(words[count - 1]) and count < 5:
        count += 1
    return " ".join([*russian.in_nominative(words[:count]), *words[count:]])


# What the organisation did, or "данным" of «по данным», is no part of its name.
_DEED = r"(?:организован|проведённ|проведенн|поддержан|созданн|основан|учреждённ|учрежденн|финансируем|реализуем|осуществляем|данны[мх]|сведениям|мнению)"
_FORM_BEFORE = re.compile(
    rf"(?<![\w-])(?P<form>(?P<russian>(?:(?!{_DEED})[А-ЯЁа-яё][а-яё]+(?:ый|ая|ое|ий|ого|ой|ому|ым|ую) )?(?:{known.RUSSIAN_FORM}))|{known.TAJIK_FORM}|{known.ENGLISH_FORM})[ \xa0]{{1,2}}(?P<name>{QUOTED})(?! жылы)"
)
_FORM_AFTER = re.compile(
    rf"(?P<name>{QUOTED})[ \xa0]{{1,2}}(?P<form>(?i:{known.KYRGYZ_FORM}|{known.KAZAKH_FORM}|{known.UZBEK_FORM}|Foundation|Fund|NGO|Association|Centre|Center|Public Association|Public Foundation))(?P<end>(?:нын|нин|нун|нүн|на|не|нда|нде|ндо|нан|нен|ның|нің|нинг|ning|ga|da|dan|га|да|дан|н|ни|ni)?)(?!\w)"
)
_FORM_LETTERS_AFTER = re.compile(
    r"(?<![\w-])(?P<form>КФ|КБ|КУ|ҚҚ|ҚБ|ҚҰ|ЖФ|ОФ|ОО|NNT|ННТ|JF|НПО|ОЮЛ|ЮЖБ|ТЖ)[ \xa0](?P<name>" + QUOTED + ")"
)
# "the non-governmental organization Sapeda": a name without quotation marks.
_FORM_BARE = re.compile(
    r"(?<![\w-])(?:[Nn]on-?governmental organi[sz]ation|NGO|[Cc]ivil society organi[sz]ation|[Hh]uman rights organi[sz]ation|[Pp]ublic (?:foundation|association)|[Tt]rade union|charity)[ \xa0](?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_NAMES_ITSELF = re.compile(
    r"(?:[«“\"])(?P<name>[^«»“”\"\n]{0,60}?(?:[Фф]онд(?:а|у|ом|е)?|[Цц]ентр(?:а|у|ом|е)?|Foundation|Fund|Cent(?:er|re)))(?:[»”\"])"
)


def find_legal_forms(text: str) -> Iterator[Mention]:
    for match in _FORM_BEFORE.finditer(text):
        form = match["form"]
        if not form.isupper() and match["russian"]:
            form = basic_russian(form)
        yield Mention(_with_capital(f"{form} {match['name']}", match["form"]), _key(match["name"]), match.start(), match.end(), 1)
    for match in _FORM_AFTER.finditer(text):
        yield Mention(f"{match['name']} {match['form']}", _key(match["name"]), match.start(), match.end("form"), 1)
    for match in _FORM_LETTERS_AFTER.finditer(text):
        yield Mention(match[0], _key(match["name"]), match.start(), match.end(), 1)
    for match in _FORM_BARE.finditer(text):
        yield Mention(match["name"], _key(match["name"]), match.start("name"), match.end("name"), 2)
    for match in _NAMES_ITSELF.finditer(text):
        words = match["name"].split(" ")
        # "ПСП-фондом": the last word alone carries the case.
        name = (
            " ".join([*words[:-1], russian.noun_in_nominative(words[-1])])
            if re.search(r"[а-яё]$", match["name"])
            else match["name"]
        )
        if len(words) <= 6:
            yield Mention(name, _key(f"«{name}»"), match.start(), match.end(), 2)


def _with_capital(name: str, as_written: str) -> str:
    return name if as_written[:1].isupper() else name[:1].upper() + name[1:]


def _key(name: str) -> str:
    """A name without its quotation marks and case: the same NGO is written «…» here and “…” there."""
    return plain(re.sub(r"[«»“”„\"]", "", name)).strip()
