"""Who of several people of a case gets what is written or shared: chosen, never taken for granted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal
from kenesh.casework.forms.case import TextForm
from kenesh.casework.readers import EVERYBODY, Whom

CHOOSE = _("Please choose who is to read it.")


class WhomForm(forms.Form):
    """Nothing is asked where one person alone can read."""

    to = forms.ChoiceField(
        label=_("Who is to read it?"),
        help_text=_("Nobody else of this case sees it."),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, whom: Whom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whom = whom
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what is declared above
        field.choices = whom.choices
        field.initial = whom.last
        # Whoever was chosen on the page and is gone since is not replaced by who is left.
        if len(whom.choices) < 2 and not self.data.get(self.add_prefix("to")):
            del self.fields["to"]

    def chosen(self) -> list[Appeal]:
        to = self.cleaned_data.get("to", EVERYBODY)
        return [appeal for appeal in self.whom.appeals if to in (EVERYBODY, appeal.code)]

    def names(self) -> str:
        """Those who were chosen among several, in words; "" for the only one."""
        several = len(self.whom.choices) > 1
        return ", ".join(self.whom.named(appeal.code) for appeal in self.chosen()) if several else ""


class AnswerForm(TextForm, WhomForm):
    """An answer to the person; of several, to whom."""

    field_order = ("key", "to", "text")
