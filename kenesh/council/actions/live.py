"""The room while a meeting is under way: the list of speakers, and whom the chair gives the word."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kenesh.council.actions.meetings import check_changeable, end_words
from kenesh.council.actions.proposals import check_open
from kenesh.council.actions.refusals import ListClosed, NotASeat, NotYourSeat
from kenesh.council.actions.screens import touch
from kenesh.council.models import AgendaItem, LiveState, Meeting, Speech
from kenesh.council.queries import live
from kenesh.council.rules import leads
from kenesh.kernel import trail
from kenesh.people.models import Membership, User
from kenesh.problems.models import new_request_key


def state_of(meeting_id: int) -> LiveState:
    """The row of a meeting, made when it is asked for first."""
    return LiveState.objects.get_or_create(meeting_id=meeting_id)[0]


def check_leads(by: User, meeting: Meeting) -> None:
    """Raises NotYourSeat for anybody but the chair and the secretary."""
    if not leads(by, meeting):
        raise NotYourSeat


def check_sits(meeting: Meeting, seat: Membership) -> None:
    """Raises NotASeat."""
    if seat.body_id != meeting.body_id or not seat.sits_on(meeting.day):
        raise NotASeat


def ask_for_word(*, meeting: Meeting, membership: Membership, kind: int = Speech.Kind.SPEECH, request_key: str = "") -> Speech:
    """A seat asks by its phone under the point that is called; asking again changes nothing.

    Raises MeetingNotOpen, NotASeat, ListClosed. A point of order is taken also when the list is closed.
    """
    with transaction.atomic():
        check_open(meeting)
        check_sits(meeting, membership)
        if kind == Speech.Kind.SPEECH and not state_of(meeting.pk).speakers_open:
            raise ListClosed
        return _enter(meeting, membership, "", kind, by=None, request_key=request_key)


def enter_speaker(
    *,
    meeting: Meeting,
    by: User,
    membership: Membership | None = None,
    guest: str = "",
    kind: int = Speech.Kind.SPEECH,
    request_key: str = "",
) -> Speech:
    """The chair puts somebody on the list who raised a hand, also when it is closed. Raises MeetingNotOpen, NotASeat, NotYourSeat."""
    with transaction.atomic():
        check_open(meeting)
        check_leads(by, meeting)
        if membership is not None:
            check_sits(meeting, membership)
        return _enter(meeting, membership, guest, kind, by=by, request_key=request_key)


def _enter(meeting: Meeting, seat: Membership | None, guest: str, kind: int, *, by: User | None, request_key: str) -> Speech:
    item = Meeting.objects.values_list("current_item", flat=True).get(pk=meeting.pk)
    sent = Speech.objects.filter(request_key=request_key).first() if request_key else None
    same = live.waiting(meeting.pk, item).filter(membership=seat, kind=kind).first() if seat is not None else None
    there = sent or same
    if there is not None:
        return there
    speech = Speech.objects.create(
        meeting=meeting,
        item_id=item,
        membership=seat,
        guest=guest,
        kind=Speech.Kind(kind),
        minutes=state_of(meeting.pk).minutes_each,
        entered_by=by,
        request_key=request_key or new_request_key(),
    )
    touch(meeting.pk)
    trail.record(verb="ask_for_word", target=_target(speech), by=by or f"seat:{seat.pk if seat else ''}")
    return speech


def _target(speech: Speech) -> str:
    return f"meeting:{speech.meeting.code}/speech:{speech.pk}"


def withdraw_word(*, speech: Speech, membership: Membership) -> None:
    """A seat takes its own name off the list; one that speaks already or has spoken stays. Raises NotYourSeat."""
    if speech.membership_id != membership.pk:
        raise NotYourSeat
    _remove(speech, by=f"seat:{membership.pk}")


def remove_speaker(*, speech: Speech, by: User) -> None:
    """The chair takes somebody off the list. Raises NotYourSeat."""
    check_leads(by, speech.meeting)
    _remove(speech, by=by)


def _remove(speech: Speech, *, by: User | str) -> None:
    with transaction.atomic():
        if Speech.objects.filter(pk=speech.pk, started_at=None, removed_at=None).update(removed_at=timezone.now()):
            touch(speech.meeting_id)
            trail.record(verb="remove_speaker", target=_target(speech), by=by)


def give_word(*, meeting: Meeting, by: User, speech: Speech | None = None) -> Speech | None:
    """Ends who speaks, and gives the word to this one, or to the next on the list: points of order first, then in the order of
    asking. None when nobody waits. Raises MeetingNotOpen, NotYourSeat."""
    with transaction.atomic():
        check_open(meeting)
        check_leads(by, meeting)
        item = Meeting.objects.values_list("current_item", flat=True).get(pk=meeting.pk)
        waiting = live.waiting(meeting.pk, item)
        following = (waiting.filter(pk=speech.pk) if speech else waiting).first()
        ended = end_words(meeting.pk)
        if following is not None:
            following.started_at = timezone.now()
            following.save(update_fields=["started_at"])
            LiveState.objects.filter(meeting=meeting).update(pause="")  # who speaks shows that the meeting goes on
            trail.record(verb="give_word", target=_target(following), by=by)
        if following is not None or ended:
            touch(meeting.pk)
    return following


def end_speech(*, meeting: Meeting, by: User) -> None:
    """Whoever has the word has spoken. Raises NotYourSeat."""
    with transaction.atomic():
        check_leads(by, meeting)
        if end_words(meeting.pk):
            touch(meeting.pk)
            trail.record(verb="end_speech", target=f"meeting:{meeting.code}", by=by)


def set_speaking(*, meeting: Meeting, by: User, is_open: bool | None = None, minutes: int | None = None) -> None:
    """Closes or opens the list, or changes how long each may speak from now on (0: no limit). Raises NotYourSeat."""
    with transaction.atomic():
        check_leads(by, meeting)
        state = state_of(meeting.pk)
        if is_open is not None:
            state.speakers_open = is_open
        if minutes is not None:
            state.minutes_each = minutes
            live.waiting(meeting.pk, Meeting.objects.values_list("current_item", flat=True).get(pk=meeting.pk)).update(
                minutes=minutes
            )
        state.save(update_fields=["speakers_open", "minutes_each"])
        touch(meeting.pk)
        verb = "set_speaking_time" if is_open is None else "open_speakers" if is_open else "close_speakers"
        trail.record(verb=verb, target=f"meeting:{meeting.code}", by=by)


def publish_speech(*, speech: Speech, publication: str, by: User) -> None:
    """How much of who spoke the public minutes say. Raises NotYourSeat, MinutesApproved."""
    with transaction.atomic():
        check_leads(by, speech.meeting)
        check_changeable(speech.meeting)
        Speech.objects.filter(pk=speech.pk).update(publication=publication)
        trail.record(verb="publish_speech", target=_target(speech), by=by)


def begin_item(item: AgendaItem) -> None:
    """What calling a point means for the list: who spoke has ended, and a new list is open. Within the caller's transaction."""
    end_words(item.meeting_id)
    state = state_of(item.meeting_id)
    LiveState.objects.filter(pk=state.pk).update(speakers_open=True, pause="", sequence=F("sequence") + 1)


def pause(meeting: Meeting, why: LiveState.Pause) -> None:
    """Whoever speaks has spoken, and every screen says that the meeting pauses. Within the caller's transaction."""
    end_words(meeting.pk)
    LiveState.objects.update_or_create(meeting=meeting, defaults={"pause": why.value})


def go_on(*, meeting: Meeting, by: User) -> None:
    """The meeting goes on where it was interrupted. Raises MeetingNotOpen, NotYourSeat."""
    with transaction.atomic():
        check_open(meeting)
        check_leads(by, meeting)
        if LiveState.objects.filter(meeting=meeting).exclude(pause="").update(pause=""):
            touch(meeting.pk)
            trail.record(verb="go_on", target=f"meeting:{meeting.code}", by=by)


def leave_item(meeting: Meeting) -> None:
    """No point is under discussion. Within the caller's transaction."""
    end_words(meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(current_item=None)
