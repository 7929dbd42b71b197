"""A referral in plain words: what is handed over, what happened, what an office has told outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kenesh.appeals import wording
from kenesh.appeals.opening import OpenAppeal, OpenEntry
from kenesh.casework import reaching
from kenesh.casework.forms import MatterForm, PartyForm, PersonForm, ReachForm
from kenesh.casework.forms.sharing import KINDS, WAYS
from kenesh.casework.models import Person
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.casework.templatetags.casework import theme_or_words

LINES: dict[str, str | Promise] = {
    "proposed": lazy("The office has put together what it would hand over."),
    "paper": lazy("A consent on paper is recorded."),
    "emergency": lazy("Emergency: handed over without asking first."),
    "closing": lazy("The office closes, so another one goes on."),
    "agreed": lazy("She has agreed, with her receipt."),
    "signed_again": lazy("She has a new receipt, and her consent is signed with it."),
    "asked_again": lazy("Her receipt was replaced before this was sent: she is asked again."),
    "refused": lazy("She has said no."),
    "taken_back": lazy("She has taken her consent back. The receiver can open it no more; what it has read, it may have kept."),
    "sent": lazy("Sent."),
    "handed_over": lazy("The whole case was handed over."),
    "undone": lazy("The handing over was undone."),
    "accepted": lazy("Accepted: they work on it."),
    "declined": lazy("Declined."),
    "done": lazy("Done."),
    "returned": lazy("Given back unfinished."),
    "withdrawn": lazy("The office has taken it back. What the receiver has read before, it may have kept."),
}
HERS: dict[str, str | Promise] = {
    "agreed": lazy("You have agreed, with your receipt."),
    "signed_again": lazy("You have new digits, and your consent is signed with them."),
    "asked_again": lazy("Your receipt was replaced before this was sent: the office asks you again."),
    "refused": lazy("You have said no."),
    "taken_back": lazy("You have taken this back. The receiver can open it no more; what it has read, it may have kept."),
}
RELIED_ON: dict[str, str | Promise] = {
    "b": lazy("You agreed to be named to them."),
    "c": lazy("You agreed that papers or facts are handed to them."),
    "none": lazy("You were not named: nothing leads to you."),
    "emergency": lazy("In an emergency, the office named you before it could ask you."),
}
NOT_HANDED = {"version", "key", "released_on", "why"}


@dataclass(frozen=True)
class Part:
    """A part of what is handed over: a heading and its lines."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)


def _fields(form: forms.Form, body: Body) -> list[tuple[str, str, str]]:
    """Name, label and value in words of what is filled in."""
    found = []
    for bound in form:
        value = body.get(bound.name)
        if bound.name in NOT_HANDED or not isinstance(value, str | int | list) or value in ("", []):
            continue
        words = theme_or_words(str(value)) if bound.name == "theme" else wording.answer_in_words(bound, value) or str(value)
        found.append((bound.name, str(bound.label), words))
    return found


def persons_of(opened: OpenCase, whose: str) -> list[tuple[int, Opened[Person]]]:
    """Those about whom this appeal's consent can speak, with their numbers: of a case with several appeals, only whose it is.

    Where the one who is asked has no appeal in this case (it came by a referral of hers): those who have none here either.
    """
    persons = list(enumerate(opened.persons(), 1))
    appeals = dict(opened.case.appeals.values_list("code", "pk"))
    return persons if len(appeals) < 2 else [(n, item) for n, item in persons if item.row.appeal_id == appeals.get(whose)]


def person_choices(opened: OpenCase, whose: str) -> list[tuple[str, str]]:
    """One tick for each known fact about each person; its value is the row and the name of the field, never the fact."""
    choices = []
    for number, item in persons_of(opened, whose):
        who = item.body.get("name") or _("Person %(number)s") % {"number": number}
        for name, label, value in _fields(PersonForm(), item.body):
            choices.append((f"{item.row.uid.hex}:{name}", f"{who}: {label} – {value}"))
    return choices


def matter_choices(opened: OpenCase) -> list[tuple[str, str]]:
    choices = []
    for item in opened.matters():
        words = "; ".join(f"{label} – {value}" for _name, label, value in _fields(MatterForm(), item.body))
        choices.append((item.row.uid.hex, words))
    return choices


def party_choices(opened: OpenCase) -> list[tuple[str, str]]:
    """One tick for each other side: the receiver needs it to see whether it is a client there."""
    choices = []
    for item in opened.parties():
        words = "; ".join(f"{label} – {value}" for _name, label, value in _fields(PartyForm(), item.body))
        choices.append((item.row.uid.hex, words))
    return choices


def message_choices(appeals: list[OpenAppeal]) -> list[tuple[str, str]]:
    return [(entry.uid, entry.text) for entry in _messages(appeals)]


def _messages(appeals: list[OpenAppeal]) -> list[OpenEntry]:
    entries = [entry for appeal in appeals for entry in appeal.entries()]
    return [entry for entry in entries if entry.kind == "message" and entry.by == "person"]


def chosen(opened: OpenCase, appeals: list[OpenAppeal], data: dict[str, Any]) -> Body:
    """The subset that was ticked, and nothing else. `appeals`: those of whoever is asked."""
    whose, persons = str(data.get("whose") or ""), []
    for _number, item in persons_of(opened, whose):
        wanted = [choice.partition(":")[2] for choice in data["persons"] if choice.startswith(f"{item.row.uid.hex}:")]
        if wanted:
            persons.append({name: item.body[name] for name in wanted})
    ticked = set(data["matters"])
    matters = [
        {name: item.body[name] for name, _label, _value in _fields(MatterForm(), item.body)}
        for item in opened.matters()
        if item.row.uid.hex in ticked
    ]
    parties = [
        {name: item.body[name] for name, _label, _value in _fields(PartyForm(), item.body)}
        for item in opened.parties()
        if item.row.uid.hex in set(data["parties"])
    ]
    messages = [
        {"text": entry.text, "on": entry.at.date().isoformat()}
        for entry in _messages(appeals)
        if entry.uid in set(data["messages"])
    ]
    return {
        "purpose": data["purpose"],
        "persons": persons,
        "contact": reaching.to_hand(opened, appeals, whose) if data.get("reach") else {},
        "matters": matters,
        "parties": parties,
        "messages": messages,
        "text": data["text"],
        "restricted": opened.case.restricted,
    }


def parts(subset: Body) -> list[Part]:
    """What is handed over, part by part, in the active language."""
    if subset.get("whole"):
        everything = _("Everything: the appeal, the talk, the notes, files and deadlines of the office")
        return [Part(_("The whole case"), [(_("What"), everything)])]
    shown = [Part(_("About a person"), in_words(PersonForm(), body)) for body in subset["persons"]]
    if subset.get("contact"):
        shown.append(Part(_("How to reach the person"), _how_to_reach(subset["contact"])))
    shown += [Part(_("A matter"), in_words(MatterForm(), body)) for body in subset["matters"]]
    shown += [Part(_("Other side"), in_words(PartyForm(), body)) for body in subset.get("parties", [])]
    shown += [Part(_("Messages to the office"), [(message["on"], message["text"])]) for message in subset["messages"]]
    if subset.get("files"):
        shown.append(Part(_("Files"), [(file["name"], file["description"] or "–") for file in subset["files"]]))
    if subset["text"]:
        shown.append(Part(_("Written for them"), [(_("Text"), subset["text"])]))
    return shown


def _how_to_reach(body: Body) -> list[tuple[str, str]]:
    needs = wording.questions()["needs"]
    return [*in_words(ReachForm(), body), *([(needs.label, needs.in_words(body["needs"]))] if body.get("needs") else [])]


def in_words(form: forms.Form, body: Body) -> list[tuple[str, str]]:
    """Label and value, in the active language, of what is filled in."""
    return [(label, value) for _name, label, value in _fields(form, body)]


def summary(subset: Body) -> str:
    """Which kinds of things, without a word of their content: for the page that somebody may see over a shoulder."""
    if subset.get("whole"):
        return _("the whole case")
    names = {
        "persons": _("facts about persons"),
        "contact": _("how to reach the person"),
        "matters": _("matters"),
        "parties": _("the other side"),
        "messages": _("messages to the office"),
        "files": _("files"),
        "text": _("a text of the office"),
    }
    return ", ".join(label for name, label in names.items() if subset.get(name))


def line_in_words(code: str, *, to_her: bool = False) -> str:
    """KeyError for a line that nobody has put into words."""
    return str(HERS.get(code, LINES[code]) if to_her else LINES[code])


def outside(entries: list[OpenEntry]) -> list[dict[str, Any]]:
    """To whom the office has turned for her: the last word on each, in the order in which they began."""
    last: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.kind == "step" and entry.body.get("code") == "external":
            body = entry.body["outside"]
            last[body["referral"]] = {
                **body,
                "kind_text": str(KINDS.get(body["kind"], body["kind"])),
                "consent_text": str(RELIED_ON.get(body.get("consent", ""), "")),
                "how_text": str(WAYS.get(body["how"], body["how"])),
                "on": date.fromisoformat(body["on"]) if body["on"] else None,
                "due": date.fromisoformat(body["due"]) if body["due"] else None,
            }
    return list(last.values())
