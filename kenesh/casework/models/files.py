"""Files of an office in a case."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow


class CaseFile(SealedRow):
    """A paper, picture or recording that the office keeps; its row seals name, type, length and the key of the sealed file."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
