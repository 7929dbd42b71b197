"""The editor of the library, and a browser in which she is signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.library.actions import import_document
from kenesh.library.models import Document
from kenesh.people.models import Role

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture
def emil(make_account: Callable[..., Any]) -> Any:
    """The editor of the library."""
    return make_account("Emil", Role.EDITOR).user


@pytest.fixture
def editor(client: Client, emil: Any) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(emil)
    return client


@pytest.fixture
def document() -> Document:
    return import_document(data=(SAMPLES / "press-release-ru.html").read_bytes(), source="press.html", by="command").document


def press(client: Client, document: Document, **buttons: str) -> str:
    """Sends one button of the page on which a document is checked; gives the page that follows."""
    answer = client.post(f"/work/library/{document.code}/review/", buttons, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture(name="press")
def _press() -> Callable[..., str]:
    return press
