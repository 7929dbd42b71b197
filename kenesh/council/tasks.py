"""Work that comes round, and letters: keys of secret ballots that nothing needs are destroyed, votes in writing end on time,
invitations are mailed, what people wrote of their needs is forgotten."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from kenesh.council import actions
from kenesh.council.actions import asking
from kenesh.council.actions import invitations as inviting
from kenesh.council.invitation import as_request, sequence_of
from kenesh.council.models import Invitation, WrittenLink, WrittenProcedure
from kenesh.council.papers import letters
from kenesh.council.queries import asking as asked
from kenesh.council.queries.invitations import is_out_of_date, letters_waiting
from kenesh.council.zones import zone_name
from kenesh.kernel.schedule import every
from kenesh.people.bounces import mark


@every(hours=1)
@task()
def sweep_ballot_keys() -> None:
    """What a power cut between the closing of a ballot and the end of its key left behind."""
    actions.sweep_keys()


@every(hours=24, destroys=True)
@task()
def forget_needs_of_guests() -> None:
    """Diet, health and access are nobody's business once the meeting is over."""
    inviting.forget_needs(today=timezone.localdate())


@task()
def send_invitation(invitation_id: int) -> None:
    """One letter with the calendar entry, once for each state of the meeting: run twice, it is sent once."""
    found = Invitation.objects.select_related(*letters.RELATED).filter(pk=invitation_id).first()
    if found is None or not found.email or found.mailed_sequence == sequence_of(found.meeting):
        return
    meeting, sequence = found.meeting, sequence_of(found.meeting)
    with override(found.language):
        letter = letters.write(found, token=inviting.token_of(found), zone=zone_name(meeting.time_zone))
        cancelled = meeting.called_off_at is not None
        subject = _subject(found)
        mail = EmailMessage(
            subject % {"title": letter.title},
            _text(letter, cancelled, changed=is_out_of_date(found)),
            settings.DEFAULT_FROM_EMAIL,
            [found.email],
            headers=mark(found.email, on=timezone.localdate()),
        )
        entry = as_request(meeting, address=letter.address, stamp=timezone.now(), attendee=found.email, name=letter.name)
    method = "CANCEL" if cancelled else "REQUEST"
    mail.attach("invitation.ics", entry.decode(), f"text/calendar; method={method}; charset=UTF-8")
    if not cancelled:
        mail.attach(f"invitation-{found.code}.docx", letters.as_word(letter), letters.WORD)
    inviting.mail_letter(invitation=found, letter=mail.send, sequence=sequence)


@every(hours=1)
@task()
def send_waiting_invitations() -> None:
    """Letters and words of a change that a mail server did not take."""
    for pk in letters_waiting(timezone.now()):
        send_invitation.enqueue(pk)


def _subject(invitation: Invitation) -> str:
    if invitation.meeting.called_off_at is not None:
        return gettext("Called off: %(title)s")
    return gettext("Changed: %(title)s") if is_out_of_date(invitation) else gettext("Invitation: %(title)s")


def _text(letter: letters.Letter, cancelled: bool, *, changed: bool) -> str:
    if cancelled:
        called_off = gettext("The meeting “%(title)s” was called off. It will not be held.")
        return called_off % {"title": letter.title} + "\n"
    facts = [f"{label}: {said}" for label, said in letter.facts]
    since = (
        [gettext("Something has changed since we wrote to you last. This letter takes the place of the one before.")]
        if changed
        else []
    )
    parts = [letter.greeting, *since, *letter.paragraphs, "\n".join(facts), letter.please, letter.address, letter.body]
    return "\n\n".join(parts) + "\n"


@every(hours=1)
@task()
def close_written() -> None:
    """Ends votes in writing and silences whose deadline has passed; no vote is taken after it, however late this comes."""
    actions.close_due_written()


@task()
def tell_of_held_silence(procedure_id: int) -> None:
    """A word to the secretaries: nobody objected, and yet the text is not adopted until all members have got it."""
    held = WrittenProcedure.objects.select_related("meeting").filter(pk=procedure_id, held_at__isnull=False, closed_at=None)
    procedure = held.first()
    if procedure is None:
        return
    address = settings.ADDRESS + reverse("council_work:written_letters", args=[procedure.meeting.code])
    for user in asked.secretaries_to_tell(procedure):
        with override(user.language):
            title = " ".join(str(procedure.meeting.title).split())
            subject = gettext("Not adopted yet: %(title)s") % {"title": title}
            text = gettext(
                "The deadline has passed and nobody has objected, but the text has not reached all members. Silence adopts a text only "
                "if all members have got it.\n\nSay how they got it before the deadline, or give more time:\n%(address)s\n"
            ) % {"address": address}
            headers = mark(user.email, on=timezone.localdate())
            EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers).send()


@task()
def ask_in_writing(link_id: int) -> None:
    """The letter to one member, or the reminder; run twice, each is sent once."""
    link = WrittenLink.objects.select_related("procedure__meeting__body", "membership").filter(pk=link_id).first()
    if link is None or not link.email or link.reminded_at is not None or asked.is_over(link.procedure):
        return
    if link.mailed_at is not None and link.pk not in asked.letters_due(timezone.now()):
        return
    meeting = link.procedure.meeting
    with override(link.language):
        path = reverse("council_work:meeting", args=[meeting.code])
        if not link.has_account:
            path = reverse("council:written_answer", args=[asking.token_of(link)])
        subject = gettext("Please answer in writing: %(title)s")
        if link.mailed_at is not None and link.is_letter_due:
            subject = gettext("Changed: %(title)s")
        elif link.mailed_at is not None:
            subject = gettext("Reminder: please answer in writing: %(title)s")
        title = " ".join(str(meeting.title).split())
        text = _asking(link, settings.ADDRESS + path)
        headers = mark(link.email, on=timezone.localdate())
        mail = EmailMessage(subject % {"title": title}, text, settings.DEFAULT_FROM_EMAIL, [link.email], headers=headers)
    asking.send(link=link, letter=mail.send)


def _asking(link: WrittenLink, address: str) -> str:
    """What the letter says, in the active language."""
    procedure, meeting = link.procedure, link.procedure.meeting
    decides = gettext("%(body)s decides in writing, without a meeting: %(title)s")
    until = gettext("Until %(day)s, %(clock)s (%(zone)s).")
    deadline = procedure.local_deadline
    if procedure.kind == procedure.Kind.SILENCE:
        how = gettext("The proposal is adopted unless a member objects. If you agree, you need not do anything.")
    else:
        how = gettext("Please vote for, against, or abstain.")
    if link.has_account:
        below = gettext("Sign in as always.")
    else:
        below = gettext(
            "You need no account. The link is yours alone: whoever has it answers for you, so do not pass it on. You can change your "
            "vote until the deadline, and afterwards the page says what came of it."
        )
    since = gettext("Something has changed since we wrote to you last. This letter takes the place of the one before.")
    return (
        "\n\n".join(
            [
                gettext("Dear colleague,"),
                *([since] if link.mailed_at is not None and link.is_letter_due else []),
                decides % {"body": meeting.body, "title": meeting.title},
                how,
                until % {"day": f"{deadline:%d.%m.%Y}", "clock": f"{deadline:%H:%M}", "zone": zone_name(meeting.time_zone)},
                gettext("Read the proposal and answer here:") + f"\n{address}",
                below,
            ]
        )
        + "\n"
    )


@every(hours=1)
@task()
def ask_again_in_writing() -> None:
    """Letters that a mail server did not take, and reminders for who has not answered."""
    for pk in asked.letters_due(timezone.now()):
        ask_in_writing.enqueue(pk)
