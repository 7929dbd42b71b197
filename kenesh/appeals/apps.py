from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "kenesh.appeals"
    label = "appeals"

    def ready(self) -> None:
        from kenesh.appeals import receivers, replays  # noqa: F401  # importing them connects and registers them
