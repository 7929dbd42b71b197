"""A peer to be measured beside us: django-helpdesk in an environment of its own, behind the same web server as a node.

NotInstalled           pip could not install it; the message is pip's last line
"""

from __future__ import annotations

import importlib.metadata
import os
import sqlite3
import subprocess
import time
import venv
from contextlib import closing
from pathlib import Path

from bench.harness.node import PATIENCE, Node, NodeTrouble, cpu_seconds, free_port
from bench.harness.person import STORY, Browser, NoAnswer, Unexpected

PEER = "django-helpdesk"
VERSION = "2.6.1"
ONE_INSTALLATION = 600.0  # seconds

# A public form, letters that go nowhere, no debug pages; the database as durable as ours (WAL, synchronous=FULL), and its
# connections kept open as ours are.
SETTINGS = """
from pathlib import Path

SECRET_KEY = "of a benchmark, which nobody else reaches"
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "desk_urls"
SITE_ID = 1
USE_TZ = True
LANGUAGE_CODE = "ru"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_PUBLIC_TICKET_QUEUE = "help"
INSTALLED_APPS = [
    *("django.contrib." + name for name in ("admin", "auth", "contenttypes", "humanize", "messages", "sessions", "sites")),
    "django.contrib.staticfiles",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(__file__).with_name("desk.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }
}
"""
ADDRESSES = """
from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
APPLICATION = """
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "desk_settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
"""
QUEUE = """
import django

django.setup()
from helpdesk.models import Queue

Queue.objects.create(title="Help", slug="help", allow_public_submission=True)
"""


class NotInstalled(Exception):
    """The peer cannot be had on this machine."""


class Desk:
    """Its environment and its processes, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.python = folder / "venv" / "bin" / "python"
        self.server: subprocess.Popen[bytes] | None = None

    def install(self) -> None:
        """With the versions of Django and of the web server that we run on. Raises NotInstalled."""
        self.folder.mkdir()
        venv.create(self.folder / "venv", with_pip=True)
        same = [f"{name}=={importlib.metadata.version(name)}" for name in ("django", "granian")]
        quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
        try:
            done = self._run("-m", "pip", "install", *quiet, f"{PEER}=={VERSION}", *same)
        except subprocess.TimeoutExpired as late:
            raise NotInstalled(f"pip did not finish within {late.timeout:.0f} seconds") from late
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["pip said nothing"]
            raise NotInstalled(lines[-1])
        for name, text in {"desk_settings": SETTINGS, "desk_urls": ADDRESSES, "desk_wsgi": APPLICATION}.items():
            (self.folder / f"{name}.py").write_text(text, encoding="utf-8")
        for arguments in (("-m", "django", "migrate"), ("-c", QUEUE)):
            done = self._run(*arguments)
            if done.returncode:
                raise NodeTrouble(f"{PEER}: {done.stderr.strip()[-2000:]}")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=ONE_INSTALLATION,
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KENESH_", "DJANGO_", "PYTHON"))}
        return {**kept, "DJANGO_SETTINGS_MODULE": "desk_settings", "PYTHONPATH": str(self.folder)}

    def start(self, like: Node) -> None:
        """Starts it with the command line of the node's web server, and returns when it answers. Raises NodeTrouble."""
        command = like.web_command()
        command[0] = str(self.python)
        command[command.index("--port") + 1] = str(self.port)
        command[-1] = "desk_wsgi:application"
        with (self.folder / "serve.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, cwd=self.folder, env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        limit = time.monotonic() + PATIENCE
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > limit:
                self.stop()
                log_text = (self.folder / "serve.log").read_text(encoding="utf-8", errors="replace")
                raise NodeTrouble(f"{PEER} does not answer: {log_text[-2000:]}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        browser = Browser(self.port, language="ru")
        try:
            return browser.get("/tickets/submit/").status == 200
        except NoAnswer:
            return False
        finally:
            browser.close()

    def stop(self) -> None:
        if self.server is None:
            return
        self.server.terminate()
        try:
            self.server.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.server = None

    def web_cpu_seconds(self) -> float:
        return cpu_seconds([self.server.pid]) if self.server else 0.0

    def tickets(self) -> int:
        with closing(sqlite3.connect(self.folder / "desk.sqlite3")) as connection:
            return int(connection.execute("SELECT count(*) FROM helpdesk_ticket").fetchone()[0])


def submit(port: int) -> str:
    """One person reads the form and sends a ticket; gives where its page is. Raises Trouble."""
    browser = Browser(port, language="ru")
    page = browser.get("/tickets/submit/")
    if page.status != 200:
        raise Unexpected(f"{PEER}: the form answers {page.status}")
    ticket = {"queue": "1", "title": "Айлык", "body": STORY, "priority": "3", "submitter_email": "aibek@example.org"}
    answer = browser.post("/tickets/submit/", ticket)
    browser.close()
    if answer.status != 302 or "/view/" not in answer.location:
        raise Unexpected(f"{PEER}: {answer.status} {answer.location}: {answer.body[:300].decode(errors='replace')}")
    return answer.location
