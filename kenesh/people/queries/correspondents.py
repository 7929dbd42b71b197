"""Reads about correspondents and mailings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from kenesh.kernel import vault
from kenesh.kernel.findings import Candidate
from kenesh.people.doubles import Listed, doubles
from kenesh.people.matching import Named, NameIndex
from kenesh.people.models import AddressFile, Body, Correspondent, Mailing, MailingLine, MailStop, Membership, Role, User
from kenesh.people.queries.slicing import Slice, found, sliced
from kenesh.people.rules import bodies_as


@dataclass(frozen=True)
class Chosen:
    """By what correspondents are chosen; empty values choose all. `body`: a code, or "node" for those of all secretaries."""

    role: str = ""
    body: str = ""
    country: str = ""
    language: str = ""


def secretarys_bodies(user: User) -> list[Body]:
    """Bodies whose secretary this account is."""
    return list(Body.objects.filter(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY)).order_by("id"))


def _own(user: User) -> Q:
    return Q(body__in=bodies_as(user, Role.COUNCIL_SECRETARY)) | Q(body__isnull=True)


def correspondents_kept_by(user: User, chosen: Chosen) -> QuerySet[Correspondent]:
    """Correspondents of her bodies and those of all secretaries, as far as they were chosen."""
    rows = Correspondent.objects.filter(_own(user)).select_related("body")
    if chosen.body:
        rows = rows.filter(body__isnull=True) if chosen.body == "node" else rows.filter(body__code=chosen.body)
    if chosen.role:
        rows = rows.filter(role=chosen.role)
    if chosen.country:
        rows = rows.filter(country=chosen.country)
    return rows.filter(languages__contains=chosen.language) if chosen.language else rows


def page_of_correspondents(user: User, chosen: Chosen, *, after: str = "") -> tuple[Slice[Correspondent], dict[str, str]]:
    """A piece of the list, newest first, and for addresses to which nothing is sent, why not (in words)."""
    page = sliced(correspondents_kept_by(user, chosen), after)
    return page, stops_of([correspondent.email for correspondent in page.rows if correspondent.email])


def hidden_address(email: str) -> str:
    """How an address is called where it must not be read: a keyed hash, in hex."""
    return vault.link_hash(settings.SECRETS.pepper, f"mail:{email.lower()}").hex()


def stops_of(emails: list[str]) -> dict[str, str]:
    """For each of these addresses to which nothing is sent, why not, in words."""
    hidden = {hidden_address(email): email for email in emails}
    return {hidden[stop.address]: str(stop.get_why_display()) for stop in MailStop.objects.filter(address__in=list(hidden))}


def came_back(emails: list[str]) -> dict[str, MailStop]:
    """Those of these addresses from which letters come back, with what the mail server said, and when first."""
    hidden = {hidden_address(email): email for email in emails}
    rows = MailStop.objects.filter(address__in=list(hidden), why=MailStop.Why.BOUNCED)
    return {hidden[stop.address]: stop for stop in rows}


def correspondent_to_keep(user: User, code: str) -> Correspondent:
    """Raises Http404."""
    return found(Correspondent.objects.filter(_own(user), code=code).select_related("body"))


def stop_of(correspondent: Correspondent) -> MailStop | None:
    return MailStop.objects.filter(address=hidden_address(correspondent.email)).first() if correspondent.email else None


def listed(correspondent: Correspondent) -> Listed:
    return Listed(correspondent.code, correspondent.name, correspondent.organisation, correspondent.phones)


def alike_in_list(body: Body | None, who: Listed, *, email: str) -> list[Candidate]:
    """Who of the same list may be the same person. None when `who` is in it already: a form that was sent twice; nor when the address
    is, which is refused anyway."""
    rows = list(Correspondent.objects.filter(body=body).order_by("id"))
    if any(row.code == who.target or (email and row.email == email) for row in rows):
        return []
    return doubles(who, map(listed, rows))


def address_file_of(user: User, code: str) -> AddressFile:
    """Only who brought it sees it. Raises Http404."""
    return found(AddressFile.objects.filter(by=user, code=code).select_related("body"))


@dataclass(frozen=True)
class Receivers:
    """Who would get a letter: one correspondent for each address; how many are left out because mail stops or there is no address."""

    correspondents: list[Correspondent]
    stopped: int
    without_address: int


def receivers(user: User, chosen: Chosen) -> Receivers:
    """Of the chosen correspondents, who would get a letter now."""
    rows = list(correspondents_kept_by(user, chosen).order_by("id"))
    by_address = {correspondent.email: correspondent for correspondent in rows if correspondent.email}
    stopped = stops_of(list(by_address))
    getting = [correspondent for email, correspondent in by_address.items() if email not in stopped]
    return Receivers(getting, len(stopped), sum(not correspondent.email for correspondent in rows))


def in_address_book(body: Body, seats: Iterable[Membership]) -> dict[int, Correspondent]:
    """For each of these seats, by number, the one correspondent of the body who bears the name of its person, in any of its languages
    and in any order of its words, and can be written to. Left out are seats whose person's name none or several bear, and
    correspondents of another State or another organisation: they are namesakes."""
    kept = Correspondent.objects.filter(body=body).exclude(email="")
    bearers: dict[frozenset[str], dict[str, Correspondent]] = defaultdict(dict)
    for correspondent in kept.only("name", "email", "languages", "country", "organisation"):
        bearers[_words(correspondent.name)][correspondent.email] = correspondent
    found: dict[int, Correspondent] = {}
    for seat in seats:
        names = seat.person.name.values() if seat.person else ()
        called = {email: one for name in names for email, one in bearers.get(_words(name), {}).items()}
        same = [one for one in called.values() if _may_hold(seat, one)]
        if len(same) == 1:
            found[seat.pk] = same[0]
    return found


def _may_hold(seat: Membership, who: Correspondent) -> bool:
    """Whether neither the State nor the organisation of the correspondent is another one, as far as both are known."""
    if who.country and seat.state and who.country != seat.state:
        return False
    houses = [house for house in (seat.organisation, seat.person.organisation if seat.person else None) if house]
    index = NameIndex(Named(house.code, "", house.name, house.short_name) for house in houses)
    return not (who.organisation and houses) or bool(index.candidates(who.organisation, who.languages[:2] or "ru"))


def addresses_kept(body: Body, emails: Iterable[str]) -> set[str]:
    """Those of these addresses that stand in the address book of the body."""
    return set(Correspondent.objects.filter(body=body, email__in=list(emails)).exclude(email="").values_list("email", flat=True))


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(",", " ").split())


def mailings_of(user: User, *, after: str = "") -> Slice[Mailing]:
    """Mailings of her bodies and of all secretaries, newest first, each with `all` and `sent`."""
    counted = Mailing.objects.filter(_own(user)).annotate(
        all=Count("lines"), sent=Count("lines", filter=Q(lines__status=MailingLine.Status.SENT))
    )
    return sliced(counted.select_related("body", "by"), after)


def mailing_to_read(user: User, code: str) -> Mailing:
    """Raises Http404."""
    return found(Mailing.objects.filter(_own(user), code=code).select_related("body", "by"))


def counts_of(mailing: Mailing) -> list[tuple[str, str, int]]:
    """How many letters have each status: its code, its words and the number, without empty ones."""
    found_here = dict(mailing.lines.values_list("status").annotate(Count("id")).order_by())
    return [(status.value, str(status.label), found_here[status]) for status in MailingLine.Status if found_here.get(status)]


def line_by_token(token: str) -> MailingLine:
    """Raises Http404."""
    return found(
        MailingLine.objects.filter(token_hash=vault.link_hash(settings.SECRETS.pepper, token)).select_related("mailing__body")
    )


def lines_not_sent(user: User, mailing: Mailing) -> list[tuple[MailingLine, str]]:
    """Letters that did not go, or perhaps did not, at most a hundred; each with the code of its correspondent, whose page says more ("" when
    there is none any more)."""
    lines = list(mailing.lines.exclude(status=MailingLine.Status.SENT).order_by("id")[:100])
    kept = Correspondent.objects.filter(_own(user), email__in=[line.email for line in lines]).order_by("id")
    codes = dict(kept.values_list("email", "code"))
    return [(line, codes.get(line.email, "")) for line in lines]
