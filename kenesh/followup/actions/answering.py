"""How an official comes in: a link in a letter, a code to the registered mailbox, a short session.

The link alone shows nobody anything but who asks. The code goes to the organisation's mailbox and opens, in the browser
that asked for it, pages whose addresses hold no token. The database keeps keyed hashes of all three.
"""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.followup.actions.keeping import link_ends
from kenesh.followup.actions.post import mail
from kenesh.followup.actions.refusals import CodeEnded, NoMailbox, SessionOver, TooManyCodes, WrongCode
from kenesh.followup.actions.responses import Given, store
from kenesh.followup.models import Addressee, AnswerCode, AnswerLink, AnswerSession, Confirmation, File, Response
from kenesh.followup.queries.answering import draft_of, place_of_draft
from kenesh.followup.queries.days import today_at
from kenesh.kernel import trail, vault
from kenesh.people.models import User

TOKEN_BYTES = 16
CODE_LIFE = timedelta(minutes=10)
CODES_AN_HOUR = 5
TRIES = 5
OPEN_FOR = timedelta(minutes=30)
KEPT_FOR = timedelta(days=1)  # an unsent answer, after which its session's row goes
SESSIONS_OF_A_LINK = 20


# --- links: the secretary -------------------------------------------------------------------------------------------


def token_of(addressee: Addressee, key: uuid.UUID) -> str:
    """The token that a form's key makes for this addressee: the same one for a retry after a lost answer. 128 bits."""
    seed = vault.link_hash(settings.SECRETS.pepper, f"new link:{addressee.pk}:{key.hex}")
    return base64.urlsafe_b64encode(vault.B(seed, "token", TOKEN_BYTES)).rstrip(b"=").decode()


@transaction.atomic
def issue_answer_link(*, addressee: Addressee, by: User, revoke_earlier: bool = True, key: uuid.UUID | None = None) -> str:
    """A new token of 128 bits for a letter, shown this once; kept hashed. Raises NoMailbox."""
    if not addressee.organisation.mailbox:
        raise NoMailbox
    token = token_of(addressee, key or uuid.uuid4())
    token_hash = vault.link_hash(settings.SECRETS.pepper, token)
    if AnswerLink.objects.filter(token_hash=token_hash).exists():
        return token
    now = timezone.now()
    if revoke_earlier:
        addressee.links.filter(revoked_at__isnull=True, confirms=False).update(revoked_at=now)
    addressee.refresh_from_db(fields=["answer_by"])
    ends = link_ends(addressee.answer_by, now)
    AnswerLink.objects.create(addressee=addressee, token_hash=token_hash, created_by=by, expires_at=ends)
    trail.record(verb="issue_answer_link", target=addressee.target, by=by)
    return token


@transaction.atomic
def revoke_link(*, link: AnswerLink, by: User) -> None:
    """The link, those that were passed on from it, their codes and their sessions open nothing from now on."""
    end_link(link)
    trail.record(verb="revoke_answer_link", target=link.addressee.target, by=by)


def end_link(link: AnswerLink) -> None:
    """The same within the caller's transaction, who writes the trail."""
    ended = Q(pk=link.pk) | Q(passed_on_by=link)
    AnswerLink.objects.filter(ended, revoked_at__isnull=True).update(revoked_at=timezone.now())
    AnswerSession.objects.filter(Q(link=link) | Q(link__passed_on_by=link)).delete()


# --- codes and sessions: the official -------------------------------------------------------------------------------


@transaction.atomic
def begin_answer_session(*, link: AnswerLink) -> bytes:
    """A cookie that remembers which link was followed, so that no further address holds the token. It opens nothing yet."""
    AnswerSession.objects.filter(expires_at__lte=timezone.now()).delete()
    surplus = link.sessions.filter(open_until__isnull=True).order_by("-id").values_list("pk", flat=True)[SESSIONS_OF_A_LINK - 1 :]
    AnswerSession.objects.filter(pk__in=list(surplus)).delete()
    return _new_session(link)


def _new_session(link: AnswerLink, *, open_until: datetime | None = None, draft: dict[str, str] | None = None) -> bytes:
    cookie = vault.new_key()
    session = AnswerSession(
        cookie_id=vault.cookie_id(cookie), link=link, open_until=open_until, expires_at=timezone.now() + KEPT_FOR
    )
    session.sealed_draft = _seal(session, cookie, draft) if draft else None
    session.save()
    return cookie


def _seal(session: AnswerSession, cookie: bytes, draft: dict[str, str]) -> bytes:
    return vault.seal(vault.cookie_key(cookie), json.dumps(draft).encode(), place_of_draft(session))


def send_answer_code(*, link: AnswerLink) -> None:
    """Sends eight digits to the registered mailbox; earlier ones end. Raises NoMailbox, TooManyCodes, MailNotSent."""
    addressee = link.addressee
    mailbox = link.codes_go_to
    if not mailbox:
        raise NoMailbox
    digits = f"{secrets.randbelow(10**8):08d}"
    with transaction.atomic():
        AnswerLink.objects.select_for_update().get(pk=link.pk)  # one at a time, so that the count holds
        now = timezone.now()
        recent = list(
            link.codes.filter(created_at__gt=now - timedelta(hours=1)).order_by("-id").values_list("created_at", flat=True)
        )
        if len(recent) >= CODES_AN_HOUR:
            raise TooManyCodes(recent[CODES_AN_HOUR - 1] + timedelta(hours=1))
        AnswerCode.objects.create(link=link, code_hash=_hash(link, digits), created_at=now, expires_at=now + CODE_LIFE)
        trail.record(verb="send_answer_code", target=addressee.target, by=addressee.target)
    _mail(mailbox, addressee.recommendation.code, digits)


def _hash(link: AnswerLink, digits: str) -> bytes:
    return vault.link_hash(settings.SECRETS.pepper, f"code:{link.pk}:{digits}")


def _mail(mailbox: str, code: str, digits: str) -> None:
    """The letter holds the digits and the public code of the recommendation, nothing of what it says."""
    subject = _("Code for your answer to recommendation %(code)s") % {"code": code}
    text = _(
        "Somebody wants to answer recommendation %(code)s for your organisation.\n\n"
        "The code is: %(digits)s\n\n"
        "Write it on the page that is open now. It works for %(minutes)d minutes.\n"
        "If nobody in your organisation asked for it, do nothing: without the code nobody can answer for you."
    ) % {"code": code, "digits": f"{digits[:4]} {digits[4:]}", "minutes": CODE_LIFE.seconds // 60}
    mail(mailbox=mailbox, subject=subject, text=text)


def open_answer_session(*, session: AnswerSession, cookie: bytes, digits: str) -> bytes:
    """Trades the right digits for a new cookie, open for OPEN_FOR. Raises WrongCode, CodeEnded.

    A wrong try is counted and committed before the refusal.
    """
    with transaction.atomic():
        code = AnswerCode.objects.select_for_update().filter(link=session.link).order_by("-id").first()
        now = timezone.now()
        if code is None or code.used_at or code.expires_at <= now or code.tries >= TRIES:
            raise CodeEnded
        code.tries += 1
        right = vault.same(bytes(code.code_hash), _hash(session.link, digits))
        code.used_at = now if right else None
        code.save(update_fields=["tries", "used_at"])
        if right:
            opened = _new_session(session.link, open_until=now + OPEN_FOR, draft=draft_of(session, cookie))
            File.objects.filter(session=session).update(session=AnswerSession.objects.get(cookie_id=vault.cookie_id(opened)))
            session.delete()
            target = session.link.addressee.target
            trail.record(verb="open_answer_session", target=target, by=target)
            return opened
    raise WrongCode(TRIES - code.tries)


@transaction.atomic
def keep_draft(*, session: AnswerSession, cookie: bytes, draft: dict[str, str]) -> None:
    """Keeps, sealed under the cookie, what was written and not yet sent, also when the open time has passed."""
    sealed = _seal(session, cookie, draft)
    AnswerSession.objects.filter(pk=session.pk).update(sealed_draft=sealed, expires_at=timezone.now() + KEPT_FOR)


@transaction.atomic
def answer(*, session: AnswerSession, given: Given, key: uuid.UUID, again: Collection[uuid.UUID] = ()) -> Response:
    """The addressee's own answer. A repeated key gives the first one; another key a second row. Raises SessionOver.

    `again`: papers of an answer that was sent back, which go with this one now.
    """
    now = timezone.now()
    if session.open_until is None or session.open_until <= now or session.link.confirms:
        raise SessionOver
    link = session.link
    received_on = today_at(link.addressee.organisation)
    response = store(addressee=link.addressee, given=given, received_on=received_on, key=key, link=link)
    File.objects.filter(session=session).update(session=None, response=response)
    sent_back = link.addressee.responses.filter(confirmation=Confirmation.SENT_BACK)
    File.objects.filter(uid__in=again, response__in=sent_back).update(response=response)
    AnswerSession.objects.filter(pk=session.pk).update(sent=response, sealed_draft=None)
    return response
