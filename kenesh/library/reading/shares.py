"""Shares that are told in whole persons: "every seventh person", «каждый седьмой мигрант», "one in five workers"."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator, Sequence

from kenesh.library.reading import units
from kenesh.library.reading.spans import Line

# By what they are divided: 2 to 10, in the words of each language.
_OF = (
    (2, r"второ\w+|вторая|second|two|экинчи|екінші|ikkinchi|иккинчи|дуюм|дувум"),
    (3, r"трет\w+|third|three|үчүнчү|үшінші|uchinchi|учинчи|сеюм"),
    (4, r"четв[её]рт\w+|fourth|four|төртүнчү|төртінші|to.rtinchi|тўртинчи|чорум|чаҳорум"),
    (5, r"пят\w+|fifth|five|бешинчи|бесінші|beshinchi|панҷум"),
    (6, r"шест\w+|sixth|six|алтынчы|алтыншы|oltinchi|олтинчи|шашум"),
    (7, r"седьм\w+|seventh|seven|жетинчи|жетінші|yettinchi|еттинчи|ҳафтум"),
    (8, r"восьм\w+|eighth|eight|сегизинчи|сегізінші|sakkizinchi|саккизинчи|ҳаштум"),
    (9, r"девят\w+|ninth|nine|тогузунчу|тоғызыншы|to.qqizinchi|тўққизинчи|нӯҳум"),
    (10, r"десят\w+|tenth|ten|онунчу|оныншы|o.ninchi|ўнинчи|даҳум"),
)
_EVERY = r"кажд(?:ый|ая|ого|ому|ым|ой|ую)|every|each|(?:one|1) in (?:every )?|ар бир|ар|әрбір|әр|har bir|har|ҳар бир|ҳар"
_SHARE = re.compile(
    rf"(?<!\w)(?P<share>(?:{_EVERY})[ ]?(?:{'|'.join(f'(?P<n{number}>{words})' for number, words in _OF)}|(?P<digits>\d{{1,3}})(?:-\w{{1,3}}|th|rd|nd)?)(?:ин)?)"
    rf"(?:(?P<between>(?:[ ][\w’'-]+){{0,4}}?)[ ](?P<who>{units.PERSONS})(?!\w)|(?P<them>(?:(?:[сc][иіуү]|[sс]i)|ы|і)(?!\w)|[ ](?:из них|из этих|из этого числа|of them|of these|of those|аз онҳо|аз инҳо)(?!\w))(?:\s*[–—-]\s*(?P<are>[^,.;:\n()]{{3,60}}))?)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?<!\w)(?:и|а|and|in which|что|который|день|раз|day|week|year|time|год|месяц|күн|жыл|kun|yil|рӯз|сол)(?!\w)", re.I
)


def find_shares(sentence: Line, before: Sequence[tuple[int, str | None]] = ()) -> Iterator[tuple[int, int, int, str | None, str]]:
    """Start and end of each share, of how many it is one, the words that say of whom, and the unit.

    `before`: the places of the figures before it with their units, of which a share "of them" is.
    """
    for match in _SHARE.finditer(sentence.text):
        divided = int(match["digits"]) if match["digits"] else next(number for number, _ in _OF if match[f"n{number}"])
        if divided < 2 or _OTHERS.search(match["between"] or ""):
            continue
        start = sentence.start + match.start("share")
        end = start + len(match["share"])
        if match["who"]:
            yield start, end, divided, re.sub(r"\s+", " ", match[0]), "persons"
            continue
        unit = next((unit for place, unit in reversed(before) if place < start and unit not in (None, "percent")), None)
        if unit is not None and not unit.isupper():
            yield start, end, divided, match["are"] and match["are"].strip(), unit
