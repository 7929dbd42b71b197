"""A caseworker at a filled demonstration, in one process: `python -m bench.harness.desk REQUESTS` within a node's environment.

The web application is called as granian calls it, middleware and compression included; clocks and queries are read around
the call: wall time, and CPU time of this process (with SQLite that is all there is; PostgreSQL works in processes of its
own). The office is the demonstration's largest. Prints {"rows": [a page each], "node": {…}} as JSON.
"""

from __future__ import annotations

import io
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
from django.conf import settings

from bench.harness import steady

EMAIL = "marina@example.org"
WARM = 3


class Browser:
    """Keeps cookies and sends forms with their token. `clocks`: wall and CPU seconds of every request."""

    def __init__(self) -> None:
        from kenesh.config.wsgi import application

        self.application = application
        self.cookies: dict[str, str] = {"language": "ru"}
        self.clocks: list[tuple[float, float]] = []
        self.status, self.location = 0, ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: dict[str, str]) -> str:
        token = self.cookies[settings.CSRF_COOKIE_NAME]
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}).encode())

    def _ask(self, method: str, path: str, body: bytes) -> str:
        address, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        headers: list[tuple[str, str]] = []
        pages: list[bytes] = []

        def start(status: str, sent: list[tuple[str, str]], _why: Any = None) -> Callable[[bytes], object]:
            self.status = int(status.split()[0])
            headers.extend(sent)
            return pages.append

        wall, cpu = time.perf_counter(), time.process_time()
        answer = self.application(environ, start)
        pages.extend(answer)
        answer.close()
        self.clocks.append((time.perf_counter() - wall, time.process_time() - cpu))
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        self.location = dict(headers).get("Location", "")
        if self.status >= 400:
            raise RuntimeError(f"{method} {address} answers {self.status}")
        return b"".join(pages).decode(errors="replace")

    def sign_in(self) -> None:
        from kenesh.cast import code_of
        from kenesh.people.models import User
        from kenesh.site.demonstration import accounts

        self.get("/work/sign-in/")
        self.post("/work/sign-in/", {"email": EMAIL, "password": accounts.PASSWORD})
        self.post(self.location, {"code": code_of(User.objects.get(email=EMAIL))})


def measure(requests: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from kenesh.appeals.models import Appeal
    from kenesh.casework.models import ToIndex
    from kenesh.kernel import bulk
    from kenesh.site.warming import warm_up

    call_command("collectstatic", interactive=False, verbosity=0)
    browser = Browser()
    warm_up()  # as a process of the web server does before its first request
    browser.sign_in()
    desk = Desk(browser, requests)
    while ToIndex.objects.filter(office=desk.office).exists():  # what the demonstration or an earlier run has left
        browser.get("/work/search/")
    rows = [_row(name, act, browser, requests) for name, act in (*desk.reads(), *desk.writes())]
    appeals, size = Appeal.objects.count(), bulk.bytes_used()
    node = {
        "appeals": appeals,
        "memory_mb": _memory_mb(),
        "bytes": size,
        "bytes_per_appeal": size // appeals,
        "vendor": connection.vendor,
    }
    return {"rows": rows, "node": node}


def _row(name: str, act: Callable[[int], None], browser: Browser, requests: int) -> dict[str, Any]:
    """`act` may send several requests; together they are one."""
    from django.db import connection

    times: list[tuple[float, float]] = []
    pieces: list[float] = []
    asked = 0

    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    for number in range(WARM + requests):
        browser.clocks.clear()
        if number == WARM - 1:
            with connection.execute_wrapper(counting):
                act(number)
        else:
            act(number)
        if number >= WARM:
            times.append((sum(wall for wall, _ in browser.clocks) * 1000, sum(cpu for _, cpu in browser.clocks) * 1000))
            pieces.append(steady.piece())
    wall, cpu = (sorted(column) for column in zip(*times, strict=True))
    at = min(len(wall) - 1, int(len(wall) * 0.95))
    return {
        "page": name,
        "p50_ms": round(statistics.median(wall), 1),
        "p95_ms": round(wall[at], 1),
        "cpu_p50_ms": round(statistics.median(cpu), 1),
        "cpu_p95_ms": round(cpu[at], 1),
        "queries": asked,
        "machine": steady.unsteadiness(pieces),
    }


class Desk:
    """What a caseworker asks for, with other rows and other words at every request."""

    def __init__(self, browser: Browser, requests: int) -> None:
        from kenesh.casework.models import OPEN, Case, Status
        from kenesh.people import sign_in
        from kenesh.people.keyring import Keyring
        from kenesh.people.models import Organisation, User
        from kenesh.site.demonstration import accounts

        self.browser, self.chance = browser, random.Random(1)
        self.keyring = Keyring(User.objects.get(email=EMAIL), sign_in.check(EMAIL, accounts.PASSWORD).secret)
        self.office = Organisation.objects.get(roles__user=self.keyring.user)
        cases = Case.objects.filter(office=self.office)
        self.closed = cases.filter(status=Status.CLOSED).order_by("due_on", "id").values_list("id", flat=True)
        ids = list(cases.values_list("id", flat=True)) if cases.count() < 50_000 else self._sample(cases)
        self.cases = list(Case.objects.filter(pk__in=self.chance.sample(ids, min(len(ids), 3 * requests + 3 * WARM))))
        self.open = cases.filter(status__in=OPEN)
        self.firms = [name for name in map(self._firm, self.cases) if name] or ["Алдар"]

    def _sample(self, cases: Any) -> list[int]:
        """Ids all over the table, without reading it whole."""
        last = cases.order_by("-id").values_list("id", flat=True)[0]
        starts = [self.chance.randrange(last) for _ in range(400)]
        return list(
            {pk for start in starts for pk in cases.filter(id__gte=start).order_by("id").values_list("id", flat=True)[:1]}
        )

    def _firm(self, case: Any) -> str:
        """The name of the other side of a case: most firms have few cases."""
        from kenesh.casework.opening import open_case

        row = case.parties.first()
        name = open_case(case, self.keyring).open(row).body["name"] if row else ""
        return re.sub(r"^ООО |[«»]| MChJ$| ՍՊԸ$", "", name)

    def reads(self) -> Iterable[tuple[str, Callable[[int], None]]]:
        from kenesh.casework.models import NO_DEADLINE
        from kenesh.site.demonstration.crowd import words

        browser = self.browser
        middle = self.closed[self.closed.count() // 2]
        deep = f"/work/queue/?show=closed&after=1_{NO_DEADLINE.isoformat()}_{middle}"
        chosen = {"tab": "open", "theme": "pay", "origin": "KG", "waits": "person"}

        def narrowed(number: int) -> None:
            browser.post("/work/queue/filter/", chosen)
            browser.get(browser.location)

        def search(text: Callable[[int], str]) -> Callable[[int], None]:
            def ask(number: int) -> None:
                browser.post("/work/search/", {"words": text(number), "show": ""})
                browser.get(browser.location)

            return ask

        def rare(number: int) -> str:
            return self.firms[number % len(self.firms)]

        return [
            ("dashboard", lambda number: _nothing(browser.get("/work/"))),
            ("queue", lambda number: _nothing(browser.get("/work/queue/"))),
            ("queue: open cases", lambda number: _nothing(browser.get("/work/queue/?show=open"))),
            ("queue: a filter", narrowed),
            ("queue: deep in it", lambda number: _nothing(browser.get(deep))),
            ("case", lambda number: _nothing(browser.get(f"/work/cases/{self.cases[number % len(self.cases)].code}/"))),
            ("search: a rare word", search(rare)),
            ("search: a common word", search(lambda _number: words.COMMON)),
            ("search: a common and a rare word", search(lambda number: f"{words.COMMON} {rare(number)}")),
            ("urgent board", lambda number: _nothing(browser.get("/work/urgent/"))),
        ]

    def writes(self) -> Iterable[tuple[str, Callable[[int], None]]]:
        """Filing is measured without the derivation of the receipt, which costs the same everywhere."""
        return [
            ("write: file an appeal", lambda _number: _nothing(self._file())),
            ("write: open a new appeal", lambda number: _nothing(self.browser.get(f"/work/appeals/{self._file()}/"))),
            ("write: take it up", self._take_up),
            ("write: an answer", self._answer),
        ]

    def _file(self) -> str:
        import secrets

        from django.db import transaction

        from kenesh.appeals import actions
        from kenesh.kernel import trail, vault

        keys = vault.ReceiptKeys(secrets.token_bytes(16), vault.new_pair(), vault.new_key())
        answers = {"theme": "pay", "story": "Три месяца не платят на объекте.", "citizenship": "KG", "where_country": "RU"}
        wall, cpu = time.perf_counter(), time.process_time()
        with transaction.atomic():
            appeal = actions.store_appeal(
                answers={**answers, "consents": ["a", "d"]}, office=self.office, language="ru", keys=keys, by=trail.PUBLIC
            )
        self.browser.clocks.append((time.perf_counter() - wall, time.process_time() - cpu))
        return str(appeal.code)

    def _take_up(self, number: int) -> None:
        code = self._file()
        self.browser.clocks.clear()
        self.browser.post(f"/work/appeals/{code}/take-up/", {})

    def _answer(self, number: int) -> None:
        import uuid

        case = self.cases[-1 - number % len(self.cases)]
        self.browser.clocks.clear()
        self.browser.post(
            f"/work/cases/{case.code}/answer/", {"answer-text": "Мы написали жалобу.", "answer-key": str(uuid.uuid4())}
        )


def _nothing(page: str) -> None:
    """A page that was read."""


def _memory_mb() -> int:
    """The most that this process has held (VmHWM, proc(5))."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
