"""The stylesheets that pages carry inside themselves, squeezed, and their hashes for the content security policy.

Imports nothing of Django, so that `config.settings` can ask for the hashes while it is being read.
"""

import base64
import functools
import hashlib
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "site" / "static"
NAMES = ("kenesh", "work")


def squeeze(css: str) -> str:
    """Drop comments and needless space. Strings with spaces around punctuation do not survive: data addresses must be encoded."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip()


@functools.cache
def stylesheet_text(name: str = "kenesh") -> str:
    """The squeezed sheet, read once a process. FileNotFoundError for a name that we do not have."""
    return squeeze((FOLDER / f"{name}.css").read_text(encoding="utf-8"))


@functools.cache
def stylesheet_hash(name: str = "kenesh") -> str:
    """The hash of one sheet, for `style-src` (CSP Level 3, §2.3.1), without the single quotes around it."""
    digest = hashlib.sha256(stylesheet_text(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def stylesheet_hashes() -> list[str]:
    """Source expressions of all sheets, quotes included, in a fixed order: add them to `style-src`."""
    return [f"'{stylesheet_hash(name)}'" for name in NAMES]


def stylesheet_version(name: str = "kenesh") -> str:
    """Twelve hexadecimal digits that change with the sheet. FileNotFoundError as above."""
    return hashlib.sha256(stylesheet_text(name).encode()).hexdigest()[:12]
