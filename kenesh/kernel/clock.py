"""Whether the machine's clock can be believed, before anything is destroyed because its day has come.

The worker notes the time at each of its rounds, beside the seconds since the machine was started, which nobody sets. Where
the two disagree by hours, the clock jumped; after a restart, when they cannot be compared, a gap of days or a step back counts.
From then on what destroys waits: for a person who has compared the clock (`kenesh clock confirm`), for the clock to be set
back to where it was, or for three days and nights without another jump.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from kenesh.kernel import trail
from kenesh.kernel.models import Clock

JUMP = timedelta(hours=6)
LONGEST_OFF = timedelta(days=4)  # a weekend with holidays, switched off
CONSISTENT = timedelta(hours=72)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Moment:
    """What the clock says, since when the machine runs (a name of that start) and for how many seconds."""

    at: datetime
    boot: str
    up: float


@dataclass(frozen=True)
class Doubt:
    """The clock jumped by so much, and stood at `on` afterwards; it is believed again at `until`."""

    by: timedelta
    on: datetime

    @property
    def until(self) -> datetime:
        return self.on + CONSISTENT


def moment() -> Moment:
    """Now. A system that does not name its starts is one that has just started."""
    boot = _BOOT.read_text(encoding="ascii").strip() if _BOOT.exists() else ""
    return Moment(datetime.now(UTC), boot, time.clock_gettime(time.CLOCK_BOOTTIME) if boot else 0.0)


def look(now: Moment | None = None) -> Doubt | None:
    """Compares with the last look and keeps this one; gives the doubt that stands, if there is one."""
    now = now or moment()
    with transaction.atomic():
        row = Clock.objects.select_for_update().filter(pk=1).first()
        if row is None:
            Clock.objects.get_or_create(pk=1, defaults={"at": now.at, "boot": now.boot, "up": now.up})
            return None
        off = _off(row, now)
        if off:
            total = off + timedelta(seconds=row.jumped_by if row.jumped_at else 0)
            row.jumped_by, row.jumped_at = round(total.total_seconds()), now.at if abs(total) >= JUMP else None
            hours = round(off.total_seconds() / 3600)
            trail.record(verb=f"clock_jumped:{hours:+d}h", target="node", by="worker")
        elif row.jumped_at and now.at - row.jumped_at >= CONSISTENT:
            row.jumped_at = None
        row.at, row.boot, row.up = now.at, now.boot, now.up
        row.save()
    return _doubt(row)


def _off(row: Clock, now: Moment) -> timedelta:
    """By how much the clock jumped since the last look; nothing when it did not."""
    gap = now.at - row.at
    if now.boot and now.boot == row.boot:
        off = gap - timedelta(seconds=now.up - row.up)
        return off if abs(off) >= JUMP else timedelta()
    return gap if gap >= LONGEST_OFF or gap <= -JUMP else timedelta()


def doubt() -> Doubt | None:
    """Since the last look."""
    row = Clock.objects.filter(pk=1).first()
    return None if row is None else _doubt(row)


def _doubt(row: Clock) -> Doubt | None:
    return Doubt(timedelta(seconds=row.jumped_by), row.jumped_at) if row.jumped_at else None


def confirm(*, by: str) -> None:
    """A person has compared the clock: what waits for it goes on."""
    with transaction.atomic():
        if Clock.objects.filter(pk=1, jumped_at__isnull=False).update(jumped_at=None):
            trail.record(verb="clock_confirmed", target="node", by=by)
