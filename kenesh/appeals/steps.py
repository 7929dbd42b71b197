"""Steps that an appeal goes through, and consents that a person gives, in the words in which she is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STEPS: dict[str, str | _StrPromise] = {
    "received": _("Your appeal has arrived."),
    "read": _("A caseworker has read your appeal."),
    "taken_up": _("The office works on your case now."),
    "declined": _("The office cannot take up your appeal. The reason is in the messages."),
    "swept": _("The office took your appeal for one that is not genuine, and has closed it. If it is genuine, write again."),
    "closed": _("The office has closed your case. If you write again, it is opened again."),
    "reopened": _("Your case is open again."),
    "counted": _("Your case was counted, without your name, among similar ones."),
    "file_added": _("You have added a file."),
    "file_shared": _("The office has shared a file with you."),
    "problem": _("Your case stands behind a public problem. Nobody can see that it is yours."),
    "problem_ended": _("Your case stands behind that public problem no more: it was put there by mistake."),
    "quotation_asked": _(
        "The office asks whether it may publish some words of yours, without your name. Please look and decide."
    ),
    "quotation_published": _("Your words stand, without your name, beside a public problem. You can take them back at any time."),
    "quotation_withdrawn": _("The office has taken your words back. Nobody else can read them on our pages."),
    "referral_asked": _("The office asks whether it may hand your case, or a part of it, to a partner. Please look and decide."),
    "referral_sent": _("The office has handed to a partner what you agreed to."),
    "referral_emergency": _(
        "In an emergency, the office handed a part of your case to a partner before asking you. Please look why."
    ),
    "referral_paper": _("The office has handed to a partner what you agreed to on paper."),
    "referral_ended": _("The office has taken back what it handed to a partner."),
    "transferred": _("Another office has taken over your case. Your receipt and your messages go on as before."),
    "transfer_undone": _("The handing over was undone: your case is with the same office as before."),
    "office_closes": _("The office closes. Below you read who goes on in its place, or where else to turn."),
    "external": _("The office has turned to an authority or a service for you. Below you read to whom, and what it told."),
    "withdrawn": _(
        "You have taken back your consent. The office can read your appeal no more; what it has written down, it may keep."
    ),
    "erasure": _("You have asked for everything to be erased."),
    "erasure_cancelled": _("You have stopped the erasing. The office can read your appeal again."),
    "own_digits": _("You have made digits of your own. The earlier ones open nothing any more."),
    "new_receipt": _("The office has made you a new receipt, because the earlier one was lost."),
    "first_receipt": _("The office has made you a receipt."),
    "call_reached": _("The office has called you."),
    "call_missed": _("The office called. Nobody answered."),
    "call_wrong": _("The office called. Somebody else answered, and was told nothing about you."),
    "call_ended": _("The office will not try to call you again. If you still want a call, please write it here."),
}

WORK_ON_CASE, COUNT_ME, USE_STORY, CONTACT_AFTER, MEDIA = "a", "d", "e", "f", "g"

# Seven consents; naming the person is asked for each of those to whom she may be named.
CONSENTS: dict[str, str | _StrPromise] = {
    WORK_ON_CASE: _("The office may keep my appeal and work on it."),
    "b-employer": _("The office may name me to my employer."),
    "b-authority": _("The office may name me to an authority, for example the labour inspectorate."),
    "b-court": _("The office may name me to a court."),
    "b-consul": _("The office may name me to my consul."),
    "c": _(
        "The office may ask me whether another organisation can help too. It hands over nothing before I have agreed to what."
    ),
    COUNT_ME: _("My case may be counted, without my name, so that councils and ministries see the problem."),
    USE_STORY: _("My story may be used without my name. It is shown to me first."),
    CONTACT_AFTER: _("The office may ask me afterwards how things are going."),
    MEDIA: _("The office may ask me whether I want to speak with journalists."),
}

# What the form asks at once. The others are asked when a step needs them; the status page shows them all.
ASKED_FIRST = (WORK_ON_CASE, COUNT_ME, USE_STORY, CONTACT_AFTER)

# How a consent was given, in the words of the case page and of the status page.
HOW: dict[str, str | _StrPromise] = {
    "receipt": _("with the receipt"),
    "helper": _("through a helper"),
    "oral": _("orally"),
    "written": _("in writing"),
}
