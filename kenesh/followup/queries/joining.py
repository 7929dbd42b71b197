"""What this room tells when two records of the same organisation are to become one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.followup.models import Addressee, AddresseeScore, Recommendation, Shadow
from kenesh.people.joining import Record, Told
from kenesh.people.models import Organisation


def told_of_join(stays: Record, goes: Record) -> Told:
    """What is asked of it, what it found itself, its lines on scoreboards."""
    if not isinstance(stays, Organisation) or not isinstance(goes, Organisation):
        return Told()
    asked, above = Addressee.objects.filter(organisation=goes), Addressee.objects.filter(above=goes)
    shadows, scores = Shadow.objects.filter(organisation=goes), AddresseeScore.objects.filter(organisation=goes)
    both = Recommendation.objects.filter(addressees__in=asked).filter(addressees__organisation=stays).order_by("pk")
    said = _("The recommendation %(code)s, “%(text)s”, asks both. Take one of the two away there first.")
    return Told(
        [
            (gettext_lazy("Recommendations"), asked.count()),
            (gettext_lazy("Recommendations to those below it"), above.count()),
            (gettext_lazy("Its own assessments"), shadows.count()),
            (gettext_lazy("Lines on scoreboards"), scores.count()),
        ],
        [said % {"code": row.code, "text": str(row.text)[:80]} for row in both],
        frozenset(
            {
                *(pk for rows in (asked, above, shadows) for pk in rows.values_list("recommendation__body", flat=True)),
                *scores.values_list("body", flat=True),
            }
        ),
    )
