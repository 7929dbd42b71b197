from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "kenesh.appeals"
    label = "appeals"
