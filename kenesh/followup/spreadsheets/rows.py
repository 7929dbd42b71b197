"""One row of a spreadsheet as a recommendation, with what is wrong with it in words. Reads of the database happen once, before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.followup import instruments
from kenesh.followup.actions import Details, Figure, SourceLine
from kenesh.followup.models import ADDRESSED, SourceKind
from kenesh.followup.queries.days import is_likely
from kenesh.followup.queries.organisations import index_of
from kenesh.kernel.findings import SURE
from kenesh.people.matching import plain
from kenesh.people.models import Organisation
from kenesh.themes import thesaurus
from kenesh.themes.languages import INTERFACE
from kenesh.themes.texts import Translated

Read = TypeVar("Read")
_LISTED = re.compile(r"[;\n]")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
_is_address = URLValidator(schemes=["http", "https"])


@dataclass
class Draft:
    """What a row says. `faults`: why it cannot come in. `doubts`: what of it was left out."""

    text: Translated = field(default_factory=Translated)
    organisations: list[Organisation] = field(default_factory=list)
    details: Details = field(default_factory=Details)
    source: SourceLine | None = None
    answer_by: date | None = None
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, str] | None:
        """By which another row or recommendation is known to be the same: symbol and paragraph."""
        if self.source is None or not (self.source.symbol and self.source.paragraph):
            return None
        return self.source.symbol.casefold(), self.source.paragraph.casefold()


class Reader:
    """Reads the rows of one file. `language`, `source_kind`, `symbol`: of what no column tells."""

    def __init__(self, mapping: Sequence[str], *, language: str, source_kind: str, symbol: str = "") -> None:
        self.mapping, self.language, self.source_kind, self.symbol = mapping, language, source_kind, symbol
        rows = list(Organisation.objects.filter(kind__in=ADDRESSED).only("code", "name", "short_name", "labels"))
        self._by_code = {row.code: row for row in rows}
        self._names = index_of(rows)
        today = timezone.localdate()
        called = {(row.called_on(today, one), row) for row in rows for one in INTERFACE}
        once = Counter(name for name, _row in called)
        self._called = {name: row for name, row in called if once[name] == 1}
        self._concepts = {plain(name): one.id for one in thesaurus.concepts().values() for name in one.labels.values()}

    def read(self, cells: Sequence[str | None]) -> Draft:
        """A row that says nothing at all has the fault that it has no text."""
        said = {name: (cell or "").strip().removeprefix("'") for name, cell in zip(self.mapping, cells, strict=False) if name}
        draft = Draft()
        draft.text = self._texts(said, "text")
        if said.get("text"):
            draft.text.setdefault(self.language, said["text"])
        if not draft.text:
            draft.faults.append(_("It has no text."))
        if any(len(text) > 5000 for text in draft.text.values()):
            draft.faults.append(_("Its text is longer than 5,000 characters."))
        draft.organisations = self._organisations(said.get("addressees", ""), draft)
        draft.answer_by = self._day(said.get("answer_by", ""), draft)
        draft.source = self._source(said, draft)
        draft.details = self._details(said, draft)
        return draft

    def _texts(self, said: dict[str, str], part: str) -> Translated:
        return Translated({one: said[f"{part}_{one}"] for one in INTERFACE if said.get(f"{part}_{one}")})

    def _organisation(self, name: str) -> Organisation | None:
        if name in self._called:  # as our own tables name it
            return self._called[name]
        likely = [] if name in self._by_code else self._names.candidates(name, self.language)
        sure = [one for one in likely if one.score >= SURE]
        return self._by_code.get(sure[0].target if len(sure) == 1 else name)

    def _organisations(self, listed: str, draft: Draft) -> list[Organisation]:
        found: dict[str, Organisation] = {}
        for name in filter(None, (piece.strip() for piece in _LISTED.split(listed))):
            organisation = self._organisation(name)
            if organisation is None:
                draft.doubts.append(_("“%(name)s” is no addressee that we know. It stays open.") % {"name": name[:80]})
            else:
                found[organisation.code] = organisation
        return list(found.values())

    def _concept_ids(self, listed: str, draft: Draft, *, groups: bool) -> tuple[str, ...]:
        found = []
        for name in filter(None, (piece.strip() for piece in _LISTED.split(listed))):
            concept = name if name in thesaurus.concepts() else self._concepts.get(plain(name), "")
            fits = concept and (thesaurus.concept(concept).facet == "group" if groups else thesaurus.concept(concept).is_theme)
            if fits:
                found.append(concept)
            else:
                draft.doubts.append(_("The thesaurus does not know “%(name)s”. It is left out.") % {"name": name[:80]})
        return tuple(dict.fromkeys(found))

    def _day(self, text: str, draft: Draft) -> date | None:
        for form in _DAYS if text else ():
            try:
                day = datetime.strptime(text[:10], form).date()  # noqa: DTZ007  # a day on paper has no zone
            except ValueError:
                continue
            if is_likely(day):
                return day
        if text:
            draft.doubts.append(_("“%(text)s” is no day such as 2026-05-31. It is left out.") % {"text": text[:40]})
        return None

    def _source(self, said: dict[str, str], draft: Draft) -> SourceLine | None:
        kinds = {str(label).casefold(): value for value, label in SourceKind.choices} | {
            value: value for value in SourceKind.values
        }
        asked = said.get("source_kind", "")
        kind = kinds.get(asked.casefold(), self.source_kind)
        url = said.get("url", "")
        if url:
            try:
                _is_address(url)
            except ValidationError:
                draft.doubts.append(_("“%(text)s” is no link. It is left out.") % {"text": url[:80]})
                url = ""
        title = said.get("source_title", "")
        line = SourceLine(
            kind=kind,
            title=Translated({self.language: title[:300]} if title else {}),
            symbol=(said.get("symbol") or self.symbol)[:80],
            paragraph=said.get("paragraph", "")[:20],
            dated_on=self._day(said.get("dated_on", ""), draft),
            url=url[:500],
        )
        return line if line.title or line.symbol or line.url else None

    def _details(self, said: dict[str, str], draft: Draft) -> Details:
        lead = self._organisation(said["lead"]) if said.get("lead") else None
        return Details(
            why=self._texts(said, "why"),
            themes=self._concept_ids(said.get("themes", ""), draft, groups=False),
            groups=self._concept_ids(said.get("groups", ""), draft, groups=True),
            articles=self._read(instruments.read_articles, said.get("articles", ""), draft),
            targets=self._read(instruments.read_targets, said.get("targets", ""), draft),
            carry_out_by=self._day(said.get("carry_out_by", ""), draft),
            lead=lead.code if lead in draft.organisations and lead is not None else "",
            figure=self._figure(said, draft),
        )

    def _read(self, read: Callable[[str], list[Read]], text: str, draft: Draft) -> list[Read]:
        try:
            return read(text)
        except ValueError as piece:
            draft.doubts.append(_("“%(text)s” could not be read. It is left out.") % {"text": str(piece)[:80]})
            return []

    def _figure(self, said: dict[str, str], draft: Draft) -> Figure | None:
        text = self._texts(said, "figure")
        if not text:
            return None
        return Figure(
            text=text,
            unit=said.get("unit", "")[:60],
            baseline=self._number(said.get("baseline", ""), draft),
            baseline_year=self._year(said.get("baseline_year", ""), draft),
            goal=self._number(said.get("goal", ""), draft),
            goal_year=self._year(said.get("goal_year", ""), draft),
            source=said.get("figure_source", "")[:300],
        )

    def _number(self, text: str, draft: Draft) -> Decimal | None:
        if not text:
            return None
        try:
            value = Decimal(text.replace(",", ".").replace(" ", ""))
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and abs(value) < 10**13:
            return value.quantize(Decimal("0.0001"))
        draft.doubts.append(_("“%(text)s” is no number. It is left out.") % {"text": text[:40]})
        return None

    def _year(self, text: str, draft: Draft) -> int | None:
        if re.fullmatch(r"(?:19|20|21)\d\d", text):
            return int(text)
        if text:
            draft.doubts.append(_("“%(text)s” is no year. It is left out.") % {"text": text[:40]})
        return None
