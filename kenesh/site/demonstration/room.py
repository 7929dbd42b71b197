"""What goes on today, for whoever tries the pages of a room by hand: a meeting under way with a vote, speakers and an election, and
a decision that is adopted by silence unless a member objects. All of it is invented.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kenesh.council import actions
from kenesh.council.actions.checkin import check_in, set_rules
from kenesh.council.counting import Papers
from kenesh.council.models import AgendaItem, Election, Meeting, Proposal, Speech
from kenesh.kernel.codes import new_code
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions as people
from kenesh.people.models import Body, Membership, Organisation, Publication
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.meetings import BISHKEK
from kenesh.themes.texts import Translated


def open_today(calendar: Calendar, cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body]) -> Meeting:
    """The public council sits: one point is behind it with an election, the next is called and put to the vote."""
    by = cast["chynara"].user
    now = timezone.now()
    meeting = actions.plan_meeting(
        body=bodies["mbos"],
        by=by,
        number=f"{calendar.today.year}/1",
        title=Translated(
            ru="Заседание, которое идёт сегодня", ky="Бүгүн жүрүп жаткан жыйын", en="The meeting that goes on today"
        ),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=5),
        place=BISHKEK,
        country="KG",
        mode=Meeting.Mode.HYBRID,
    )
    officers, hotline = (
        actions.add_item(meeting=meeting, by=by, title=title)
        for title in (
            Translated(ru="Выборы сопредседателя", ky="Тең төраганы шайлоо", en="Election of a co-chair"),
            Translated(ru="Общая горячая линия", ky="Жалпы ишеним телефону", en="A common hotline"),
        )
    )
    actions.open_meeting(meeting=meeting, by=by)
    sitting = {seat.organisation_id: seat for seat in bodies["mbos"].memberships.filter(person=None)}
    seats = {house: sitting[houses[house].pk] for house in ("ministry", "resource_centre", "psp")}
    own = bodies["mbos"].memberships.get(person=cast["meerim"].user.person)
    _sit_in(meeting, seats["resource_centre"], cast)
    check_in(meeting=meeting, who=own, day=meeting.day, mode="present", by=by)
    _elect(officers, cast, [seats["resource_centre"], seats["psp"]], [*seats.values(), own])
    _choose_city(officers, cast)
    _debate(meeting, hotline, cast, seats, own)
    actions.publish_meeting(meeting=meeting, by=by)
    return meeting


def _sit_in(meeting: Meeting, seat: Membership, cast: Cast) -> None:
    """The member had to leave; her alternate took over, and lets herself be named."""
    by = cast["chynara"].user
    check_in(meeting=meeting, who=seat, day=meeting.day, mode="present", by=by)
    facts = people.PersonFacts(
        name=Translated(ru="Жылдыз Абдыкеримова", en="Zhyldyz Abdykerimova"),
        post=Translated(ru="юрист", ky="юрист", en="lawyer"),
        organisation=seat.organisation,
    )
    alternate = people.add_person(code=new_code(), facts=facts, by=by)
    said = people.SeatFacts(seat.role, seat.standing, seat.since, seat.until, seat.publication, alternate, Publication.NAME)
    people.change_seat(seat=seat, facts=said, seen=stamp_of(seat), by=by)
    seat.refresh_from_db()
    check_in(meeting=meeting, who=seat, day=meeting.day, mode="present", by_alternate=True, by=by)


def _elect(item: AgendaItem, cast: Cast, nominees: list[Membership], voters: list[Membership]) -> None:
    """By name, three votes to one; the role is given when the secretary confirms it."""
    by = cast["chynara"].user
    office = Translated(ru="Сопредседатель совета", ky="Кеңештин тең төрагасы", en="Co-chair of the council")
    election = actions.call_election(
        item=item, office=office, role="co_chair", method=Election.Method.MAJORITY, is_secret=False, by=by
    )
    options = []
    for seat in nominees:
        candidate = actions.nominate(election=election, membership=seat, nominated_by=voters[-1], by=by)
        actions.answer_nomination(candidate=candidate, accepted=True, by=by)
        options.append(str(candidate.pk))
    ballot = actions.open_round(election=election, by=by)
    first, other = options
    choices = [(seat, other if place == 0 else first) for place, seat in enumerate(voters)]
    actions.enter_votes(ballot=ballot, choices=choices, by=by)
    actions.close_ballot(ballot=ballot, by=by)


def _choose_city(item: AgendaItem, cast: Cast) -> None:
    """In secret and on paper, by ranking: one paper for each State, counted by two tellers."""
    by = cast["chynara"].user
    office = Translated(ru="Город следующего заседания", ky="Кийинки жыйындын шаары", en="City of the next meeting")
    by_states = Election.CountedBy.STATES
    election = actions.call_election(item=item, office=office, method=Election.Method.SCHULZE, counted_by=by_states, by=by)
    cities = [str(actions.nominate(election=election, name=name, by=by).pk) for name in ("Ош", "Душанбе", "Алматы")]
    ballot = actions.open_round(election=election, on_paper=True, by=by)
    papers = Papers(given=2, found=2, invalid=0, tellers="Анара Сулайманова, Тимур Жакыпов")
    rankings = [",".join(cities), ",".join(cities[:2])]
    actions.count_papers(ballot=ballot, papers=papers, rankings=rankings, by=by)


def _debate(meeting: Meeting, item: AgendaItem, cast: Cast, seats: dict[str, Membership], own: Membership) -> None:
    by = cast["chynara"].user
    actions.call_item(item=item, by=by)
    text = Translated(
        ru="Открыть одну горячую линию на языках мигрантов, которой помогают все члены совета.",
        ky="Мигранттардын тилдеринде бир ишеним телефонун ачып, ага кеңештин бардык мүчөлөрү жардам берсин.",
        en="Open one hotline in the languages of migrants, with the help of all members of the council.",
    )
    proposal = actions.propose(item=item, text=text, by=by, membership=own)
    actions.register_proxy(
        meeting=meeting, giver=seats["psp"], holder=seats["ministry"], number="7", dated_on=timezone.localdate(), by=by
    )
    for seat in (own, seats["resource_centre"], seats["ministry"]):
        actions.enter_speaker(meeting=meeting, membership=seat, by=by)
    actions.enter_speaker(meeting=meeting, membership=seats["psp"], kind=Speech.Kind.POINT_OF_ORDER, by=by)
    for _ in range(2):  # the point of order, then the first speech, which goes on
        actions.give_word(meeting=meeting, by=by)
    actions.put_motion(meeting=meeting, kind="close_list", membership=seats["resource_centre"], by=by)
    _amend(proposal, cast, [*seats.values()])
    ballot = actions.open_ballot(proposal=proposal, by=by)
    actions.cast_vote(ballot=ballot, membership=own, choice="for", by=cast["meerim"].user)
    agreed = Translated(
        ru="Раз в год рассказывать членам совета, сколько людей позвонило и с чем.",
        ky="Канча адам чалганын жана эмне менен чалганын кеңештин мүчөлөрүнө жылына бир жолу айтып туруу.",
        en="Tell the members of the council once a year how many people called, and why.",
    )
    sought = actions.propose(item=item, text=agreed, by=by, membership=own)  # no vote is open: consensus is sought
    words = "Без имён и без номеров телефонов."
    actions.take_position(proposal=sought, membership=seats["ministry"], stance="reservation", words=words, by=by)


def _amend(proposal: Proposal, cast: Cast, voters: list[Membership]) -> None:
    """Two members propose other words; one amendment carries, one does not, is contested, and the result stands."""
    by = cast["chynara"].user
    words = (
        (
            ("одну горячую линию", "одну бесплатную горячую линию"),
            ("бир ишеним", "бир акысыз ишеним"),
            ("one hotline", "one free hotline"),
        ),
        (("все члены", "центры поддержки"), ("бардык мүчөлөрү", "борборлору"), ("all members", "the support centres")),
    )
    for (seat, choice), changed in zip(((voters[0], "for"), (voters[1], "against")), words, strict=True):
        pairs = dict(zip(("ru", "ky", "en"), changed, strict=True))
        text = {code: proposal.text[code].replace(*pairs[code]) for code in pairs}
        amendment = actions.amend(proposal=proposal, text=text, base=1, membership=seat, by=by)
        ballot = actions.open_amendment_ballot(amendment=amendment, by=by)
        actions.enter_votes(ballot=ballot, choices=[(voter, choice) for voter in voters], by=by)
        actions.close_ballot(ballot=ballot, by=by)
    actions.contest(ballot=ballot, membership=voters[1], words="Не все слышали, о какой поправке голосуют.", by=by)
    actions.settle_contest(ballot=ballot, annul=False, words="Поправку прочитали ещё раз: голоса те же.", by=by)


def ask_in_silence(cast: Cast, bodies: dict[str, Body]) -> None:
    """Ten days for a member to object."""
    actions.start_written(
        body=bodies["meks"],
        title=Translated(
            ru="Между заседаниями: план работы", ky="Жыйындар арасында: иш планы", en="Between meetings: plan of work"
        ),
        text=Translated(
            ru="Утвердить план работы совета на полугодие.",
            ky="Кеңештин жарым жылдык иш планын бекитүү.",
            en="Approve the council's plan of work for the half-year.",
        ),
        kind="silence",
        closes_at=timezone.now() + timedelta(days=10),
        by=cast["chynara"].user,
    )


def ask_in_writing(cast: Cast, bodies: dict[str, Body]) -> None:
    """A week for the public council to vote by the links in their letters; whose address nobody knows stands on the secretary's list.
    By the body's rules half of its members must take part, in a room or in writing."""
    by = cast["chynara"].user
    set_rules(body=bodies["mbos"], version=1, members="1/2", states="0", counts_online=True, by=by)
    actions.start_written(
        body=bodies["mbos"],
        title=Translated(
            ru="Письменно: памятка для уезжающих",
            ky="Жазуу жүзүндө: кетип жаткандарга эскертме",
            en="In writing: a leaflet for those who leave",
        ),
        text=Translated(
            ru="Раздавать на вокзалах и в аэропортах памятку с телефонами центров поддержки.",
            ky="Вокзалдарда жана аэропорттордо колдоо борборлорунун телефондору жазылган эскертме таратуу.",
            en="Hand out a leaflet with the telephone numbers of support centres at railway stations and airports.",
        ),
        kind="vote",
        closes_at=timezone.now() + timedelta(days=7),
        by=by,
    )
