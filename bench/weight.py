"""How many bytes every public page sends to a phone, in every language, with all that it loads.

    kenesh bench weight --json
    python -m bench.weight

A node with the demonstration is walked through by its links; then a person files an appeal and comes back, and an
official answers a recommendation. Counted is what comes over the wire for a first visit: gzip where the server sends it
(a page that holds a secret goes out as it is), and every stylesheet, image and script that the page asks for. Headers are
not counted. The server pads compressed pages with up to 100 random bytes, so that two runs differ by as much.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.harness.node import Node
from bench.harness.person import ONE_PAGE, PAGES, Answer, Person, Unexpected
from bench.harness.servers import folder_on_disk

LANGUAGES = ("ky", "ru", "uz", "tg", "kk", "hy", "en")
LIMIT = 14 * 1024  # docs: in one round trip, never more
WITH_QUERY = 3  # addresses of one page with a query (a filter, a next page) that are weighed
NOT_PAGES = {  # addresses without a page of their own
    *{"leave/", "language/", "emblem/", "trail-heads.txt"},  # redirects, a picture, a line for auditors
    *{"style/<slug:name>-<slug:version>.css"},  # weighed with the pages that load it
    *{"appeal/written/", "appeal/status/close/", "appeal/status/consent/<slug:code>/"},  # take a form and lead on
    *{"appeal/status/own-digits/take/", "appeal/files/piece/", "appeal/status/files/piece/"},  # the same, without a page
    *{"meetings/<code:code>/calendar.ics", "problems/<code:code>/counts.csv"},  # files
}


class Links(HTMLParser):
    """What a page links to, and what it makes the browser load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and set(values.get("rel", "").split()) & {"stylesheet", "icon", "preload", "manifest"}:
            self._load(values.get("href", ""))
        elif tag in {"img", "script", "source", "iframe", "video", "audio"}:
            self._load(values.get("src", ""))

    def _load(self, address: str) -> None:
        if address and not address.startswith("data:"):
            self.loads.add(address)


@dataclass
class Weighed:
    """One address as it was sent."""

    path: str
    language: str
    bytes: int
    html: int
    loads: int
    encoding: str


@dataclass(eq=False)
class Weigher(Person):
    """A browser that takes note of the weight of every page it is given."""

    pages: list[Weighed] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Accept-Encoding": "gzip"}

    def ask(self, method: str, path: str, body: str | bytes | None = None, more: dict[str, str] | None = None) -> Answer:
        answer = super().ask(method, path, body, more)
        if answer.body and (answer.headers.get("Content-Type") or "").startswith("text/html"):
            loads = [self._weight_of(urljoin(path, address)) for address in sorted(Links(answer.body.decode()).loads)]
            encoding = answer.headers.get("Content-Encoding") or "none"
            self.pages.append(Weighed(path, self.language, answer.wire + sum(loads), answer.wire, len(loads), encoding))
        return answer

    def _weight_of(self, path: str) -> int:
        if path not in self.files:
            answer = super().ask("GET", path)
            if answer.status != 200:
                raise Unexpected(f"{path}, which a page loads, answers {answer.status}")
            self.files[path] = answer.wire
        return self.files[path]


def run() -> dict[str, Any]:
    """Rows: the heaviest address of each page in each language. Raises NodeTrouble, Unexpected."""
    with folder_on_disk() as folder:
        node = Node(folder / "home")
        node.start("--migrate", "--demo", "--no-worker")
        try:
            public = json.loads(node.python("bench.harness.inside", "routes"))["public"]
            plain = [
                route
                for route in public
                if "<" not in route and not route.startswith(("appeal/", "answer/")) and route not in NOT_PAGES
            ]
            pages = [page for language in LANGUAGES for page in _pages_in(node, language, plain)]
            paths = sorted({urlsplit(page.path).path for page in pages})
            routes = json.loads(node.python("bench.harness.inside", "routes", stdin="\n".join(paths)))
        finally:
            node.stop()
    rows = _rows(pages, routes["of"])
    reached = {row["page"] for row in rows}
    heaviest = max(rows, key=lambda row: int(row["bytes"]))
    summary = {
        "max_bytes": heaviest["bytes"],
        "page": heaviest["address"],
        "limit": LIMIT,
        "pages_over_limit": sorted({row["page"] for row in rows if row["bytes"] > LIMIT}),
        "median_bytes": sorted(row["bytes"] for row in rows)[len(rows) // 2],
        "addresses": len(pages),
        "not_weighed": sorted(set(routes["public"]) - reached - NOT_PAGES),
    }
    return {"bench": "weight", "rows": rows, "summary": summary}


def _rows(pages: list[Weighed], route_of: dict[str, str]) -> list[dict[str, Any]]:
    heaviest: dict[tuple[str, str], Weighed] = {}
    for page in pages:
        key = (route_of[urlsplit(page.path).path], page.language)
        if key not in heaviest or heaviest[key].bytes < page.bytes:
            heaviest[key] = page
    return [
        {
            "page": route,
            "language": language,
            "bytes": page.bytes,
            "html": page.html,
            "loads": page.loads,
            "encoding": page.encoding,
            "address": page.path,
        }
        for (route, language), page in sorted(heaviest.items())
    ]


def _pages_in(node: Node, language: str, plain: list[str]) -> list[Weighed]:
    """All pages in one language; `plain` routes are begun with, since not every list is linked when it is short."""
    browser = Weigher(node.port, language)
    _walk(browser, [f"/{language}/{route}" for route in plain])
    _appeal(browser)
    _answer(browser, node)
    browser.close()
    return [page for page in browser.pages if page.path.startswith(f"/{language}/")]


def _walk(browser: Weigher, first: list[str]) -> None:
    """Every public address that links lead to from the first ones; of those with a query, a few for each page."""
    start = f"/{browser.language}/"
    waiting, known, with_query = list(first), set(first), dict[str, int]()
    while waiting:
        path = waiting.pop()
        answer = browser.get(path)
        if answer.status >= 400:
            raise Unexpected(f"{path} answers {answer.status}")
        is_page = (answer.headers.get("Content-Type") or "").startswith("text/html")
        links = Links(answer.body.decode()).links if is_page else []
        for link in [*links, answer.location]:
            parts = urlsplit(urljoin(path, link))
            address = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc or not parts.path.startswith(start) or address in known:
                continue
            if parts.query:
                with_query[parts.path] = with_query.get(parts.path, 0) + 1
                if with_query[parts.path] > WITH_QUERY:
                    continue
            known.add(address)
            waiting.append(address)


def _appeal(browser: Weigher) -> None:
    """The form with a mistake in it, the short way, the whole way, a later change, the receipt, coming back; all on one page."""
    form = f"/{browser.language}/appeal/"
    browser.get(form)
    browser.post(form, {})
    browser.post(form, {"danger": "yes"})
    browser.get(f"{form}danger/")
    browser.post(form, PAGES[""])
    digits = browser.file()
    browser.get(f"{form}receipt/")
    browser.post(f"{form}where/", {**PAGES["where/"], "where_place": "Магнитогорск"})
    browser.post(f"{form}send/", {})
    browser.get(f"{form}difference/")
    browser.post(f"{form}written/", {})
    browser.get(f"{form}done/")
    browser.come_back(digits)
    for part in ("story", "consents", "files", "notice", "own-digits", "erase"):
        browser.get(f"{form}status/{part}/")
    browser.get(f"{form}all/")
    in_danger = {**ONE_PAGE["all/"], "danger": "yes", "for_whom": "group"}
    browser.post(f"{form}all/", {**in_danger, "group_size": "двенадцать"})
    browser.post(f"{form}all/", {**in_danger, "group_size": "12"})
    browser.get(f"{form}check/")
    browser.get(f"{form}files/")


def _answer(browser: Weigher, node: Node) -> None:
    """An official opens the link of a letter, types the code from the mail and answers."""
    token = node.python("bench.harness.inside", "answer-link").strip()
    if not token:
        return
    start = f"/{browser.language}/answer/"
    browser.get(f"{start}{token}/")
    browser.post(f"{start}{token}/", {})
    browser.get(f"{start}code/")
    browser.post(f"{start}code/", {"code": "00000000"})
    browser.post(f"{start}code/", {"code": _code_of_last_mail(node.home / "outbox")})
    browser.get(f"{start}form/")
    browser.post(
        f"{start}form/",
        {"answer": "accepted", "text": "Мы принимаем рекомендацию и готовим приказ.", "plan": "Приказ по министерству"},
    )
    page = browser.get(f"{start}check/")
    key = re.search(rb'name="key" value="([^"]+)"', page.body)
    if key is None:
        raise Unexpected("the official cannot send the answer: its check page holds no form")
    browser.post(f"{start}check/", {"key": key.group(1).decode()})
    browser.get(f"{start}sent/")


def _code_of_last_mail(outbox: Path) -> str:
    """The eight digits of the newest letter; a node without a mail server keeps its letters in files."""
    newest = max(outbox.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    letter = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
    found = re.findall(r"\b(\d{4}) ?(\d{4})\b", letter.get_content())
    if not found:
        raise Unexpected("the letter to the addressee holds no code")
    return "".join(found[-1])


def main() -> None:
    json.dump(run(), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
