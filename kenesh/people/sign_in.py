"""Sign-in: one Argon2id gives the verifier that is compared and the key that opens the account's secret.

The unlock lives in a table of its own, under a cookie of its own, never in the session (SECURITY: sign-in). The stages:
password → a *pending* unlock that opens nothing → the second factor, for accounts that have one → *open*, under a new
cookie. Both steps give the session a new id.
"""

from __future__ import annotations

import enum
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import BasePasswordHasher
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kenesh.kernel import reading, stretching, trail, vault
from kenesh.people import factors
from kenesh.people.keyring import Keyring, place_of_user_secret
from kenesh.people.models import Failures, LockedPost, Unlock, User

BACKEND = "kenesh.people.sign_in.VerifierBackend"
PENDING_FOR = timedelta(minutes=5)
FACTOR_HOLDS_FOR = timedelta(hours=12)
FACTOR_IN_SESSION = "factor-at"
FAILURES_ALLOWED = 10
FAILURES_FORGOTTEN_AFTER = timedelta(minutes=15)
DEVICE_COOKIE_DAYS = 180


class WrongPassword(Exception):
    """No active account has this address and password. Which of the two was wrong is not said."""


class LockedOut(Exception):
    """Too many wrong passwords or codes from here. Known devices of the account are not affected."""


# --- the verifier as Django's password hash ---------------------------------------------------------------------------


class VerifierHasher(BasePasswordHasher):
    """Keeps the verifier in User.password as `kenesh$<KiB>:<passes>$<salt>$<verifier>`, so that session hashes work."""

    algorithm = "kenesh"

    def salt(self) -> str:
        return vault.new_salt().hex()

    def encode(self, password: str, salt: str) -> str:
        return encode(vault.from_password(password, bytes.fromhex(salt), vault.PASSWORD_COST), salt, vault.PASSWORD_COST)

    def decode(self, encoded: str) -> dict[str, Any]:
        algorithm, cost, salt, verifier = encoded.split("$")
        return {"algorithm": algorithm, "cost": vault.Cost.parse(cost), "salt": salt, "verifier": bytes.fromhex(verifier)}

    def verify(self, password: str, encoded: str) -> bool:
        parts = self.decode(encoded)
        keys = vault.from_password(password, bytes.fromhex(parts["salt"]), parts["cost"])
        return vault.same(keys.verifier, parts["verifier"])

    def safe_summary(self, encoded: str) -> Any:
        return {"algorithm": self.algorithm, "cost": str(self.decode(encoded)["cost"])}

    def must_update(self, encoded: str) -> bool:
        return False  # a new cost needs the secret to be wrapped again: people.actions.change_password does both

    def harden_runtime(self, password: str, encoded: str) -> None:
        return None  # one cost is in use


def encode(keys: vault.PasswordKeys, salt: str, cost: vault.Cost) -> str:
    return f"kenesh${cost}${salt}${keys.verifier.hex()}"


class VerifierBackend(ModelBackend):
    """Finds the user of a session; passwords are checked by `check` alone, never by Django's authenticate()."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> None:
        return None

    def get_user(self, user_id: int) -> User | None:
        """Asked at every request of somebody who is signed in."""
        user = next(iter(reading.rows_with(User, id=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


# --- the password stage -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A right password: the account and its opened secret."""

    user: User
    secret: bytes


def check(email: str, password: str, *, device: str = "") -> Checked:
    """Compares the password and opens the account's secret with it.

    An unknown address costs the same work. `device`: the value of the device cookie, "" when there is none.
    Raises WrongPassword, LockedOut, and stretching.Busy when too many sign in at once.
    """
    email = email.strip().lower()
    counter = _counter(email, device)
    if _locked(counter):
        raise LockedOut
    user = User.objects.filter(email=email, is_active=True).first()
    parts = VerifierHasher().decode(user.password) if user else _nobody(email)
    line = stretching.known if device_belongs(device, email) else stretching.staff
    keys = line.run(lambda: vault.from_password(password, bytes.fromhex(parts["salt"]), parts["cost"]))
    if user is None or not vault.same(keys.verifier, parts["verifier"]):
        _count_failure(counter)
        raise WrongPassword
    Failures.objects.filter(counter=counter).delete()
    if settings.AT_VENUE and not user.sealed_secret:
        return Checked(user, _first_pair(user, keys.wrap))
    return Checked(user, vault.open_sealed(keys.wrap, bytes(user.sealed_secret), place_of_user_secret(user)))


def _first_pair(user: User, wrap: bytes) -> bytes:
    """An account that came to a venue left its key at the node, and gets another one here."""
    pair = vault.new_pair()
    with transaction.atomic():
        now = User.objects.select_for_update().get(pk=user.pk)
        if now.sealed_secret:  # the same person signs in twice at once
            return vault.open_sealed(wrap, bytes(now.sealed_secret), place_of_user_secret(now))
        now.public_key = pair.public
        now.sealed_secret = vault.seal(wrap, pair.secret, place_of_user_secret(now))
        now.save(update_fields=["public_key", "sealed_secret"])
        trail.record(verb="begin_key_at_venue", target=now.trail_name, by=now)
    return pair.secret


def _nobody(email: str) -> dict[str, Any]:
    """The parts of a verifier that no password has, always the same for one address."""
    salt = vault.link_hash(settings.SECRETS.pepper, email)[:16].hex()
    return {"cost": vault.PASSWORD_COST, "salt": salt, "verifier": bytes(32)}


def _counter(email: str, device: str, what: str = "failures") -> bytes:
    """What wrong passwords are counted by: the account together with a device that it has signed in from, or with none.

    So a stranger who fills the count of unknown devices never locks out the person at her own (OWASP, device cookies).
    """
    known = device if device_belongs(device, email) else ""
    return vault.link_hash(settings.SECRETS.pepper, f"{what}:{email}:{known}")


def device_cookie(email: str) -> str:
    """A cookie that says: this account has signed in from here. It opens nothing."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_device_mac(nonce, email)}"


def device_belongs(cookie: str, email: str) -> bool:
    nonce, _, mac = cookie.partition(".")
    return bool(mac) and secrets.compare_digest(mac.encode(), _device_mac(nonce, email).encode())


def _device_mac(nonce: str, email: str) -> str:
    return vault.link_hash(settings.SECRETS.pepper, f"device:{nonce}:{email.strip().lower()}").hex()


def _locked(counter: bytes) -> bool:
    recent = timezone.now() - FAILURES_FORGOTTEN_AFTER
    return Failures.objects.filter(counter=counter, count__gte=FAILURES_ALLOWED, since__gt=recent).exists()


def _count_failure(counter: bytes) -> None:
    now = timezone.now()
    with transaction.atomic():
        row, _ = Failures.objects.select_for_update().get_or_create(counter=counter, defaults={"since": now})
        if row.since < now - FAILURES_FORGOTTEN_AFTER:
            row.count, row.since = 0, now
        row.count += 1
        row.save(update_fields=["count", "since"])


# --- unlocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenUnlock:
    """An unlock with what its cookie opens, for one request."""

    unlock: Unlock
    cookie: bytes
    secret: bytes

    @property
    def user(self) -> User:
        return self.unlock.user


class Next(enum.Enum):
    """What comes after the right password."""

    OPEN = "nothing more"
    FACTOR = "the second factor"
    SET_UP = "setting up a second factor: this account can hold keys of cases and has none"


def what_comes(request: HttpRequest, checked: Checked) -> Next:
    """Within twelve hours of a second factor, the password alone unlocks the same session again."""
    if factors.has_factor(checked.user):
        return Next.OPEN if _same_person(request, checked.user) and _factor_is_recent(request) else Next.FACTOR
    return Next.SET_UP if factors.must_have_factor(checked.user) else Next.OPEN


def _same_person(request: HttpRequest, user: User) -> bool:
    return bool(request.user.is_authenticated and request.user.pk == user.pk)


def _factor_is_recent(request: HttpRequest) -> bool:
    given = request.session.get(FACTOR_IN_SESSION)
    return isinstance(given, int) and 0 <= time.time() - given < FACTOR_HOLDS_FOR.total_seconds()


def password_stage(request: HttpRequest, checked: Checked) -> bytes:
    """After the right password: a pending unlock, which opens nothing; gives the value of its cookie.

    A session that was planted, or was somebody else's, ends here with all that is in it.
    """
    lock(request)
    if _same_person(request, checked.user):
        request.session.cycle_key()
    else:
        request.session.flush()
    return _new_unlock(checked.user, checked.secret, Unlock.Stage.PENDING, PENDING_FOR)


def open_stage(request: HttpRequest, cookie: bytes, *, with_factor: bool) -> bytes:
    """Signs the account in: the pending unlock becomes an open one under a new cookie, and the session gets a new id.

    Raises Unlock.DoesNotExist when it has expired or was opened already.
    """
    with transaction.atomic():
        user, opened = _open(cookie)
        trail.record(verb="sign_in", target=user.trail_name, by=user)
    login(request, user, backend=BACKEND)
    request.session.cycle_key()
    if with_factor:
        request.session[FACTOR_IN_SESSION] = int(time.time())
    return opened


def sign_in(request: HttpRequest, checked: Checked) -> bytes:
    """Both stages at once, for an account that needs no second factor now; gives the value of the new unlock cookie."""
    return open_stage(request, password_stage(request, checked), with_factor=False)


def check_factor(user: User, check: Callable[[], None], *, device: str) -> None:
    """Runs a check of a second factor. Wrong ones are counted like wrong passwords, apart from them. Raises factors.WrongCode,
    LockedOut."""
    counter = _counter(user.email, device, "factor")
    if _locked(counter):
        raise LockedOut
    try:
        check()
    except factors.WrongCode:
        _count_failure(counter)
        raise
    Failures.objects.filter(counter=counter).delete()


def _new_unlock(user: User, secret: bytes, stage: Unlock.Stage, life: timedelta) -> bytes:
    cookie = vault.new_key()
    unlock = Unlock(cookie_id=vault.cookie_id(cookie), user=user, stage=stage, expires_at=timezone.now() + life)
    unlock.sealed_secret = vault.seal(vault.cookie_key(cookie), secret, _place(unlock))
    unlock.save()
    return cookie


def _open(cookie: bytes) -> tuple[User, bytes]:
    """Turns a pending unlock into an open one under a new cookie. Raises Unlock.DoesNotExist."""
    rows = Unlock.objects.select_for_update(of=("self",)).select_related("user")
    pending = rows.get(
        cookie_id=vault.cookie_id(cookie), stage=Unlock.Stage.PENDING, expires_at__gt=timezone.now(), user__is_active=True
    )
    secret = vault.open_sealed(vault.cookie_key(cookie), bytes(pending.sealed_secret), _place(pending))
    pending.delete()
    return pending.user, _new_unlock(pending.user, secret, Unlock.Stage.OPEN, idle_time())


def _place(unlock: Unlock) -> vault.Place:
    return vault.Place("people_unlock", unlock.stage, unlock.uid.hex)


def idle_time() -> timedelta:
    return timedelta(minutes=settings.SESSION_MINUTES)


def _cookie_of(request: HttpRequest) -> bytes | None:
    text = request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, "")
    return bytes.fromhex(text) if len(text) == 64 and all(c in "0123456789abcdef" for c in text) else None


def _unlock_of(request: HttpRequest, stage: Unlock.Stage) -> OpenUnlock | None:
    cookie = _cookie_of(request)
    if cookie is None:
        return None
    rows = reading.rows_with(Unlock, cookie_id=vault.cookie_id(cookie), stage=stage)
    unlock = next((row for row in rows if row.expires_at > timezone.now()), None)
    if unlock is None:
        return None
    here = cast(User, request.user)  # read for this request already
    unlock.user = here if here.pk == unlock.user_id else User.objects.get(pk=unlock.user_id)
    if not unlock.user.is_active:
        return None
    return OpenUnlock(unlock, cookie, vault.open_sealed(vault.cookie_key(cookie), bytes(unlock.sealed_secret), _place(unlock)))


def pending_of(request: HttpRequest) -> OpenUnlock | None:
    """The pending unlock of this request's cookie. It says whose password was right, and opens nothing."""
    return _unlock_of(request, Unlock.Stage.PENDING)


def open_of(request: HttpRequest) -> OpenUnlock | None:
    """The open unlock of this request's cookie and session."""
    found = _unlock_of(request, Unlock.Stage.OPEN) if request.user.is_authenticated else None
    return found if found is not None and found.user.pk == request.user.pk else None


def keep_waiting(pending: OpenUnlock) -> None:
    """Five minutes more, for somebody who is setting up a second factor."""
    Unlock.objects.filter(pk=pending.unlock.pk).update(expires_at=timezone.now() + PENDING_FOR)


def setup_of(unlock: OpenUnlock) -> dict[str, Any]:
    """What is kept of a second factor that is being set up or asked for: a seed, a question to a passkey."""
    sealed = unlock.unlock.sealed_setup
    setup: dict[str, Any] = (
        json.loads(vault.open_sealed(vault.cookie_key(unlock.cookie), bytes(sealed), _place_of_setup(unlock))) if sealed else {}
    )
    return setup


def keep_setup(unlock: OpenUnlock, setup: dict[str, Any]) -> None:
    """Sealed under the cookie: who else knows the password never learns the seed that is being set up here."""
    unlock.unlock.sealed_setup = vault.seal(vault.cookie_key(unlock.cookie), json.dumps(setup).encode(), _place_of_setup(unlock))
    unlock.unlock.save(update_fields=["sealed_setup"])


def _place_of_setup(unlock: OpenUnlock) -> vault.Place:
    return vault.Place("people_unlock", f"setup:{unlock.unlock.stage}", unlock.unlock.uid.hex)


def keyring_of(request: HttpRequest) -> Keyring | None:
    """The keys that this request's unlock cookie opens, or None. Moves the end of the idle time along."""
    found = open_of(request)
    if found is None:
        return None
    now = timezone.now()
    if found.unlock.expires_at - now < idle_time() - timedelta(minutes=1):  # at most one write a minute
        Unlock.objects.filter(pk=found.unlock.pk).update(expires_at=now + idle_time())
    return Keyring(found.user, found.secret)


def lock(request: HttpRequest) -> None:
    """Deletes the unlock of this request's cookie, pending or open."""
    cookie = _cookie_of(request)
    if cookie is not None:
        Unlock.objects.filter(cookie_id=vault.cookie_id(cookie)).delete()


def forget_expired() -> None:
    """Deletes unlocks whose time has passed, and sent forms and counts of wrong passwords that are a day old."""
    now = timezone.now()
    Unlock.objects.filter(expires_at__lte=now).delete()
    LockedPost.objects.filter(keep=False, created_at__lt=now - timedelta(days=1)).delete()
    Failures.objects.filter(since__lt=now - timedelta(days=1)).delete()


def set_unlock_cookie(response: HttpResponseBase, cookie: bytes) -> None:
    """Of a pending or an open unlock; it ends with the browser."""
    response.set_cookie(settings.UNLOCK_COOKIE_NAME, cookie.hex(), secure=settings.HTTPS, httponly=True, samesite="Lax")


def set_cookies(response: HttpResponseBase, cookie: bytes, email: str) -> None:
    """The unlock cookie and the device cookie (half a year, opens nothing)."""
    set_unlock_cookie(response, cookie)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        device_cookie(email),
        max_age=DEVICE_COOKIE_DAYS * 86_400,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
