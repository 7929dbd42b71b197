"""Who can sign in to the demonstration: invented people, all with one printed password."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kenesh.kernel import vault
from kenesh.people import actions
from kenesh.people.models import Body, Organisation, Role

# One for all, printed at every start: these accounts protect nothing but invented stories.
PASSWORD = "kenesh-koldon-kelet"  # noqa: S105

Cast = dict[str, actions.NewAccount]


@dataclass(frozen=True)
class Part:
    """One account. `places`: keys of the organisations or bodies in which it has its role; none for roles on the node."""

    key: str
    name: str
    language: str
    role: Role
    places: tuple[str, ...]
    told: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PARTS = (
    Part("aigul", "Айгүл", "ky", Role.CASEWORKER, ("bishkek",), "caseworker in Bishkek"),
    Part("jamila", "Жамиля", "ru", Role.CASEWORKER, ("bishkek",), "her colleague, holds the key too"),
    Part("saltanat", "Салтанат", "ru", Role.ORGANISATION_ADMIN, ("bishkek",), "administrator of the office in Bishkek"),
    Part("ulan", "Улан", "ky", Role.CASEWORKER, ("osh",), "caseworker in Osh"),
    Part("dilfuza", "Дилфуза", "uz", Role.CASEWORKER, ("osh",), "caseworker in Osh"),
    Part("boris", "Борис", "ru", Role.CASEWORKER, ("chelyabinsk",), "caseworker in Chelyabinsk"),
    Part("gulnara", "Гульнара", "ru", Role.CASEWORKER, ("chelyabinsk",), "caseworker in Chelyabinsk"),
    Part("rustam", "Рустам", "ru", Role.CASEWORKER, ("kazan",), "caseworker in Kazan"),
    Part("alsu", "Алсу", "ru", Role.CASEWORKER, ("kazan",), "caseworker in Kazan"),
    Part("marina", "Марина", "ru", Role.CASEWORKER, ("moscow",), "caseworker in Moscow"),
    Part("farrukh", "Фаррух", "tg", Role.CASEWORKER, ("moscow",), "caseworker in Moscow"),
    Part("chynara", "Чынара", "ru", Role.COUNCIL_SECRETARY, ("meks", "mbos"), "secretary of the two councils"),
    Part("meerim", "Мээрим", "ky", Role.COUNCIL_MEMBER, ("meks", "mbos"), "member of the councils, for the office in Bishkek"),
    Part("daniyar", "Данияр", "ru", Role.COUNCIL_MEMBER, ("meks",), "member of the expert council, for the office in Kazan"),
    Part("editor", "Эмиль", "ru", Role.EDITOR, (), "editor of the library"),
    Part("nurlan", "Нурлан", "ru", Role.NODE_ADMIN, (), "administrator of the node; can read no appeal"),
)


def make() -> Cast:
    """The accounts, each with its opened secret; outside of a transaction, since each stretches the password."""
    return {
        part.key: actions.add_user(email=part.email, name=part.name, password=PASSWORD, language=part.language, by="command")
        for part in PARTS
    }


def give_roles(cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body]) -> None:
    for part in PARTS:
        user = cast[part.key].user
        if part.role == Role.CASEWORKER:  # the page of the second step shows the code of such an account, on localhost only
            actions.add_totp(user=user, seed=vault.new_totp_seed(), step=0, name="demonstration", by="command", shown=True)
        if not part.places:
            actions.give_role(user=user, role=part.role, by="command")
        for place in part.places:
            actions.give_role(user=user, role=part.role, organisation=houses.get(place), body=bodies.get(place), by="command")


def caseworkers_of(place: str) -> list[str]:
    """Keys of the accounts that do casework in this office, the main one first."""
    return [part.key for part in PARTS if part.role == Role.CASEWORKER and place in part.places]


def in_lines(cast: Cast) -> list[str]:
    width = max(len(account.user.email) for account in cast.values())
    return [
        "A demonstration: every person, appeal, decision and answer in it is invented.",
        "",
        f"Sign in at {settings.ADDRESS}{settings.LOGIN_URL}, the password of all accounts is: {PASSWORD}",
        *(f"  {cast[part.key].user.email:{width}}  {part.name}, {part.told}" for part in PARTS),
        "Caseworkers sign in with a second step. Here the page writes the code by itself: press the button.",
        "",
    ]
