"""Approved minutes as Akoma Ntoso 3.0 (OASIS Standard, 29 August 2018), for archives and other parliaments' programs.

Each language is an expression of one work. The work is named after the meeting's public code, so that the name stays when the node
moves to another address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree
from lxml.builder import ElementMaker

from kenesh.council.models import VoteChoice
from kenesh.council.papers.paper import Block, Count, Drawn, Paper, Text

MEDIA_TYPE = "application/akn+xml"
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# ISO 639-2, which the naming convention asks for.
_ALPHA_3 = {"ky": "kir", "ru": "rus", "uz": "uzb", "tg": "tgk", "kk": "kaz", "hy": "hye", "en": "eng"}
_NO_COUNTRY = "zz"  # ISO 3166 leaves it to users; Unicode's CLDR reads it as "unknown"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_AKN = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def as_xml(said: Paper, *, address: str) -> bytes:
    """The file. `address`: the public page of these minutes in this language. Raises ValueError for minutes that nobody approved."""
    with override(said.language):
        doc = _AKN.doc(_meta(said, address), _preface(said), _preamble(said), _body(said), _conclusions(said))
    doc.set("name", "minutes")
    doc.set("contains", "singleVersion")
    root = _AKN.akomaNtoso(doc)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _meta(said: Paper, address: str) -> Any:
    meta = _AKN.meta(_identification(said, address))
    votes = said.record.counts
    if votes:
        meta.append(_AKN.analysis(_AKN.parliamentary(*map(_voting, count(1), votes)), source="#body"))
    meta.append(_references(said, with_votes=bool(votes)))
    return meta


def _identification(said: Paper, address: str) -> Any:
    known = said.record
    if not known.approved_on:
        raise ValueError(f"minutes of meeting {known.code} are not approved")
    country = known.country.lower() or _NO_COUNTRY
    work = f"/akn/{country}/doc/minutes/{known.body}/{known.day}/{known.code}"
    language = _ALPHA_3[said.language]
    expression = f"{work}/{language}@{known.approved_on}"
    met, approved = (known.day, "meeting"), (known.approved_on, "approval")
    number = [_AKN.FRBRnumber(value=known.number)] if known.number else []
    return _AKN.identification(
        _AKN.FRBRWork(
            *_names(f"{work}/!main", work, *met),
            _AKN.FRBRcountry(value=country),
            _AKN.FRBRsubtype(value="minutes"),
            *number,
            _AKN.FRBRname(value=said.title.words),
        ),
        _AKN.FRBRExpression(
            *_names(f"{expression}/!main", expression, *approved, alias=address), _AKN.FRBRlanguage(language=language)
        ),
        _AKN.FRBRManifestation(
            *_names(f"{expression}/!main.xml", f"{expression}.akn", *approved), _AKN.FRBRformat(value=MEDIA_TYPE)
        ),
        source="#node",
    )


def _names(this: str, uri: str, day: str, event: str, *, alias: str = "") -> list[Any]:
    aliases = [_AKN.FRBRalias(value=alias, name="page")] if alias else []
    return [
        _AKN.FRBRthis(value=this),
        _AKN.FRBRuri(value=uri),
        *aliases,
        _AKN.FRBRdate(date=day, name=event),
        _AKN.FRBRauthor(href="#body"),
    ]


def _voting(number: int, voted: Count) -> Any:
    key = f"voting_{number}"
    counts = {"for": voted.votes_for, "against": voted.votes_against, "abstain": voted.abstained}
    return _AKN.voting(
        _AKN.quorum(value=str(voted.present), eId=f"{key}__quorum_1"),
        *(
            _AKN.count(value=str(many), refersTo=f"#{choice}", eId=f"{key}__count_{place}")
            for place, (choice, many) in enumerate(counts.items(), 1)
        ),
        eId=key,
        outcome="#adopted" if voted.is_adopted else "#rejected",
    )


def _references(said: Paper, *, with_votes: bool) -> Any:
    known = said.record

    def concept(key: str, words: str) -> Any:
        return _AKN.TLCConcept(eId=key, href=f"/akn/ontology/concept/{key}", showAs=words)

    roles = [_AKN.TLCRole(eId=one.role, href=f"/akn/ontology/role/{one.role}", showAs=one.title) for one in said.signatures]
    # A person has no public code: hers is her place in these minutes.
    persons = [
        _AKN.TLCPerson(eId=f"{one.role}-person", href=f"/akn/ontology/person/{known.code}-{one.role}", showAs=one.name)
        for one in said.signatures
        if one.name
    ]
    asked = {f"organisation-{house.uid}": house for house in known.houses}
    houses = [
        _AKN.TLCOrganization(eId=key, href=f"/akn/ontology/organization/{house.uid}", showAs=house.name)
        for key, house in asked.items()
    ]
    concepts = (
        [
            concept("adopted", _("Adopted")),
            concept("rejected", _("Not adopted")),
            *(concept(choice.value, str(choice.label)) for choice in VoteChoice),
        ]
        if with_votes
        else []
    )
    return _AKN.references(
        _AKN.TLCOrganization(eId="node", href=f"/akn/ontology/organization/{settings.NODE_ID}", showAs=settings.NODE_ID),
        _AKN.TLCOrganization(eId="body", href=f"/akn/ontology/organization/{known.body}", showAs=said.body.words),
        *houses,
        *persons,
        *roles,
        *concepts,
        source="#node",
    )


def _preface(said: Paper) -> Any:
    day = said.record.day
    preface = _AKN.preface(
        _AKN.p(_AKN.docCommittee(said.body.words, refersTo="#body")),
        _AKN.p(_AKN.docType(said.heading)),
        _AKN.p(_AKN.docTitle(said.title.words)),
    )
    for place, (label, fact) in enumerate(said.facts):
        words: Any = _AKN.docDate(fact.words, date=day) if place == 0 else fact.words  # the first fact is the day
        preface.append(_AKN.p(_AKN.b(f"{label}:"), " ", words))
    return preface


def _preamble(said: Paper) -> Any:
    keys = count(1)
    there = [_AKN.p(_AKN.b(said.attendance))]
    for group in said.present:
        there.append(_AKN.p(group.heading))
        if group.listed:
            there.append(_list(_AKN.ul, group.listed))
    agenda = [_AKN.p(_AKN.b(_("Agenda"))), *([_list(_AKN.ol, said.agenda)] if said.agenda else [])]
    return _AKN.preamble(
        *(
            _AKN.container(*inside, name=name, eId=f"preamble__container_{next(keys)}")
            for name, inside in (("attendance", there), ("agenda", agenda))
        )
    )


def _list(maker: Any, lines: Iterable[str | Text]) -> Any:
    return maker(*(_AKN.li(line) if isinstance(line, str) else _in_language(_AKN.li(line.words), line) for line in lines))


def _body(said: Paper) -> Any:
    parts = [_point(point) for point in said.points]
    if said.remarks:
        content = _AKN.content(*_paragraphs(said.remarks), eId="remarks__content")
        parts.append(_AKN.hcontainer(_AKN.heading(_("Remarks")), content, name="remarks", eId="remarks"))
    return _AKN.mainBody(*parts or [_AKN.p(_("The agenda has no points yet."))])


def _point(point: Drawn) -> Any:
    key = f"point_{point.number}"
    heading = _in_language(_AKN.heading(point.title.words), point.title)
    blocks = [_block(block, f"{key}__{block.kind}_{number}") for number, block in enumerate(point.blocks, 1)]
    if not point.number:
        return _AKN.hcontainer(heading, *blocks, name="outsideAgenda", eId=key)
    return _AKN.hcontainer(_AKN.num(f"{point.number}."), heading, *blocks, name="agendaItem", eId=key)


def _block(block: Block, key: str) -> Any:
    inside = [paragraph for said in block.texts for paragraph in _paragraphs(said)]
    if block.listed:
        inside.append(_list(_AKN.ul, block.listed))
    if block.rows:
        inside.append(_table(block))
    if block.note:
        inside.append(_AKN.p(_AKN.outcome(block.note)))
    content = _AKN.content(*inside or [_AKN.p()], eId=f"{key}__content")
    return _AKN.hcontainer(_AKN.heading(block.label), content, name=block.kind, eId=key)


def _table(block: Block) -> Any:
    heads = _AKN.tr(*(_AKN.th(_AKN.p(heading)) for heading in block.headings))
    return _AKN.table(
        heads, *(_AKN.tr(*(_AKN.td(*(list(_paragraphs(cell)) or [_AKN.p()])) for cell in row)) for row in block.rows)
    )


def _paragraphs(said: Text) -> Iterator[Any]:
    return (_in_language(_AKN.p(line), said) for line in said.lines)


def _in_language(element: Any, said: Text) -> Any:
    element.set(_XML_LANG, said.language)
    return element


def _conclusions(said: Paper) -> Any:
    conclusions = _AKN.conclusions(_AKN.p(said.status))
    for one in said.signatures:
        line = _AKN.p(_AKN.role(one.title, refersTo=f"#{one.role}"))
        if one.name:
            named = {"refersTo": f"#{one.role}-person", "as": f"#{one.role}"}
            line.append(_AKN.signature(_AKN.person(one.name, **named)))
        if one.signed:
            line.append(_AKN.span(f" ({one.signed})"))
        conclusions.append(line)
    conclusions.append(_AKN.p(said.authentic))
    return conclusions
