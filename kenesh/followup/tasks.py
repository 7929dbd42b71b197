"""Work that comes round: reminders of answers. A letter holds the public code, the day and no word of what is asked."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from kenesh.followup.actions import changed, reminding
from kenesh.followup.models import Addressee, Reminder
from kenesh.kernel import forgetting
from kenesh.kernel.schedule import every
from kenesh.themes.templatetags.words import day


@every(hours=24)
@task()
def remind_of_answers() -> None:
    """Writes down what is due today; each letter is a task of its own, so that one failing stops no other."""
    reminding.make_reminders(today=timezone.localdate())
    for pk in reminding.reminders_to_send(now=timezone.now()):
        send_reminder.enqueue(pk)


@task()
def send_reminder(pk: int) -> None:
    """One letter, once: it is marked before it goes out, and a crash in between leaves it for the next day's list."""
    row = reminding.begin_sending(pk=pk, now=timezone.now())
    if row is None:
        return
    one = Addressee.objects.select_related("organisation", "recommendation__body").get(pk=row.addressee_id)
    with override(_language(one)):
        send_mail(_subject(row, one), _text(row, one), settings.DEFAULT_FROM_EMAIL, [row.mailbox])
    reminding.end_sending(pk=pk, now=timezone.now())


def _language(one: Addressee) -> str:
    spoken = [language for language in one.organisation.languages if language in dict(settings.LANGUAGES)]
    return spoken[0] if spoken else settings.LANGUAGE_CODE


def _subject(row: Reminder, one: Addressee) -> str:
    said = {
        Reminder.Kind.BEFORE: gettext("Recommendation %(code)s: an answer is asked for by %(day)s"),
        Reminder.Kind.AFTER: gettext("Recommendation %(code)s: the answer was due on %(day)s"),
        Reminder.Kind.ESCALATED: gettext("Recommendation %(code)s: no answer has come since %(day)s"),
    }[Reminder.Kind(row.kind)]
    return said % {"code": one.recommendation.code, "day": day(row.answer_by)}


def _text(row: Reminder, one: Addressee) -> str:
    lines = [
        gettext("Who asks: %(name)s") % {"name": one.recommendation.body},
        gettext("Who is asked: %(name)s") % {"name": one.organisation},
        gettext("Answer wanted by: %(day)s") % {"day": day(row.answer_by)},
        "",
        gettext("The link in our letter opens the page for your answer. There you can also ask for more time.")
        if row.kind != Reminder.Kind.ESCALATED
        else gettext("Please see to it that an answer comes, or tell us who is responsible."),
    ]
    return "\n".join(str(line) for line in lines)


@every(hours=24)
@task()
def count_what_changed() -> None:
    """Counts what the people behind a problem said, in batches; what was counted is destroyed."""
    if changed.count_box():
        forgetting.scrub("followup_waitinganswer")
