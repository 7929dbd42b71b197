"""What was gathered, in the order in which it is read: parts with entries, each in words and as the data behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kenesh.appeals import steps, wording
from kenesh.appeals.consent import consent_lines
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import money, quoting, referral_words
from kenesh.casework.archive.gathering import Gathered, files_of
from kenesh.casework.case_types import CASE_TYPES, EVIDENCE, EVIDENCE_STATES, STEP_KINDS
from kenesh.casework.forms import MatterForm, PersonForm
from kenesh.casework.forms.facts import PartyForm
from kenesh.casework.forms.queue import AlarmForm
from kenesh.casework.forms.sharing import ExternalForm
from kenesh.casework.models import Note
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.casework.outcomes import OUTCOMES
from kenesh.casework.referring import OpenReferral
from kenesh.themes import dates

Words = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One thing in words. `data`: the same as it is kept, for machines."""

    title: str
    rows: Words
    data: Body


@dataclass(frozen=True)
class Part:
    code: str
    title: str
    entries: list[Entry] = field(default_factory=list)


def parts_of(found: Gathered, opened: OpenCase) -> list[Part]:
    """In the active language; parts in which there is nothing are left out."""
    parts = [
        Part("person", _("Person"), [Entry("", referral_words.in_words(PersonForm(), found.person.body), found.person.body)]),
        Part("answers", _("What was told"), [*map(_answers, found.appeals), *map(_told, found.told)]),
        Part("talk", _("Talk"), [entry for appeal in found.appeals for entry in _talk(appeal)]),
        Part("history", _("What happened"), [entry for appeal in found.appeals for entry in _history(appeal)]),
        Part("consents", _("Consents"), [entry for appeal in found.appeals for entry in _consents(appeal)]),
        Part("words", _("Words for everybody to read"), [entry for appeal in found.appeals for entry in _quotations(appeal)]),
        Part("matters", _("Matters"), [Entry("", _matter(body), body) for body in found.matters]),
        Part("other-sides", _("Other side"), _plain(found, "party", lambda body: referral_words.in_words(PartyForm(), body))),
        Part("way-of-working", _("Way of working and evidence"), _plain(found, "sheet", _sheet)),
        Part("steps", _("Steps"), _plain(found, "step", _step)),
        Part("hours", _("What runs in hours"), _plain(found, "alarm", _alarm)),
        Part("deadlines", _("Deadlines"), _deadlines(found)),
        Part("money", _("Money"), [_sum(amount) for amount in found.sums]),
        Part("letters", _("Letters"), [_letter(letter.body) for letter in found.letters]),
        Part("referrals", _("Referrals"), [_referral(one, is_alone=found.is_alone) for one in found.referrals]),
        Part("outside", _("Outside help"), _plain(found, "externalreferral", lambda body: referral_words.in_words(ExternalForm(), body))),
        Part("checks", _("Checks after closing"), _checks(found)),
        Part("files", _("Files"), _files(found, opened)),
    ]  # fmt: skip
    return [part for part in parts if part.entries]


def _plain(found: Gathered, kind: str, words: Callable[[Body], Words]) -> list[Entry]:
    return [Entry("", words(item.body), item.body) for item in found.rows.get(kind, [])]


def _answers(appeal: OpenAppeal) -> Entry:
    answers = appeal.answers()
    told = {name: value for name, value in answers.items() if name != "files"}  # the secret of the form's files
    return Entry(_day(appeal.appeal.arrived_on), wording.answers_in_words(told), told)


def _told(note: Opened[Note]) -> Entry:
    body = note.body
    return Entry(
        _moment(datetime.fromisoformat(body["at"])), [(_("From"), str(body["by"])), (_("Text"), str(body["text"]))], body
    )


def _quotations(appeal: OpenAppeal) -> list[Entry]:
    found = []
    for one in quoting.of_opened(appeal):
        rows = [(one.state_text, one.texts.in_language(get_language() or "ru"))]
        rows += [(_moment(line.at), str(quoting.LINES[line.body["code"]])) for line in one.lines]
        lines = [{"at": line.at.isoformat(), "by": line.by, "code": line.body["code"]} for line in one.lines]
        found.append(Entry(_moment(one.lines[0].at), rows, {**one.said, "state": one.state, "lines": lines}))
    return found


def _talk(appeal: OpenAppeal) -> list[Entry]:
    found = []
    for line in appeal.entries():
        if line.kind == "message":
            who = _("The person") if line.by == "person" else line.body.get("name") or _("The office")
            found.append(
                Entry(_moment(line.at), [(who, line.text)], {"at": line.at.isoformat(), "by": line.by, "text": line.text})
            )
    return found


def _history(appeal: OpenAppeal) -> list[Entry]:
    found = []
    for line in appeal.entries():
        if line.kind == "step":
            code = str(line.body["code"])
            said = {"at": line.at.isoformat(), "by": line.by, "code": code}
            found.append(Entry(_moment(line.at), [("", str(steps.STEPS.get(code, code)))], said))
    return found


def _consents(appeal: OpenAppeal) -> list[Entry]:
    found = []
    for line in consent_lines(appeal, appeal.entries()):
        if line.said is not None:
            how = str(steps.HOW.get(line.said.body.get("how", ""), ""))
            rows = [(str(steps.CONSENTS[line.code]), _("Yes") if line.given else _("No")), (_("How"), how)]
            rows += [(_("Explained by"), line.said.body["explained"])] if line.said.body.get("explained") else []
            rows += [(_("Said or signed on"), _text_day(day))] if (day := line.said.body.get("said_on")) else []
            data = {name: line.said.body.get(name, "") for name in ("code", "given", "how", "language", "explained", "said_on")}
            found.append(Entry(_moment(line.said.at), rows, {**data, "at": line.said.at.isoformat(), "proven": line.proven}))
    return found


def _matter(body: Body) -> Words:
    rows = referral_words.in_words(MatterForm(), {**body, "outcome": ""})
    if body.get("outcome"):
        rows.append((_("Outcome"), f"{OUTCOMES[body['outcome']]}"))
        rows += [(_("Since"), _text_day(body["outcome_on"]))] if body.get("outcome_on") else []
    return rows


def _sheet(body: Body) -> Words:
    rows = [(_("Way of working"), str(CASE_TYPES[body["type"]]))] if body.get("type") in CASE_TYPES else []
    have = [
        (str(label), str(EVIDENCE_STATES[body[f"evidence_{code}"]]))
        for code, label in EVIDENCE.items()
        if body.get(f"evidence_{code}")
    ]
    return rows + have


def _step(body: Body) -> Words:
    rows = [(str(STEP_KINDS[body["kind"]]), str(body["what"])), (_("When"), _text_day(str(body["at"])))]
    named = ((_("Minutes"), "minutes"), (_("With whom"), "who"), (_("What comes next"), "next"))
    rows += [(label, str(body[name])) for label, name in named if body.get(name)]
    return rows + ([(_("Cost"), f"{body['cost']} {body['currency']}")] if body.get("cost") else [])


def _alarm(body: Body) -> Words:
    said = {name: value for name, value in body.items() if value}
    said |= {name: _moment(datetime.fromisoformat(value)) for name, value in said.items() if name.endswith("_at")}
    said |= {name: _text_day(said[name]) for name in said.keys() & {"consul_on"}}
    return referral_words.in_words(AlarmForm(), said)


def _deadlines(found: Gathered) -> list[Entry]:
    entries = []
    for item in found.rows.get("deadline", []):
        state = _("done") if item.row.done else _("open")
        data = {**item.body, "due_on": item.row.due_on.isoformat(), "done": item.row.done}
        entries.append(Entry(_day(item.row.due_on), [(str(item.body["what"]), state)], data))
    return entries


def _sum(amount: money.Amount) -> Entry:
    body = amount.item.body if amount.item else {}
    rows = [(str(money.STAGES[amount.stage]), f"{amount.amount} {amount.currency}")]
    rows += [(_("Note"), body["note"])] if body.get("note") else []
    rows += [(_("Struck out"), body["struck"]["why"])] if body.get("struck") else []
    data = {"stage": amount.stage, "amount": str(amount.amount), "currency": amount.currency, "day": body.get("day", "")}
    return Entry(
        _text_day(body["day"]) if body.get("day") else "", rows, {**data, "note": body.get("note", ""), "struck": amount.struck}
    )


def _letter(body: Body) -> Entry:
    named = (
        (_("Outgoing number"), "outgoing_number"),
        (_("Sent on"), "sent_on"),
        (_("Postal number"), "postal_number"),
        (_("Delivered on"), "delivered_on"),
        (_("Answer came on"), "answered_on"),
        (_("What was answered"), "answer"),
    )
    rows = [(label, str(body[name])) for label, name in named if body.get(name)]
    return Entry(str(body["title"]), [(_("Written by"), str(body.get("by", ""))), *rows], body)


def _referral(one: OpenReferral, *, is_alone: bool) -> Entry:
    """What was handed over of a group may be about the others: then only to whom, and where it stands."""
    referral, subset = one.referral, one.subset()
    rows = [(_("To"), referral.to_office.called_on(referral.begun_on)), (_("State"), str(referral.get_state_display()))]
    data = {"to": dict(referral.to_office.name), "state": referral.state, "begun_on": referral.begun_on.isoformat()}
    if is_alone:
        rows += [(f"{part.title}: {label}", value) for part in referral_words.parts(subset) for label, value in part.rows]
        data["purpose"] = subset["purpose"]
    return Entry(_day(referral.begun_on), rows, data)


def _checks(found: Gathered) -> list[Entry]:
    entries = []
    for item in found.rows.get("followup", []):
        if item.row.done:
            entries.append(Entry(_day(item.row.due_on), [(_("What was found"), str(item.body.get("words") or "–"))], item.body))
    return entries


def _files(found: Gathered, opened: OpenCase) -> list[Entry]:
    places = [taken.place for taken in files_of(found, opened)]
    entries = []
    for file, place in zip(found.files, places, strict=False):
        rows = [(place, file.description or file.kind_in_words)]
        data = {
            "place": place,
            "name": file.name,
            "type": file.kind,
            "by": file.by,
            "at": file.at.isoformat(),
            "description": file.description,
        }
        entries.append(Entry(_moment(file.at), rows, data))
    return entries + [Entry("", [(place, _("Letter"))], {"place": place}) for place in places[len(found.files) :]]


def left_out(found: Gathered) -> list[str]:
    """What the reader must know of what is not in it."""
    said = [_("Notes that colleagues wrote for each other are not in it.")]
    if found.closed:
        said.append(_("What the person has taken back is not in it: the office can read it no more."))
    if found.left_to_group:
        many = sum(found.left_to_group.values())
        sentence = ngettext(
            "%(number)d thing is about others or about the group as a whole. It stays in the common case.",
            "%(number)d things are about others or about the group as a whole. They stay in the common case.",
            many,
        )
        said.append(sentence % {"number": many})
    return said


def _day(day: date) -> str:
    return dates.day(day, get_language() or "ru")


def _text_day(text: str) -> str:
    return _day(date.fromisoformat(text[:10]))


def _moment(at: datetime) -> str:
    return dates.moment(timezone.localtime(at), get_language() or "ru")
