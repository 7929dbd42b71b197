"""How a file ends: refused for a reason, or taken without a copy."""

from __future__ import annotations


class Refused(Exception):
    """This file is not taken; the argument is the code of the reason."""


class NoCopy(Exception):
    """The file is fine as far as can be told, but no copy without metadata can be made of it."""
