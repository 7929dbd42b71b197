from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "kenesh.people"
    label = "people"

    def ready(self) -> None:
        from kenesh.kernel import navigation
        from kenesh.people.rules import Permission

        navigation.add(navigation.Entry(80, _("Colleagues"), "people_work:colleagues", Permission.SEE_COLLEAGUES))
        navigation.add(navigation.Entry(90, _("My account"), "people_work:account", Permission.USE_ACCOUNT))
