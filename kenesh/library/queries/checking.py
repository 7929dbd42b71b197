"""Reads for those who check what was found: the findings of a document with what is proposed and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models.fields.json import KeyTextTransform
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import findings
from kenesh.kernel.findings import SURE, Candidate, Finding, Input, Proposed, Taker, Words
from kenesh.library.models import Confirmation, Document
from kenesh.library.proposals import Proposals, by_hand, is_partial_date, spans_of
from kenesh.library.wording import when
from kenesh.people.findings import ROLES
from kenesh.people.models import User

FACTS_BEFORE = 10  # takers with a lower order take facts of the document itself


def taken_from(document: Document) -> dict[str, tuple[str, ...]]:
    """Field → the rows that findings of the document have become."""
    taken: dict[str, tuple[str, ...]] = {}
    rows = Confirmation.objects.filter(document=document).exclude(target="").order_by("pk")
    for name, target in rows.values_list("field", "target"):
        taken[name] = (*taken.get(name, ()), target)
    return taken


def proposals_of(document: Document) -> Proposals:
    """The findings of a document that is being checked, which follow what was decided on others of them."""
    places = Confirmation.objects.filter(document=document, field="places").order_by("pk").values_list("key", "confirmed")
    return Proposals(document, taken_from(document), dict(places))


def names_confirmed(field: str) -> dict[str, list[tuple[str, str]]]:
    """Under which names people confirmed each row in documents, with the language of the document."""
    rows = Confirmation.objects.filter(field=field).exclude(target="").annotate(name=KeyTextTransform("name", "confirmed"))
    found: dict[str, list[tuple[str, str]]] = {}
    for target, language, name in rows.order_by("target").values_list("target", "document__language", "name").distinct():
        if name:
            found.setdefault(target, []).append((language, name))
    return found


def document_to_check(code: str) -> Document:
    """Raises Http404."""
    document = Document.objects.select_related("checked_by", "resembles", "first").filter(code=code).first()
    if document is None:
        raise Http404
    return document


@dataclass(frozen=True)
class Line:
    """One finding as the page shows it: proposed, or decided."""

    finding: Finding
    proposed: Proposed
    inputs: Sequence[Input]
    decided: Confirmation | None = None
    address: str = ""  # of the row that it became

    @property
    def shown(self) -> list[tuple[Words, str]]:
        """The facts that are known, as label and words."""
        facts, taker = self.proposed.facts, findings.taker_of(self.finding.field)
        told: list[tuple[Words, str]] = []
        alone = [each for each in self.inputs if facts.get(each.name)]
        if isinstance(taker, findings.Telling):
            told = [(alone[0].label, taker.in_words(facts))] if alone else []
            alone = [each for each in alone if each.name not in taker.told]
        return [*told, *((each.label, _words(each, facts[each.name])) for each in alone)]

    @property
    def state(self) -> str:
        return self.decided.outcome if self.decided else "waiting"

    @property
    def headline(self) -> str:
        """The first fact, or what the finding has in its place."""
        return self.shown[0][1] if self.shown else str(self.finding.title)

    @property
    def rest(self) -> list[tuple[Words, str]]:
        return self.shown[1:]

    @property
    def is_sure(self) -> bool:
        return is_sure(self.finding, self.proposed, self.inputs)

    @property
    def chosen(self) -> str | None:
        """The row that is proposed, "" for a new one; None when a person has to choose."""
        return chosen(self.proposed)

    @property
    def can_look(self) -> bool:
        """Whether a person can look for another record than those that are proposed."""
        return isinstance(findings.taker_of(self.finding.field), findings.Choosing)

    @property
    def candidates(self) -> Sequence[Candidate]:
        return self.proposed.candidates


def _words(each: Input, value: str) -> str:
    if each.kind == "choice":
        return str(next((label for known, label in each.choices if known == value), value))
    if each.kind == "day" and is_partial_date(value):
        return when(value, "")
    return value


def chosen(proposed: Proposed) -> str | None:
    """A single likely row is proposed, a new one where there is none at all; between several a person chooses."""
    likely = [candidate for candidate in proposed.candidates if candidate.score >= SURE]
    if len(likely) == 1:
        return likely[0].target
    return None if proposed.candidates else ""


def is_sure(finding: Finding, proposed: Proposed, inputs: Iterable[Input]) -> bool:
    """Whether it can be taken with all the others: the reading had no doubt, nothing is missing, and it is clear which row it is."""
    complete = all(proposed.facts.get(each.name) for each in inputs if each.required)
    return finding.sure and complete and chosen(proposed) is not None


@dataclass(frozen=True)
class Group:
    """The findings of one field."""

    taker: Taker
    lines: list[Line] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(line.decided is None for line in self.lines)


@dataclass(frozen=True)
class Section:
    """A card of the page: the facts of the document together, each other group by itself."""

    name: str
    label: Words
    lines: list[tuple[Words, Line]]  # with the label of the field where the card has several

    @property
    def waiting(self) -> int:
        return sum(line.decided is None for _label, line in self.lines)


@dataclass(frozen=True)
class Check:
    """Everything that is shown beside a document."""

    groups: list[Group]

    @property
    def sections(self) -> list[Section]:
        facts = [(group.taker.label, line) for group in self.groups if group.taker.order < FACTS_BEFORE for line in group.lines]
        others = [
            Section(group.taker.field, group.taker.label, [("", line) for line in group.lines])
            for group in self.groups
            if group.taker.order >= FACTS_BEFORE
        ]
        return [Section("document", _("About the document"), facts), *others] if facts else others

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.decided is None]

    @property
    def sure(self) -> list[Line]:
        return [line for line in self.waiting if line.is_sure]

    def after(self, key: str) -> str:
        """The finding on which to decide next: the first waiting one behind this, else the first of all, else this one."""
        keys = [line.finding.key for line in self.lines]
        place = keys.index(key) if key in keys else 0
        waiting = [line.finding.key for line in self.waiting]
        behind = [each for each in waiting if keys.index(each) > place]
        return next(iter(behind or waiting), key)


def check_of(document: Document, user: User) -> Check:
    """The findings in groups, with what is proposed for each and what was decided: a number of queries that does not grow with them."""
    proposals = proposals_of(document)
    decided = {
        each.key: each for each in Confirmation.objects.filter(document=document).select_related("decided_by").order_by("pk")
    }
    groups = []
    for taker in findings.takers():
        found = proposals.of(taker.field)
        added = [each for each in decided.values() if each.field == taker.field and each.key not in proposals.by_key]
        if found or added:
            groups.append(Group(taker, _lines(taker, found, added, decided, document, user)))
    groups = [group for group in groups if group.lines]
    return Check(groups)


def _lines(
    taker: Taker,
    found: list[Finding],
    added: list[Confirmation],
    decided: Mapping[str, Confirmation],
    document: Document,
    user: User,
) -> list[Line]:
    inputs = taker.inputs(user)
    waiting = [finding for finding in found if finding.key not in decided]
    proposed = dict(zip((finding.key for finding in waiting), taker.propose(waiting, user), strict=True))
    addresses = taker.addresses([each.target for each in decided.values() if each.field == taker.field and each.target], user)
    lines = []
    for finding in [*found, *(_of_confirmation(each, document) for each in added)]:
        confirmation = decided.get(finding.key)
        if confirmation is None:
            if proposed[finding.key].candidates or not finding.optional:
                lines.append(Line(finding, proposed[finding.key], inputs))
            continue
        facts = findings.as_facts(confirmation.confirmed or confirmation.read, inputs)
        lines.append(Line(finding, Proposed(facts), inputs, confirmation, addresses.get(confirmation.target, "")))
    return lines


def _of_confirmation(confirmation: Confirmation, document: Document) -> Finding:
    at = spans_of(confirmation.confirmed.get("at"))
    return by_hand(document, confirmation.field, confirmation.key, taken={}, at=at)


def line_of(document: Document, key: str, user: User) -> Line:
    """One finding that waits, to be corrected. Raises Http404."""
    finding = proposals_of(document).by_key.get(key)
    if finding is None:
        raise Http404
    taker = findings.taker_of(finding.field)
    decided = Confirmation.objects.filter(document=document, key=key).select_related("decided_by").first()
    return Line(finding, taker.propose([finding], user)[0], taker.inputs(user), decided)


def documents_of(target: str) -> list[Document]:
    """Documents out of which this row was taken, or was recognised in, the newest first."""
    rows = Document.objects.light().filter(confirmations__target=target, taken_out_at=None).distinct()
    return list(rows.order_by("-pk")[:20])


Names = list[tuple[str, str]]  # with the language of each


def who_took_part(documents: Sequence[Document]) -> list[tuple[Words, Names]]:
    """What people confirmed in these documents of who did what: a label, such as "organised it", and whose names; persons last."""
    kept = Confirmation.objects.filter(document__in=documents, field__in=("organisations", "persons")).exclude(
        outcome=Confirmation.Outcome.REJECTED
    )
    rows = kept.order_by("pk").values_list("field", "confirmed", "document__language")
    found: dict[str, Names] = {}
    for name, confirmed, language in rows:
        did = str(confirmed.get("role") or "") if name == "organisations" else name
        post = str(confirmed.get("post") or "")
        said = f"{confirmed.get('name')} ({post})" if post else str(confirmed.get("name"))
        if did and (said, language) not in found.setdefault(did, []):
            found[did].append((said, language))
    labels = (*ROLES, ("persons", _("Persons")))
    return [(label, found[did]) for did, label in labels if did in found]
