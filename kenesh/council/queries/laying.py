"""What the page of a point's papers shows."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

from kenesh.council.models import AgendaItem, PaperOnTheWay
from kenesh.library.models import Document

FOUND = 30


def documents_called(words: str) -> list[Document]:
    """Documents of the library whose name holds these words, newest first; without words the newest."""
    rows = Document.objects.light().filter(taken_out_at=None).order_by("-id")
    for word in words.split()[:6]:
        same = [Q(title__contains=one) | Q(source__contains=one) for one in {word, word.lower(), word.upper(), word.capitalize()}]
        rows = rows.filter(reduce(or_, same))  # SQLite knows the letters of English alone
    return list(rows[:FOUND])


def on_the_way(item: AgendaItem) -> list[PaperOnTheWay]:
    """Files that were brought here and are not laid before the meeting."""
    return list(item.papers_on_the_way.select_related("file__document").order_by("id"))
