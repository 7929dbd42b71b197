"""Referrals to those who hold no key here: consulates, ministries, prosecutors, shelters, the bar."""

from __future__ import annotations

from django.db import models

from kenesh.casework.models.cases import Case, SealedRow


class ExternalReferral(SealedRow):
    """To whom, how, with which consent, what was told, incoming number, who took it, the reply: all of it sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="external_referrals")
