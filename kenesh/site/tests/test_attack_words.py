"""Every field of every form is filled with words that want to be a program; nothing runs, and nothing private stands in the clear.

The walk finds the pages, forms and fields by itself. It fails when a field of the private wing was never taken (its marker
was not stored by any form), and when a sealed table was never filled: whoever adds one teaches the walk to fill it.
"""

from __future__ import annotations

import base64
import csv
import io
import logging
import re
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client

from kenesh.site.tests.attackers import with_receipt
from kenesh.site.tests.test_site_access import table as accesses
from kenesh.site.tests.walks import Form, address_of, kept_arguments, read_page

# What a field may hold is decided before anything is stored, and both engines store the same rows.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

MARK = "zqxmark"
PAYLOAD = '"><script>{mark}</script>{{{{7*7}}}}${{7*7}}'
CALCULATED = "</script>49"
PRIVATE = ("/work/cases/", "/work/appeals/", "/work/calls/", "/work/intake/", "/work/contacts/", "/work/search/", "/work/queue/")
PRIVATE += ("/work/referrals/", "/work/keeping/", "/work/offices/", "/work/import/", "/work/statistics/", "/ru/appeal/")
ENDING = ("/leave/", "/work/sign-out/", "/work/sign-in/", "/work/unlock/", "/work/account/", "/work/second-factors/")
# Of another's account: a new start password and the end of it take the keys away with which the pages are read afterwards.
LOCKING = re.compile(r"^/work/accounts/[^/]+/(password|close)/$")
# Papers hold no forms, and to set one out takes a second.
PAPERS = ("_pdf", "_word", "_xml", "_table", "_file")
STAFF = ("aigul", "chynara", "emil", "saltanat", "nurlan")
# Sent last, in this order: what they do takes the case, the appeal or the keys away.
FIRST = "/missed/"  # a form that stands there only until another one moves the day
LAST = ("/restrict/", "/lift/", "/hand-over/", "/refer/", "/keeping/hold/", "/status/erase/", "/closing/", "/renewal/", "/key/")
SAMPLES = {
    "date": "2026-12-24", "datetime-local": "2026-12-24T10:00", "time": "10:00", "number": "3", "email": "a@example.org",
    "tel": "+7 912 000-11-22", "url": "https://example.org/",
}  # fmt: skip
# What is tried where the long words are refused: shorter ones, numbers, days, a phone, a currency, a list of persons.
SHORTER = (
    "{mark}",
    MARK,
    "1000",
    "2026-01-09",
    "09.01.2026",
    "01.03.2026 1000",
    "+7 912 000-11-22",
    "RUB",
    "7707083893",
    "2023",
    "",
)
MOST_TRIES = 6


class Filler:
    """Sends forms with marked words in their fields, and remembers which fields were taken."""

    def __init__(self) -> None:
        self.number = 0
        self.asked: dict[str, str] = {}  # field of the private wing → where it was asked
        self.taken: set[str] = set()
        self.errors: list[tuple[str, int]] = []
        self.sent: set[tuple[str, ...]] = (
            set()
        )  # the address and the fields of each form: who sees it too sends it no second time

    def word(self, kind: str, tried: int = 0) -> str:
        if kind in SAMPLES and not tried:
            return SAMPLES[kind]
        self.number += 1
        mark = f"{MARK}{self.number}"
        return (SHORTER[min(tried, len(SHORTER)) - 1] if tried else PAYLOAD).format(mark=mark)

    def values(self, form: Form, tried: dict[str, int]) -> dict[str, Any]:
        """What is sent; `tried`: how often the value of a field was refused, under "" how often the whole form."""
        sent: dict[str, Any] = {name: self.word(kind, tried.get(name, 0)) for name, kind in form.texts.items()}
        for name, values in form.choices.items():
            real = [one for one in values if one] or values
            sent[name] = real if name in form.ticks and tried.get("") else real[tried.get(name, 0) % len(real)] if real else ""
        sent |= {name: values for name, values in form.fixed.items() if name != "csrfmiddlewaretoken"}
        for name, value in form.buttons[:1]:
            sent |= {name: value} if name else {}
        for name in form.files:
            sent[name] = SimpleUploadedFile(f"{MARK}file.txt", f"{MARK}content".encode())
        return sent

    def send(self, client: Client, form: Form) -> None:
        """With long words first; what is refused is sent again with shorter ones, numbers, days, and other choices."""
        path, tried = urlsplit(form.action).path, {"": 0}
        fields = [self.plain(name) for name, kind in form.texts.items() if kind not in ("password", *SAMPLES)]
        if path.startswith(PRIVATE):
            self.asked |= dict.fromkeys(fields, path)
        for _try in range(MOST_TRIES):
            answer = client.post(form.action, self.values(form, tried))
            if answer.status_code >= 500:
                self.errors.append((path, answer.status_code))
            if answer.status_code in (302, 303):
                self.taken |= set(fields)
                return
            if form.files and (tried[""] or ("file" in form.files and tried.get("file"))):
                return  # each look into a file takes a second
            again = read_page(path, answer.content.decode("utf-8", "replace"))[0] if answer.status_code in (200, 422) else []
            same = next((one for one in again if set(one.texts) == set(form.texts)), None)
            form.fixed = same.fixed if same else form.fixed  # the newest version of a row that was changed meanwhile
            wrong = {name for one in again for name in one.invalid}
            for name in wrong or {""}:
                tried[name] = tried.get(name, 0) + 1

    @staticmethod
    def plain(name: str) -> str:
        """A field's own name, without the uids and codes of the row it stands for."""
        return re.sub(r"[rcpg][0-9a-f]{32}-|^[23456789bcdfghjkmnpqrstvwxz]{8}-", "", name)


def pages(client: Client, world: Any, role: str, *, papers: bool = True) -> Iterator[tuple[str, str, Any]]:
    """Every page that this client gets, by the table of accesses: address, text, answer. `person`: who holds a receipt;
    `anonymous`: what everybody reads, its tables and calendars too."""
    for name, arguments in kept_arguments(world).items():
        address = address_of(name, arguments)
        wanted = opened_to(role, name) and ("_work:" in name) == (role != "anonymous")
        if role == "person":
            wanted = name.startswith(("appeals:", "casework:"))
        if wanted and not address.startswith(ENDING) and (papers or not name.endswith(PAPERS)):
            answer = client.get(address)
            if answer.status_code == 200 and not answer.streaming:
                yield address, answer.content.decode("utf-8", "replace"), answer


def opened_to(role: str, name: str) -> bool:
    return accesses().get(name, {}).get(role) == 200


def fill(filler: Filler, client: Client, world: Any, role: str) -> None:
    found: dict[tuple[str, ...], Form] = {}
    for address, text, answer in pages(client, world, role, papers=False):
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for form in read_page(address, text)[0]:
            path = urlsplit(form.action).path
            if form.method == "post" and form.texts and not path.startswith(ENDING) and not LOCKING.match(path):
                found.setdefault((path, *sorted(form.texts)), form)
    order = sorted(
        found, key=lambda key: next((place + 1 for place, last in enumerate(LAST) if last in key[0]), -(FIRST in key[0]))
    )
    for key in order:
        if key not in filler.sent:
            filler.send(client, found[key])
    filler.sent |= found.keys()


def fill_the_public_form(filler: Filler) -> None:
    """Its pages as they come, and the appeal is sent."""
    client, to = Client(), "/ru/appeal/"
    for _step in range(8):
        page = client.get(to)
        forms = [
            form
            for form in read_page(page.request["PATH_INFO"], page.content.decode())[0]
            if form.method == "post" and form.texts
        ]
        if not forms:
            break
        answer = client.post(forms[0].action, filler.values(forms[0], {}))
        for name in forms[0].texts:
            filler.asked[name] = "/ru/appeal/"
            filler.taken |= {name} if answer.status_code == 302 else set()
        to = answer.headers.get("Location", "/ru/appeal/check/")
    client.post("/ru/appeal/send/")


@pytest.fixture
def filled(world: Any, signed_in: Any, request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """The world after everybody has filled in everything; the clients, and what the walk found."""
    filler, log = Filler(), io.StringIO()
    handler, loggers = (
        logging.StreamHandler(log),
        [logging.getLogger(name) for name in ("", "django", "django.request", "kenesh")],
    )
    for logger in loggers:
        logger.addHandler(handler)
    fill_the_public_form(filler)
    person, clients = with_receipt(world.receipt), {}
    fill(filler, person, world, "person")
    for name in STAFF:
        clients[name] = signed_in(request.getfixturevalue(name))
        fill(filler, clients[name], world, name)
    person.post("/ru/appeal/status/open/", {"text": filler.word("textarea"), "key": str(uuid.uuid4())})
    yield {"filler": filler, "person": person, "world": world, "log": log, "anonymous": Client(), **clients}
    for logger in loggers:
        logger.removeHandler(handler)


def test_words_that_want_to_be_a_program_stay_words(filled: dict[str, Any]) -> None:
    seen, hostile = 0, []
    for role in (*STAFF, "person", "anonymous"):
        for address, text, answer in pages(filled[role], filled["world"], role):
            kind = answer.headers["Content-Type"]
            seen += text.count(f"&lt;script&gt;{MARK}")
            if kind.startswith("text/html") and (f"<script>{MARK}" in text or '"><script' in text or CALCULATED in text):
                hostile.append((role, address))
            if "49" in text and re.search(r"&lt;/script&gt;49|\$49", text):
                hostile.append((role, address))
            hostile += [(role, address) for _cell in formulas(answer.content, kind)]
    for message in mail.outbox:
        assert "\n" not in message.subject
        assert all(MARK not in str(part) for part in (message.subject, message.body, message.to))
    assert hostile == []
    assert filled["filler"].errors == []
    assert seen > 50
    private_words_lie_nowhere(filled)


def formulas(content: bytes, kind: str) -> list[str]:
    """Cells of a table that a spreadsheet would run (OWASP, CSV Injection); [] for anything that is no table."""
    cells: list[str] = []
    if kind.startswith("text/csv"):
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    elif "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            joined = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
        cells = ["=" + found for found in re.findall(r"<f>([^<]*)</f>", joined)]
    return [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"[-+]?[\d.,]+", cell)
    ]


# --- the dump ---------------------------------------------------------------------------------------------------------------

# Sealed tables that no form of these pages fills: each with the test that does, or the reason.
NOT_FILLED_HERE = {
    "appeals.notice": "the address is deleted when the office writes: test_appeals_notices.py",
    "appeals.waitingopinion": "choices without words, after closing: appeals/tests/test_appeals_opinions.py",
    "casework.imported": "its register is only looked at here: casework/tests/registers",
    "casework.knowncolumns": "the same: casework/tests/registers",
    "casework.leadnote": "the number of a case and a day, no words: test_casework_money.py",
    "casework.origin": "a person has to sign first: casework/tests/referrals",
    "casework.sheet": "its form asks for no words: test_casework_facts.py",
    "casework.tags": "one word of a list: casework/tests/queue",
    "casework.waitingwords": "a person has to sign first: casework/tests/quotations",
    "casework.undo": "goes after ten minutes, holds no words: casework/tests/queue",
}
# Fields that no first try can fill, with the reason; everything else that asks for words was filled.
NOT_TAKEN: dict[str, str] = {
    "receipt": "the digits themselves: test_attack_receipts.py",
    # One form asks for a person's words in seven languages; what a first try writes into some of them is refused with the others.
    **{f"text_{language}": "the same form: casework/tests/quotations" for language in ("hy", "kk", "tg", "uz")},
}


def as_found_in_a_dump(mark: str) -> list[bytes]:
    """A word as it may stand in a file: three encodings, hexadecimal, base 64 in its three alignments."""
    plain = [mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be")]
    found = [*plain, *(one.hex().encode() for one in plain[:1])]
    for shift in range(3):
        found.append(base64.b64encode(b"\0" * shift + mark.encode())[(4 if shift else 0) :].rstrip(b"=")[:-2])
    return found


def dump() -> dict[str, bytes]:
    """Every table of the database, also those of no model, row by row."""
    found = {}
    with connection.cursor() as cursor:
        # SQLite cannot list the table of words; its pieces are tables, too.
        for table in set(connection.introspection.table_names(cursor)) - {"search_words"}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells = (cell for row in cursor.fetchall() for cell in row)
            found[table] = b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in cells
            )
    return found


# Tables of public matters, and what docs/privacy.md lists as clear in the private wing (stationery, public law).
IN_THE_CLEAR = (
    "council_", "problems_", "followup_", "library_", "guide_", "themes_", "search_", "casework_lettertemplate", "casework_legallimit",
    *(f"people_{name}" for name in (
        "body", "organisation", "person", "membership", "founding", "standingchange", "rolechange", "nomination", "project", "correspondent",
        "mailing", "addressfile", "user", "factor",
    )),
)  # fmt: skip


def private_words_lie_nowhere(filled: dict[str, Any]) -> None:
    marks, leaks = as_found_in_a_dump(MARK), []
    for table, content in dump().items():
        if not table.startswith(IN_THE_CLEAR):
            leaks += [(table, mark) for mark in marks if mark in content]
    for path in [*settings.FILES.rglob("*"), *(settings.HOME / "logs").rglob("*")]:
        if path.is_file() and path.stat().st_mtime > filled["world"].begun and settings.FILES / "public" not in path.parents:
            leaks += [(str(path), mark) for mark in marks if mark in path.read_bytes() or MARK in path.name]
    leaks += [("log", mark) for mark in marks if mark.decode("latin-1") in filled["log"].getvalue()]
    assert leaks == []
    filler = filled["filler"]
    empty = sealed_tables_without_rows()
    assert (sorted(set(filler.asked) - filler.taken), empty) == (sorted(NOT_TAKEN), sorted(NOT_FILLED_HERE))


def sealed_tables_without_rows() -> list[str]:
    empty = []
    for area in ("appeals", "casework"):
        for model in apps.get_app_config(area).get_models():
            sealed = any(
                isinstance(one, models.BinaryField) and one.name.startswith("sealed") for one in model._meta.local_fields
            )
            if sealed and not model._base_manager.exists():
                empty.append(model._meta.label_lower)
    return sorted(empty)
