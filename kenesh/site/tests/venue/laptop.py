"""The laptop in the room and the people around it, by real requests."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

from bench.harness.node import PATIENCE, ROOT, Node, NodeTrouble
from bench.harness.person import Answer, Browser, NoAnswer
from kenesh.cast import PASSWORD

PASSPHRASE = "four words of a song"


class Laptop(Node):
    """A node that `kenesh venue open` serves. `browsers`: of the people in the room."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.browsers: list[Browser] = []

    def open(self, file: Path, passphrase: str = PASSPHRASE) -> None:
        """Returns when it answers. Raises NodeTrouble."""
        options = [
            "--home",
            str(self.home),
            "--port",
            str(self.port),
            "--host",
            "127.0.0.1",
            "--address",
            f"http://127.0.0.1:{self.port}",
        ]
        with (self.home / "serve.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "kenesh", "venue", "open", str(file), *options, "--stop-with-parent"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        assert self.server.stdin is not None
        self.server.stdin.write(f"{passphrase}\n".encode())
        self.server.stdin.close()
        limit = time.monotonic() + PATIENCE
        while not self._serves():
            if self.server.poll() is not None or time.monotonic() > limit:
                self.kill()
                raise NodeTrouble(f"the laptop does not answer: {self.log()[-2000:]}")
            time.sleep(0.1)

    def _serves(self) -> bool:
        browser = Browser(self.port)
        try:
            return browser.get("/work/sign-in/").status == 200
        except NoAnswer:
            return False
        finally:
            browser.close()

    def browser(self) -> Browser:
        made = Browser(self.port, language="en", cookies={"language": "en"})
        self.browsers.append(made)
        return made

    def sign_in(self, email: str) -> Browser:
        """Somebody who sits at the laptop."""
        browser = self.browser()
        browser.get("/work/sign-in/")
        answer = browser.post("/work/sign-in/", {"email": email, "password": PASSWORD})
        assert answer.status == 302
        return browser

    def phones(self, secretary: Browser, meeting: str) -> list[Browser]:
        """Every member follows the link that the page shows once, and takes part."""
        address = f"/work/meetings/{meeting}/phones/"
        key = re.search(r'name="key" value="([^"]+)"', text_of(secretary.get(address)))
        assert key is not None
        page = text_of(secretary.post(address, {"key": key[1]}))
        found = []
        for link in dict.fromkeys(re.findall(rf'href="http://127\.0\.0\.1:{self.port}(/\w\w/phone/[^"]+)"', page)):
            phone = self.browser()
            phone.get(link)
            assert phone.post(link, {}).status == 302
            found.append(phone)
        return found

    def pause(self) -> None:
        """The connections of all browsers end; their cookies stay."""
        for browser in self.browsers:
            browser.close()

    def leave(self) -> None:
        self.pause()
        self.kill()


def text_of(answer: Answer) -> str:
    return answer.body.decode()


def vote(phone: Browser, choice: str) -> str:
    """Votes in the one ballot that is open, as the phone's pages do; gives the tracking number of a secret vote."""
    page = text_of(phone.get("/en/phone/"))
    ballot = re.search(r"/en/phone/ballots/(\d+)/", page)
    assert ballot is not None
    address = f"/en/phone/ballots/{ballot[1]}/"
    form = dict(re.findall(r'<input type="hidden" name="(seen|key)" value="([^"]*)"', text_of(phone.get(address))))
    answer = phone.post(address, {"key": "k" * 32, "seen": "0", **form, "choice": choice})
    assert answer.status in {200, 302}
    number = re.search(r"<output>([0-9A-Z-]{11})</output>", text_of(answer))
    return number[1] if number else ""
