"""Passkeys and security keys at the second step, with a software authenticator in the place of the browser's."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Factor, FactorKind, User

pytestmark = pytest.mark.django_db

SECOND, SET_UP = "/work/sign-in/second-step/", "/work/sign-in/set-up/"


def give_password(client: Client, user: User) -> None:
    client.post("/work/sign-in/", {"email": user.email, "password": PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/work/account/").status_code == 200


PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1  # NIST P-256 (FIPS 186-5), slow and plain: for this test alone
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = tuple[int, int]


def plus(one: Point, other: Point) -> Point:
    (x, y), (u, v) = one, other
    if one == other:
        slope = (3 * x * x - 3) * pow(2 * y, -1, PRIME)
    else:
        slope = (v - y) * pow(u - x, -1, PRIME)
    there = (slope * slope - x - u) % PRIME
    return there, (slope * (x - there) - y) % PRIME


def times(number: int, point: Point) -> Point:
    found: Point | None = None
    while number:
        if number & 1:
            found = point if found is None else plus(found, point)
        point, number = plus(point, point), number >> 1
    assert found is not None
    return found


def signed(secret: int, message: bytes) -> bytes:
    """ECDSA with SHA-256, as two numbers in DER."""
    once = secrets.randbelow(ORDER - 1) + 1
    r = times(once, BASE)[0] % ORDER
    s = pow(once, -1, ORDER) * (int.from_bytes(sha256(message), "big") + r * secret) % ORDER
    parts = b""
    for number in (r, s):
        raw = number.to_bytes(number.bit_length() // 8 + 1, "big")
        parts += b"\x02" + bytes([len(raw)]) + raw
    return b"\x30" + bytes([len(parts)]) + parts


class SecurityKey:
    """A software authenticator, as a browser would speak for it."""

    def __init__(self, origin: str = "") -> None:
        self.origin = origin or settings.ADDRESS
        self.secret = secrets.randbelow(ORDER - 1) + 1
        self.credential_id, self.count = b"credential of a test", 0

    def _client_data(self, kind: str, question: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=question["challenge"], origin=self.origin)

    def _said(self, **response: bytes) -> str:
        name = websafe_encode(self.credential_id)
        said = {part: websafe_encode(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said})

    def create(self, question: dict[str, Any]) -> str:
        x, y = times(self.secret, BASE)
        key = ES256({1: 2, 3: -7, -1: 1, -2: x.to_bytes(32, "big"), -3: y.to_bytes(32, "big")})
        credential = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, key)
        data = AuthenticatorData.create(sha256(question["rp"]["id"].encode()), 0x41, self.count, credential)
        made = AttestationObject.create("none", data, {})
        return self._said(clientDataJSON=self._client_data("webauthn.create", question), attestationObject=made)

    def get(self, question: dict[str, Any]) -> str:
        self.count += 1
        assert [websafe_decode(known["id"]) for known in question["allowCredentials"]] == [self.credential_id]
        data = AuthenticatorData.create(sha256(question["rpId"].encode()), 0x01, self.count)
        client_data = self._client_data("webauthn.get", question)
        signature = signed(self.secret, data + client_data.hash)
        return self._said(clientDataJSON=client_data, authenticatorData=data, signature=signature)


def ask(client: Client, page: str) -> dict[str, Any]:
    question: dict[str, Any] = json.loads(client.get(page).context["question"])
    return question


def set_up_key(user: User) -> SecurityKey:
    client, key = Client(), SecurityKey()
    give_password(client, user)
    assert client.post(SET_UP, {"passkey": key.create(ask(client, SET_UP))}).status_code == 302
    return key


def test_a_security_key_opens_the_second_step(aigul: Any) -> None:
    key, client = set_up_key(aigul), Client()
    assert Factor.objects.get().kind == FactorKind.PASSKEY
    give_password(client, aigul)
    answer = key.get(ask(client, SECOND))
    assert client.post(SECOND, {"passkey": answer}).headers["Location"] == "/work/"
    assert is_in(client)


def test_an_answer_to_an_earlier_question_or_from_another_site_opens_nothing(aigul: Any) -> None:
    key, client = set_up_key(aigul), Client()
    give_password(client, aigul)
    replayed = key.get(ask(client, SECOND))
    question = ask(client, SECOND)
    assert client.post(SECOND, {"passkey": replayed}).status_code == 200
    key.origin = "https://evil.example"
    assert client.post(SECOND, {"passkey": key.get(question)}).status_code == 200
    for nonsense in ("", "{", "[]", "{}", '{"id": 1}', "null"):
        assert client.post(SECOND, {"passkey": nonsense}).status_code == 200
    assert not is_in(client)


def test_a_copy_of_a_security_key_is_noticed(aigul: Any) -> None:
    key, client = set_up_key(aigul), Client()
    give_password(client, aigul)
    client.post(SECOND, {"passkey": key.get(ask(client, SECOND))})
    key.count = 0  # the copy has not counted what the other one signed
    other = Client()
    give_password(other, aigul)
    assert other.post(SECOND, {"passkey": key.get(ask(other, SECOND))}).status_code == 200
    assert not is_in(other)
    assert TrailEntry.objects.filter(verb="cloned_passkey").count() == 1
