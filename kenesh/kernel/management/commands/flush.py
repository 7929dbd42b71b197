"""`flush` for test databases: the trail's triggers refuse TRUNCATE and DELETE, so they step aside while it works."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections

from kenesh.kernel import triggers


class Command(DjangoFlush):
    help = "Empties a test database. Any other database is refused: the trail may not be emptied."

    def handle(self, **options: Any) -> None:
        name = str(connections[options["database"]].settings_dict["NAME"])
        if "test" not in name and "memory" not in name:
            raise CommandError(f"{name} is not a test database: its trail may not be emptied")
        triggers.drop(options["database"])
        try:
            super().handle(**options)
        finally:
            triggers.create(options["database"])
