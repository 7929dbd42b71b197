"""Of which body and period a report is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.followup.forms.fields import day_field
from kenesh.people.models import Body

LONGEST = timedelta(days=366 * 10)


class ReportForm(forms.Form):
    """Empty: everything, from the first of January on."""

    all_optional = True
    body = forms.ChoiceField(label=_("Who asks"), required=False)
    start = day_field(_("First day"))
    end = day_field(_("Last day"))

    def __init__(self, *args: Any, bodies: list[Body], all_of_them: bool, **kwargs: Any) -> None:
        kwargs["auto_id"] = "report_%s"
        super().__init__(*args, **kwargs)
        first = [("", _("Everybody"))] if all_of_them else []
        self.fields["body"].choices = first + [(one.code, str(one)) for one in bodies]  # type: ignore[attr-defined]
        self._bodies = {one.code: one for one in bodies}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["start"] = data.get("start") or timezone.localdate().replace(month=1, day=1)
        data["end"] = data.get("end") or max(timezone.localdate(), data["start"])
        if data["end"] < data["start"]:
            self.add_error("end", _("This day is before the first one."))
        elif data["end"] - data["start"] > LONGEST:
            self.add_error("start", _("Choose a period of at most ten years."))
        return data

    def chosen(self) -> tuple[Body | None, date, date]:
        """The checked answers; of several bodies of an account the first one, when none was chosen."""
        body = self._bodies.get(self.cleaned_data["body"])
        offered = self.fields["body"].choices  # type: ignore[attr-defined]
        if body is None and self._bodies and "" not in dict(offered):
            body = next(iter(self._bodies.values()))
        return body, self.cleaned_data["start"], self.cleaned_data["end"]


def language_or(active: str, asked: str) -> str:
    """The language that was asked for, when the interface has it; else the active one."""
    return asked if asked in dict(settings.LANGUAGES) else active
