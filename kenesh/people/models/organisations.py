"""Organisations, the bodies in which they meet, the persons who sit there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.people.models.labels import Label, LabelsField
from kenesh.themes.countries import country_name
from kenesh.themes.texts import Translated, TranslatedField


class OrganisationKind(models.TextChoices):
    NGO = "ngo", _("Non-governmental organisation")
    CENTRE = "centre", _("Support centre")
    MINISTRY = "ministry", _("Ministry or State body")
    UNION = "union", _("Trade union")
    REGIONAL = "regional", _("Regional organisation")
    INTERNATIONAL = "international", _("International organisation")
    ACADEMIC = "academic", _("University or institute")
    DIASPORA = "diaspora", _("Diaspora organisation")


class Publication(models.TextChoices):
    """How much of a membership, attendance, speech or named vote may be shown to everybody. Default: nothing."""

    NAME = "name", _("Name")
    ORGANISATION = "organisation", _("Organisation only")
    COUNTRY = "country", _("Country only")
    HIDDEN = "hidden", _("Not public")


_day: ContextVar[date | None] = ContextVar("day of the paper", default=None)


@contextmanager
def as_on(day: date) -> Iterator[None]:
    """Within it organisations carry the labels of that day: a paper of a past day names them as they had to be named then."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


def with_labels(name: Translated, labels: Iterable[Label], day: date, language: str = "") -> str:
    """A name with those of the labels that bind on that day, in the active language or in another one."""
    language = language or get_language() or "en"
    words = ", ".join(label.text.in_language(language) for label in labels if label.binds_on(day))
    said = name.in_language(language)
    return f"{said} ({words})" if words else said


class Organisation(models.Model):
    """An NGO, support centre, ministry, union, regional or international organisation."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    name = TranslatedField()
    short_name = TranslatedField(blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2; empty for international ones
    languages = models.JSONField(default=list, blank=True)  # codes of the languages in which it answers
    place = TranslatedField(blank=True)
    labels = LabelsField(blank=True)  # those that a law makes it carry, each for a time
    emblem = models.CharField(max_length=80, blank=True)  # file in files/public
    takes_appeals = models.BooleanField(default=False)  # an office of this node to which a person may turn
    # What the organisation publishes of itself for people who look for help.
    services = TranslatedField(blank=True)  # with what it helps
    hours = TranslatedField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    public_email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    mailbox = models.EmailField(blank=True)  # the registered address to which codes for answering are sent
    founded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["takes_appeals", "country"], name="organisation_offices")]

    def __str__(self) -> str:
        """The name in the active language, with the labels that a law makes it carry today, or on the day of the paper (`as_on`)."""
        return self.called_on(_day.get() or timezone.localdate())

    def called_on(self, day: date, language: str = "") -> str:
        """The name with the labels that bound it on that day, in the active language or in another one."""
        return with_labels(self.name, self.labels, day, language)

    @property
    def chain(self) -> str:
        """Its own chain in the trail."""
        return self.uid.hex


class Succession(models.Model):
    """Ministries are renamed, merged and split: who took over from whom, and when."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="succession_not_of_itself"),
        ]


class Body(models.Model):
    """Something that meets: a council, coalition, committee, regional dialogue. It may have sub-bodies."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        COALITION = "coalition", _("Coalition")
        COMMITTEE = "committee", _("Committee")
        DIALOGUE = "dialogue", _("Regional dialogue")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    name = TranslatedField()
    short_name = TranslatedField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = TranslatedField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_bodies")
    founded_on = models.CharField(max_length=10, blank=True)  # ISO 8601, as exact as is known: "2023-04-28", "2021"
    publishes_decisions = models.BooleanField(default=False)  # what a body publishes, the body decides

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return str(self.name)


class Person(models.Model):
    """Somebody who sits in a body or speaks for an organisation. Not an account, and never a client of an office."""

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    name = TranslatedField()
    post = TranslatedField(blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="persons")

    def __str__(self) -> str:
        return str(self.name)


class Standing(models.TextChoices):
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")


class MembershipRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    CO_CHAIR = "co_chair", _("Co-chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")


class Membership(models.Model):
    """A State, organisation or person in a body, with a role, a standing and a term."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    country = models.CharField(max_length=2, blank=True)  # the State itself when neither person nor organisation is named
    role = models.CharField(max_length=20, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    # Who speaks for the seat when its person cannot come; what everybody may see of her is hers to say.
    alternate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seats_as_alternate")
    alternate_publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(country=""),
                name="membership_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="membership_term_in_order",
            ),
        ]
        indexes = [models.Index(fields=["body", "until"], name="membership_sitting")]

    def __str__(self) -> str:
        if self.person or self.organisation:
            return str(self.person or self.organisation)
        return country_name(self.country, get_language() or "en")

    @property
    def state(self) -> str:
        """For which State it speaks (ISO 3166-1 alpha-2): its own, else its organisation's; "" for none, as of an
        international organisation."""
        organisation = self.organisation or (self.person.organisation if self.person else None)
        return self.country or (organisation.country if organisation else "")

    @property
    def is_of_an_institution(self) -> bool:
        """Whether somebody else can be sent to it: not when a person sits there in her own name."""
        return self.organisation_id is not None or bool(self.country)

    def sits_on(self, day: date) -> bool:
        """Whether the term covers this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
