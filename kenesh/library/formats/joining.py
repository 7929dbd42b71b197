"""Mends words that were divided at the ends of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

SOFT = "\u00ad"
_DIVIDED = re.compile(r"(?P<word>[^\W\d_]+)[-‐]$")
# First halves of words that are written with a hyphen wherever they stand.
_HYPHENATED = re.compile(
    r"(?:социально|экспертно|консультативно|научно|общественно|информационно|аналитически|нормативно|организационно|материально|морально|национально"
    r"|культурно|торгово|военно|административно|профессионально|финансово|учебно|государственно|международно|политико|экономико|историко|медико"
    r"|юридическо|северо|юго|западно|восточно|центрально|вице|экс|пресс|интернет|онлайн|бизнес|кто|что|где|как|какой|когда|из|по|во|все"
    r"|non|self|co|inter|multi|vice|socio|follow|decision|cross|policy|anti|well|long|short|high|low|full|part|so|sub|ex|pre|post|state|labour|labor)",
    re.IGNORECASE,
)


def join_rows(rows: Sequence[str], words: Mapping[str, int]) -> str:
    """Rows of one paragraph as one line. `words` are the words of the whole document, which know how a word is written."""
    text = ""
    for row in rows:
        text = _joined(text, row.strip(), words) if text else row.strip()
    return text.replace(SOFT, "")


def _joined(before: str, after: str, words: Mapping[str, int]) -> str:
    if before.endswith(SOFT):
        return before[:-1] + after
    divided = _DIVIDED.search(before)
    if divided is None:
        # "2011–" goes on with "2012"; a dash with a space before it is a dash between words.
        return before + after if re.search(r"\w[-–‐]$", before) else f"{before} {after}"
    rest = re.match(r"[^\W\d_]+", after)
    if rest is None or not after[:1].islower():
        return before + after  # "Санкт-" "Петербург", "CMW-" "2"
    first, second = divided["word"].casefold(), rest[0].casefold()
    if words.get(f"{first}-{second}"):
        return before + after
    if words.get(first + second):
        return before[:-1] + after
    return before + after if _HYPHENATED.fullmatch(first) else before[:-1] + after
