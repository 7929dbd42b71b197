from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "kenesh.library"
    label = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        from kenesh.kernel import findings, navigation, panels
        from kenesh.library import receivers  # noqa: F401  # importing them connects them
        from kenesh.library.findable import Documents
        from kenesh.library.findings import own_takers
        from kenesh.library.models import Document
        from kenesh.library.panels import waiting_at_work, where_it_was_read
        from kenesh.library.queries.checking import names_confirmed
        from kenesh.library.queries.joining import told_of_join
        from kenesh.library.rules import Permission
        from kenesh.people import joining
        from kenesh.search import actions, findable

        findable.register(Documents())
        actions.follow(Document, "document", lambda document: document.code, new=False)
        findings.register_confirmed_names(names_confirmed)
        joining.register(told_of_join, order=20)
        for taker in own_takers():
            findings.register(taker)
        navigation.add(navigation.Entry(45, _("Library"), "library_work:list", Permission.KEEP_LIBRARY))
        for name in ("organisation", "body", "person", "meeting", "recommendation"):
            panels.register(name, where_it_was_read, order=70)
        panels.register("work_home", waiting_at_work, order=60)
