"""Forged and replayed cookies, codes and links; addresses and names that want to lead to other files."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kenesh.cast import PASSWORD, code_of, give_factor
from kenesh.config.testing import NO_TEMPORARY_FOLDER
from kenesh.kernel import vault
from kenesh.people import actions, factors
from kenesh.people.models import SpareCode, Unlock, User
from kenesh.site.tests.attackers import STORY, at_one_moment, filed, with_receipt
from kenesh.site.tests.walks import kept_arguments

pytestmark = pytest.mark.django_db

COOKIES = ("SESSION", "UNLOCK", "DRAFT", "STATUS", "ANSWER", "DEVICE", "CSRF")
FORGED = [
    "",
    "0",
    "ab" * 32,
    "AB" * 32,
    "ab" * 31,
    "ab" * 33,
    "g" * 64,
    ("٣" * 64).encode().decode("latin-1"),
    "../../etc/passwd",
    "a.b.c",
    "\x7f",
    "' OR 1=1 --",
    "{{7*7}}",
]


def cookie_name(name: str) -> str:
    return str(getattr(settings, f"{name}_COOKIE_NAME"))


def test_a_forged_cookie_opens_nothing_and_breaks_nothing(digits: str, case: Any) -> None:
    pages = ["/ru/appeal/", "/ru/appeal/check/", "/ru/appeal/receipt/", "/ru/appeal/difference/", "/ru/appeal/files/"]
    pages += ["/ru/appeal/status/", "/ru/appeal/status/open/", "/ru/appeal/status/story/", "/work/", f"/work/cases/{case.code}/"]
    pages += ["/work/sign-in/second-step/", "/work/unlock/back/", "/en/answer/"]
    for name, forged in itertools.product(COOKIES, FORGED):
        client = Client()
        client.cookies[cookie_name(name)] = forged
        answers = [client.get(page) for page in pages]
        assert all(answer.status_code < 500 and STORY not in answer.content.decode() for answer in answers), (name, forged)


def test_no_cookie_is_worth_anything_under_the_name_of_another(digits: str, office: Any, aigul: Any, signed_in: Any) -> None:
    """The secrets of a draft, a receipt and an unlock, each in the place of each other."""
    draft = Client()
    draft.post("/ru/appeal/", {"theme": "pay", "danger": "no", "story": STORY})
    values = {
        "DRAFT": draft.cookies[cookie_name("DRAFT")].value,
        "STATUS": with_receipt(digits).cookies[cookie_name("STATUS")].value,
        "UNLOCK": signed_in(aigul).cookies[cookie_name("UNLOCK")].value,
    }
    for name in values:
        for other, value in values.items():
            if name != other:
                client = Client()
                client.cookies[cookie_name(name)] = value
                for page in ("/ru/appeal/where/", "/ru/appeal/receipt/", "/ru/appeal/status/open/", "/work/queue/"):
                    assert client.get(page).status_code == 302, (name, other)


def test_a_session_that_was_planted_at_either_stage_is_worth_nothing(office: Any, aigul: Any) -> None:
    """Its id is another one after the password, and again after the second step; the unlock of the first stage is gone."""
    give_factor(aigul)
    attacker = Client()
    session = attacker.session
    session["planted"] = "yes"
    session.save()
    victim, seen = Client(), [str(session.session_key)]
    victim.cookies[settings.SESSION_COOKIE_NAME] = seen[0]
    victim.post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    pending = victim.cookies[cookie_name("UNLOCK")].value
    attacker.cookies[cookie_name("UNLOCK")] = pending
    assert attacker.get("/work/queue/").status_code == 302  # a pending unlock opens nothing
    between = Client()
    planted = between.session
    planted["planted"] = "yes"
    planted.save()
    seen.append(str(planted.session_key))
    victim.cookies[settings.SESSION_COOKIE_NAME] = seen[1]
    assert victim.post("/work/sign-in/second-step/", {"code": code_of(aigul)}).status_code == 302
    assert victim.get("/work/queue/").status_code == 200
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value not in seen
    for key in seen:
        attacker.cookies[settings.SESSION_COOKIE_NAME] = key
        assert attacker.get("/work/queue/").status_code == 302
    assert not Unlock.objects.filter(cookie_id=vault.cookie_id(bytes.fromhex(pending))).exists()


def test_a_pending_unlock_of_mine_in_anothers_browser_takes_no_code_of_hers(office: Any, aigul: Any, make_account: Any) -> None:
    from kenesh.people.models import Role

    mine = make_account("Kanat", Role.CASEWORKER, organisation=office).user
    for user in (aigul, mine):
        give_factor(user)
    attacker, victim = Client(), Client()
    attacker.post("/work/sign-in/", {"email": mine.email, "password": PASSWORD})
    victim.cookies[cookie_name("UNLOCK")] = attacker.cookies[cookie_name("UNLOCK")].value
    victim.post("/work/sign-in/second-step/", {"code": code_of(aigul)})
    assert victim.get("/work/queue/").status_code == 302


def test_a_form_that_waits_for_its_sender_is_given_to_nobody_else(case: Any, aigul: Any, eve: Any, signed_in: Any) -> None:
    """Eve learns the number under which Aigul's form waits and puts it into her own session."""
    client = signed_in(aigul)
    Unlock.objects.filter(user=aigul).delete()
    client.post(f"/work/cases/{case.code}/note/", {"note-text": STORY, "note-key": str(uuid.uuid4())})
    other = signed_in(eve)
    session = other.session
    session["locked-post"] = client.session["locked-post"]
    session.save()
    assert STORY not in other.get("/work/unlock/back/", follow=True).content.decode()
    assert client.session["locked-post"]


@pytest.mark.django_db(transaction=True)
def test_one_code_opens_once_also_when_four_send_it_at_once(office: Any, aigul: Any) -> None:
    """What was used lies in the database: the processes share no memory."""
    give_factor(aigul)
    code = code_of(aigul)

    def enter() -> str:
        try:
            factors.check_code(User.objects.get(pk=aigul.pk), code)
        except factors.UsedCode:
            return "used"
        return "in"

    assert sorted(at_one_moment([enter] * 4)) == ["in", "used", "used", "used"]


@pytest.mark.django_db(transaction=True)
def test_one_code_from_paper_opens_once_also_when_four_send_it_at_once(office: Any, aigul: Any) -> None:
    code = "ABCDE-FGH12"
    SpareCode.objects.create(user=aigul, code_hash=factors.hash_of_spare_code(aigul, str(vault.read_spare_code(code))))

    def enter() -> str:
        try:
            factors.check_code(User.objects.get(pk=aigul.pk), code)
        except factors.WrongCode:
            return "wrong"
        return "in"

    assert sorted(at_one_moment([enter] * 4)) == ["in", "wrong", "wrong", "wrong"]


def test_a_calendar_address_ends_with_its_link_and_with_its_account(case: Any, aigul: Any, nurlan: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    page = client.post("/work/calendar/", {"whose": "mine"})
    token = page.context["address"].rstrip("/").rpartition("/")[2].removesuffix(".ics")

    def status(asked: str) -> int:
        return Client().get(reverse("calendar:feed", args=[asked])).status_code

    assert status(token) == 200
    assert {status(forged) for forged in (token[:-1], token[::-1], token.swapcase(), "A" * len(token))} == {404}
    User.objects.filter(pk=aigul.pk).update(is_active=False)
    assert status(token) == 404
    User.objects.filter(pk=aigul.pk).update(is_active=True)
    from kenesh.casework.models import CalendarLink

    client.post(reverse("office_work:revoke_calendar", args=[CalendarLink.objects.get().uid]))
    assert status(token) == 404


# --- addresses that want to lead elsewhere --------------------------------------------------------------------------------------

ELSEWHERE = [
    "../../secrets/pepper", "..%2f..%2fsecrets%2fpepper", "%2e%2e/%2e%2e/secrets/pepper", "%c0%ae%c0%ae/%c0%ae%c0%ae/secrets/pepper",
    "%e0%80%ae%e0%80%ae/secrets/pepper", "..\\..\\secrets\\pepper", "..%5c..%5csecrets%5cpepper", "pepper%00.css", "%00", "%ff%fe",
    "....//....//secrets/pepper", "/etc/passwd", "%2fetc%2fpasswd", "file:%2f%2f%2fetc%2fpasswd", "con", "%0d%0aX-Evil:%20yes", "a%0d%0a",
]  # fmt: skip


@pytest.mark.parametrize(
    "base", ["/", "/static/", "/ru/", "/ru/library/", "/work/", "/work/letters/", "/api/", "/files/", "/media/"]
)
def test_no_address_leads_to_a_file_of_the_node(base: str) -> None:
    secret = settings.SECRETS.pepper
    client = Client()
    for elsewhere in ELSEWHERE:
        answer = client.get(f"{base}{elsewhere}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[union-attr]  # bytes
        assert answer.status_code in (301, 302, 400, 404), elsewhere
        assert secret not in content
        assert b"root:" not in content
        assert "X-Evil" not in answer.headers


def test_every_address_that_takes_words_takes_no_path(world: Any, aigul: Any, nurlan: Any, signed_in: Any) -> None:
    """Tokens, names, references: whatever an address lets through, it ends in 404 (or in a form), never in an error."""
    words = [
        "..",
        "../../secrets/pepper",
        "..%2f",
        "\\..\\secrets",
        "\x00",
        "a\x00b",
        "%c0%ae",
        "\r\nX: y",
        "'",
        "{{7*7}}",
        "x" * 3000,
        "٣",
        "💥",
    ]
    clients, found = [Client(), signed_in(aigul), signed_in(nurlan)], 0
    for name, arguments in kept_arguments(world).items():
        for key in (key for key, value in arguments.items() if isinstance(value, str)):
            for word in words:
                try:
                    address = reverse(name, kwargs={**arguments, key: word})
                except NoReverseMatch:
                    continue
                found += 1
                for client in clients:
                    assert {client.get(address).status_code, client.post(address).status_code} <= {301, 302, 400, 404, 405}, (
                        name,
                        word,
                    )
    assert found > 30


def test_no_question_behind_an_address_is_an_error(world: Any, aigul: Any, chynara: Any, nurlan: Any, signed_in: Any) -> None:
    """Pages take what stands behind the question mark as it comes: a place in a list, a filter, a view."""
    words = [
        "",
        "\x00",
        "-1",
        "9" * 30,
        "1e9",
        "a:b:c",
        "0:2026-13-45:1",
        "1:2026-01-01:x",
        "../..",
        "'",
        "x" * 3000,
        "٣",
        str(uuid.UUID(int=5)),
    ]
    asked = (
        "after",
        "view",
        "show",
        "kind",
        "status",
        "theme",
        "country",
        "role",
        "words",
        "q",
        "page",
        "answered",
        "next",
        "template",
        "person",
    )
    for user in (aigul, chynara, nurlan):
        client = signed_in(user)
        for address in (
            "queue",
            "urgent",
            "search",
            "calls",
            "contacts",
            "referrals",
            "followups",
            "accounts",
            "limits",
            "problems",
            "trail",
        ):
            for word in words:
                assert client.get(f"/work/{address}/", dict.fromkeys(asked, word)).status_code < 500, (address, word)
    for address in ("library", "problems", "recommendations", "meetings", "council", "appeal"):
        for word in words:
            assert Client().get(f"/ru/{address}/", dict.fromkeys(asked, word)).status_code < 500, (address, word)


NAMES = [
    "../../secrets/pepper",
    "..\\..\\x.txt",
    "a\r\nX-Evil: yes.txt",
    "a\x00b.txt",
    "\u202etxt.exe",
    '"; filename="x.exe',
    "x" * 500,
]


def test_no_name_of_a_file_leads_anywhere(digits: str) -> None:
    client = with_receipt(digits)
    for name in NAMES:
        sent = {"file": SimpleUploadedFile(name, b"Just a text"), "key": str(uuid.uuid4())}
        assert client.post("/ru/appeal/status/files/", sent).status_code in (302, 422)
    from kenesh.appeals.models import Attachment

    for row in Attachment.objects.all():
        answer = client.get(reverse("appeals:my_file", args=[row.uid]))
        assert (answer.status_code, "X-Evil" in answer.headers) == (200, False)
        told = answer.headers["Content-Disposition"]
        assert told.startswith("attachment; filename")
        assert not set(told) & set("\r\n\x00\\/\u202e")
        assert ".exe" not in told.removesuffix('"')[-4:]
    assert not any(path.name.startswith(("pepper", "x.")) for path in settings.FILES.rglob("*"))


# --- nothing is spooled ------------------------------------------------------------------------------------------------------------


def test_the_suite_runs_where_no_temporary_file_can_be_made() -> None:
    assert tempfile.gettempdir() == NO_TEMPORARY_FOLDER
    with pytest.raises(FileNotFoundError), tempfile.TemporaryFile():
        pass


@pytest.mark.parametrize(
    "bound",
    [
        "from kenesh.kernel.stripping import program; program.rehearse('inspect'); program.bind()",
        "from kenesh.kernel.stripping import program; program.rehearse('preview'); program.bind()",
        "from kenesh.casework.letters import rendering; rendering.warm_up(); rendering.confine()",
    ],
)
def test_the_programs_for_files_and_letters_can_make_none_either(bound: str) -> None:
    """Temporary or not: a file cannot be opened, and one that is open cannot be written."""
    tries = "tempfile.TemporaryFile, lambda: open('/tmp/x', 'w'), lambda: open('/etc/passwd'), socket.socket"
    tries += ", os.fork" if os.geteuid() else ""  # root is bound by no number of processes
    asked = (
        f"import os, tempfile, socket; {bound}\nfor attempt in ({tries}):\n    try:\n        attempt()\n        print('did it')\n"
    )
    asked += "    except OSError:\n        pass\n"
    done = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, env={}, timeout=60, check=True)
    assert done.stdout == b""


def test_an_account_that_was_closed_between_the_two_steps_comes_in_no_more(office: Any, aigul: Any, nurlan: Any) -> None:
    give_factor(aigul)
    client = Client()
    client.post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    code = code_of(aigul)
    actions.close_account(user=aigul, by=nurlan)
    client.post("/work/sign-in/second-step/", {"code": code})
    assert client.get("/work/queue/").status_code == 302
    assert filed(office)  # the office itself goes on
