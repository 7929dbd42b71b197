"""Translations of the interface without the gettext programs: find the messages, keep the catalogues, compile and check them.

English is what the code itself says (the msgid), so its catalogue may stay empty. Catalogues are
`kenesh/locale/<language>/LC_MESSAGES/django.po`; the compiled .mo beside each is made at start when it is older, and is
not part of the source. This module imports no Django at its top: the settings call `compile_if_stale`.
"""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"

# The plural rules that Django's own catalogues use, so that theirs and ours join into one (CLDR counts ky, uz otherwise).
PLURALS: Mapping[str, str] = {
    "ky": "nplurals=1; plural=0;",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "uz": "nplurals=1; plural=0;",
    "tg": "nplurals=2; plural=(n != 1);",
    "kk": "nplurals=2; plural=(n!=1);",
    "hy": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
TRANSLATED = tuple(language for language in PLURALS if language != "en")

_CONTEXT_FIRST = ((1, "c"), 2)
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT_FIRST),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
CONTEXT_GLUE = "\x04"  # gettext's own sign between a context and its message
_RENAMED = re.compile(r"\b(\w*gettext\w*) as (\w+)")  # in an import
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}|(%[sd])")


class CatalogueProblem(Exception):
    """A catalogue cannot be written or read, or a translation does not fit its message."""


@dataclass(frozen=True)
class Gap:
    """A message that a language cannot show, and why."""

    key: str
    plural: str
    forms: int
    why: str
    where: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        plural: dict[str, Any] = {"plural": self.plural, "forms": self.forms} if self.plural else {}
        return {"message": self.key, **plural, "why": self.why, "where": list(self.where)}


# --- finding --------------------------------------------------------------------------------------------------------
def sources(package: Path = PACKAGE) -> Iterator[Path]:
    """Python files and templates that may hold messages; not tests, migrations or samples of documents."""
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if {"tests", "migrations", "samples", "locale"} & set(parts[:-1]):
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path


def extract(package: Path = PACKAGE) -> Catalog:
    """Every message of the code and the templates, with the files that use it."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract as extract_messages

    catalog = Catalog(project="Kenesh", charset="utf-8")
    for path in sources(package):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = _python_of_template(text, path)
        name = f"{package.name}/{path.relative_to(package)}"
        renamed = {own: KEYWORDS[theirs] for theirs, own in _RENAMED.findall(text) if theirs in KEYWORDS}
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            found = list(
                extract_messages(
                    "python", io.BytesIO(text.encode()), KEYWORDS | renamed, ("Translators:",), {"encoding": "utf-8"}
                )
            )
        for _, message, comments, context in found:
            if message not in ("", ("", "")):
                catalog.add(message, locations=[(name, 1)], auto_comments=comments, context=context)
    return catalog


def _python_of_template(text: str, path: Path) -> str:
    """The calls of gettext that a template stands for, by Django's own reading of its tags."""
    from django.utils.translation.template import templatize

    # What lies between the tags comes out as rows of X, which Python's tokenizer takes for names.
    return templatize(text, origin=str(path))


# --- reading and writing --------------------------------------------------------------------------------------------
def catalogue_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def load(language: str, locale: Path = LOCALE) -> Catalog:
    """The language's catalogue; an empty one when there is none yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileError, read_po

    path = catalogue_path(language, locale)
    if not path.exists():
        catalog = Catalog(
            locale=language, project="Kenesh", version="1", charset="utf-8", fuzzy=False,
            msgid_bugs_address="", last_translator="", language_team=language,
        )  # fmt: skip
    else:
        try:
            with path.open("rb") as file:
                catalog = read_po(file, locale=language, abort_invalid=True)
        except PoFileError as why:
            raise CatalogueProblem(f"{path} cannot be read: {why}") from why
    catalog.fuzzy = False
    catalog.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalog


def save(language: str, catalog: Catalog, locale: Path = LOCALE) -> None:
    """Writes the catalogue in a stable order and without line numbers, so that a change of the code moves nothing else."""
    from babel.messages.pofile import write_po

    catalog.header_comment = (
        f"# Kenesh in the language {language!r}. The messages are the sentences of the code; `kenesh messages` keeps them."
    )
    catalog.revision_date = catalog.creation_date
    written = io.BytesIO()
    write_po(written, catalog, width=110, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    path = catalogue_path(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, written.getvalue())


def _replace(path: Path, content: bytes) -> None:
    """Puts the content in place in one step: another process reads the old file or the new one, never half of either."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as why:
        raise CatalogueProblem(f"{path} cannot be written ({why.strerror}): make its folder writable for this user") from why


def update_all(package: Path = PACKAGE) -> int:
    """Brings each language's catalogue up to the code, keeping its translations; how many messages there are."""
    found = extract(package)
    for language in TRANSLATED:
        catalog = load(language, package / "locale")
        catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
        save(language, catalog, package / "locale")
    return len(found)


# --- compiling ------------------------------------------------------------------------------------------------------
def compile_if_stale(locale: Path = LOCALE) -> list[str]:
    """Compiles each catalogue that is newer than its compiled form; the languages compiled.

    Called by the settings at every start. Ends the program with one line when the folder cannot be written to.
    """
    stale = [path for path in sorted(locale.glob("*/LC_MESSAGES/django.po")) if _is_stale(path)]
    try:
        for path in stale:
            _compile(path)
    except CatalogueProblem as why:
        sys.exit(f"kenesh: {why}, or run `kenesh messages compile` once as a user who may write there")
    return [path.parent.parent.name for path in stale]


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def _compile(path: Path) -> None:
    from babel.messages.mofile import write_mo

    written = io.BytesIO()
    write_mo(written, load(path.parent.parent.name, path.parent.parent.parent))
    _replace(path.with_suffix(".mo"), written.getvalue())


# --- checking -------------------------------------------------------------------------------------------------------
def key_of(message: Message) -> str:
    single = _forms(message.id)[0]
    return f"{message.context}{CONTEXT_GLUE}{single}" if message.context else single


def placeholders(text: str) -> set[str]:
    """Names between %(…)s or {…}, and bare %s."""
    return {next(name for name in match if name) for match in _PLACEHOLDER.findall(text)}


def fault_of(ids: tuple[str, ...], forms: tuple[str, ...], nplurals: int) -> str:
    """What is wrong with the translation of a message (its singular and plural, or itself alone); empty when nothing is.

    In a language with two forms the first stands for exactly one and may say it without the number ("one day").
    """
    if not any(forms):
        return "is not translated"
    wanted_forms = nplurals if len(ids) == 2 else 1
    if len(forms) != wanted_forms or not all(forms):
        return f"needs {wanted_forms} forms and has {sum(map(bool, forms))}"
    wanted, allowed = placeholders(ids[-1]), placeholders(" ".join(ids))
    for number, form in enumerate(forms):
        has = placeholders(form)
        if number == 0 and len(ids) == 2 and nplurals == 2:
            fits = has <= allowed
        else:
            fits = has == wanted
        if not fits:
            return f"has the placeholders {sorted(has)} where the message has {sorted(wanted)}"
    return ""


def _forms(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def missing(language: str, *, found: Catalog | None = None, package: Path = PACKAGE) -> list[Gap]:
    """The messages of the code that this language lacks, or has as a guess, or with other placeholders."""
    if language not in TRANSLATED:
        return []
    nplurals = int(PLURALS[language].split("=")[1].split(";")[0])
    catalog, gaps = load(language, package / "locale"), []
    for message in extract(package) if found is None else found:
        if not message.id:
            continue  # the header
        ids, known = _forms(message.id), catalog.get(_forms(message.id)[0], message.context)
        if known is None:
            why = "is not translated"
        elif known.fuzzy:
            why = "is a guess (fuzzy) that nobody confirmed"
        else:
            why = fault_of(ids, _forms(known.string), nplurals)
        if why:
            where = tuple(sorted({name for name, _ in message.locations}))
            gaps.append(Gap(key_of(message), ids[1] if len(ids) == 2 else "", nplurals, why, where))
    return gaps


def check(package: Path = PACKAGE) -> list[str]:
    """One line for each language that is not complete."""
    found, lines = extract(package), []
    for language in TRANSLATED:
        gaps = missing(language, found=found, package=package)
        if gaps:
            lines.append(
                f"{language}: {len(gaps)} of {len(found)} messages are missing or wrong; the first, {gaps[0].key!r}, {gaps[0].why}"
            )
    return lines


def fill(language: str, translations: Mapping[str, str | list[str]], *, package: Path = PACKAGE) -> tuple[int, list[str]]:
    """Writes translations (message → text, or its plural forms) into the catalogue.

    Gives how many were written, and one line for each that was refused: an unknown message, or other placeholders.
    """
    if language not in TRANSLATED:
        raise CatalogueProblem(f"{language!r} is not translated here: choose one of {', '.join(TRANSLATED)}")
    catalog, refused, written = load(language, package / "locale"), [], 0
    catalog.update(extract(package), no_fuzzy_matching=True, update_creation_date=False)
    by_key = {key_of(message): message for message in catalog if message.id}
    for key, value in translations.items():
        message, forms = by_key.get(key), _forms(value)
        if message is None:
            refused.append(f"{key!r} is not a message of the code")
        elif fault := fault_of(_forms(message.id), forms, catalog.num_plurals):
            refused.append(f"{key!r} {fault}")
        else:
            message.string = forms if len(_forms(message.id)) == 2 else forms[0]
            message.flags.discard("fuzzy")
            written += 1
    save(language, catalog, package / "locale")
    return written, refused
