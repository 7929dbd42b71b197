"""Letters of invitation in the language of who is invited: said once, shown as a Word file, as PDF and by e-mail."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from docx.shared import Mm

from kenesh.council.actions.refusals import NoPdf
from kenesh.council.models import Invitation
from kenesh.council.papers.word import as_bytes, begin, centred, labelled
from kenesh.council.papers.wording import clean, sentence
from kenesh.themes import dates

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATED = (
    "meeting__body", "meeting__chair__organisation", "meeting__secretary", "membership__person__organisation",
    "membership__organisation", "organisation",
)  # fmt: skip
_PAGE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @bottom-center { content: counter(page); font: 9pt "DejaVu Serif", serif } }
body { font: 11pt/1.45 "DejaVu Serif", serif; margin: 0 }
article { break-after: page } article:last-child { break-after: auto }
header { text-align: center } h1 { font-size: 14pt; text-align: center; text-transform: uppercase }
dl { margin: 0 0 4mm } dt { font-weight: bold; float: left; margin-inline-end: 2mm } dt::after { content: ":" } dd { margin: 0 }
.to { margin-inline-start: 50% } .link { break-inside: avoid } .link img { width: 30mm; float: right }
.link a { color: #000; word-break: break-all } .sign { margin-top: 16mm; break-inside: avoid } .sign span { margin-inline-end: 12mm }
"""


@dataclass(frozen=True)
class Letter:
    """What one letter says, in one language. `address`: the personal page on which the person answers."""

    language: str
    body: str
    date: str
    name: str
    to: list[str]
    title: str
    greeting: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    agenda: list[str]
    please: str
    address: str
    signature: tuple[str, str]

    @property
    def picture(self) -> str:
        """The address as a QR code in an address of its own."""
        return segno.make(self.address, error="m").svg_data_uri(scale=4, border=2, light="#fff", dark="#000")


def address_of(invitation: Invitation, token: str) -> str:
    """The personal page, in the language of the letter."""
    with override(invitation.language):
        return settings.ADDRESS + reverse("council:answer_invitation", args=[token])


def write(invitation: Invitation, *, token: str, zone: str) -> Letter:
    """The letter, in the active language. `zone`: the city whose clock the meeting goes by, in words."""
    meeting, language = invitation.meeting, get_language() or "en"
    chair = meeting.chair or meeting.secretary
    facts = [
        (_("Date and time"), sentence("council/_when.html", meeting=meeting, zone=zone)),
        (_("Place"), sentence("council/_where.html", meeting=meeting)),
        (_("How people take part"), str(meeting.get_mode_display())),
    ]
    return Letter(
        language=language,
        body=clean(str(meeting.body)),
        date=dates.day(timezone.localdate(), language),
        name=clean(str(invitation)),
        to=[clean(line) for line in _to(invitation) if line],
        title=clean(str(meeting.title)),
        greeting=_("Dear colleague,"),
        paragraphs=[clean(_invited_as(invitation) % {"body": meeting.body, "title": meeting.title})],
        facts=[(label, said) for label, said in facts if said],
        agenda=[clean(str(item.title)) for item in meeting.items.order_by("position")],
        please=_(
            "Please say whether you come on your own page, below. You need no account. You can change your answer until the "
            "meeting begins. The page is yours alone: give the link to nobody."
        ),
        address=address_of(invitation, token),
        signature=(
            _("Chair") if meeting.chair else _("Secretary"),
            clean(str(chair)) if chair else "",
        ),
    )


def _to(invitation: Invitation) -> list[str]:
    seat = invitation.membership
    person = seat.person if seat else None
    house = invitation.organisation or (seat.organisation if seat else None) or (person.organisation if person else None)
    name = invitation.guest or (str(person) if person else "")
    post = invitation.post or (str(person.post) if person else "")
    return list(dict.fromkeys([name or str(invitation), post, str(house) if house else ""]))


def _invited_as(invitation: Invitation) -> str:
    if invitation.standing == "member":
        return _("%(body)s invites you, as its member, to its meeting “%(title)s”.")
    if invitation.standing == "observer":
        return _("%(body)s invites you, as its observer, to its meeting “%(title)s”.")
    return _("%(body)s invites you, as its guest, to its meeting “%(title)s”.")


def as_word(letter: Letter) -> bytes:
    """The letter as a Word file on A4."""
    with override(letter.language):
        made = begin(_("Invitation"), letter.language)
        centred(made, letter.body)
        made.add_paragraph(letter.date)
        for line in letter.to:
            made.add_paragraph(line).paragraph_format.left_indent = Mm(85)
        made.add_heading(_("Invitation").upper(), 0)
        for words in (letter.greeting, *letter.paragraphs):
            made.add_paragraph(words)
        for label, said in letter.facts:
            labelled(made, f"{label}:", said)
        if letter.agenda:
            made.add_heading(_("Agenda"), 1)
            for title in letter.agenda:
                made.add_paragraph(title, style="List Number")
        made.add_paragraph(letter.please)
        made.add_paragraph(letter.address)
        code = io.BytesIO()
        segno.make(letter.address, error="m").save(code, kind="png", scale=6, border=2)
        made.add_picture(code, width=Mm(32))
        title, name = letter.signature
        made.add_paragraph(f"{title}    ____________________    {name}")
    return as_bytes(made)


def as_pdf(letters: Iterable[Letter]) -> bytes:
    """Letters in one PDF file, each on a page of its own. Raises NoPdf where the system has no Pango."""
    try:
        import weasyprint  # its import opens Pango, which a node may lack
    except OSError as why:
        raise NoPdf from why
    page = render_to_string("council/letters_print.html", {"letters": list(letters)})
    only_its_own = weasyprint.urls.URLFetcher(allowed_protocols=["data"])  # a letter fetches nothing from anywhere
    found: bytes = weasyprint.HTML(string=page, url_fetcher=only_its_own).write_pdf(stylesheets=[weasyprint.CSS(string=_PAGE)])
    return found
