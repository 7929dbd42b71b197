"""Days of the demonstration, counted from the day on which it is built, so that it is always fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

BISHKEK = ZoneInfo("Asia/Bishkek")


@dataclass(frozen=True)
class Calendar:
    """`today`: the day of the build, in the zone of the node."""

    today: date

    @classmethod
    def of_today(cls) -> Calendar:
        return cls(timezone.localdate())

    def ago(self, days: int) -> date:
        """So many days before today; negative: after it."""
        return self.today - timedelta(days=days)

    def workday_ago(self, days: int) -> date:
        """The same, moved back to a Friday when it falls on a weekend."""
        day = self.ago(days)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def moment_ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """At that hour of UTC, but never later than now."""
        day = self.ago(days)
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
        return min(moment, timezone.now())


def in_bishkek(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour on the clocks of Bishkek."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)
