"""What the walks over all addresses and all forms share: they find for themselves what there is, so that they grow with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from lxml import etree


def names(patterns: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Every named address of the URLconf, with its namespace."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, (*spaces, *([pattern.namespace] if pattern.namespace else [])))
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or ""])


# --- the state of the whole database ----------------------------------------------------------------------------------------

# What a mere visit may change: sessions, counted failures, who is here now, expiry of an unlock.
PASSING = {"sessions.session", "people.failures", "people.unlock", "casework.presence", "casework.tally", "kernel.workerbeat"}
PASSING |= {"people.lockedpost", "appeals.draft", "appeals.openreceipt", "casework.indexstate", "casework.indexentry"}


def state() -> dict[str, str]:
    """A checksum of every table but the passing ones, by its label."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if label not in PASSING and model._meta.managed and not model._meta.proxy:
            digest = hashlib.blake2b(digest_size=16)
            for row in model._base_manager.order_by("pk").values_list():
                digest.update(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode())
            found[label] = digest.hexdigest()
    return found


# --- forms of a page ----------------------------------------------------------------------------------------------------------


@dataclass
class Form:
    """A form as a browser sees it. `choices`: of a list or of radio buttons; `texts`: what takes free words; `fixed`: the rest."""

    action: str
    method: str
    fixed: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # name → type
    choices: dict[str, list[str]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)  # those of the choices that are boxes to tick
    invalid: set[str] = field(default_factory=set)  # what was wrong in what was sent
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms:
    """What the parser tells its tags to. (Python's own parser took an eighth of the walks.)"""

    def __init__(self, address: str) -> None:
        self.address, self.forms, self.links = address, [], []  # type: ignore[var-annotated]
        self._form: Form | None = None
        self._select = ""
        self._area = ""

    def start(self, tag: str, attributes: Any) -> None:
        said = dict(attributes)
        if tag == "a" and said.get("href", "").startswith("/"):
            self.links.append(said["href"].partition("#")[0])
        if tag == "form":
            self._form = Form(said.get("action") or self.address, said.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = said.get("name", "")
        if said.get("aria-invalid") == "true":
            self._form.invalid.add(name)
        if tag == "button" and said.get("type", "submit") == "submit":
            self._form.buttons.append((name, said.get("value", "")))
        elif tag == "textarea" and name:
            self._form.texts[name] = "textarea"
        elif tag == "select" and name:
            self._select = name
            self._form.choices.setdefault(name, [])
        elif tag == "option" and self._select and "disabled" not in said:
            self._form.choices[self._select].append(said.get("value", ""))
        elif tag == "input" and name:
            self._input(self._form, name, said)

    @staticmethod
    def _input(form: Form, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(said.get("value", "on"))
            form.ticks |= {name} if kind == "checkbox" else set()
        elif kind in ("hidden", "submit"):
            form.fixed.setdefault(name, []).append(said.get("value", ""))
        else:
            form.texts[name] = kind

    def end(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def data(self, _text: str) -> None: ...

    def close(self) -> None: ...


def read_page(address: str, text: str) -> tuple[list[Form], list[str]]:
    """The forms of a page, and the addresses of this node to which it leads."""
    found = _Forms(address)
    if text:
        etree.fromstring(text.encode(), etree.HTMLParser(target=found, encoding="utf-8"))
    return found.forms, [link for link in found.links if url_has_allowed_host_and_scheme(link, allowed_hosts=None)]


# --- addresses with other things in them ------------------------------------------------------------------------------------


def kept_arguments(world: Any) -> dict[str, dict[str, Any]]:
    """For every named address the arguments with which the world reaches it."""
    return {name: world.arguments.get(name, {}) for name in sorted(set(names()))}


def address_of(name: str, arguments: dict[str, Any]) -> str:
    return reverse(name, kwargs=arguments)
