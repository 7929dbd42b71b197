"""Steps that an appeal goes through, and consents that a person gives, in the words in which she is told of them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, str | Promise] = {
    "received": _("Your appeal has arrived."),
    "read": _("A caseworker has read your appeal."),
    "taken_up": _("The office works on your case now."),
    "declined": _("The office cannot take up your appeal. The reason is in the messages."),
    "closed": _("The office has closed your case. If you write again, it is opened again."),
    "reopened": _("Your case is open again."),
    "counted": _("Your case was counted, without your name, among similar ones."),
    "problem": _("Your case stands behind a public problem. Nobody can see that it is yours."),
    "withdrawn": _(
        "You have taken back your consent. The office can read your appeal no more; what it has written down, it may keep."
    ),
    "erasure": _("You have asked for everything to be erased."),
    "erasure_cancelled": _("You have stopped the erasing. The office can read your appeal again."),
}

WORK_ON_CASE, COUNT_ME, USE_STORY, CONTACT_AFTER = "a", "d", "e", "f"

CONSENTS: dict[str, str | Promise] = {
    WORK_ON_CASE: _("The office may keep my appeal and work on it."),
    COUNT_ME: _("My case may be counted, without my name, so that councils and ministries see the problem."),
    USE_STORY: _("My story may be used without my name. It is shown to me first."),
    CONTACT_AFTER: _("The office may ask me afterwards how things are going."),
}
