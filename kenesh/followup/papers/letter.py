"""What a letter to an addressee says, in the addressee's language."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenesh.followup.models import NO_DATE, Addressee, Letterhead, Measure
from kenesh.followup.queries.details import what_is_asked
from kenesh.people.models import as_on
from kenesh.themes.templatetags.words import day, theme


@dataclass(frozen=True)
class Words:
    """What the secretary chose for this one letter. `more`: her own words, "" for none."""

    language: str
    number: str
    sent_on: date
    due_by_law: date | None = None
    law: str = ""
    more: str = ""


@dataclass(frozen=True)
class Paper:
    """The parts of a letter from top to bottom. `asked` stands word for word as it was adopted; `address` opens the answer page,
    "" in a letter to an organisation to which no code can be sent; then `how` asks for an ordinary letter."""

    language: str
    body: str
    head: list[str]
    number: str
    date: str
    to: str
    subject: str
    opening: str
    asked: list[str]
    asked_language: str
    paragraphs: list[str]
    address: str
    how: list[str]
    closing: str
    signed_by: list[str]

    def qr(self) -> bytes:
        """The address as a PNG of about 300 dots."""
        out = io.BytesIO()
        segno.make(self.address, error="m").save(out, kind="png", scale=8, border=4)
        return out.getvalue()


def draft(addressee: Addressee, head: Letterhead | None, words: Words, *, address: str, until: date | None) -> Paper:
    """The letter. `address`: with the link's token; `until`: the day on which the link ends. "" and None: it holds no link."""
    with override(words.language), as_on(words.sent_on):
        return _draft(addressee, head, words, address, until)


def _draft(addressee: Addressee, head: Letterhead | None, words: Words, address: str, until: date | None) -> Paper:
    recommendation, language = addressee.recommendation, words.language
    body, organisation = str(recommendation.body), addressee.organisation
    return Paper(
        language=language,
        body=body,
        head=_lines(head.head.in_language(language) if head else ""),
        number=words.number,
        date=day(words.sent_on),
        to=str(organisation),
        subject=_("Recommendation %(code)s") % {"code": recommendation.code},
        opening=(head.opening.in_language(language) if head else "")
        or _("%(body)s asks you to consider the following recommendation and to answer it:") % {"body": body},
        asked=_lines(recommendation.text.in_language(language)),
        asked_language=recommendation.text.language_used(language),
        paragraphs=[*_about(addressee), *_days(addressee, words), *_others(addressee), *_lines(words.more)],
        address=address,
        how=_how(organisation.mailbox, until),
        closing=(head.closing.in_language(language) if head else "") or _("With respect"),
        signed_by=_lines(head.signed_by.in_language(language) if head else "") or [body],
    )


def _how(mailbox: str, until: date | None) -> list[str]:
    if until is None:
        return [_("Please answer by an ordinary letter.")]
    return [
        _("You can answer on this page. You need no account and no training:"),
        _(
            "A code is sent to %(mailbox)s. With it you read the recommendation and write your answer, with papers if you like. "
            "The page works until %(day)s. You can also answer by an ordinary letter."
        )
        % {"mailbox": mailbox, "day": day(until)},
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _about(addressee: Addressee) -> list[str]:
    """What stands beside the text on the page for the answer, in the active language."""
    recommendation, details = addressee.recommendation, what_is_asked(addressee.recommendation)
    rests = [f"{name}: {articles}" for articles, name in details.articles]
    if recommendation.targets:
        rests.append(_("Sustainable Development Goals, targets %(targets)s") % {"targets": ", ".join(recommendation.targets)})
    by = recommendation.carry_out_by
    said = [
        (_("Why it is asked"), str(recommendation.why)),
        (_("Whom it concerns most"), ", ".join(str(theme(concept)) for concept in details.groups)),
        (_("What it rests on"), "; ".join(rests)),
        (_("How one can tell"), _figure(details.measure) if details.measure else ""),
        (_("To be carried out by"), day(by) if by else ""),
        (_("Who answers for the whole"), str(details.lead.organisation) if details.lead else ""),
    ]
    return [f"{label}: {words}" for label, words in said if words]


def _figure(measure: Measure) -> str:
    """The indicator with where it stood and where it shall stand."""
    parts = [str(measure.text) + (f" ({measure.unit})" if measure.unit else "")]
    stood = (_("It stood at"), measure.baseline, measure.baseline_words, measure.baseline_year)
    for label, figure, words, year in (stood, (_("It shall stand at"), measure.goal, measure.goal_words, measure.goal_year)):
        if figure is not None:
            parts.append(f"{label} {words}" + (f" ({year})" if year else ""))
    return "; ".join(parts)


def _days(addressee: Addressee, words: Words) -> list[str]:
    """By when: the body's own day, and the law's."""
    said = []
    asked = addressee.due or addressee.recommendation.due
    if asked and asked != NO_DATE:
        said.append(_("We ask for your answer by %(day)s.") % {"day": day(asked)})
    if words.due_by_law:
        said.append(
            _("By law (%(law)s) an answer is due by %(day)s.") % {"law": words.law, "day": day(words.due_by_law)}
            if words.law
            else _("By law an answer is due by %(day)s.") % {"day": day(words.due_by_law)}
        )
    return said


def _others(addressee: Addressee) -> list[str]:
    others = addressee.recommendation.addressees.current().exclude(pk=addressee.pk).select_related("organisation").order_by("id")
    names = "; ".join(str(one.organisation) for one in others)
    return [_("The same recommendation is addressed to: %(names)s.") % {"names": names}] if names else []
