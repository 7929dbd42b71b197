"""What the ledger does again on a restored backup: words that were taken back stay off the public page."""

from __future__ import annotations

from kenesh.kernel import ledger
from kenesh.problems.models import EndedQuotation, Quotation


@ledger.replays("revoke_quotation")
def revoke(target: str) -> None:
    code = target.partition(":")[2]
    Quotation.objects.filter(code=code).delete()
    EndedQuotation.objects.get_or_create(code=code)
