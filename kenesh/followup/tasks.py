"""Work that comes round: the tracker's scores, letters to followers, reminders of answers, counts of what changed for people.

A reminder holds the public code, the day and no word of what is asked.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, override
from django_tasks import task

from kenesh.followup import actions, counts, queries
from kenesh.followup.actions import changed, following, post, reminding
from kenesh.followup.models import NO_DATE, Addressee, Following, Reminder
from kenesh.followup.queries import ministry
from kenesh.kernel import forgetting
from kenesh.kernel.schedule import every
from kenesh.themes.templatetags.words import day


@every(hours=1)
@task()
def keep_tracker() -> None:
    """Counts lines of scoreboards anew whose day has turned, files what an upgrade has left unfiled, folds the counts of the list."""
    while actions.turn_scores():
        pass
    while actions.file_unfiled():
        pass
    counts.fold()


@task()
def index_renamed(organisation_id: int) -> None:
    """The search knows what an organisation is asked under its corrected name, the public list under its country."""
    codes = queries.codes_asking(organisation_id)
    for start in range(0, len(codes), 200):
        actions.file_anew(codes=codes[start : start + 200])


@every(hours=24)
@task()
def tell_followers() -> None:
    """A task of its own for everybody who follows something: one letter that fails stops no other."""
    newest = queries.newest_version_id()
    for follower_id in queries.followers_to_tell(newest):
        tell_follower.enqueue(follower_id, newest)


@task()
def tell_follower(follower_id: int, newest: int) -> None:
    """At most one letter a day: what changed in what somebody follows, and how to stop it."""
    before = following.begin_telling(follower_id=follower_id, newest=newest)
    if before is None:
        return
    rows = queries.followings_of(before)
    told = False
    try:
        told = bool(rows) and _mail_news(rows, before, newest)
    finally:
        if not told:
            following.take_telling_back(follower_id=follower_id, before=before)


def _mail_news(rows: list[Following], before: dict[int, int], newest: int) -> bool:
    """Whether there was something to tell."""
    follower = rows[0].follower
    with override(follower.language):
        parts = []
        for row in rows:
            changes = queries.changes_since(row.recommendation, row.keys.split(), before[row.pk], newest)
            stop = _link("follow_stop", following.token_of(row, following.STOP))
            if changes:
                parts.append("\n\n".join(_said(change) for change in changes))
                parts.append(gettext("To stop these letters: %(address)s") % {"address": stop})
        if not parts:
            return False
        headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{stop}>"}
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        subject = gettext("News of recommendations that you follow")
        to = [following.address_of(follower)]
        EmailMessage(subject, "\n\n".join(parts) + "\n", settings.DEFAULT_FROM_EMAIL, to, headers=headers).send()
    return True


def _said(change: queries.Change) -> str:
    one = change.recommendation
    address = f"{settings.ADDRESS}{reverse('followup:recommendation', args=[one.code])}"
    return f"{change.title}\n{Truncator(one.text.in_language()).words(25)}\n{address}"


def _link(name: str, token: str) -> str:
    return f"{settings.ADDRESS}{reverse(f'followup:{name}', args=[token])}"


@task()
def send_confirmation(following_id: int) -> None:
    """Asks whether it was really them; the letter holds nothing but the link."""
    row = Following.objects.filter(pk=following_id).select_related("follower").first()
    if row is None:
        return
    with override(row.follower.language):
        subject = gettext("Do you want to follow recommendations?")
        text = gettext(
            "Somebody asked that news of recommendations be sent to this address.\n\n"
            "If it was you, open this page and press the button:\n%(address)s\n\n"
            "If it was not you, do nothing: no letter will come, and this address is forgotten in three days."
        ) % {"address": _link("follow_confirm", following.token_of(row, following.CONFIRM))}
        to = [following.address_of(row.follower)]
        headers = {"Auto-Submitted": "auto-generated"}
        EmailMessage(subject, f"{text}\n", settings.DEFAULT_FROM_EMAIL, to, headers=headers).send()


@every(hours=24, destroys=True)
@task()
def forget_unconfirmed() -> None:
    """Addresses that nobody confirmed."""
    following.forget_unconfirmed()


@every(hours=24)
@task()
def remind_of_answers() -> None:
    """Writes down what is due today; each letter is a task of its own, so that one failing stops no other."""
    reminding.make_reminders(today=timezone.localdate())
    _send_waiting()


@task()
def send_waiting_reminders() -> None:
    """Those that are written down and have not gone."""
    _send_waiting()


def _send_waiting() -> None:
    for pk in reminding.reminders_to_send(now=timezone.now()):
        send_reminder.enqueue(pk)


@task()
def send_reminder(pk: int) -> None:
    """One letter, once: it is marked before it goes out, and a crash in between leaves it for the next day's list."""
    row = reminding.begin_sending(pk=pk, now=timezone.now())
    if row is None:
        return
    one = Addressee.objects.select_related("organisation", "above", "recommendation__body").get(pk=row.addressee_id)
    with override(_language(ministry.reader_of(row, one))):
        post.mail(mailbox=row.mailbox, subject=_subject(row, one), text=_text(row, one))
    reminding.end_sending(pk=pk, now=timezone.now())


def _language(reader: ministry.Reader) -> str:
    spoken = [language for language in reader.languages if language in dict(settings.LANGUAGES)]
    return spoken[0] if spoken else settings.LANGUAGE_CODE


def _subject(row: Reminder, one: Addressee) -> str:
    said = {
        Reminder.Kind.VERDICT: gettext("Recommendation %(code)s: you may reply until %(day)s"),
        Reminder.Kind.SCOREBOARD: gettext("From %(day)s on, everybody can read how addressees answer"),
        Reminder.Kind.BEFORE: gettext("Recommendation %(code)s: an answer is asked for by %(day)s"),
        Reminder.Kind.AFTER: gettext("Recommendation %(code)s: the answer was due on %(day)s"),
        Reminder.Kind.ESCALATED: gettext("Recommendation %(code)s: no answer has come since %(day)s"),
        Reminder.Kind.ANNOUNCED: gettext("From %(day)s on, everybody can read which answers are late"),
        Reminder.Kind.GRANTED: gettext("Recommendation %(code)s: you have time until %(day)s"),
        Reminder.Kind.DECLINED: gettext("Recommendation %(code)s: more time was not given"),
        Reminder.Kind.SENT_BACK: gettext("Recommendation %(code)s: your answer must be changed"),
        Reminder.Kind.WITHDRAWN: gettext("Recommendation %(code)s: the fault that was found is taken back"),
    }[Reminder.Kind(row.kind)]
    return said % {"code": one.recommendation.code, "day": day(row.answer_by)}


def _before_it_is_shown(row: Reminder, one: Addressee) -> list[str]:
    """What will be shown of the addressee, and how it can reply before."""
    if row.kind == Reminder.Kind.VERDICT:
        return [
            gettext(
                "What was done on recommendation %(code)s was checked, and fault was found. It can be published after %(day)s, or "
                "when all who are asked have replied. Your newest answer will stand beside it."
            )
            % {"code": one.recommendation.code, "day": day(row.answer_by)},
            gettext(
                "The link in our letter opens the page where you read what was found and reply. If it does not open any more, "
                "ask the secretary for a new one."
            ),
        ]
    if row.kind == Reminder.Kind.WITHDRAWN:
        return [
            gettext("We wrote to you that fault was found in what was done on recommendation %(code)s. That was a mistake.")
            % {"code": one.recommendation.code},
            gettext("What was found is taken back. You need not reply to it."),
        ]
    line = queries.score_of(one)
    told = (
        gettext("Everybody can read how organisations answer this body. From %(day)s on, your line stands there too.")
        if line and line.shown_from == row.answer_by
        else gettext("From %(day)s on, everybody can read how each organisation answers this body.")
    )
    return [
        told % {"day": day(row.answer_by)},
        *([gettext("Your line today:"), *(f"{words}: {number}" for words, number in line.in_words)] if line else []),
        gettext(
            "If a number is wrong, or you want words of your own printed under your line, write to the secretary before that day."
        ),
    ]


def _text(row: Reminder, one: Addressee) -> str:
    if row.kind in (Reminder.Kind.VERDICT, Reminder.Kind.SCOREBOARD, Reminder.Kind.WITHDRAWN):
        who = [gettext("Who asks: %(name)s") % {"name": one.recommendation.body}]
        who.append(gettext("Who is asked: %(name)s") % {"name": one.organisation})
        return "\n".join([*who, "", *_before_it_is_shown(row, one)])
    announced = row.kind == Reminder.Kind.ANNOUNCED
    wanted = one.answer_by if announced else row.answer_by
    lines = [
        gettext("Who asks: %(name)s") % {"name": one.recommendation.body},
        gettext("Who is asked: %(name)s") % {"name": one.organisation},
        *([gettext("Answer wanted by: %(day)s") % {"day": day(wanted)}] if wanted != NO_DATE else []),
        *([gettext("The answer to recommendation %(code)s is still missing.") % {"code": one.recommendation.code}] * announced),
        "",
        *_what_to_do(row, one),
    ]
    return "\n".join(str(line) for line in lines)


def _what_to_do(row: Reminder, one: Addressee) -> list[str]:
    """What the one who reads it can do now: our own secretary, the addressee, those above."""
    works = ministry.has_working_link(one)
    if ministry.reader_of(row, one).is_secretary:
        address = settings.ADDRESS + reverse("followup_work:recommendation", args=[one.recommendation.code])
        lines = [
            gettext("This copy is for you as the secretary. You find the recommendation here: %(address)s") % {"address": address}
        ]
        if not one.organisation.mailbox:
            return [*lines, gettext("The organisation has no registered e-mail address. Please remind it yourself.")]
        return lines if works else [*lines, gettext("No link for an answer works now. Please write the letter again.")]
    if row.kind == Reminder.Kind.ESCALATED:
        return [gettext("Please see to it that an answer comes, or tell us who is responsible.")]
    if not works:
        return [gettext("The link in our letter has ended. Please ask us for a new one, or answer by an ordinary letter.")]
    if row.kind == Reminder.Kind.SENT_BACK:
        return [gettext("The link in our letter opens the page for your answer. There you read what must be changed.")]
    return [gettext("The link in our letter opens the page for your answer. There you can also ask for more time.")]


@every(hours=24)
@task()
def count_what_changed() -> None:
    """Counts what the people behind a problem said, in batches; what was counted is destroyed."""
    if changed.count_box():
        forgetting.scrub("followup_waitinganswer")
