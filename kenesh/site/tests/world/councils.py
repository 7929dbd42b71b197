"""A problem with its way, a meeting with all that happens at one, an election, a written procedure, a project, an address book."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kenesh.people.actions.mailings import token_of


def a_problem(council: Any, office: Any, document: Any, aigul: Any, chynara: Any) -> Any:
    from kenesh.problems import actions
    from kenesh.themes.texts import Translated

    content = actions.Content(
        title=Translated(ru="Бригадам не платят", ky="Бригадаларга айлык төлөнбөйт", en="Brigades are not paid"),
        statement=Translated(ru="Подрядчик исчезает.", ky="Подрядчик жоголуп кетет.", en="The contractor vanishes."),
        affected=Translated(ru="Строители"),
        tried=Translated(ru="Письма"),
        law=Translated(ru="Трудовой кодекс, статья 136"),
        since="2023",
        themes=("unpaid-wages",),
        corridors=(("KG", "RU"),),
        documents=(document,),
    )
    today = timezone.localdate()
    problem = actions.propose_problem(body=council, organisation=office, content=content, today=today, by=aigul)
    _a_trend()
    return actions.accept_problem(problem=problem, today=today, by=chynara)


def _a_trend() -> None:
    """Wages from Kyrgyzstan in Russia: as many each month, and three times as many in the newest."""
    from kenesh.problems import actions
    from kenesh.problems.models import Block

    known = {"concept": "unpaid-wages", "origin": "KG", "destination": "RU", "period_months": 1, "frozen_on": date(2026, 10, 1)}
    Block.objects.bulk_create(
        Block(**known, period_start=date(2025 + month // 12, month % 12 + 1, 1), persons=60 if month == 19 else 20)
        for month in range(20)
    )
    actions.renew_trends(today=date(2026, 9, 2), by="test")


def _a_programme(meeting: Any, by: Any) -> None:
    """Two sessions that run beside each other."""
    from kenesh.council.actions import programme
    from kenesh.people.models import Publication

    address = "https://meet.example.org/anotheraddresslongerthanasmallphoneiswide"
    room = programme.add_room(
        meeting=meeting, by=by, name={"ru": "Зал", "ky": "Зал"}, link=address, dial_in="+996 312 000000, 12#"
    )
    speaker = programme.Speaking("speaker", name="Динара Алиева", post="юрист", publication=Publication.NAME)
    for title, place in (({"ru": "О зарплате", "ky": "Айлык жөнүндө"}, room), ({"ru": "О школе", "ky": "Мектеп жөнүндө"}, None)):
        programme.add_session(
            meeting=meeting, by=by, people=[speaker], items=meeting.items.all(), title=title, room=place,
            starts_at=datetime(2026, 5, 15, 4, 0, tzinfo=UTC), ends_at=datetime(2026, 5, 15, 6, 0, tzinfo=UTC),
        )  # fmt: skip


def _a_guest(meeting: Any, by: Any) -> None:
    """One who is invited, and travels."""
    from kenesh.council.actions import invitations

    guest = invitations.invite_guest(
        meeting=meeting, by=by, guest="Лола Юсупова", post="юрист", country="TJ", language="ky", email=""
    )
    invitations.answer_invitation(
        invitation=guest, by=by, coming="in_person", substitute_name="", substitute_post="", substitute_online=False,
        interpretation="ru", arrives_from="Душанбе", arrives_on=None, leaves_on=None, needs_ticket=True, needs_visa_letter=False,
        needs="",
    )  # fmt: skip


def a_meeting(council: Any, problem: Any, document: Any, ministry: Any, member: Any, chynara: Any) -> tuple[Any, Any, Any, Any]:
    from kenesh.council import actions

    meeting = actions.plan_meeting(
        body=council,
        by=chynara,
        title={"ru": "Заседание совета", "ky": "Кеңештин жыйыны", "en": "Council session"},
        starts_at=datetime(2026, 5, 15, 4, 0, tzinfo=UTC),
        place={"ru": "Бишкек", "ky": "Бишкек", "en": "Bishkek"},
        country="KG",
        link="https://meet.example.org/anaddresslongerthanasmallphoneiswide",
    )
    item = actions.add_item(
        meeting=meeting, by=chynara, title={"ru": "О зарплате", "ky": "Айлык жөнүндө"}, problems=[problem], documents=[document]
    )
    actions.open_meeting(meeting=meeting, by=chynara)
    first, second = (
        actions.propose(item=item, text={"ru": text, "ky": text}, by=chynara, addressees=[ministry], problem=problem)
        for text in ("Ввести ответственность заказчика.", "Открыть горячую линию.")
    )
    decision = actions.adopt_by_consensus(proposal=first, by=chynara)
    _an_election(item, chynara)
    ballot = actions.open_ballot(proposal=second, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    _a_programme(meeting, chynara)
    _a_guest(meeting, chynara)
    return meeting, second, ballot, decision


def _an_election(item: Any, chynara: Any) -> None:
    """One round is over, by name, and another is to come; somebody speaks and somebody waits; a motion of procedure is put."""
    from kenesh.council import actions

    actions.call_item(item=item, by=chynara)
    election = actions.call_election(
        item=item, office={"ru": "Председатель", "ky": "Төрага"}, is_secret=False, quorum="0", by=chynara
    )
    for name in ("Асанов", "Болотова"):
        actions.nominate(election=election, name=name, by=chynara)
    actions.close_ballot(ballot=actions.open_round(election=election, by=chynara), by=chynara)
    for guest in ("Асанов", "Болотова"):
        actions.enter_speaker(meeting=item.meeting, guest=guest, by=chynara)
    actions.give_word(meeting=item.meeting, by=chynara)
    actions.put_motion(meeting=item.meeting, kind="close_list", by=chynara)


def texts(meeting: Any, proposal: Any, decision: Any, chynara: Any) -> dict[str, dict[str, Any]]:
    """A proposal to change a law with an amendment, a comment and a line of its table, beside the one that is voted on."""
    from kenesh.council import actions

    law = actions.propose(
        item=meeting.items.get(),
        text={"ru": "Изменить закон.", "ky": "Мыйзамды өзгөртүү."},
        kind="legislative_proposal",
        by=chynara,
    )
    line = {
        "law": {"ru": "Закон о внешней миграции, статья 7"},
        "in_force": {"ru": "Полис оплачивает работник."},
        "proposed": {"ru": "Полис оплачивает работодатель."},
        "justification": {"ru": "Работник не выбирает работодателя, который не платит."},
    }
    row = actions.write_law_row(proposal=law, texts=line, by=chynara)
    amendment = actions.amend(
        proposal=law,
        text={"ru": "Изменить закон до мая.", "ky": "Мыйзамды өзгөртүү."},
        base=1,
        reason="Иначе опоздаем",
        by=chynara,
    )
    at, of = {"code": meeting.code, "proposal": law.code}, {"code": meeting.code, "decision": decision.code}
    plain = ("proposal", "edit_proposal", "edit_text", "amend", "comment", "sponsor", "new_law_row")
    named: dict[str, dict[str, Any]] = {f"council_work:{name}": at for name in plain}
    named |= {f"council_work:{name}": {**at, "amendment": amendment.code} for name in ("amendment", "withdraw_amendment")}
    named |= {"council_work:law_row": {**at, "pk": row.pk}, "council_work:merge": {**at, "into": proposal.code}}
    named |= {f"council_work:{name}": of for name in ("states", "show_states", "excerpt_pdf")}
    named |= {"council_work:co_sign": {**of, "pk": 1}, "council_work:minutes_pdf": {"code": meeting.code}}
    named |= {"council_work:notes": {"code": meeting.code, "pk": meeting.items.get().pk}}
    return named | {"council:minutes_pdf": {"code": meeting.code}, "council:excerpt_pdf": {"code": decision.code}}


def way_of_a_problem(problem: Any, council: Any, office: Any, chynara: Any) -> dict[str, dict[str, Any]]:
    """A figure beside the problem; and a problem of another body, which asks this one."""
    from decimal import Decimal

    from kenesh.people.models import Body
    from kenesh.problems import actions
    from kenesh.themes.texts import Translated

    today = timezone.localdate()
    told = actions.Figure(Decimal(1250), "persons", Translated(ru="Жалобы на невыплату"), "Инспекция труда", 2025)
    figure = actions.add_figure(problem=problem, figure=told, by=chynara)
    counted = actions.Counted(12, "cases", date(2025, 1, 1), date(2025, 12, 31), "Собственный реестр", offered=True)
    support = actions.support_problem(
        problem=problem, organisation=office, words="", publication="organisation", today=today, by=chynara, counted=counted
    )
    national = Body.objects.create(name={"ru": "Национальный совет", "ky": "Улуттук кеңеш"}, kind=Body.Kind.COUNCIL)
    content = actions.Content(
        title=Translated(ru="Паспорт забирают"), statement=Translated(ru="Паспорт остаётся у работодателя."), affected=Translated(),
        tried=Translated(), law=Translated(), since="", themes=("unpaid-wages",), corridors=(("KG", "RU"),),
    )  # fmt: skip
    theirs = actions.propose_problem(body=national, organisation=None, content=content, today=today, by=chynara)
    actions.accept_problem(problem=theirs, today=today, by=chynara)
    asked = actions.escalate_problem(problem=theirs, body=council, why="Нужны обе страны.", today=today, by=chynara)
    return {
        "problems_work:version": {"code": problem.code, "number": 1},
        "problems_work:add_figure": {"code": problem.code},
        "problems_work:remove_figure": {"code": problem.code, "pk": figure.pk},
        "problems_work:tally": {"code": problem.code, "pk": support.tallies.get().pk},
        "problems_work:escalate": {"code": problem.code},
        "problems_work:escalation": {"code": asked.code},
        "problems_work:take_back_escalation": {"code": asked.code},
    }


def _invited(meeting: Any) -> dict[str, dict[str, Any]]:
    from kenesh.council.actions import invitations

    at_meeting, guest = {"code": meeting.code}, meeting.invitations.get(guest="Лола Юсупова")
    of_meeting = ("invitations", "invite_seats", "send_invitations", "letters_to_print", "badges", "check_in", "rules", "travel")
    named: dict[str, dict[str, Any]] = {f"council_work:{name}": at_meeting for name in (*of_meeting, "travel_file")}
    of_guest = ("invitation", "change_invitation", "letter_word", "letter_pdf", "sign_travel")
    named |= {f"council_work:{name}": {**at_meeting, "pk": guest.pk} for name in of_guest}
    named |= {"council_work:badge": {**at_meeting, "badge": guest.code}}
    token = {"token": invitations.token_of(guest)}
    named |= _in_writing(meeting.body) | _on_paper(meeting.body)
    return named | {"council:answer_invitation": token, "council:answer_calendar": token}


def _in_writing(council: Any) -> dict[str, dict[str, Any]]:
    """A decision in writing, and the link of a member who is asked for it."""
    from kenesh.council.actions import asking, start_written
    from kenesh.council.models import WrittenLink

    by = council.roles.get(role="council_secretary").user
    words = {"ru": "Письменно", "ky": "Жазуу жүзүндө"}
    until = timezone.now() + timedelta(days=3)
    procedure = start_written(body=council, title=words, text=words, kind="vote", closes_at=until, by=by)
    link = WrittenLink.objects.filter(procedure=procedure)[:1].get()
    return {
        "council:written_answer": {"token": asking.token_of(link)},
        "council_work:written_letters": {"code": procedure.meeting.code},
    }


def _on_paper(council: Any) -> dict[str, dict[str, Any]]:
    """A meeting at which an election by ranking is held on paper."""
    from kenesh.council import actions

    by = council.roles.get(role="council_secretary").user
    title, at = {"ru": "Выборы", "ky": "Шайлоо"}, datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
    meeting = actions.plan_meeting(body=council, title=title, starts_at=at, by=by)
    item = actions.add_item(meeting=meeting, title=title, by=by)
    election = actions.call_election(item=item, office=title, method="schulze", by=by)
    for name in ("Асанов", "Болотова"):
        actions.nominate(election=election, name=name, by=by)
    actions.open_meeting(meeting=meeting, by=by)
    ballot = actions.open_round(election=election, on_paper=True, by=by)
    return {"council_work:urn": {"code": meeting.code, "pk": ballot.pk}}


def programme(meeting: Any) -> dict[str, dict[str, Any]]:
    at_meeting, room, session = {"code": meeting.code}, meeting.rooms.get(), meeting.sessions.order_by("id")[:1].get()
    named: dict[str, dict[str, Any]] = {"council:programme": at_meeting}
    named |= {f"council_work:{name}": at_meeting for name in ("next", "programme", "new_session", "new_room")}
    named |= {f"council_work:{name}": {**at_meeting, "pk": session.pk} for name in ("session", "remove_session")}
    named |= {f"council_work:{name}": {**at_meeting, "pk": room.pk} for name in ("room", "remove_room")}
    named |= _invited(meeting)
    return named


def address_book(made_by: Any) -> dict[str, dict[str, Any]]:
    """A correspondent, a file whose rows wait, a letter under way."""
    from kenesh.people import actions
    from kenesh.people.models import Correspondent, MailStop
    from kenesh.themes.texts import Translated

    known = Correspondent.objects.create(
        name="Нургүл Асанова", organisation="Фонд", email="nurgul@example.org", languages="ky ru"
    )
    cards = "".join(f"BEGIN:VCARD\nFN:{name}\nEMAIL:{mail}\nEND:VCARD\n" for name, mail in (
        ("Nurgul Asanova", ""), ("Болот", "bolot@example.org"), ("Нургүл", "nurgul@example.org"), ("", "x@example.org"),
    ))  # fmt: skip
    file = actions.check_address_file(code="bcdfghjk", body=None, name="list.vcf", data=cards.encode(), by=made_by)
    mailing = actions.begin_mailing(
        code="bcdfghjm", body=None, subject=Translated(ru="Заседание"), text=Translated(ru="15 мая."), chosen={},
        correspondents=[known], by=made_by,
    )  # fmt: skip
    actions.stop_mail(email=known.email, why=MailStop.Why.BOUNCED, detail="550 No such user", by=made_by)
    return {
        **{
            f"people_work:{name}": {"code": known.code}
            for name in ("correspondent", "remove_correspondent", "stop_correspondent")
        },
        "people_work:address_file": {"code": file.code},
        "people_work:mailing": {"code": mailing.code},
        "people:mail_stop": {"token": token_of(mailing.lines.get())},
    }


def a_project(council: Any, document: Any) -> Any:
    from kenesh.council.models import ProjectDocument
    from kenesh.people.models import Project

    project = Project.objects.create(name={"ru": "Услышаны"}, since=date(2026, 1, 1), until=date(2026, 12, 31))
    project.bodies.add(council)
    ProjectDocument.objects.create(project=project, document=document)
    return project
