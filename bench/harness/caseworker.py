"""A caseworker at her pages: signs in with both factors and writes; what is not acknowledged she sends again, the same form.

NotKept        the answer was a page that says so (503, 507): what she typed is in it
"""

from __future__ import annotations

import http
import json
import re
import time
import uuid
from dataclasses import dataclass
from html import unescape

from bench.harness.person import Answer, AskedToWait, Browser, Trouble, Unexpected
from kenesh.kernel import vault
from kenesh.kernel.sealed_files import PIECE

EMAIL, PASSWORD = "aigul@example.org", "correct horse battery staple"  # of an invented person
KEPT = {http.HTTPStatus.FOUND, http.HTTPStatus.SEE_OTHER}


class NotKept(Trouble):
    """Nothing was stored; `answer` is the page that says so and holds what was typed."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status}")
        self.answer = answer


@dataclass(eq=False)
class Caseworker(Browser):
    """`language` is that of the cookie; pages of staff have none in their address."""

    def sign_in(self, seed: bytes) -> None:
        """With the password and the code that the app of this seed shows. Raises Unexpected."""
        self.get("/work/sign-in/")
        self._expect_way(self.post("/work/sign-in/", {"email": EMAIL, "password": PASSWORD}))
        self.get("/work/sign-in/second-step/")
        code = vault.totp_code(seed, vault.totp_step(time.time()))
        self._expect_way(self.post("/work/sign-in/second-step/", {"code": code}))

    def colleague(self) -> Caseworker:
        """Another window of the same browser: the same cookies, a connection of its own."""
        other = Caseworker(self.port, self.language, dict(self.cookies))
        other._token = self._token  # the page that was read last, in both
        return other

    def keep(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form; returns when it was acknowledged. Raises NotKept, NoAnswer, Unexpected."""
        return self._expect_way(self.post(path, fields))

    def add_file(self, path: str, name: str, content: bytes, key: uuid.UUID) -> None:
        """As the page's script does, piece by piece, from where the server stands. Raises AskedToWait, NoAnswer, Unexpected."""
        have = self._piece(path, name, content, key, -1)
        while have is not None:
            have = self._piece(path, name, content, key, have)

    def _piece(self, path: str, name: str, content: bytes, key: uuid.UUID, number: int) -> int | None:
        """How many pieces are there; None when the file is in."""
        head = json.dumps({"key": str(key), "name": name, "size": len(content), "number": number}).encode() + b"\n"
        piece = content[number * PIECE : (number + 1) * PIECE] if number >= 0 else b""
        headers = {"Content-Type": "application/octet-stream", "X-CSRFToken": self._token}
        answer = self.ask("POST", path, head + piece, headers)
        if answer.status != http.HTTPStatus.OK:
            raise NotKept(answer) if answer.status in (503, 507) else Unexpected(f"a piece is answered with {answer.status}")
        said = json.loads(answer.body)
        if said["error"]:
            raise NotKept(answer)
        if said["wait"]:
            raise AskedToWait
        return None if said["done"] else int(said["have"])

    def _expect_way(self, answer: Answer) -> Answer:
        if answer.status in (422, 503, 507):  # 422 also when the program that fills a letter was struck
            raise NotKept(answer)
        if answer.status not in KEPT:
            raise Unexpected(f"{answer.status}: {answer.body[:300].decode(errors='replace')}")
        return answer


def typed_in(answer: Answer) -> dict[str, str]:
    """What a page that keeps a form holds of it, and under "" the address that it is sent to again."""
    page = answer.body.decode()
    kept = dict(re.findall(r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', page, re.DOTALL))
    address = re.search(r'<form method="post" action="([^"]+)"', page)
    return {name: unescape(value) for name, value in {**kept, "": address.group(1) if address else ""}.items()}
