"""The standing cast of the tests, as a pytest plugin.

Aigul, a caseworker in Bishkek; Boris, a caseworker in Chelyabinsk; Chynara, the council's secretary; a council member;
Davron, an official of a ministry, who has no account; Nurlan, who administers the node and can read no appeal; Emil, who
edits public pages; Saltanat and Rustam, who administer the offices in Bishkek and Chelyabinsk without a key; and Eve, the
outsider who must never get in.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

PASSWORD = "correct horse battery staple"  # of invented people in tests


def give_factor(user: object) -> None:
    """Enrols codes of an app for an account that must have a second factor and has none."""
    from kenesh.kernel import vault
    from kenesh.people import actions, factors

    if factors.must_have_factor(user) and not factors.has_factor(user):  # type: ignore[arg-type]
        actions.add_totp(user=user, seed=vault.new_totp_seed(), step=0, name="test", by="test")  # type: ignore[arg-type]


def enter(client: object, user: object, password: str = PASSWORD) -> None:
    """Goes through the sign-in page with this client, and through the second step when the account has one."""
    give_factor(user)
    answer = client.post("/work/sign-in/", {"email": user.email, "password": password})  # type: ignore[attr-defined]
    assert answer.status_code == 302, answer.content.decode()  # a fixture of tests
    if answer.headers["Location"].startswith("/work/sign-in/second-step/"):
        answer = client.post("/work/sign-in/second-step/", {"code": code_of(user)})  # type: ignore[attr-defined]
        assert answer.status_code == 302, answer.content.decode()


def code_of(user: object) -> str:
    """The code that the account's app shows now; it may be used again, so that a test can sign in many times a minute."""
    import time

    from kenesh.kernel import vault
    from kenesh.people import factors
    from kenesh.people.models import Factor, FactorKind

    Factor.objects.filter(user=user, kind=FactorKind.TOTP).update(counter=0)  # type: ignore[misc]
    factor = Factor.objects.select_related("user").get(user=user, kind=FactorKind.TOTP)  # type: ignore[misc]
    return vault.totp_code(bytes.fromhex(factors.opened(factor)["seed"]), vault.totp_step(time.time()))


@pytest.fixture
def make_account() -> Callable[..., object]:
    """`make_account("Aigul", role, organisation=…, body=…)`: an account with PASSWORD, and its opened secret."""
    from kenesh.people import actions
    from kenesh.people.models import Body, Organisation, Role

    def make(
        name: str, role: Role | None = None, *, organisation: Organisation | None = None, body: Body | None = None
    ) -> actions.NewAccount:
        account = actions.add_user(email=f"{name.lower()}@example.org", name=name, password=PASSWORD, by="test")
        if role is not None:
            actions.give_role(user=account.user, role=role, organisation=organisation, body=body, by="test")
        return account

    return make


@pytest.fixture
def make_office() -> Callable[..., object]:
    from kenesh.people.models import Organisation, OrganisationKind

    def make(name: str, country: str, **more: object) -> Organisation:
        return Organisation.objects.create(
            name={"ru": name, "en": name},
            kind=OrganisationKind.CENTRE,
            country=country,
            takes_appeals=True,
            languages=["ru", "ky"],
            **more,
        )

    return make


@pytest.fixture
def office(db: None, make_office: Callable[..., object]) -> object:
    """The support centre in Bishkek."""
    return make_office("Центр поддержки, Бишкек", "KG")


@pytest.fixture
def other_office(db: None, make_office: Callable[..., object]) -> object:
    """The support centre in Chelyabinsk."""
    return make_office("Центр поддержки, Челябинск", "RU")


@pytest.fixture
def ministry(db: None) -> object:
    """A ministry with a registered mailbox: Davron reads it."""
    from kenesh.people.models import Organisation, OrganisationKind

    return Organisation.objects.create(
        name={"ru": "Министерство труда", "ky": "Эмгек министрлиги", "en": "Ministry of Labour"},
        kind=OrganisationKind.MINISTRY,
        country="KG",
        mailbox="davron@ministry.example",
    )


@pytest.fixture
def council(db: None) -> object:
    from kenesh.people.models import Body

    return Body.objects.create(
        name={"ru": "Совет по миграции", "ky": "Миграция боюнча кеңеш", "en": "Council on Migration"}, kind=Body.Kind.COUNCIL
    )


def _caseworker(name: str, organisation: object, make_account: Callable[..., object]) -> object:
    from kenesh.people import actions
    from kenesh.people.models import Role

    account = make_account(name, Role.CASEWORKER, organisation=organisation)
    actions.begin_epoch(organisation=organisation, holders=[account.user], by="test")  # type: ignore[attr-defined, arg-type]
    return account.user  # type: ignore[attr-defined]


@pytest.fixture
def aigul(office: object, make_account: Callable[..., object]) -> object:
    """Holds the key of the office in Bishkek."""
    return _caseworker("Aigul", office, make_account)


@pytest.fixture
def boris(other_office: object, make_account: Callable[..., object]) -> object:
    """Holds the key of the office in Chelyabinsk."""
    return _caseworker("Boris", other_office, make_account)


@pytest.fixture
def chynara(council: object, make_account: Callable[..., object]) -> object:
    """Secretary of the council."""
    from kenesh.people.models import Role

    return make_account("Chynara", Role.COUNCIL_SECRETARY, body=council).user  # type: ignore[attr-defined]


@pytest.fixture
def member(council: object, office: object, make_account: Callable[..., object]) -> object:
    """A member of the council, on behalf of the office in Bishkek."""
    from kenesh.people.models import Membership, Person, Role

    user = make_account("Meerim", Role.COUNCIL_MEMBER, body=council).user  # type: ignore[attr-defined]
    user.person = Person.objects.create(name={"ru": "Мээрим"}, organisation=office)  # type: ignore[misc]
    user.save(update_fields=["person"])
    Membership.objects.create(body=council, person=user.person, organisation=office)  # type: ignore[misc]
    return user


@pytest.fixture
def nurlan(db: None, make_account: Callable[..., object]) -> object:
    """Administers the node; holds no key."""
    from kenesh.people.models import Role

    return make_account("Nurlan", Role.NODE_ADMIN).user  # type: ignore[attr-defined]


@pytest.fixture
def emil(db: None, make_account: Callable[..., object]) -> object:
    """Edits what everybody reads; holds no key."""
    from kenesh.people.models import Role

    return make_account("Emil", Role.EDITOR).user  # type: ignore[attr-defined]


@pytest.fixture
def saltanat(office: object, make_account: Callable[..., object]) -> object:
    """Administers the office in Bishkek; holds no key."""
    from kenesh.people.models import Role

    return make_account("Saltanat", Role.ORGANISATION_ADMIN, organisation=office).user  # type: ignore[attr-defined]


@pytest.fixture
def rustam(other_office: object, make_account: Callable[..., object]) -> object:
    """Administers the office in Chelyabinsk; holds no key."""
    from kenesh.people.models import Role

    return make_account("Rustam", Role.ORGANISATION_ADMIN, organisation=other_office).user  # type: ignore[attr-defined]


@pytest.fixture
def eve(db: None, make_account: Callable[..., object]) -> object:
    """Has an account and no role at all."""
    return make_account("Eve").user  # type: ignore[attr-defined]


@pytest.fixture
def signed_in() -> Callable[..., object]:
    """`signed_in(aigul)`: a test client that has gone through the sign-in page."""
    from django.conf import settings
    from django.test import Client

    def sign_in(user: object, *, language: str = "ru") -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        enter(client, user)
        return client

    return sign_in
