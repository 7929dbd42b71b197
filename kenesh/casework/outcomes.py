"""Outcomes of a matter: codes stay, words change (they are what tallies and donors count)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTCOMES: dict[str, str | Promise] = {
    "R1": _("Fully resolved: paid, document back, ban lifted, freed, child in school"),
    "R2": _("Partly resolved"),
    "R3": _("Settled with the employer or somebody else"),
    "R4": _("Favourable decision, not yet carried out"),
    "N1": _("Unfavourable decision, appeal possible"),
    "N2": _("Unfavourable decision, final"),
    "N3": _("No answer from the authority in the legal time"),
    "N4": _("Formal answer only"),
    "L1": _("The legal time limit had passed before we were asked"),
    "L2": _("The legal time limit passed while the case was with us"),
    "E1": _("No evidence"),
    "E2": _("No legal ground"),
    "E3": _("The other side was not found"),
    "C1": _("The client withdrew"),
    "C2": _("The client withdrew out of fear"),
    "C3": _("We lost contact"),
    "C4": _("The client left the country or was removed"),
    "C5": _("The client died"),
    "T1": _("Referred and taken over"),
    "T2": _("Referred, declined"),
    "T3": _("Referred, nothing heard"),
    "I1": _("Information given, the person acts alone"),
    "I2": _("Informed, asked back, result known"),
    "X1": _("Outside our mandate"),
    "X2": _("Duplicate"),
    "X3": _("Not genuine"),
}
