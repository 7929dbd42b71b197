"""Organisations and their successors."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import ChangedMeanwhile, InACircle, TooEarly
from kenesh.people.models import Label, Organisation, Succession, User
from kenesh.people.queries.joined import line_of_successors
from kenesh.people.signals import organisation_renamed
from kenesh.search.actions import keep
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class OrganisationFacts:
    """What a form says of an organisation, by the names of its fields."""

    name: Translated
    short_name: Translated
    kind: str
    country: str
    languages: list[str]
    place: Translated
    takes_appeals: bool
    mailbox: str
    founded_on: date | None
    ended_on: date | None
    services: Translated = field(default_factory=Translated)
    hours: Translated = field(default_factory=Translated)
    phone: str = ""
    public_email: str = ""
    website: str = ""


def add_organisation(*, code: str, facts: OrganisationFacts, by: User) -> Organisation:
    """`code` is the form's own key: the same form sent twice makes one organisation."""
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    with transaction.atomic():
        organisation, made = Organisation.objects.get_or_create(code=code, defaults=values)
        if made:
            trail.record(verb="add_organisation", target=f"organisation:{code}", by=by)
            keep("centre", [code])
    return organisation


def edit_organisation(*, organisation: Organisation, facts: OrganisationFacts, seen: str, by: User) -> None:
    """`seen`: its stamp when the form was opened. Raises ChangedMeanwhile."""
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        if stamp_of(row) != seen:
            raise ChangedMeanwhile
        renamed = (row.name, row.short_name, row.country) != (facts.name, facts.short_name, facts.country)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        trail.record(verb="edit_organisation", target=f"organisation:{row.code}", by=by)
        keep("centre", [row.code])
        if renamed:
            organisation_renamed.send(sender=Organisation, organisation=row)


def add_label(*, organisation: Organisation, label: Label, by: User) -> None:
    """A law makes it carry these words. `label.key` is the form's own key: the same form sent twice makes one label."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if all(label.key != known.key for known in row.labels):
            _keep_labels(row, [*row.labels, label], "add_label", by)


def end_label(*, organisation: Organisation, key: str, until: date, by: User) -> None:
    """The label binds for the last time on that day. Raises TooEarly."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        ended = [replace(label, until=until) if label.key == key else label for label in row.labels]
        if any(label.until and label.until < label.since for label in ended):
            raise TooEarly
        if ended != row.labels:
            _keep_labels(row, ended, "end_label", by)


def drop_label(*, organisation: Organisation, key: str, by: User) -> None:
    """It was entered by mistake."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        kept = [label for label in row.labels if label.key != key]
        if kept != row.labels:
            _keep_labels(row, kept, "drop_label", by)


def _keep_labels(row: Organisation, labels: list[Label], verb: str, by: User) -> None:
    row.labels = labels
    row.save(update_fields=["labels"])
    trail.record(verb=verb, target=f"organisation:{row.code}", by=by)
    keep("centre", [row.code])


def take_over(*, predecessor: Organisation, successor: Organisation, on: date, by: User) -> None:
    """`predecessor` ended on that day, and `successor` goes on in its place. Raises InACircle."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=predecessor.pk)
        if row.pk in line_of_successors(successor):
            raise InACircle
        _succession, made = Succession.objects.get_or_create(predecessor=row, successor=successor, defaults={"on": on})
        if not made:
            return
        if row.ended_on is None:
            row.ended_on = on
            row.save(update_fields=["ended_on"])
            keep("centre", [row.code])
        trail.record(verb="take_over", target=f"organisation:{row.code}>{successor.code}", by=by)


def undo_take_over(*, succession: Succession, by: User) -> None:
    """It was entered by mistake. The day on which the predecessor ended stays, for its own form to correct."""
    with transaction.atomic():
        deleted, _ = Succession.objects.filter(pk=succession.pk).delete()
        if deleted:
            target = f"organisation:{succession.predecessor.code}>{succession.successor.code}"
            trail.record(verb="undo_take_over", target=target, by=by)
