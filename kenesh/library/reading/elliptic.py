"""Numbers without a noun of their own, which count what was named before: "68,300 nationals held a permit, compared with ⟨51,200⟩ in 2021"."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.library.reading import units

_PERSON = re.compile(rf"(?<!\w)(?:{units.PERSONS})(?!\w)", re.IGNORECASE)
_QUALIFIER = "|".join(words for _, words in units.QUALIFIERS_BEFORE)
_QUALIFIER_AFTER = "|".join(words for _, words in units.QUALIFIERS_AFTER)
_BEFORE = rf"(?:\s*(?:{_QUALIFIER})(?:\s(?:чем|в|на|the|a))*)?\s*$"
_LATE = r"годом (?:ранее|раньше)|(?:год|годы) назад|в прошлом году|(?:a|the|one) year (?:earlier|before|ago)|the (?:year before|previous year)|last year|previously|ранее|earlier"
_YEAR = r"(?:19|20)\d\d"
# Behind it the statement ends, or a year, a case or a verb follows.
_ALONE = re.compile(
    rf"\s*(?:(?:{_QUALIFIER_AFTER})(?!\w)\s*)?(?:$|[.,;)»”\"—–]|(?:{_LATE})(?!\w)|(?:in|at the (?:end|beginning) of|by|during|в|за|на начало|на конец|к концу|к)\s+{_YEAR}|(?:and|while|и|а|to|до)\s"
    r"|(?:(?:нафар|nafar|киши|kishi|адам|дона|адад|та|ta)(?:га|дан|ga|dan)?)?\s*(?:деп |деб |deb )?(?:бол\w+|бўл\w+|bo.l\w+|эле|эди|еді|edi|түз\w+|құра\w+|жет\w+|ет[дг]\w+|yet[dg]\w+|аш[тқк]\w+|ас(?:ты|ады|қан)\w*|osh[dg]\w+|ош[дг]\w+|тузди|tashkil|ташкил|расид\w*|мерасад|буд|аст|мебошад)(?!\w))",
    re.I,
)
_COMPARED = re.compile(
    r"(?:(?<!\w)(?:compared (?:with|to)|up from|down from|against|versus|than|from|to|or|against only|против|вместо|по сравнению с|с|от|до|после|чем|муқобили|дар муқоиса бо|аз|то|ба ҷойи)"
    rf"|{_YEAR}(?:[\s-]*(?:году|год|г\.|жылы|жылда|жылдары|жыл|yilda|yili|йилда|йили))?\s*[,:]?\s*(?:[–—-]|было|их было|(?:it|there|they) (?:was|were)|бул (?:сан|көрсөткүч)|бұл (?:сан|көрсеткіш)|bu ko.rsatkich|бу кўрсаткич|ин шумора|ин рақам)?"
    rf"|\(|(?:^|[,;–—:(])\s*(?:в|во|на|из|in|to|from|дар|ба|аз)?\s*[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ][\w’'ʻʼ‘-]+(?:\s[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ][\w’'ʻʼ‘-]+)?\s*[–—-]?|(?:^|[,;–—])\s*(?:ал эми|ал|а|но|esa|va|аммо|лекин|lekin|but|while|whereas|and)?(?:\s[^,;\d]{{0,60}},)?)\s*{_BEFORE}",
    re.I,
)
# The people whose number was spoken of: "the number at close to 2 million", "олардың саны 130 мыңға жуық".
_THEIR_NUMBER = re.compile(
    rf"(?<!\w)(?:(?:the|this|that|their) (?:number|figure|total)(?: (?:of (?:them|these|those|such) ?\w*))?|(?:их|этих|таких)\s(?:\w+\s)?(?:число|количество|численность)|(?:число|количество) (?:их|таких)|(?:алардын|олардын|олардың|мындайлардын|мұндайлардың) саны|(?:ularning|bundaylarning) soni|(?:уларнинг|бундайларнинг) сони|шумораи (?:онҳо|инҳо|ин гуна))"
    rf"(?:\s+(?:at|is|was|to be|stands at|stood at|reached|reaches|exceeds|exceeded|as|—|–|в|составля\w+|состави\w+|достига?\w+|превы\w+|to|ба|аз|\w+))?{_BEFORE}",
    re.I,
)
# "таких граждан не менее ⟨120 тыс.⟩"
_PEOPLE_BEFORE = re.compile(
    rf"(?<!\w)(?P<what>(?:(?:таких|этих|подобных|мындай|мұндай|bunday|бундай|such|these|чунин)\s+)?(?:{units.PERSONS}))\s*(?:[–—-]\s*)?{_BEFORE}",
    re.I,
)
_NEAR = 50  # times more or less that two numbers of the same thing may differ
_SMALLEST = 100


def is_alone(after: str) -> bool:
    """Whether no noun follows the number."""
    return _ALONE.match(after) is not None


def is_big(value: float, written: str) -> bool:
    """Whether a number may stand without its noun: a year may not, nor the number of a chapter."""
    return value >= _SMALLEST and re.fullmatch(r"(?:19|20)\d\d\s*", written) is None


def is_compared(before: str, after: str, value: float, previous: float) -> bool:
    """Whether the number is set against one that was told before it in the sentence, of the same thing."""
    near = previous and value / _NEAR <= previous <= value * _NEAR
    return bool(near) and is_alone(after) and _COMPARED.search(before) is not None


def is_their_number(before: str, after: str) -> bool:
    """Whether it is the number of people of whom was spoken before."""
    return is_alone(after) and _THEIR_NUMBER.search(before) is not None


def names_people(words: str) -> bool:
    """Whether the words name people."""
    return _PERSON.search(words) is not None


def people_before(before: str, after: str) -> str | None:
    """The people that stand before their number, where none stands behind it."""
    match = _PEOPLE_BEFORE.search(before) if is_alone(after) else None
    return match["what"] if match is not None else None
