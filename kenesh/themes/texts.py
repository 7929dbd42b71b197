"""Short texts in several languages: one typed JSON field. Long authentic texts have one row per language instead."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

FALLBACK = ("ru", "en", "ky")


def writing_languages() -> tuple[str, ...]:
    """The languages in which this node writes (KENESH_WRITING_LANGUAGES), at least one, in the order of the boxes."""
    languages: tuple[str, ...] = settings.WRITING_LANGUAGES
    return languages


class Translated(dict[str, str]):
    """Language code → text. Empty texts are left out."""

    def in_language(self, language: str | None = None) -> str:
        """The text in this language (default: the active one), else in ru, en, ky, else in any; "" when there is none."""
        for code in (language or get_language() or "", *FALLBACK):
            if text := self.get(code):
                return text
        return next(iter(self.values()), "")

    def language_used(self, language: str | None = None) -> str:
        """The code of the language in which `in_language` answers, for the `lang` attribute; "" when there is no text."""
        text = self.in_language(language)
        wanted = language or get_language() or ""
        if self.get(wanted) == text and text:
            return wanted
        return next((code for code, value in self.items() if value == text), "")

    def __str__(self) -> str:
        return self.in_language()


class TranslatedField(models.JSONField):
    """Stores a Translated. Raises ValidationError for anything but language code → text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        return Translated(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Translated:
        if not isinstance(value, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
            raise ValidationError("a text in several languages is an object of language codes and texts")
        return Translated({code: text.strip() for code, text in value.items() if text.strip()})

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(self.to_python(value or {})))
