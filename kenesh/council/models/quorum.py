"""How many must be there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Quorum(models.TextChoices):
    """The part of the body's members that must be there, as an exact fraction."""

    NONE = "0", _("No quorum")
    THIRD = "1/3", _("At least one third of the members")
    HALF = "1/2", _("At least half of the members")
    TWO_THIRDS = "2/3", _("At least two thirds of the members")
