"""A person at the public form: real requests, a cookie jar and a keep-alive connection of her own, no JavaScript.

Trouble
├── NoAnswer           the connection broke; whether the server did what was asked, nobody knows
├── AskedToWait        the server is busy (503) and asks to send the same again
└── Unexpected         any other answer than the one that the form gives
"""

from __future__ import annotations

import gzip
import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kenesh.kernel import vault

STORY = "Бригадир Мурзакмат үч айдан бери айлыгымды бербей жатат, паспортумду да алып койду. Эмне кылышым керек?"
PAGES: dict[str, dict[str, str]] = {
    "": {"theme": "pay", "danger": "no", "story": STORY},
    "where/": {
        "citizenship": "KG",
        "where_country": "RU",
        "where_place": "Челябинск",
        "now_country": "RU",
        "papers": "eaeu",
        "since": "март",
    },
    "who/": {"culprit": "employer", "culprit_name": "ООО Сапсан", "for_whom": "self", "sex": "male", "age": "30-44"},
    "answer/": {"answer_how": "code", "office": "", "consents": "a"},
}
ONE_PAGE = {"all/": {name: value for answers in PAGES.values() for name, value in answers.items()}}


def requests_of_a_filing(pages: dict[str, dict[str, str]]) -> int:
    """Each page is read and sent; then the check page, unless the form on one page has answered with it, and the sending."""
    return 2 * len(pages) + (1 if pages is ONE_PAGE else 2)


def commits_of_a_filing(pages: dict[str, dict[str, str]]) -> int:
    return len(pages) + 1


_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Trouble(Exception):
    """The form did not go on."""


class NoAnswer(Trouble):
    """The connection broke before the whole answer was here."""


class AskedToWait(Trouble):
    """503: nothing is lost, the same may be sent again."""


class Unexpected(Trouble):
    """An answer that the form never gives."""


@dataclass
class Answer:
    """`body` is what a reader sees; `wire` counts its bytes as they came, compressed or not."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    wire: int = 0

    @property
    def location(self) -> str:
        return self.headers.get("Location") or ""


@dataclass(eq=False)
class Browser:
    """One connection and one cookie jar."""

    port: int
    language: str = "ky"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Encoding": "identity"})
    _connection: http.client.HTTPConnection | None = None
    _token: str = ""

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form with the token of the page that was read last. Raises NoAnswer."""
        return self.ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self._token}))

    def ask(self, method: str, path: str, body: str | bytes | None = None, more: dict[str, str] | None = None) -> Answer:
        headers = {**self.headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers |= more or {}
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as why:
            self.close()
            raise NoAnswer(f"{method} {path}: {why!r}") from why
        wire = len(content)
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        self._keep_cookies(response.headers)
        token = _TOKEN.search(content)
        if token is not None:
            self._token = token.group(1).decode()
        return Answer(response.status, response.headers, content, wire)

    def _keep_cookies(self, headers: http.client.HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            pair, _, rest = line.partition(";")
            name, _, value = pair.partition("=")
            if "max-age=0" in rest.lower().replace(" ", ""):
                self.cookies.pop(name.strip(), None)
            else:
                self.cookies[name.strip()] = value.strip().strip('"')

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(eq=False)
class Person(Browser):
    """Goes through the form; after any Trouble the same method may be called again and goes on where it stood."""

    way: dict[str, dict[str, str]] = field(default_factory=lambda: PAGES)
    _filled: int = 0

    def fill(self) -> None:
        """The form, page by page or all on one, and the page that shows the answers again. Raises Trouble."""
        pages = list(self.way.items())
        while self._filled < len(pages):
            page, answers = pages[self._filled]
            _expect(self.get(f"/{self.language}/appeal/{page}"), 200)
            _expect(self.post(f"/{self.language}/appeal/{page}", answers), 200 if self.way is ONE_PAGE else 302)
            self._filled += 1
        if self.way is not ONE_PAGE:
            _expect(self.get(f"/{self.language}/appeal/check/"), 200)

    def send(self) -> str:
        """Sends the appeal and gives the 20 digits that the receipt's page shows. Raises Trouble."""
        page = _expect(self.post(f"/{self.language}/appeal/send/", {}), 200)
        output = re.search(rb"<output>(.*?)</output>", page.body, re.DOTALL)
        digits = re.sub(rb"\D", b"", re.sub(rb"<[^>]+>", b"", output.group(1))).decode() if output else ""
        if len(digits) != 20:
            raise Unexpected("the receipt's page shows no 20 digits")
        return digits

    def file(self) -> str:
        self.fill()
        return self.send()

    @property
    def digits(self) -> str:
        """The receipt that belongs to this browser's draft, whether the appeal was sent or not; "" without a draft."""
        secret = next((value for name, value in self.cookies.items() if name.endswith("-draft")), "")
        return vault.receipt_digits(bytes.fromhex(secret)) if secret else ""

    def come_back(self, digits: str) -> Answer:
        """The status page of an appeal, by its receipt. Raises Trouble; Unexpected when no appeal opens with these digits."""
        _expect(self.get(f"/{self.language}/appeal/status/"), 200)
        _expect(self.post(f"/{self.language}/appeal/status/", {"receipt": digits}), 302)
        return _expect(self.get(f"/{self.language}/appeal/status/open/"), 200)


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status == 503:
        raise AskedToWait
    if answer.status != status:
        raise Unexpected(f"{answer.status} instead of {status}: {answer.body[:300].decode(errors='replace')}")
    return answer
