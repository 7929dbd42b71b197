from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "kenesh.library"
    label = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        from kenesh.library.findable import Documents
        from kenesh.library.models import Document
        from kenesh.search import actions, findable

        findable.register(Documents())
        actions.follow(Document, "document", lambda document: document.code, new=False)
