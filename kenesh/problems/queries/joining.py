"""What this room tells when two records of the same organisation are to become one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.people.joining import Record, Told
from kenesh.people.models import Organisation
from kenesh.problems.models import Problem, Support


def told_of_join(stays: Record, goes: Record) -> Told:
    """Problems that it proposed, and those that it supports."""
    if not isinstance(stays, Organisation) or not isinstance(goes, Organisation):
        return Told()
    proposed, supports = Problem.objects.filter(proposed_by=goes), Support.objects.filter(organisation=goes)
    both = Problem.objects.filter(supports__in=supports).filter(supports__organisation=stays).order_by("pk")
    said = _("Both see the problem “%(name)s” too. Take one of the two statements back first.")
    return Told(
        [
            (gettext_lazy("Problems that it put forward"), proposed.count()),
            (gettext_lazy("Problems that it sees too"), supports.count()),
        ],
        [said % {"name": problem} for problem in Problem.objects.filter(pk__in=both.values("pk")).order_by("pk")],
        frozenset({*proposed.values_list("body", flat=True), *supports.values_list("problem__body", flat=True)}),
    )
