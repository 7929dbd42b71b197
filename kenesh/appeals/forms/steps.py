"""The public form, in four short pages. Every question but the first may be left unanswered."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import contact, steps
from kenesh.appeals.forms.choices import (
    CHANNELS,
    CHOOSE_ONE,
    ICONS,
    NO,
    OWN_WORDS,
    RATHER_NOT,
    YES,
    YES_NO_UNKNOWN,
    Choices,
    Words,
    country_choices,
    one_of,
    set_choices,
    several_of,
    short_field,
    story_field,
    theme_choices,
    time_field,
)
from kenesh.appeals.forms.receipt import address_field
from kenesh.kernel.widgets import TileSelect
from kenesh.people.models import Organisation
from kenesh.people.queries import NamedOffice
from kenesh.themes import countries, languages


class StepForm(forms.Form):
    """A page of the form. All is optional unless said otherwise, so "(optional)" is not repeated at every question."""

    all_optional = True
    icon = ""
    asks_offices = False

    @classmethod
    def of(cls, offices: Offices, *, data: QueryDict | None = None, answers: Mapping[str, Any] | None = None) -> Self:
        """The form with what somebody sent now or answered before.

        Its fields, which nobody changes, are those of one form for each language and list of offices: Django would copy
        each of them for each request.
        """
        form: Self = copy.copy(_empty(cls, get_language() or "ru", offices))
        form.is_bound, form.data = data is not None, data if data is not None else QueryDict()
        form.initial = {"consents": [steps.WORK_ON_CASE], **(answers or {})}
        form.__dict__.update(_errors=None, _bound_fields_cache={})  # what a form keeps for itself
        return form

    def answers(self) -> dict[str, Any]:
        """What was answered, ready to be sealed."""
        return dict(self.cleaned_data)


@functools.lru_cache(maxsize=256)  # six forms in seven languages; the list of offices changes seldom
def _empty(kind: type[StepForm], language: str, offices: Offices) -> Any:
    make: Any = kind
    return make(offices=offices) if kind.asks_offices else make()


class Offices:
    """Offices as a form shows them in the active language: equal when their codes and names are."""

    def __init__(self, offices: Iterable[Organisation | NamedOffice]) -> None:
        self.names = tuple((office.code, str(office)) for office in offices)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offices) and other.names == self.names

    def __hash__(self) -> int:
        return hash(self.names)


class WhatForm(StepForm):
    """What happened, and is there danger now."""

    danger = one_of(
        _("Are you in danger now?"),
        YES_NO_UNKNOWN,
        _("Locked in, beaten or threatened, held by the police, or about to be sent away today."),
    )
    theme = forms.ChoiceField(label=_("What happened?"), required=False, widget=TileSelect(icons=ICONS))
    story = story_field(
        _("Tell us in your own words"),
        _("In any language, as short as you like. You need not write names. You may leave this empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "theme", theme_choices(get_language() or "ru"))
        theme = self.fields["theme"]
        theme.help_text = _("Choose what matters most. One answer is enough.")
        theme.error_messages["invalid_choice"] = CHOOSE_ONE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = cleaned.get("theme") or cleaned.get("story") or cleaned.get("danger") == YES
        readable = not self.errors.keys() & WhatForm.base_fields.keys()  # other questions may stand on the same page
        if not told and readable:
            self.add_error("theme", _("Please choose what happened, or write some words, or choose “Call me”."))
        if cleaned.get("theme") == OWN_WORDS and not cleaned.get("story") and cleaned.get("danger") != YES and readable:
            self.add_error("story", _("Please write some words about what happened, or choose another answer above."))
        return cleaned


def _for_whom(label: Words, *, group: bool) -> forms.ChoiceField:
    several: Choices = [("group", _("For a group of people"))] if group else []
    return one_of(label, [("self", _("For myself")), ("relative", _("For somebody else, whom I help")), *several])


class DangerForm(StepForm):
    """The short path of somebody in danger: where, since when, whom to call."""

    danger_where = short_field(_("Where are you now?"), _("Town, street, name of the place or of the firm: whatever you know."))
    danger_since = short_field(_("Since when?"))
    danger_phone = short_field(
        _("A phone number of somebody you trust"), _("A relative or friend whom we may call."), inputmode="tel", type="tel"
    )
    for_whom = _for_whom(_("For whom do you write?"), group=False)


class WhereForm(StepForm):
    """Where it happened, where the person is, with which papers, since when."""

    citizenship = one_of(_("What is your citizenship?"), [], _("It decides which law protects you."), widget=forms.Select)
    where_country = one_of(_("In which country did it happen?"), [], widget=forms.Select)
    where_place = short_field(_("In which region or town did it happen?"))
    now_country = one_of(_("In which country are you now?"), [], widget=forms.Select)
    papers = one_of(
        _("Which papers do you have there?"),
        [
            ("eaeu", _("A work contract, as a citizen of the Eurasian Economic Union")),
            ("patent", _("A patent or a work permit")),
            ("residence", _("A residence permit")),
            ("none", _("None, or they have run out")),
            RATHER_NOT,
        ],
    )
    since = short_field(_("Since when?"), _("For example: since March, or for two weeks."))
    paper_date = short_field(
        _("Is there a paper with a date on it?"),
        _("From a court, the police or an employer. Write what it is and the date. Time limits may run from that day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        set_choices(self, "citizenship", country_choices(countries.ORIGINS, language))
        for name in ("where_country", "now_country"):
            set_choices(self, name, country_choices((*countries.DESTINATIONS, *countries.ORIGINS), language))


class WhoForm(StepForm):
    """Who did it, and for whom the appeal is."""

    culprit = one_of(
        _("Who did this?"),
        [
            ("employer", _("Employer")),
            ("agent", _("Agent or middleman")),
            ("landlord", _("Landlord")),
            ("official", _("Police or an official")),
            ("family", _("Somebody of the family")),
            ("other", _("Somebody else")),
            RATHER_NOT,
        ],
    )
    culprit_name = short_field(_("What is the firm or person called?"), _("As you know it. A nickname helps too."))
    for_whom = _for_whom(_("For whom do you write?"), group=True)
    group_size = forms.IntegerField(
        label=_("If for a group: how many people?"),
        required=False,
        min_value=2,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write a number, for example 12."),
            "min_value": _("A group has at least 2 people."),
            "max_value": _("Please write a number up to 5,000."),
        },
    )
    helper = one_of(
        _("If for somebody else: who are you?"),
        [
            RATHER_NOT,
            ("relative", _("A relative")),
            ("friend", _("A friend or neighbour")),
            ("colleague", _("A colleague at work")),
            ("volunteer", _("Somebody of an organisation or a volunteer")),
            ("other", _("Somebody else")),
        ],
        widget=forms.Select,
    )
    person_knows = one_of(
        _("If for somebody else: does that person know and agree?"),
        [
            RATHER_NOT,
            (YES, _("Knows and agrees")),
            ("not_asked", _("Knows, but has not agreed yet")),
            (NO, _("Does not know")),
        ],
        widget=forms.Select,
    )
    sex = one_of(
        _("Woman or man?"),
        [("female", _("Woman")), ("male", _("Man")), RATHER_NOT],
        _("Only to see whether help reaches everybody."),
    )
    age = one_of(
        _("Age"),
        [
            ("under-18", _("Under 18")),
            ("18-29", "18–29"),
            ("30-44", "30–44"),
            ("45-59", "45–59"),
            ("60+", _("60 or more")),
            RATHER_NOT,
        ],
    )
    guardian = short_field(
        _("If under 18: who is the mother, father or guardian?"),
        _("Name, and what they are to the child. Leave it empty if there is nobody, or if it is not safe to tell them."),
    )


class AnswerForm(StepForm):
    """How to answer, which office, what it may do."""

    asks_offices = True
    offers_notice = True
    moves_complaints = False  # whether a complaint about the chosen office goes to another one by itself

    answer_how = one_of(
        _("How may we answer you?"),
        [
            ("code", _("Only here: I come back with my receipt")),
            ("call", _("Call me")),
            ("never", _("No answer needed")),
        ],
    )
    phone = short_field(_("Phone number, if we may call"), inputmode="tel", type="tel")
    call_from = time_field(_("We may call from what time?"))
    call_to = time_field(_("Until what time?"))
    call_zone = one_of(
        _("By which clock?"),
        [("", _("The time of the country where I am")), *contact.ZONES.items()],
        _("Only if you are in Russia."),
        widget=forms.Select,
    )
    call_when = short_field(_("Is there more to know before calling?"), _("For example: not on Sundays."))
    may_pick_up = short_field(_("Who else may pick up?"), _("For example: my sister. Leave it empty if nobody."))
    may_say_who = one_of(_("If somebody else picks up: may we say who we are?"), [(YES, _("Yes")), (NO, _("No"))])
    language = one_of(_("In which language?"), [], widget=forms.Select)
    notice_email = address_field(
        required=False,
        label=_("E-mail address, if you want one message when there is news"),
        hint=_(
            "It says only: “There is news. Come back with your digits.” Then the address is deleted; the office never sees it. "
            "Whoever reads your mailbox sees the message."
        ),
    )
    needs = several_of(
        _("Do you need any of these?"),
        [
            ("interpreter", _("An interpreter")),
            ("disability", _("Help because of illness or disability")),
            ("cannot_read", _("I cannot read well: please explain by voice")),
        ],
    )
    complaint_about = one_of(
        _("Is this a complaint about one of these offices?"),
        [],
        _("Then another office receives it. The one you complain about cannot see it."),
        widget=forms.Select,
    )
    office = one_of(_("Which office shall receive this?"), [])
    consents = several_of(
        _("What may the office do?"),
        [(code, steps.CONSENTS[code]) for code in steps.ASKED_FIRST],
        _("You can take back each of these later with your receipt."),
    )

    def __init__(self, *args: Any, offices: Offices | list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(code, languages.OWN_NAME[code]) for code, _name in settings.LANGUAGES]
        set_choices(self, "language", [RATHER_NOT, *own])
        named: Choices = list((offices if isinstance(offices, Offices) else Offices(offices)).names)
        set_choices(self, "office", [*named, ("", _("I do not know: choose for me"))] if len(named) > 1 else named)
        set_choices(self, "complaint_about", [("", _("No")), *named])
        if not (self.offers_notice and settings.MAIL_IS_SENT):
            del self.fields["notice_email"]
        if len(named) < 2:
            del self.fields["complaint_about"]  # there is nobody else to receive it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer_how") == contact.CALL and not cleaned.get("phone"):
            self.add_error("phone", _("Please write the phone number that we may call, or choose another way of answering."))
        about_chosen = cleaned.get("complaint_about") and cleaned.get("office") == cleaned["complaint_about"]
        if about_chosen and not self.moves_complaints:
            self.add_error("office", _("Please choose another office: you complain about this one. Or choose “I do not know”."))
        if "consents" in cleaned and steps.WORK_ON_CASE not in cleaned["consents"]:
            self.add_error(
                "consents", _("Without this the office may not read your appeal: “The office may keep my appeal and work on it.”")
            )
        return cleaned


class WrittenDownForm(StepForm):
    """What an office adds when it writes an appeal down for somebody: how it came, and what stands in a part of a group's case."""

    channel = one_of(_("How did it come in?"), list(CHANNELS.items()), widget=forms.Select)
    name = short_field(_("Name, as in the passport"), _("Only when a step needs it."))
    claimed = short_field(_("Sum that is owed"))
