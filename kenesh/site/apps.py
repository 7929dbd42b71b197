from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kenesh.site"
    label = "site"
