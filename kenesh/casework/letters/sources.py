"""What a letter can be written from: a template of the office, or one of our samples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kenesh.casework.letters import rendering, sample_letters
from kenesh.casework.models import LetterKind, LetterTemplate
from kenesh.people.models import Organisation


@dataclass(frozen=True)
class Source:
    """A template, wherever it comes from. `ref`: how an address or a letter names it."""

    ref: str
    kind: str
    language: str
    name: str
    version: int
    data: bytes
    fields: dict[str, bool]


def sources_of(office: Organisation) -> list[LetterTemplate]:
    """The templates of an office that are in use; without their files."""
    return list(LetterTemplate.objects.filter(office=office, retired=False).defer("file").order_by("name", "language"))


def samples() -> list[tuple[str, str, str]]:
    """Reference, kind and language of each sample of ours."""
    return [
        (f"sample-{kind}-{language}", kind, language) for language in sample_letters.LANGUAGES for kind in sample_letters.KINDS
    ]


def source(office: Organisation, ref: str) -> Source | None:
    """None for one that this office does not have (any more)."""
    for each, kind, language in samples():
        if each == ref:
            data = sample_letters.sample(kind, language)
            return Source(ref, kind, language, str(LetterKind(kind).label), 1, data, _sample_fields(kind, language))
    row = LetterTemplate.objects.filter(office=office, code=ref).first()
    return Source(ref, row.kind, row.language, row.name, row.version, bytes(row.file), row.fields) if row else None


@lru_cache(maxsize=32)
def _sample_fields(kind: str, language: str) -> dict[str, bool]:
    return rendering.fields(
        sample_letters.sample(kind, language)
    )  # our own: no stranger's template is read outside of the sandbox
