"""What somebody says must be done, and what a meeting agreed to do: a recommendation perhaps, which a person decides."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator, Sequence

from kenesh.library.reading.recommendations import Recommendation
from kenesh.library.reading.spans import sentences_of
from kenesh.library.reading.speech import Speech

# Within what a named person is quoted with.
_MUST = re.compile(
    r"\b(?:must|should|has to|have to|needs? to) be \w+(?:ed|en|t)\b"
    r"|(?<!\w)(?:необходимо|следует|нужно|надо) (?:\w+ ){0,3}?[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w)|(?<!\w)должн[аоы]? быть [а-яё]{4,}(?!\w)"
    r"|(?:уу|үү|оо|өө|шы|ші|ы|і|sh|ш|moq|моқ)\w{0,3} (?:керек|зарыл|қажет|тийиш|тиіс|kerak|zarur|lozim|керак|зарур|лозим)(?!\w)"
    r"|(?<!\w)(?:бояд|(?:лозим|зарур) аст)(?!\w)",
    re.I,
)
_AGREED = re.compile(
    r"(?:participants|parties|sides|delegations|members|experts) (?:\w+ ){0,2}agreed to (?P<english>[a-z][^.!?\n]{12,300})"
    r"|(?:участники|стороны|делегации|члены совета|эксперты) (?:\w+ ){0,3}(?:договорились|согласились|условились) (?P<russian>[а-яё]{2,}(?:ть|ться|ти|чь)(?!\w)[^.!?\n]{8,300})"
    r"|(?:катышуучулар|тараптар|эксперттер|қатысушылар|сарапшылар|ishtirokchilar|tomonlar|иштирокчилар|томонлар) (?P<turkic>[^.!?\n]{12,300}?(?:уу|үү|оо|өө|у|ю|sh|ш)(?:га|гө|го|ге|ға|ga)) (?:макулдаш|келиш|келіс|уағдалас|kelish|келиш)\w+"
    r"|(?:иштирокчиён|тарафҳо|ҷонибҳо|коршиносон) мувофиқа карданд, ки (?P<tajik>[^.!?\n]{12,300})",
    re.I,
)


def find_needs(text: str, speeches: Sequence[Speech], known: Sequence[Recommendation]) -> list[Recommendation]:
    """Each with no addressee and not sure; not what is `known` already."""
    spans = [(one.start, one.end) for one in known]
    return [one for one in _needs(text, speeches) if all(one.end <= start or end <= one.start for start, end in spans)]


def _needs(text: str, speeches: Sequence[Speech]) -> Iterator[Recommendation]:
    for speech in speeches:
        quoted = text[speech.start + 1 : speech.end - 1]
        for sentence in sentences_of(quoted):
            if _MUST.search(sentence.text):
                yield _unsure(text, speech.start + 1 + sentence.start, speech.start + 1 + sentence.end)
    for match in _AGREED.finditer(text):
        yield _unsure(text, *match.span(str(match.lastgroup)))


def _unsure(text: str, start: int, end: int) -> Recommendation:
    words = text[start:end].rstrip(" ,;")
    return Recommendation(re.sub(r"\s*\n\s*", " ", words), None, None, start, start + len(words), sure=False)
