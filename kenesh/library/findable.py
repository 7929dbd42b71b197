"""The documents of the library, for search."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kenesh.library.models import Document
from kenesh.library.reading.spans import Dropped, without
from kenesh.library.wording import when
from kenesh.search.findable import Findable, Shown, Text


class Documents:
    """Every document is public: it was published elsewhere before it was imported. Of several versions the newest is found."""

    kind = "document"
    label = _("Documents")

    def codes(self) -> Iterable[str]:
        return Document.objects.listed().order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        for document in Document.objects.listed().filter(code__in=codes).prefetch_related("themes", "questions"):
            year = re.match(r"\d{4}", document.date_start)
            yield Findable(
                code=document.code,
                texts=(Text(document.language, document.name, _body(document)),),
                themes={theme.concept: theme.score for theme in document.themes.all()},
                countries=tuple(document.countries),
                year=int(year[0]) if year else None,
            )

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for document in Document.objects.filter(code__in=codes, taken_out_at=None).defer("found").prefetch_related("questions"):
            yield Shown(
                code=document.code,
                title=document.name,
                text=_body(document),
                language=document.language_tag,
                address=reverse("library:document", args=[document.code]),
                what=document.get_kind_display(),
                when=when(document.date_start, document.date_end),
                source=document.source,
            )


def _body(document: Document) -> str:
    """The text without furniture, and without a first line that only repeats the title; then the questions that people added or
    worded anew. Its questions must be loaded."""
    questions = [question.text for question in document.questions.all() if question.text not in document.text]
    return "\n".join([_text(document), *questions])


def _text(document: Document) -> str:
    pieces = [Dropped(piece["at"][0], piece["at"][1], piece["reason"]) for piece in document.furniture]
    text = without(document.text, pieces).strip()
    return text.removeprefix(document.title).strip() if document.title else text
