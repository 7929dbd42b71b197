from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "kenesh.casework"
    label = "casework"

    def ready(self) -> None:
        from kenesh.casework import (
            panels,
            receivers,  # noqa: F401  # importing them connects them
        )
        from kenesh.casework.rules import Permission
        from kenesh.kernel import navigation
        from kenesh.kernel.panels import register

        navigation.add(navigation.Entry(10, _("Queue"), "casework_work:queue", Permission.WORK_ON_CASES))
        register("work_home", panels.waiting_work, order=10)
