from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "kenesh.themes"
    label = "themes"
    verbose_name = "Themes"

    def ready(self) -> None:
        from kenesh.kernel import navigation
        from kenesh.themes.rules import Permission

        navigation.add(navigation.Entry(62, _("Words of the themes"), "themes_work:list", Permission.PROPOSE_LABEL))
