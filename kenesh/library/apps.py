from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "kenesh.library"
    label = "library"
    verbose_name = "Library"
