"""The tables of a new node.

The history of migrations leads to them by hundreds of steps, each of which Django works out anew: half a minute on a small machine.
A database without tables gets them straight from the models, and all migrations are noted as taken. A test compares both ways.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def is_new() -> bool:
    """Whether no migration was ever taken in this database, which so holds nothing, or what a stopped `make` left."""
    return not MigrationRecorder(connection).applied_migrations()


def make() -> None:
    """Makes all tables in one transaction, then notes the migrations. Stopped between the two, it goes on with the second."""
    if apps.get_model("people", "User")._meta.db_table not in connection.introspection.table_names():
        before = settings.MIGRATION_MODULES
        settings.MIGRATION_MODULES = {room.label: None for room in apps.get_app_configs()}
        try:
            call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        finally:
            settings.MIGRATION_MODULES = before
    call_command("migrate", fake=True, interactive=False, verbosity=0)
