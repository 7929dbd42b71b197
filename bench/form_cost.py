"""What each request of the public form costs the processor, in one process without a web server.

    kenesh bench form_cost --json
    python -m bench.form_cost --filings 60

The whole of Django answers (middleware, database, templates, compression) as it does behind the server; clients, sockets and
waiting for the disk are not counted. Figures are medians of CPU time; `queries` are those of one request.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import statistics
import sys
import time
from typing import Any
from urllib.parse import urlencode

from bench.harness.node import Node
from bench.harness.person import ONE_PAGE, PAGES, Unexpected
from bench.harness.servers import folder_on_disk

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
LONG_WAY = [step for page, answers in PAGES.items() for step in (("GET", page, None), ("POST", page, answers))]
WAYS: dict[str, list[tuple[str, str, dict[str, str] | None]]] = {
    "one page": [("GET", "all/", None), ("POST", "all/", ONE_PAGE["all/"]), ("POST", "send/", {})],
    "page by page": [*LONG_WAY, ("GET", "check/", None), ("POST", "send/", {})],
}


def run(filings: int = 40) -> dict[str, Any]:
    with folder_on_disk() as folder:
        node = Node(folder / "home")
        node.kenesh("migrate")
        node.python("bench.harness.inside", "office")
        rows: list[dict[str, Any]] = json.loads(node.python("bench.form_cost", "--inside", "--filings", str(filings)))
    summary: dict[str, Any] = {}
    for way in WAYS:
        mine = [row for row in rows if row["way"] == way]
        name = way.replace(" ", "_")
        summary[f"{name}_cpu_ms"] = round(sum(row["cpu_ms"] for row in mine), 2)
        summary[f"{name}_queries"] = sum(row["queries"] for row in mine)
    return {"bench": "form_cost", "rows": rows, "summary": summary}


class InProcess:
    """A browser that calls the WSGI application itself."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None) -> tuple[float, int]:
        """Seconds of CPU time and bytes of the answer. Raises Unexpected for an error."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode() if fields is not None else b""
        heads: list[tuple[str, str]] = []
        statuses: list[str] = []

        def begin_answer(status: str, headers: list[tuple[str, str]], _info: Any = None) -> None:
            statuses.append(status)
            heads.extend(headers)

        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "HTTP_ACCEPT_ENCODING": "identity", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http", "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }  # fmt: skip
        begin = time.process_time()
        response = self.application(environ, begin_answer)
        content = b"".join(response)
        response.close()
        spent = time.process_time() - begin
        if statuses[0][:3] not in ("200", "302"):
            raise Unexpected(f"{method} {path}: {statuses[0]}")
        for name, value in heads:
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0].partition("=")
                self.cookies[cookie[0]] = cookie[2].strip('"')
        found = TOKEN.search(content)
        if found:
            self.token = found.group(1).decode()
        return spent, len(content)


def _inside(filings: int) -> list[dict[str, Any]]:
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)  # as `kenesh serve` does
    from kenesh.config.wsgi import application

    rows = []
    for way, steps in WAYS.items():
        spent: list[list[float]] = [[] for _ in steps]
        sizes, queries = [0] * len(steps), [0] * len(steps)
        for number in range(filings + 3):
            browser = InProcess(application)
            for index, (method, page, fields) in enumerate(steps):
                path = f"/ky/appeal/{page}"
                if number == 1:
                    with CaptureQueriesContext(connection) as captured:
                        browser.ask(method, path, fields)
                    queries[index] = len(captured)
                    continue
                seconds, sizes[index] = browser.ask(method, path, fields)
                if number > 2:  # imports and templates are warm
                    spent[index].append(seconds)
        rows += [
            {
                "way": way,
                "request": f"{method} {page or '(first page)'}",
                "cpu_ms": round(statistics.median(spent[index]) * 1000, 2),
                "queries": queries[index],
                "bytes": sizes[index],
            }
            for index, (method, page, _) in enumerate(steps)
        ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.form_cost", description="CPU time of each request of the form.")
    parser.add_argument("--filings", type=int, default=40, help="filings of each way that are measured (default: %(default)s)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    json.dump(_inside(chosen.filings) if chosen.inside else run(chosen.filings), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
