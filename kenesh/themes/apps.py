from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "kenesh.themes"
    label = "themes"
    verbose_name = "Themes"
