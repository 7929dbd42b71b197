"""Second factors: codes of an app (RFC 6238), passkeys and security keys (WebAuthn), one-time codes on paper.

A password opens the account's secret; a second factor opens the door to where the secret is kept. It protects sign-in,
not ciphertext. Seeds and public keys are sealed with a key of the node outside of the database and bound to their row.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kenesh.kernel import trail, vault
from kenesh.people.models import Factor, FactorKind, Role, RoleHeld, SpareCode, User

SPARE_CODES = 10
State = dict[str, Any]


class WrongCode(Exception):
    """Not the code of this account, or not of this moment."""


class UsedCode(WrongCode):
    """The right code, and somebody has signed in with it already."""


class Cloned(WrongCode):
    """The passkey has signed less often than it had before: there are two of it."""


def has_factor(user: User) -> bool:
    return Factor.objects.filter(user=user).exists()


def must_have_factor(user: User) -> bool:
    """Whether the account can hold keys of cases."""
    return RoleHeld.objects.filter(user=user, role=Role.CASEWORKER).exists()


# --- what is sealed -----------------------------------------------------------------------------------------------------


def seal(factor: Factor, body: Mapping[str, Any]) -> None:
    """Puts seed or public key into the unsaved row."""
    factor.sealed = vault.seal(_node_key(), json.dumps(dict(body)).encode(), _place(factor))


def opened(factor: Factor) -> dict[str, Any]:
    """Raises vault.Tampered for a row that this node did not write for this account."""
    body: dict[str, Any] = json.loads(vault.open_sealed(_node_key(), bytes(factor.sealed), _place(factor)))
    return body


def _node_key() -> bytes:
    return vault.B(settings.SECRETS.factors, "factor")


def _place(factor: Factor) -> vault.Place:
    return vault.Place("people_factor", f"{factor.kind}:{factor.user.uid.hex}", factor.uid.hex)


def hash_of_spare_code(user: User, code: str) -> bytes:
    """What the database keeps of a code as `vault.read_spare_code` gives it."""
    return vault.link_hash(settings.SECRETS.pepper, f"spare:{user.uid.hex}:{code}")


# --- codes --------------------------------------------------------------------------------------------------------------


def check_code(user: User, text: str) -> None:
    """Takes a code of an app or one from paper; each opens once, whichever process it reaches. Raises WrongCode, UsedCode."""
    compact = "".join(text.split()).replace("-", "")
    if len(compact) == vault.TOTP_DIGITS and compact.isdecimal():
        _check_totp(user, "".join(str(int(digit)) for digit in compact))
    else:
        _check_spare(user, text)


def _check_totp(user: User, code: str) -> None:
    used = False
    for factor in Factor.objects.filter(user=user, kind=FactorKind.TOTP).select_related("user").order_by("pk"):
        step = vault.totp_step_of(bytes.fromhex(opened(factor)["seed"]), code, time.time())
        if step is None:
            continue
        # One statement: of two requests with one code, in whichever processes, one finds a row to change.
        if Factor.objects.filter(pk=factor.pk, counter__lt=step).update(counter=step, used_on=timezone.localdate()):
            return
        used = True
    raise UsedCode if used else WrongCode


def _check_spare(user: User, text: str) -> None:
    code = vault.read_spare_code(text)
    if code is None:
        raise WrongCode
    with transaction.atomic():
        deleted, _ = SpareCode.objects.filter(user=user, code_hash=hash_of_spare_code(user, code)).delete()
        if not deleted:
            raise WrongCode
        trail.record(verb="use_spare_code", target=user.trail_name, by=user)


def shown_code(user: User) -> str:
    """The next code of an account that the demonstration made; "" for every other account, and on every node with https.

    That the code may be shown is sealed with the seed: who writes the database cannot make a real account show its codes.
    """
    if settings.HTTPS:
        return ""
    now = vault.totp_step(time.time())
    for factor in Factor.objects.filter(user=user, kind=FactorKind.TOTP).select_related("user").order_by("pk"):
        body = opened(factor)
        if body.get("shown"):
            return vault.totp_code(bytes.fromhex(body["seed"]), min(max(now - 1, factor.counter + 1), now + 1))
    return ""


# --- passkeys -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What the browser is asked (`options`, JSON for its script), and what must be kept until it answers (`state`)."""

    options: str
    state: State


def _server() -> Fido2Server:
    host = urlsplit(settings.ADDRESS).hostname or ""
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=settings.NODE_NAME, id=host), verify_origin=lambda origin: origin == settings.ADDRESS
    )


def _question(options: Any, state: Any) -> Question:
    return Question(json.dumps(dict(options)["publicKey"]), {name: str(value) for name, value in state.items()})


def passkeys_of(user: User) -> list[tuple[Factor, AttestedCredentialData]]:
    rows = Factor.objects.filter(user=user, kind=FactorKind.PASSKEY).select_related("user").order_by("pk")
    return [(factor, AttestedCredentialData(websafe_decode(opened(factor)["credential"]))) for factor in rows]


def ask_for_new_passkey(user: User) -> Question:
    owner = PublicKeyCredentialUserEntity(name=user.email, id=user.uid.bytes, display_name=user.name)
    options, state = _server().register_begin(
        owner,
        [credential for _factor, credential in passkeys_of(user)],
        user_verification=UserVerificationRequirement.DISCOURAGED,  # it is the second factor: the password was the first
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
    )
    return _question(options, state)


def read_new_passkey(state: State, answer: str) -> tuple[str, int]:
    """The credential, as text to be sealed, and its counter. Raises WrongCode for an answer to another question."""
    try:
        data = _server().register_complete(state, json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise WrongCode from why
    return websafe_encode(data.credential_data or b""), data.counter


def ask_for_passkey(user: User) -> Question | None:
    """None for an account without one."""
    credentials = [credential for _factor, credential in passkeys_of(user)]
    if not credentials:
        return None
    return _question(*_server().authenticate_begin(credentials, user_verification=UserVerificationRequirement.DISCOURAGED))


def check_passkey(user: User, state: State, answer: str) -> None:
    """Raises WrongCode, and Cloned, which is also written into the trail."""
    known = passkeys_of(user)
    try:
        given = json.loads(answer)
        used = _server().authenticate_complete(state, [credential for _factor, credential in known], given)
        count = AuthenticationResponse.from_dict(given).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise WrongCode from why
    factor = next(factor for factor, credential in known if credential.credential_id == used.credential_id)
    rows = Factor.objects.filter(pk=factor.pk)
    # Passkeys that are copied between devices on purpose never count (WebAuthn, section 6.1.1); the others only upwards.
    fresh = rows.filter(counter=0) if count == 0 else rows.filter(counter__lt=count)
    if not fresh.update(counter=count, used_on=timezone.localdate()):
        with transaction.atomic():
            trail.record(verb="cloned_passkey", target=f"{user.trail_name}:{factor.uid.hex}", by=user)
        raise Cloned
