"""Housekeeping of the node itself, which belongs to no area."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kenesh.kernel import carried, forgetting, ledger, trail
from kenesh.kernel.schedule import LONGEST_HOURS, every
from kenesh.site import backup

KEPT = timedelta(hours=LONGEST_HOURS + 24 * 9)  # past the longest period, or a periodic task could run twice in one


@every(hours=24, destroys=True)
@task()
def forget_finished_tasks() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=datetime.now(UTC) - KEPT).delete()


@every(hours=24, destroys=True)
@task()
def forget_expired_sessions() -> None:
    Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()


@every(hours=24)
@task()
def publish_heads_of_the_trail() -> None:
    """Keeps the heads of the day in KENESH_HOME/files/trail-heads, and publishes one check sum of them at /trail-heads.txt.

    Whoever has kept the published line can later ask for the file of that day and prove a change. The heads themselves are
    not published: their counts would tell how busy each office is.
    """
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    lines = "".join(f"{chain}:{count}:{mac}\n" for chain, count, mac in trail.heads())
    _write(settings.FILES / "trail-heads" / f"{day}.txt", lines)
    digest = hashlib.blake2b(lines.encode(), digest_size=32).hexdigest()
    _write(settings.FILES / "public" / "trail-heads.txt", f"{day} {digest}\n")


@every(hours=1)
@task()
def write_the_ledger() -> None:
    """What a killed process left out of the ledger of destroyed keys."""
    ledger.catch_up()


@every(hours=24, destroys=True)
@task()
def forget_carried_keys() -> None:
    """The keys beside the ledger live as long as archives of keys."""
    carried.forget(carried.folder(settings.LEDGER))


@every(hours=24)
@task()
def empty_what_the_database_kept() -> None:
    """Destroyed keys stay in no write-ahead log and in no dead row."""
    forgetting.scrub(*sorted(label.replace(".", "_") for label in backup.KEYS))


def _write(path: Path, text: str) -> None:
    """The whole text or the old one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="ascii")
    aside.replace(path)
