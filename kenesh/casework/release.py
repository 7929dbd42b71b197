"""The only door from the private wing down to the public one. Two things pass.

A count: theme, the two countries, region, the number of persons, the day of release. It passes once for each matter, and only
while the person's own signed consent to be counted stands.

A quotation: the very words that the person has signed, with coarse words on who she is; and only by the hands of somebody who
has not written them. What stays here: everything else.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal
from kenesh.casework import quoting, readers
from kenesh.casework.actions import QuotationChanged, take_off_list, why_not
from kenesh.casework.models import Case, Matter
from kenesh.casework.opening import open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem
from kenesh.themes import thesaurus


class NoConsent(Exception):
    """The person has not agreed, or no longer agrees, to be counted."""


class NoTheme(Exception):
    """The matter has no theme of the thesaurus yet: it would be counted nowhere."""


class ReleasedBefore(Exception):
    """This matter was counted already."""


class SameHands(Exception):
    """Who has written the words cannot be the one who checks them."""


def release_matter(*, keyring: Keyring, matter: Matter) -> None:
    """Counts a matter through the door. Raises NoConsent, NoTheme, ReleasedBefore, KeyMissing."""
    case = matter.case
    opened = open_case(case, keyring)
    with transaction.atomic():
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        body = opened.open(locked).body
        if body["released_on"]:
            raise ReleasedBefore
        if body["theme"] not in thesaurus.concepts():
            raise NoTheme
        rows = readers.appeals_of(case)
        told = readers.open_to_us(rows, keyring)
        # Of several people, one who has taken her consent back has taken the count back too.
        if not told or len(told) < len(rows) or not all(appeals.may_count(appeal) for appeal in told):
            raise NoConsent
        # A restricted case keeps its countries under the seal.
        sheet = opened.open(case.restriction).body["case"] if case.restricted else None
        origin, destination = (sheet["origin"], sheet["destination"]) if sheet else (case.origin, case.destination)
        today = timezone.localdate()
        locked.version += 1
        opened.seal(locked, {**body, "released_on": today.isoformat()})
        locked.save()
        problems.count_released(
            theme=body["theme"],
            origin=origin,
            destination=destination,
            region=body["region"],
            day=today,
            persons=int(body["persons"]),
            by=keyring.user,
            # The same word for all matters of a case: three of one person are not three persons. Nobody without the
            # case's key can make it, so it leads back to no case.
            group=opened.door_word(),
        )
        for appeal in told:
            appeals.tell_step(keyring=keyring, appeal=appeal.appeal, code="counted")
        trail.record(verb="release_matter", target=f"case:{case.uid.hex}", by=keyring.user, chain=case.office.chain)


def release_quotation(*, keyring: Keyring, case: Case, appeal: Appeal, code: str, seen: str) -> None:
    """Passes words through the door; they are public at once. `seen`: the hash of what the checker had before her eyes.

    Raises SameHands, NoConsent, QuotationChanged, problems.NotNow (the problem is no longer public), KeyMissing.
    """
    open_case(case, keyring)
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)
        opened = appeal_opening.open_for_office(row, keyring)
        one = quoting.found(opened, code)
        if one is None or one.state != quoting.AGREED or seen != quoting.hash_of(one):
            raise QuotationChanged
        if keyring.user.uid.hex in one.writers:
            raise SameHands
        if why_not(opened, case) or not quoting.consent_stands(one):
            raise NoConsent
        trail.record(verb="check_quotation", target=f"quotation:{code}", by=keyring.user, chain=case.office.chain)
        problems.publish_quotation(
            code=code,
            problem=Problem.objects.get(code=one.said["problem"]),
            words=one.words(),
            handle=quoting.handle_of(row, one.number),
            today=timezone.localdate(),
            by=keyring.user,
            chain=case.office.chain,
        )
        opened.sealed_entry(
            kind=quoting.KIND, by="office", at=timezone.now(), quotation=code, code=quoting.PUBLISHED, name=keyring.user.name
        ).save()
        take_off_list(row, number=one.number)
        appeals.tell_step(keyring=keyring, appeal=row, code="quotation_published")
