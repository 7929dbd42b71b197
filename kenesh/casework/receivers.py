"""What the person does with her receipt reaches her case within the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kenesh.appeals import signals, steps
from kenesh.appeals.models import Appeal, Entry, Receipt
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import actions
from kenesh.casework.models import Case, CaseFile, IndexState, ReferralFile, Register, Restriction, SealedRow
from kenesh.casework.search import indexing
from kenesh.casework.search.contents import SEARCHED
from kenesh.casework.search.multimap import entries_of
from kenesh.kernel import pace, trail
from kenesh.people import signals as people_signals
from kenesh.people.models import Organisation, User


@receiver(signals.message_received)
def wake_case(sender: Any, appeal: Appeal, opened: OpenAppeal, **_: Any) -> None:
    actions.person_wrote(appeal=appeal)
    actions.queue_again(appeal=appeal, opened=opened)


@receiver([signals.message_received, signals.consent_given_back])
def keep_for_now(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.forget_day_of_appeal(appeal=appeal)


@receiver(signals.appeal_filed)
def notice_flood(sender: Any, by: Any, **_: Any) -> None:
    if by == trail.PUBLIC:
        pace.count_this_hour()


@receiver(signals.erasure_requested)
def latch_case(sender: Any, appeal: Appeal, receipt_public_key: bytes, **_: Any) -> None:
    actions.latch_cases(appeal=appeal, receipt_public_key=receipt_public_key)


@receiver(signals.erasure_cancelled)
def unlatch_case(sender: Any, appeal: Appeal, receipt_secret: bytes, **_: Any) -> None:
    actions.unlatch_cases(appeal=appeal, receipt_secret=receipt_secret)


@receiver([signals.consent_given_back, signals.erasure_cancelled])
def queue_again(sender: Any, appeal: Appeal, opened: OpenAppeal, **_: Any) -> None:
    actions.queue_again(appeal=appeal, opened=opened)


@receiver(signals.consent_given_back)
def go_on_with_case(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.person_wrote(appeal=appeal)


@receiver(signals.consent_taken_back)
def forget_day_of_answer(sender: Any, appeal: Appeal, code: str, **_: Any) -> None:
    if code == steps.WORK_ON_CASE:
        actions.forget_day_of_answer(appeal=appeal)


@receiver(signals.restricted_given_back)
def let_named_people_in(sender: Any, opened: OpenAppeal, **_: Any) -> None:
    actions.let_named_people_in(opened=opened)


@receiver(signals.erasure_requested)
def latch_referrals(sender: Any, appeal: Appeal, receipt_public_key: bytes, **_: Any) -> None:
    actions.latch_referrals(appeal=appeal, receipt_public_key=receipt_public_key)


@receiver(signals.erasure_cancelled)
def unlatch_referrals(sender: Any, appeal: Appeal, receipt_secret: bytes, **_: Any) -> None:
    actions.unlatch_referrals(appeal=appeal, receipt_secret=receipt_secret)


@receiver(signals.receipt_replaced)
def follow_receipt(
    sender: Any, old: Receipt, new: Receipt, old_secret: bytes | None, signing_seed: bytes | None, **_: Any
) -> None:
    actions.follow_receipt(old=old, new=new, old_secret=old_secret, signing_seed=signing_seed)


@receiver(signals.receipt_replaced)
def sign_quotations_again(sender: Any, opened: OpenAppeal, old: Receipt, signing_seed: bytes | None, **_: Any) -> None:
    actions.sign_quotations_again(opened=opened, old=old, signing_seed=signing_seed)


@receiver(signals.consent_taken_back)
def end_quotations(sender: Any, code: str, opened: OpenAppeal, by: User | str, **_: Any) -> None:
    if code in actions.ENDED_BY_TAKING_BACK:
        actions.end_quotations(opened=opened, by=by)


@receiver(signals.erasure_requested)
def revoke_quotations(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.revoke_quotations(appeal=appeal, by=trail.PUBLIC)


@receiver(signals.appeal_destroyed)
def revoke_quotations_at_the_end(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.revoke_quotations(appeal=appeal, by="worker")


@receiver(signals.erasure_requested)
def latch_person(sender: Any, appeal: Appeal, receipt_public_key: bytes, **_: Any) -> None:
    actions.latch_person(appeal=appeal, receipt_public_key=receipt_public_key)


@receiver(signals.erasure_cancelled)
def unlatch_person(sender: Any, appeal: Appeal, receipt_secret: bytes, **_: Any) -> None:
    actions.unlatch_person(appeal=appeal, receipt_secret=receipt_secret)


@receiver(post_delete, sender=ReferralFile)
def forget_referred_file(sender: Any, instance: ReferralFile, **_: Any) -> None:
    actions.forget_file(uid=instance.uid)


@receiver(post_delete, sender=CaseFile)
def forget_file(sender: Any, instance: CaseFile, **_: Any) -> None:
    """A sealed file goes with its row, whatever deleted the row."""
    actions.forget_file(uid=instance.uid)


@receiver(post_delete, sender=Register)
def forget_register_file(sender: Any, instance: Register, **_: Any) -> None:
    """The register as it came in goes with its row."""
    actions.forget_file(uid=instance.uid)


@receiver(signals.appeal_destroyed)
def destroy_case(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.destroy_cases(appeal=appeal)


@receiver(people_signals.pair_replaced)
def forget_sealed_to_old_pair(sender: Any, user: User, **_: Any) -> None:
    actions.forget_sealed_to_old_pair(user=user)


@receiver(people_signals.keys_taken)
def take_named_grants(sender: Any, user: User, organisation: Organisation | None, **_: Any) -> None:
    actions.take_named_grants(user=user, organisation=organisation)
    actions.end_lead(user=user)


@receiver(signals.appeal_filed)
def make_searchable(sender: Any, appeal: Appeal, **_: Any) -> None:
    indexing.put_new_appeal(appeal)


@receiver(post_save, sender=Entry)
def make_message_searchable(sender: Any, instance: Entry, created: bool, **_: Any) -> None:
    """Messages carry the key of their form; steps and consents do not, and hold nothing to search for."""
    if created and instance.request_key is not None:
        indexing.put_appeal(instance.appeal)


@receiver(post_save, sender=Appeal)
def make_status_searchable(sender: Any, instance: Appeal, created: bool, **_: Any) -> None:
    """What a person takes back leaves the index, what she gives back returns to it."""
    if not created:
        indexing.put_appeal(instance)


@receiver(post_delete, sender=IndexState)
def forget_index(sender: Any, instance: IndexState, **_: Any) -> None:
    """Without its key, an office's index is noise: it goes with the epoch."""
    entries_of(instance.pk).delete()


@receiver(post_save, sender=Case)
def make_case_searchable(sender: Any, instance: Case, **_: Any) -> None:
    indexing.put_case(instance)


def make_row_searchable(sender: Any, instance: Any, **_: Any) -> None:
    indexing.put_case(instance.case)


_SEARCHABLE: tuple[type[SealedRow], ...] = (*SEARCHED, Restriction)
for searched in _SEARCHABLE:
    post_save.connect(make_row_searchable, sender=searched, dispatch_uid=f"searchable-{searched._meta.model_name}")
