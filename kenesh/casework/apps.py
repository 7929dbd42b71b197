from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "kenesh.casework"
    label = "casework"

    def ready(self) -> None:
        from kenesh.casework import receivers  # noqa: F401  # connects itself
        from kenesh.casework.rules import Permission
        from kenesh.kernel import navigation

        navigation.add(navigation.Entry(10, _("Queue"), "casework_work:queue", Permission.WORK_ON_CASES))
