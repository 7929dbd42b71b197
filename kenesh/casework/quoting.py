"""Words of a person on their way to the public: what lies sealed in her appeal about them, and what a consent to them signs.

Everything stands in lines of the appeal, under its key; no table and no entry of the trail joins a quotation to an appeal or
a case. What is public carries a `handle`, made of the appeal's name with a key of the node, so that it goes with the appeal
also where nobody can open that (docs/decisions/0012).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal, Receipt
from kenesh.appeals.opening import OpenAppeal, OpenEntry
from kenesh.casework.opening import Body
from kenesh.kernel import vault
from kenesh.problems import queries as problems
from kenesh.problems.actions import Words
from kenesh.problems.models import Quotation
from kenesh.themes.texts import Translated

KIND = "quotation"  # of the lines
MOST = 9  # of one appeal: so many handles it has
SAID = ("problem", "texts", "language", "who", "origin", "destination", "year")

ASKED, AGREED, CHANGE, RETURNED = "asked", "agreed", "change", "returned"
REFUSED, PUBLISHED, TAKEN_BACK, WITHDRAWN, GONE = "refused", "published", "taken_back", "withdrawn", "gone"
LIVE = (ASKED, AGREED, CHANGE, RETURNED, PUBLISHED)

STATES: dict[str, str | Promise] = {
    ASKED: _("She is asked"),
    AGREED: _("She has agreed: a second caseworker checks it"),
    CHANGE: _("She asks for a change"),
    RETURNED: _("Given back by a colleague: needs a change"),
    REFUSED: _("She has said no"),
    PUBLISHED: _("Everybody can read it"),
    TAKEN_BACK: _("Taken back by her"),
    WITHDRAWN: _("Taken back by the office"),
    GONE: _("No longer public"),
}

LINES: dict[str, str | Promise] = {
    ASKED: _("The office asked whether these words may be published."),
    AGREED: _("Agreed to, with the receipt."),
    CHANGE: _("Other words are wished."),
    RETURNED: _("A second caseworker wants other words."),
    REFUSED: _("Refused, with the receipt."),
    PUBLISHED: _("Checked by a second caseworker, and published."),
    TAKEN_BACK: _("Taken back, with the receipt."),
    WITHDRAWN: _("Taken back by the office."),
}


@dataclass
class OpenQuotation:
    """A quotation as it stands, for one request. `writers`: uids of all accounts that have written its words."""

    code: str
    number: int  # the how-many-th of its appeal: from it comes the handle
    appeal: Appeal
    said: Body = field(default_factory=dict, repr=False)
    state: str = ASKED
    writers: list[str] = field(default_factory=list)
    consent: Body | None = field(default=None, repr=False)
    lines: list[OpenEntry] = field(default_factory=list, repr=False)

    @property
    def texts(self) -> Translated:
        return Translated(self.said["texts"])

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    def words(self) -> Words:
        """What passes the door."""
        said = self.said
        return Words(
            texts=self.texts,
            language=said["language"],
            who=Quotation.Who(said["who"]),
            origin=said["origin"],
            destination=said["destination"],
            year=said["year"],
        )

    def shown(self) -> Quotation:
        """An unsaved row, so that she and the checker see it as everybody would."""
        words = self.words()
        return Quotation(
            code=self.code, texts=words.texts, language=words.language, who=words.who, origin=words.origin,
            destination=words.destination, year=words.year,
        )  # fmt: skip


def quotations(appeal: Appeal, lines: Iterable[OpenEntry]) -> list[OpenQuotation]:
    """Those of an appeal, oldest first, out of its opened lines (others are passed over)."""
    found: dict[str, OpenQuotation] = {}
    for line in lines:
        if line.kind != KIND:
            continue
        code = line.body["quotation"]
        one = found.setdefault(code, OpenQuotation(code, len(found), appeal))
        _add(one, line)
    public = problems.still_public(one.code for one in found.values() if one.state == PUBLISHED)
    for one in found.values():
        if one.state == PUBLISHED and one.code not in public:
            one.state = GONE  # with an erasure, a consent or a restriction; or the node came back from a backup
    return list(found.values())


def _add(one: OpenQuotation, line: OpenEntry) -> None:
    body = line.body
    one.lines.append(line)
    one.state = body["code"]
    if one.state == ASKED:
        one.said = {name: body[name] for name in SAID}
        one.consent = None
        if body["writer"] not in one.writers:
            one.writers.append(body["writer"])
    elif one.state == AGREED:
        one.consent = body


def of_opened(opened: OpenAppeal) -> list[OpenQuotation]:
    return quotations(opened.appeal, opened.entries())


def found(opened: OpenAppeal, code: str) -> OpenQuotation | None:
    return next((one for one in of_opened(opened) if one.code == code), None)


# --- what a consent signs ---------------------------------------------------------------------------------------------------


def hash_of(one: OpenQuotation) -> str:
    """Of everything that would be public, beside which problem, under which code."""
    text = json.dumps([one.code, {name: one.said[name] for name in SAID}], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def signed_consent(one: OpenQuotation, *, signing_seed: bytes, language: str) -> Body:
    """Her consent to these very words, in the language in which she read the question."""
    body = {"hash": hash_of(one), "signed_at": timezone.now().isoformat(timespec="seconds"), "language": language}
    return {**body, "signature": vault.sign(signing_seed, _message(body), _place(one)).hex()}


def _message(body: Body) -> bytes:
    return json.dumps({name: body[name] for name in ("hash", "signed_at", "language")}, sort_keys=True).encode()


def _place(one: OpenQuotation) -> vault.Place:
    return vault.Place("appeals_entry", "quotation", one.appeal.uid.hex)


def consent_stands(one: OpenQuotation, receipts: Iterable[Receipt] | None = None) -> bool:
    """Whether a receipt of hers that nobody else has seen signed these very words. `receipts`: if not those that she has now."""
    consent = one.consent
    if consent is None or one.state not in (AGREED, PUBLISHED) or consent["hash"] != hash_of(one):
        return False
    own = own_receipts(one.appeal) if receipts is None else receipts
    signature = bytes.fromhex(consent["signature"])
    return any(vault.signed(bytes(receipt.verify_key), _message(consent), signature, _place(one)) for receipt in own)


def own_receipts(appeal: Appeal) -> list[Receipt]:
    return list(appeal.receipts.filter(seen_by_other=False))


# --- the handle ---------------------------------------------------------------------------------------------------------------


def handle_of(appeal: Appeal, number: int) -> bytes:
    """Leads from an appeal to its public words for whoever has the node's door key, and back for nobody without it."""
    return vault.prf(settings.SECRETS.door, "quotation", appeal.uid.bytes + bytes([number]), 16)


def handles_of(appeal: Appeal) -> list[bytes]:
    return [handle_of(appeal, number) for number in range(MOST)]


def waiting_handle_of(appeal: Appeal, number: int) -> bytes:
    """The same for words that wait for a second caseworker; another one, so that who saw both tables knows no more."""
    return vault.prf(settings.SECRETS.door, "waiting-words", appeal.uid.bytes + bytes([number]), 16)


def waiting_handles_of(appeal: Appeal) -> list[bytes]:
    return [waiting_handle_of(appeal, number) for number in range(MOST)]
