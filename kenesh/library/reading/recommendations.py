"""Recommendations: items of a list under a heading that calls them so, and sentences in which somebody recommends something.

The addressee is the office that the text names, or null; "State party" stays as it is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading import asking as words
from kenesh.library.reading import russian
from kenesh.library.reading.organisations import Told
from kenesh.library.reading.spans import Line, Span, lines_of, sentences_of


@dataclass(frozen=True)
class Recommendation:
    """What is recommended and to whom; the number where it stands in a list.

    Not `sure`: it may be what one person suggests to another, not what a meeting or a body asks of an office.
    """

    text: str
    addressee: str | None
    number: str | None
    start: int
    end: int
    sure: bool = True


def find_recommendations(text: str, told: Sequence[Told], listed: Collection[int] = ()) -> list[Recommendation]:
    """All recommendations in order. `listed` are places where the markup of a page begins list items without a number.

    `told`: mentions of organisations; those that are asked are the addressees.
    """
    in_lists, covered = _of_lists(text, told, listed)
    in_sentences = [one for one in _of_sentences(text, told) if not any(start <= one.start < end for start, end in covered)]
    return sorted([*in_lists, *in_sentences], key=lambda one: one.start)


# --- lists ----------------------------------------------------------------------------------------------------------
def _of_lists(text: str, told: Sequence[Told], listed: Collection[int]) -> tuple[list[Recommendation], list[Span]]:
    found: list[Recommendation] = []
    covered: list[Span] = []
    inside = False
    paragraph: str | None = None  # the number of the paragraph whose parts follow
    addressee: str | None = None
    counted = lettered = False  # whether its items have numbers or letters; whether letters
    lines = lines_of(text)
    for index, line in enumerate(lines):
        match = words.ITEM.fullmatch(line.text)
        marked = match is not None or line.start in listed
        if _opens(line, match, lines[index + 1] if index + 1 < len(lines) else None, listed):
            inside, counted, lettered, paragraph = True, False, False, match["number"] if match else None
            addressee = _party(line.text) or _addressee(told, line.start, line.end)
            covered.append((line.start, line.end))
        elif inside and match is not None and (words.NOTE.match(line.text) or (counted and _is_note(match, lines[index - 1]))):
            inside = False
        elif inside and paragraph and match is not None and match["number"] and lettered:
            inside = False  # the next paragraph
        elif inside and marked:
            lettered = lettered or (match is not None and match["letter"] is not None)
            counted = counted or (match is not None and match["dash"] is None)
            one = _listed_item(text, line, match, told, paragraph, addressee)
            explicit = words.AHEAD.search(line.text) if words.CONCERN.search(line.text) is None else None
            if words.CONCERN.search(line.text):
                pass
            elif explicit is not None and match is not None and match["number"]:
                clauses = _after_verb(text, line, explicit, told)
                found += [replace(clause, number=match["number"], addressee=clause.addressee or addressee) for clause in clauses]
            elif words.COLON.search(one.text) and len(one.text) < 90 and _addressee(told, one.start, one.end):
                addressee = _addressee(told, one.start, one.end)
            else:
                found.append(one)
            covered.append((line.start, line.end))
        elif inside and words.COLON.search(line.text) and len(line.text) < 120 and (_party(line.text) or _addressed(told, line)):
            addressee = _party(line.text) or _addressed(told, line)
        elif inside and found and _goes_on(text, found[-1], line):
            last = found[-1]
            found[-1] = replace(last, text=f"{last.text} {line.text}", end=line.end)
            covered.append((line.start, line.end))
        else:
            inside = False
    return found, covered


def _is_note(match: re.Match[str], before: Line) -> bool:
    """Whether a line with a star behind items with numbers is a note: what a colon announces are parts of an item."""
    return match["dash"] == "*" and not words.COLON.search(before.text) and not before.text.startswith("*")


def _opens(line: Line, match: re.Match[str] | None, following: Line | None, listed: Collection[int]) -> bool:
    """Whether the line is the heading of a list of recommendations, or the sentence that its parts complete."""
    if words.COLON.search(line.text) and words.CALLS.search(line.text) and not words.CONCERN.search(line.text):
        return True
    if not words.HEAD.search(line.text):
        return False
    if words.COLON.search(line.text):
        return True
    short = line.words <= 6 and not re.search(r"[.;,?!]$", line.text) and (match is None or match["number"] is not None)
    return short and following is not None and (words.ITEM.fullmatch(following.text) is not None or following.start in listed)


def _listed_item(
    text: str, line: Line, match: re.Match[str] | None, told: Sequence[Told], paragraph: str | None, addressee: str | None
) -> Recommendation:
    start, number = line.start, None
    if match is not None:
        group = "text" if match["number"] else "part" if match["letter"] else "bare"
        start = line.start + match.start(group)
        letter = f"({match['letter'].strip('()')})" if match["letter"] else ""
        number = match["number"] or (f"{paragraph or ''}{letter}" if letter else None)
    own = _party(text[start : line.end][:60]) or _addressee(told, start, line.end)
    begin = start + 3 if text.startswith(("Ба ", "ба "), start) else start
    asked = next((one for one in told if one.start == begin and re.match(r"\w{0,4}\s*[:–—-]\s", text[one.end : line.end])), None)
    if asked is not None and not words.COLON.search(line.text):
        start = asked.end + len(re.match(r"\w{0,4}\s*[:–—-]\s*", text[asked.end : line.end])[0])  # type: ignore[index]
    piece = words.LIST_END.sub("", text[start : line.end])
    return Recommendation(piece, own or addressee, number, start, start + len(piece))


def _goes_on(text: str, last: Recommendation, line: Line) -> bool:
    return text[last.end : line.start].count("\n") == 1 and line.text[0].islower() and not re.search(r"[.;!?]$", last.text)


def _addressee(told: Sequence[Told], start: int, end: int) -> str | None:
    """The organisation within the span that is asked to act, else the one at its very start before a dash or a colon."""
    return next((one.name for one in told if start <= one.start < end and (one.role == "addressee" or one.start == start)), None)


def _addressed(told: Sequence[Told], line: Line) -> str | None:
    return next((one.name for one in told if line.start <= one.start < line.end), None)


def _party(text: str) -> str | None:
    match = words.PARTY.search(text)
    if match is None:
        return None
    small = match[0].casefold().removeprefix("the ")
    return next(name for stem, name in words.PARTY_NAMES if small.startswith(stem))


# --- sentences ------------------------------------------------------------------------------------------------------
def _of_sentences(text: str, told: Sequence[Told]) -> Iterator[Recommendation]:
    asking: int | None = None  # where the line begins in which a body recommended something for sure
    for sentence in sentences_of(text):
        verbs = [verb for verb in words.BEHIND.finditer(sentence.text) if not _describes(sentence.text, verb)]
        ahead = next((verb for verb in words.AHEAD.finditer(sentence.text) if not _refers(sentence.text, verb)), None)
        verb = verbs[-1] if verbs else ahead
        line = text.rfind("\n", 0, sentence.start) + 1
        number = words.NUMBER.match(text, line)
        if verb is None and asking == line and words.SHOULD.search(sentence.text) and not words.CONCERN.search(sentence.text):
            piece = words.LIST_END.sub("", sentence.text)
            yield Recommendation(piece, None, number[1] if number else None, sentence.start, sentence.start + len(piece))
        if verb is None or words.EARLIER.search(sentence.text, 0, verb.start()):
            continue
        told_here = _before_verb(text, sentence, verbs[-1], told) if verbs else _after_verb(text, sentence, verb, told)
        if verbs or not words.COLON.search(sentence.text):
            for one in _weighed(told_here, sentence, verb, told):
                asking = line if one.sure else asking
                yield replace(one, number=number[1] if number else None)


def _refers(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the verb tells of what was recommended at another time or place."""
    if not words.HAS_RECOMMENDED.search(verb[0]):
        return False
    before, after = sentence[: verb.start()], sentence[verb.end() : verb.end() + 120]
    passive = re.match(r"(?:was|were)\b", verb[0], re.I) is not None
    return bool(
        words.REFERRED.search(before)
        or (passive and words.BY_OTHERS.match(after))
        or words.IN_EARLIER_PAPER.search(after[:60])
        or (words.IN_EARLIER_PAPER.search(before) and not re.search(r"[,;] ", before))
    )


def _describes(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a participle before a noun describes it: "tavsiya etilgan choralar"."""
    return words.PARTICIPLE.search(verb[0]) is not None and words.STOPS.match(sentence, verb.end()) is None


def _weighed(
    found: Iterator[Recommendation], sentence: Line, verb: re.Match[str], told: Sequence[Told]
) -> Iterator[Recommendation]:
    """Sure is what an office is asked to do, and what many or a body recommend; what one person asks another is left out."""
    weak = words.WEAK.match(verb[0]) is not None
    spoken = sentence.text[: verb.start()]
    resolved = not re.search(r"[^\W\d_]{2}", spoken)  # "1. Просить …": the words of a decision
    by_many = resolved or words.MANY.search(spoken) is not None
    by_body = any(sentence.start <= one.start < sentence.start + verb.start() for one in told)
    after = sentence.text[verb.end() :]
    for one in found:
        if one.addressee is None and words.OFFERS.match(verb[0]) and not by_many:
            continue
        if one.addressee is None and weak and (words.INVITES.search(one.text) or (not by_many and _private(one.text, after))):
            continue
        many = by_many if weak else by_many or by_body
        yield replace(one, sure=one.addressee is not None or resolved or (many and not weak))


def _private(said: str, after: str) -> bool:
    return bool(_asks_a_person(after) or words.TO_AN_EVENT.match(after) or words.TO_PEOPLE.search(said))


def _asks_a_person(after: str) -> bool:
    """Whether the first noun behind a Russian verb is a person without office: «предложил мигранту заплатить»."""
    for match in words.WORD.finditer(after[:60]):
        if russian.is_verb(match[0]):
            return False
        if russian.is_noun(match[0]) or russian.is_person(match[0]):
            return russian.is_person(match[0]) and words.OFFICIAL.match(match[0]) is None
    return False


def _after_verb(text: str, sentence: Line, verb: re.Match[str], told: Sequence[Told]) -> Iterator[Recommendation]:
    """ "The Committee recommends that the State party ⟨ratify …⟩"; one for each addressee of the sentence."""
    begin, end = sentence.start + verb.end(), sentence.end
    if (verb["russian"] and _only_named(text[begin:end])) or words.REPORTING.search(text, begin, end):
        return
    if words.QUOTED.match(text, begin, end):
        return
    if turned := words.TURNED_TO.search(text, begin, end):
        yield from _told(text, turned.end(), end, next((one.name for one in told if begin <= one.start < turned.start()), None))
        return
    asked = [
        (one.start, one.end, one.name)
        for one in told
        if begin <= one.start < end and one.role == "addressee" and not words.PASSIVE.match(text, one.end, end)
    ]
    party = words.PARTY.search(text, begin, min(end, begin + 60))
    if party is not None:
        asked = [(party.start(), party.end(), _party(party[0]) or party[0])]
    before = [
        one
        for one in told
        if sentence.start <= one.start < begin and (one.role == "addressee" or (verb["tajik"] and _after_ba(text, one.start)))
    ]
    if not asked:
        body = next(_bodies(text, sentence.start, sentence.start + verb.start()), None) if not verb["english"] else None
        name = before[-1].name if before else body[2] if body else _party(text[sentence.start : begin])
        if name is None and verb["russian"]:
            after = next(((stop, body) for _, stop, body in _bodies(text, begin, min(end, begin + 40))), None)
            begin, name = after or _in_dative(text, begin, end) or (begin, None)
        yield from _told(text, begin, end, name)
        return
    for index, (_, stop, name) in enumerate(asked):
        limit = asked[index + 1][0] if index + 1 < len(asked) else end
        yield from _told(text, stop, limit, name)


def _in_dative(text: str, begin: int, end: int) -> tuple[int, str] | None:
    """Whom a Russian verb asks, and where the infinitive begins: «поручить ⟨рабочей группе⟩ составить»."""
    match = words.WHOM.match(text, begin, end)
    asked = match["whom"].split() if match else []
    head = next((number for number, word in enumerate(asked) if not russian.is_adjective(word)), None)
    if match is None or head is None or not all(russian.may_be(word, "datv") for word in asked[: head + 1]):
        return None
    named = russian.in_nominative(asked[: head + 1])
    if head == 0 and named[0] == asked[0]:
        named = [russian.plural_in_nominative(asked[0], "datv")]
    if named[-1] == asked[head] or (russian.is_person(asked[head]) and not words.OFFICIAL.match(asked[head])):
        return None
    return match.end(), " ".join([*named, *asked[head + 1 :]])


def _only_named(rest: str) -> bool:
    """Whether only a thing is recommended and nothing to do: no infinitive follows, no clause."""
    return re.search(r"(?<!\w)(?:[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w)|чтобы|не допуск)", rest) is None


def _before_verb(text: str, sentence: Line, verb: re.Match[str], told: Sequence[Told]) -> Iterator[Recommendation]:
    """ "Катышуучулар Министрликке ⟨консулдук ачууну⟩ сунушташты": what stands before the verb and after the addressee."""
    begin, end = sentence.start, sentence.start + verb.start()
    subject = words.SUBJECT.match(text[begin:end])
    begin += subject.end() if subject else 0
    asked = [one for one in told if begin <= one.start < end and (one.role == "addressee" or _is_dative(text, one.end))]
    party = words.PARTY.search(text, begin, end)
    name = _party(party[0]) if party else None
    body = next(_bodies(text, begin, end), None)
    if asked and (body is None or asked[0].start <= body[0]):
        name, begin = asked[0].name, _past_ending(text, asked[0].end)
    elif body:
        _, begin, name = body
    elif party:
        begin = party.end()
    elif many := words.MANY_ASKED.search(text, begin, end):
        name, begin = many["name"], many.end()
    yield from _told(text, begin, end, name)


def _after_ba(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].casefold() == "ба "


def _bodies(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Public bodies in the dative, with their places, named with a capital as they stand alone."""
    for match in words.BODY.finditer(text, begin, end):
        if match["tajik"]:
            yield match.start(), match.end(), match["tajik"]
        elif match["name"]:
            yield match.start(), match.end(), match["name"][:1].upper() + match["name"][1:]
        else:
            name = words.RUSSIAN_BODIES[match["russian"].casefold()]
            yield match.start(), match.end(), " ".join(filter(None, [name[:1].upper() + name[1:], match["of"]]))


_DATIVE = re.compile(r"(?:[гқк][аеоө]|[ғ]а|не|на|нө|ga|ka|qa|га)(?!\w)")


def _is_dative(text: str, end: int) -> bool:
    return _DATIVE.match(text, end) is not None


def _past_ending(text: str, end: int) -> int:
    match = re.compile(r"\w*").match(text, end)
    return match.end() if match else end


def _told(text: str, begin: int, end: int, addressee: str | None) -> Iterator[Recommendation]:
    opening = words.OPENING.match(text[begin:end])
    begin += opening.end() if opening else 0
    closing = words.CLOSING.search(text[begin:end])
    stop = begin + closing.start() if closing else end
    if stop - begin >= words.SHORTEST:
        yield Recommendation(re.sub(r"\s*\n\s*", " ", text[begin:stop]), addressee, None, begin, stop)
