from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kenesh.site"
    label = "site"

    def ready(self) -> None:
        from kenesh.library import theme_panel  # noqa: F401  # importing it registers it
