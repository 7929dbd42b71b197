"""Values from the environment: each is read here, checked once, and refused with a sentence when it is wrong."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


class WrongSetting(SystemExit):
    """A value of the environment cannot be used. Ends the program with one line that says which and why."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what it is for, and the default in words (all of it in docs/operations.md)."""

    name: str
    purpose: str
    default: str


DOCUMENTED: dict[str, Setting] = {}


def read(name: str, default: str, purpose: str, parse: Callable[[str], T]) -> T:
    """The parsed value of `name`; an empty value counts as unset.

    Raises WrongSetting when `parse` raises ValueError.
    """
    DOCUMENTED[name] = Setting(name, purpose, default)
    text = os.environ.get(name, "") or default
    try:
        return parse(text)
    except ValueError as why:
        raise WrongSetting(f"{name}={text!r} cannot be used: {why}. It is for: {purpose}") from None


def as_flag(text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"0", "no", "false", "off"}:
        return False
    raise ValueError("write yes or no")


def as_folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("there is a file of that name, a folder is needed")
    return path


def as_number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"-?\d{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"write a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def as_address(text: str) -> str:
    """A public address `https://host[:port]`; plain http serves loopback only (SECURITY: sign-in)."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
        raise ValueError("write scheme and host, such as https://help.example.org")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("http is allowed on localhost only; elsewhere use https")
    return f"{parts.scheme}://{parts.netloc}"


def as_address_of_a_room(text: str) -> str:
    """The same at a venue, where phones of the room's own network come by plain http: to private addresses only (RFC 1918, RFC 4193)."""
    parts = urlsplit(text)
    if parts.scheme != "http" or parts.hostname == "localhost":
        return as_address(text)
    try:
        private = ipaddress.ip_address(parts.hostname or "").is_private
    except ValueError:
        private = False
    if not private or parts.path not in {"", "/"} or parts.query:
        raise ValueError("write the laptop's address in the room's own network, such as http://192.168.1.10:8000")
    return f"http://{parts.netloc}"


def as_country(text: str) -> str:
    if text and not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError("write two capital letters, such as KG")
    return text


def as_language(known: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in known:
            raise ValueError(f"write one of {', '.join(known)}")
        return text

    return parse


def as_languages(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """One language or several with commas between, each once, in the order in which they are written."""

    def parse(text: str) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(code.strip() for code in text.split(",")))
        if not set(codes) <= set(known):
            raise ValueError(f"write one or more of {', '.join(known)}, with commas between")
        return codes

    return parse


def as_text(longest: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"write at most {longest} characters")
        return text

    return parse


@dataclass(frozen=True)
class DatabaseAddress:
    """Where the node's database is: SQLite in its own folder, or a PostgreSQL server."""

    engine: str
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""


def as_database(text: str) -> DatabaseAddress:
    """`sqlite` (the file in KENESH_HOME) or `postgresql://user:password@host:port/name` (host may be a socket folder)."""
    if text == "sqlite":
        return DatabaseAddress("sqlite", "")
    parts = urlsplit(text)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("write sqlite or postgresql://user:password@host:port/name")
    return DatabaseAddress(
        "postgresql",
        unquote(parts.path.lstrip("/")),
        unquote(parts.hostname or ""),
        str(parts.port or ""),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
