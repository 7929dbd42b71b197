from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "kenesh.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from kenesh.search import engine

        post_migrate.connect(engine.create_after_migrate, dispatch_uid="search-engine")
