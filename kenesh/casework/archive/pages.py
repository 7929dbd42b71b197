"""The two members of the archive that hold words: one to read in any browser, one for machines."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from kenesh.casework.archive.gathering import Gathered, files_of
from kenesh.casework.archive.reading import Part, left_out, parts_of
from kenesh.casework.archive.zipping import Member
from kenesh.casework.opening import OpenCase


def members(found: Gathered, opened: OpenCase) -> list[Member]:
    """Words first, in the active language; then the files, each opened only when its turn comes."""
    parts = parts_of(found, opened)
    words: list[Member] = [
        ("read-me-first.html", iter([_page(found, opened, parts)])),
        ("data.json", iter([_data(found, opened, parts)])),
    ]
    return words + [(taken.place, taken.content) for taken in files_of(found, opened)]


def _page(found: Gathered, opened: OpenCase, parts: list[Part]) -> bytes:
    context = {
        "case": found.case,
        "stands": opened.stands(),
        "parts": parts,
        "left_out": left_out(found),
        "today": timezone.localdate(),
        "language": get_language(),
    }
    return render_to_string("casework/archive.html", context).encode()


def _data(found: Gathered, opened: OpenCase, parts: list[Part]) -> bytes:
    whole = {
        "case": found.case.code,
        "office": dict(found.case.office.name),
        "opened_on": found.case.opened_on.isoformat(),
        "status": found.case.status,
        "waits_for": opened.waits_for(),
        "taken_on": timezone.localdate().isoformat(),
        "parts": {part.code: [asdict(entry)["data"] for entry in part.entries] for part in parts},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()
