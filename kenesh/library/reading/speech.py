"""What is said in quotation marks, and by whom: a figure in it has the speaker's authority."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kenesh.library.reading.persons import PersonFound

_QUOTES = re.compile(r"«[^«»]{20,1500}(?:«[^«»\n]{1,80}»[^«»]{0,600}){0,6}»|“[^“”]{20,1500}”|\"[^\"]{20,1500}\"")
# Behind the quotation: a comma or a dash, a verb of saying, and who.
_SAID = re.compile(
    r"[ \xa0*]*[,–—-]{0,2}[ \xa0–—*-]*(?P<verb>отмети|сказа|рассказа|подчеркну|сообщи|заяви|подели|добави|напомни|говори|пояснил|уточни|said|says|noted|stressed|added|told|stated"
    r"|деп|деди|дейт|деген|айтты|белгиледи|деді|дейді|атап өтті|dedi|deydi|taʼkidladi|деди|гуфт|мегӯяд|қайд кард|таъкид)\w*[ \xa0](?P<who>(?:[^.!?\n]|(?<=\b[^\W\d_])\.){2,160})"
)


@dataclass(frozen=True)
class Speech:
    """A quotation with its place and its speaker's name."""

    start: int
    end: int
    speaker: str


def find_speech(text: str, people: Sequence[PersonFound]) -> list[Speech]:
    """The quotations whose speaker is named beside them, or by a part of the name or the post of somebody named elsewhere."""
    found = []
    for match in _QUOTES.finditer(text):
        said = _SAID.match(text, match.end())
        if said is None:
            continue
        speaker = next((one.name for one in people if said.start("who") <= one.start < said.end("who")), None)
        if speaker is None:
            who = said["who"].strip().casefold()
            words = set(re.findall(r"[^\W\d_][\w'’ʻʼ‘-]{3,}", who))
            holders = {one.name for one in people if words & set(one.name.casefold().replace(".", " ").split())}
            holders = holders or {
                one.name for one in people if one.start < match.end() and (one.post or "").casefold().startswith(who)
            }
            speaker = holders.pop() if len(holders) == 1 else None
        if speaker is not None:
            found.append(Speech(match.start(), match.end(), speaker))
    return found
