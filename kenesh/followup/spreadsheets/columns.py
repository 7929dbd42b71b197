"""What a column of a spreadsheet of recommendations is: the names under which it goes out, and those by which it is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kenesh.themes.languages import INTERFACE, OWN_NAME

SKIP = ""


@dataclass(frozen=True)
class Column:
    """`heading`: what its headings look like in English and Russian, small letters. `tag`: of HXL. `comes_in`: read by the import."""

    label: str | Promise
    heading: str
    tag: str
    comes_in: bool = True
    language: str = ""  # of a column that holds a text in one language


# How headings name a language.
_NAMED = {
    "ky": r"\bky\b|кыргыз|киргиз|kyrgyz",
    "ru": r"\bru\b|русск|орус|russian",
    "uz": r"\buz\b|узбекск|ўзбекча|o['ʻʼ‘’]?zbekcha|uzbek\b",
    "tg": r"\btg\b|таджикск|тоҷикӣ|tajik\b",
    "kk": r"\bkk\b|казахск|қазақша|qazaqsha|kazakh\b",
    "hy": r"\bhy\b|армянск|հայերեն|armenian\b",
    "en": r"\ben\b|англ|english",
}


def _in_languages(part: str, label: str | Promise, heading: str, tag: str) -> dict[str, Column]:
    return {
        f"{part}_{code}": Column(
            format_lazy("{} · {}", label, OWN_NAME[code]), f"(?:{heading}).*(?:{_NAMED[code]})", f"{tag}+i_{code}", language=code
        )
        for code in INTERFACE
    }


# The name is the heading under which it goes out. In the order in which a heading is tried: the more exact ones come first.
COLUMNS: Mapping[str, Column] = {
    "code": Column(_("Code"), r"^$", "#meta+id", comes_in=False),
    **_in_languages("text", _("Text"), "текст|рекомендац|text|recommendation", "#description+text"),
    **_in_languages("why", _("Why"), "обосн|причин|why|reason", "#description+why"),
    "symbol": Column(_("Symbol of the document"), r"symbol|условн\w* обознач|шифр|document (?:no|number)|номер документ", "#meta+symbol"),
    "paragraph": Column(_("Paragraph"), r"paragraph|\bpara\b|\bпункт|параграф|\babs", "#meta+paragraph"),
    "source_kind": Column(_("Kind of source"), r"kind of source|source type|тип источник|вид источник|mechanism|механизм", "#meta+source+type"),
    "source_title": Column(_("Name of the source"), r"source|источник|название документ|document title|^document$|^документ$", "#meta+source+name"),
    "dated_on": Column(_("Day of the document"), r"document date|дата документ|дата принят|adopted|^date$|^дата$|publication date", "#date+document"),
    "url": Column(_("Link"), r"\burl\b|link|ссылк|адрес страниц", "#meta+url"),
    "addressees": Column(_("Who is asked"), r"addressee|адресат|кому|responsible|ответствен|исполнител", "#org+addressee+list"),
    "lead": Column(_("Who answers for the whole"), r"\blead\b|головн|ведущ", "#org+lead"),
    "themes": Column(_("Themes"), r"theme|тем[аы]|topic|issue", "#sector+list"),
    "groups": Column(_("Groups concerned"), r"group|affected|групп|затронут", "#affected+group+list"),
    "articles": Column(_("Articles of conventions"), r"article|стать", "#meta+articles"),
    "targets": Column(_("Targets of the Sustainable Development Goals"), r"\bsdg\b|цур|sustainable|устойчив", "#meta+sdg"),
    "answer_by": Column(_("Answer wanted by"), r"answer by|response by|срок ответ|ответ до", "#date+answer+deadline"),
    "carry_out_by": Column(_("To be carried out by"), r"carry out by|deadline|implement.*by|срок исполн|срок", "#date+implement+deadline"),
    **_in_languages("figure", _("The figure"), "показател|индикатор|indicator|figure", "#indicator+name"),
    "unit": Column(_("Unit"), r"\bunit|единиц", "#indicator+unit"),
    "baseline_year": Column(_("Year of the beginning"), r"baseline year|базов\w* год|год базов", "#date+baseline+year"),
    "baseline": Column(_("Where it stood"), r"baseline|базов|исходн", "#indicator+baseline+num"),
    "goal_year": Column(_("Year of the goal"), r"(?:goal|target) year|целев\w* год|год цел", "#date+target+year"),
    "goal": Column(_("Where it shall stand"), r"^goal$|target value|целев", "#indicator+target+num"),
    "figure_source": Column(_("Who publishes the figure"), r"data source|figure source|источник данн", "#meta+indicator+source"),
    "text": Column(_("Text, in the language that you chose"), r"recommendation|рекомендац|^text|^текст|сунуш", "#description+text", comes_in=True),
    "other_sources": Column(_("Other sources"), r"^$", "#meta+source+other", comes_in=False),
    "status": Column(_("What came of it"), r"^$", "#status", comes_in=False),
    "judgement": Column(_("Independent judgement"), r"^$", "#status+verdict", comes_in=False),
    "address": Column(_("Address of its page"), r"^$", "#meta+page+url", comes_in=False),
}  # fmt: skip
IN = [name for name, column in COLUMNS.items() if column.comes_in]


def columns_in(languages: Sequence[str]) -> list[str]:
    """All columns in their order; those of texts in these languages only, in the order of the languages."""
    names: list[str] = []
    for name, column in COLUMNS.items():
        if not column.language:
            names.append(name)
        elif column.language == INTERFACE[0]:  # the first of a text stands for all of it
            names += [f"{name.removesuffix(column.language)}{code}" for code in languages]
    return names


def recognised(headings: Sequence[str]) -> list[str]:
    """A column for each heading, "" for what is not known; each column once, the first heading that is it."""
    found: list[str] = []
    for heading in headings:
        plain = " ".join(heading.casefold().replace("ё", "е").split())
        name = plain if plain in IN else _by_heading(plain, found)
        found.append(SKIP if (plain in COLUMNS and plain not in IN) or name in found else name)
    return found


def _by_heading(heading: str, taken: Sequence[str]) -> str:
    if not heading:
        return SKIP
    return next((name for name in IN if name not in taken and re.search(COLUMNS[name].heading, heading)), SKIP)
