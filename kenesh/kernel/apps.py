from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "kenesh.kernel"
    label = "kernel"

    def ready(self) -> None:
        from kenesh.kernel import triggers

        post_migrate.connect(triggers.create_after_migrate, dispatch_uid="kernel-triggers")
