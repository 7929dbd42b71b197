"""A small world with one of everything, for the tests that visit every page."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bench.harness.node import Node
from kenesh.cast import PASSWORD
from kenesh.config import testing
from kenesh.kernel.stylesheet import stylesheet_version
from kenesh.site.tests import published


@dataclass
class World:
    """One of everything. `arguments`: for each named address the arguments that lead to it."""

    receipt: str
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    begun: float = field(default_factory=time.time)  # seconds since 1970


@pytest.fixture
def world(aigul: Any, office: Any, chynara: Any, member: Any, council: Any, ministry: Any, settings: Any) -> World:
    """An appeal with its case in Bishkek, a problem, a meeting under way, a recommendation with an answer and a judgement."""
    from kenesh.library.actions import import_document

    settings.API_PER_MINUTE = 1_000_000  # who visits every address for every role is quicker than a network may be
    council.publishes_decisions = True
    council.save()
    digits, case = _a_case(aigul, office)
    text = "Пресс-релиз о заседании совета по миграции.\n\n15 мая 2024 года в Бишкеке обсудили невыплату зарплаты мигрантам."
    document = import_document(data=text.encode(), source="press.txt", by="test").document
    batch, version = _a_batch(document, chynara)
    problem = _a_problem(council, office, document, aigul, chynara)
    meeting, proposal, ballot, decision = _a_meeting(council, problem, document, ministry, member, chynara)
    recommendation = _a_recommendation(decision, chynara)
    made = World(digits)
    made.arguments = _arguments(
        case, office, problem, meeting, proposal, ballot, decision, recommendation, document, council, aigul
    )
    made.arguments |= {"library_work:batch": {"code": batch.code}, "library_work:original": {"code": version.code}}
    made.arguments |= {"library_work:changes": {"code": version.code}}
    made.arguments |= _sharing(case, office, ministry, aigul)
    made.arguments |= _statistics(case, office, aigul)
    made.arguments |= _words(digits, case, problem, aigul)
    made.arguments |= _texts(meeting, proposal, decision, chynara)
    made.arguments |= _way_of_a_problem(problem, council, chynara)
    return made


def _a_batch(document: Any, chynara: Any) -> tuple[Any, Any]:
    """Two files on their way into the library, one of them refused; and a document that resembles the one that is there."""
    from kenesh.library import actions, originals
    from kenesh.library.models import Document

    files = [actions.Brought("a.txt", [b"text"]), actions.Brought("b.pdf", [], "The file is larger than 20 MB.")]
    batch = actions.bring(files=files, key=uuid.uuid4(), by=chynara)
    name, _size = originals.keep(["Пресс-релиз".encode()])
    version = Document.objects.create(
        source="v2.txt", title="Пресс-релиз", language="ru", text=f"{document.text} Исправлено.", sha256="f" * 64,
        imported_on=timezone.localdate(), resembles=document, resemblance=0.9, original=name,
    )  # fmt: skip
    return batch, version


def _a_case(aigul: Any, office: Any) -> tuple[str, Any]:
    from kenesh.appeals import actions as appeals
    from kenesh.appeals import drafts
    from kenesh.appeals.models import Appeal
    from kenesh.casework import actions, jobs
    from kenesh.casework.reencrypt import RESEAL
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    digits = ""
    for story in ("Айлык бербей жатат", "Паспортумду алып койду"):
        draft = drafts.new()
        draft.answers = {"theme": "pay", "story": story, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
        appeals.file_appeal(draft=draft, office=office, language="ky")
        digits = digits or draft.receipt
    case = actions.open_from_appeal(keyring=keyring, appeal=Appeal.objects.order_by("id")[:1].get())
    day = timezone.localdate() - timedelta(days=1)
    actions.answer(keyring=keyring, case=case, text="Биз жардам беребиз.", key=uuid.uuid4())
    actions.add_note(keyring=keyring, case=case, text="Заметка", key=uuid.uuid4())
    actions.set_deadline(keyring=keyring, case=case, due_on=day, what="Жалоба", key=uuid.uuid4())
    money = {"person": "", "matter": "", "stage": "awarded", "amount": "90000", "currency": "RUB", "day": "", "note": ""}
    actions.add_sum(keyring=keyring, case=case, body=money, key=uuid.uuid4())
    actions.decide_followups(keyring=keyring, case=case)
    work = jobs.start(keyring=keyring, office=office, kind=RESEAL, memory={}, request_key=uuid.uuid4())
    jobs.stop(job=work, by=keyring)  # its page would go on by itself
    return digits, case


def _a_problem(council: Any, office: Any, document: Any, aigul: Any, chynara: Any) -> Any:
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


def _a_meeting(council: Any, problem: Any, document: Any, ministry: Any, member: Any, chynara: Any) -> tuple[Any, Any, Any, Any]:
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


def _texts(meeting: Any, proposal: Any, decision: Any, chynara: Any) -> dict[str, dict[str, Any]]:
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


def _way_of_a_problem(problem: Any, council: Any, chynara: Any) -> dict[str, dict[str, Any]]:
    """A figure beside the problem; and a problem of another body, which asks this one."""
    from decimal import Decimal

    from kenesh.people.models import Body
    from kenesh.problems import actions
    from kenesh.themes.texts import Translated

    today = timezone.localdate()
    told = actions.Figure(Decimal(1250), "persons", Translated(ru="Жалобы на невыплату"), "Инспекция труда", 2025)
    figure = actions.add_figure(problem=problem, figure=told, by=chynara)
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
        "problems_work:escalate": {"code": problem.code},
        "problems_work:escalation": {"code": asked.code},
    }


def _a_recommendation(decision: Any, chynara: Any) -> Any:
    from kenesh.followup import actions
    from kenesh.followup.models import Judgement, Recommendation, ResponseKind, Scoreboard, Stance
    from kenesh.themes.texts import Translated

    recommendation = Recommendation.objects.get(decision=decision)
    addressee = recommendation.addressees.get()
    today = timezone.localdate()
    actions.publish(recommendation=recommendation, by=chynara)
    line = actions.SourceLine(kind="un_committee", title=Translated(ru="Заключительные замечания"), symbol="CMW/C/KGZ/CO/2")
    actions.add_source(recommendation=recommendation, line=line, by=chynara)
    actions.register_letter(addressee=addressee, sent_on=today, outgoing_number="7", key=uuid.uuid4(), by=chynara)
    given = actions.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text="Поправка внесена.")
    response = actions.enter_response(addressee=addressee, given=given, received_on=today, key=uuid.uuid4(), by=chynara)
    actions.publish_response(response=response, by=chynara)
    proof = actions.Proof(text="Закон № 7")
    actions.report_action(addressee=addressee, text="Закон принят", done_on=today, proof=proof, key=uuid.uuid4(), by=chynara)
    actions.judge(
        recommendation=recommendation,
        judgement=next(iter(Judgement)),
        text=Translated(ru="Сделано."),
        judged_on=today,
        proof=proof,
        key=uuid.uuid4(),
        by=chynara,
    )
    board = actions.announce_scoreboard(body=recommendation.body, by=chynara)
    Scoreboard.objects.filter(pk=board.pk).update(announced_on=today - timedelta(days=20), opens_on=today)
    return recommendation


def _correspondence(addressee: Any) -> dict[str, dict[str, Any]]:
    """A scan of the letter, and an addressee that asked for more time."""
    from kenesh.followup import actions, enclosures
    from kenesh.followup.models import Direction, Extension, Proceeding, Shadow
    from kenesh.kernel import sealed_files
    from kenesh.kernel.uploads import SealedUpload

    letter, done, response = addressee.letters.get(direction=Direction.OUT), addressee.actions.get(), addressee.responses.get()
    chynara = response.entered_by
    written = sealed_files.Writer(sealed_files.name_of(uuid.uuid4()))
    written.write(b"Scan")
    file = enclosures.take_in(SealedUpload(written, name="scan.txt", field_name="file", size=4, too_large=False))
    file.letter = letter
    actions.keep_file(file=file, by=chynara)
    today = timezone.localdate()
    asked = Extension.objects.create(addressee=addressee, asked_on=today, until=today)
    recommendation = addressee.recommendation
    said = {"organisation": addressee.organisation, "judgement": "unknown", "text": {"ru": "Не видно."}, "judged_on": today}
    shadow = Shadow.objects.create(recommendation=recommendation, request_key=uuid.uuid4(), **said)
    court = Proceeding.objects.create(recommendation=recommendation, kind="court", name="Суд", request_key=uuid.uuid4())
    of_action = {"code": addressee.code, "action_id": done.pk}
    return {
        "followup:answer_colleague_end": {"pk": 1},
        "followup:file": {"uid": file.uid},
        "followup_work:file": {"uid": file.uid},
        "followup_work:publish_file": {"uid": file.uid},
        "followup_work:assess": {"code": recommendation.code},
        "followup_work:proceeding_add": {"code": recommendation.code},
        "followup_work:proceeding": {"key": court.request_key},
        "followup_work:publish_proceeding": {"key": court.request_key},
        "followup_work:publish_shadow": {"key": shadow.request_key},
        "followup_work:serves": of_action,
        "followup_work:action_paper": of_action,
        "followup_work:extension": {"pk": asked.pk},
        "followup_work:letter_scan": {"pk": letter.pk},
        "followup_work:ask_named": {"code": response.code},
        "followup_work:response_paper": {"code": response.code},
    }


def _a_spreadsheet(council: Any) -> str:
    """A file of recommendations with one row that is new and one that has no text; its code."""
    from kenesh.followup.models import ImportBatch

    rows = [(2, ["42", "Ратифицировать конвенцию."]), (3, ["43", ""])]
    return ImportBatch.objects.get_or_create(
        body=council, name="комитет.xlsx", headings=["Пункт", "Рекомендация"], rows=rows, mapping=["paragraph", "text"],
        language="ru", source_kind="un_committee", symbol="CMW/C/KGZ/CO/9",
    )[0].code  # fmt: skip


def _shown_receipt(aigul: Any, appeal: Any) -> Any:
    from kenesh.casework.actions.digits import keep_shown, new_digits
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    return keep_shown(keyring=keyring, appeal=appeal, digits=new_digits()).uid


def _a_call(aigul: Any, appeal: Any) -> Any:
    from kenesh.appeals import actions
    from kenesh.appeals.models import Callback
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    actions.plan_call(keyring=keyring, appeal=appeal, due_on=timezone.localdate(), why="", request_key=uuid.uuid4())
    return Callback.objects.get(appeal=appeal).uid


def _files(case: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """A text that the office keeps in the case, and has shared with the person."""
    from types import SimpleNamespace

    from kenesh.appeals import attachments
    from kenesh.appeals.models import Attachment
    from kenesh.casework import actions
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    text = SimpleNamespace(chunks=lambda: iter(["Справка".encode()]))
    take_in = lambda: attachments.take_in(text, name="a.txt", by="office")  # noqa: E731
    actions.add_file(keyring=keyring, case=case, take_in=take_in, key=uuid.uuid4())
    mine, appeal = case.files.get(), case.appeals.get()
    actions.share_file(keyring=keyring, row=mine, appeal=appeal)
    hers = {"code": appeal.code, "uid": Attachment.objects.get().uid}
    named = {f"casework_work:{name}": {"code": case.code} for name in ("files", "files_piece")}
    named |= {f"casework_work:{name}": hers for name in ("appeal_file", "appeal_file_copy", "appeal_file_picture")}
    of_office = ("case_file", "case_file_copy", "case_file_picture", "remove_file", "share_file")
    named |= {f"casework_work:{name}": {"code": case.code, "uid": mine.uid} for name in of_office}
    nobodys = {"uid": uuid.UUID(int=1)}
    return {
        **named,
        "casework_work:appeal_files": {"code": appeal.code},
        "appeals:my_file": nobodys,
        "appeals:remove_file": nobodys,
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
    named |= _in_writing(meeting.body)
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


def _programme(meeting: Any) -> dict[str, dict[str, Any]]:
    at_meeting, room, session = {"code": meeting.code}, meeting.rooms.get(), meeting.sessions.order_by("id")[:1].get()
    named: dict[str, dict[str, Any]] = {"council:programme": at_meeting}
    named |= {f"council_work:{name}": at_meeting for name in ("next", "programme", "new_session", "new_room")}
    named |= {f"council_work:{name}": {**at_meeting, "pk": session.pk} for name in ("session", "remove_session")}
    named |= {f"council_work:{name}": {**at_meeting, "pk": room.pk} for name in ("room", "remove_room")}
    named |= _invited(meeting)
    return named


def _arguments(
    case: Any, office: Any, problem: Any, meeting: Any, proposal: Any, ballot: Any, decision: Any,
    recommendation: Any, document: Any, council: Any, aigul: Any,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    from kenesh.appeals.models import Appeal
    from kenesh.casework.models import Job
    from kenesh.followup.models import DueByLaw

    addressee = recommendation.addressees.get()
    new = Appeal.objects.order_by("-id")[:1].get()
    in_case, at_meeting = {"code": case.code}, {"code": meeting.code}
    named: dict[str, dict[str, Any]] = {
        "stylesheet": {"name": "kenesh", "version": stylesheet_version()},
        "people_work:add_account": {"code": office.code},
        "people_work:admit": {"code": office.code, "user_uid": aigul.uid},
        "casework_work:appeal": {"code": new.code},
        "casework_work:take_up": {"code": new.code},
        "casework_work:join": {"code": new.code, "case": case.code},
        "casework_work:join_conflicts": {"code": new.code, "case": case.code},
        "casework_work:part": {**in_case, "appeal": new.code},
        "casework_work:apart": {**in_case, "other": new.code},
        "casework_work:intake_receipt": {"uid": _shown_receipt(aigul, new)},
        "casework_work:receipt_given": {"uid": _shown_receipt(aigul, new)},
        "casework_work:call_log": {"uid": _a_call(aigul, case.appeals.get())},
        "casework_work:brigade_receipt": {**in_case, "uid": case.persons.get().uid},
        "casework_work:change_reach": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:plan_call": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:record_consent": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:guardian": {**in_case, "uid": case.persons.get().uid},
        "casework_work:deadline_done": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:person": {**in_case, "uid": case.persons.get().uid},
        **_files(case, aigul),
        "casework_work:matter": {**in_case, "uid": case.matters.get().uid},
        "casework_work:release": {**in_case, "uid": case.matters.get().uid},
        "casework_work:deadline_undo": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:deadline_missed": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:one_sum": {**in_case, "uid": case.sums.get().uid},
        "casework_work:outcome": {**in_case, "uid": case.matters.get().uid},
        "casework_work:followup": {**in_case, "uid": case.followups.order_by("id")[:1].get().uid},
        "office_work:limit": {"limit": "ru-wages"},
        "office_work:confirm_limit": {"limit": "ru-wages"},
        "office_work:use_limit": {"limit": "ru-wages", "version": 1},
        "office_work:escalation_seen": {"pk": 1},
        "office_work:revoke_calendar": {"uid": uuid.UUID(int=1)},
        "calendar:feed": {"token": "A" * 32},
        "council_work:decision": {**at_meeting, "decision": decision.code},
        "council:body": {"code": council.code},
        "council:decision": {"code": decision.code},
        "council:phone_link": {"token": "AAAAAAAAAAAAAAAAAAAAAA"},
        "council:phone_vote": {"pk": ballot.pk},
        "council:phone_counted": {"pk": ballot.pk},
        **{f"council:{name}": {"code": decision.code} for name in ("excerpt", "excerpt_word")},
        **{f"council_work:{name}": {**at_meeting, "decision": decision.code} for name in ("excerpt", "excerpt_word")},
        **{f"council_work:{name}": at_meeting for name in ("minutes_word", "attendance_word", "badges_word")},
        "library:document": {"code": document.code},
        **{f"library_work:{name}": {"code": document.code} for name in ("review", "add")},
        "library_work:finding": {"code": document.code, "key": "title-0"},
        "appeals:consent": {"code": "d"},
        "followup:answer_link": {"token": "AAAAAAAAAAAAAAAAAAAAAA"},
        **_correspondence(addressee),
        "followup_work:due_by_law_edit": {"pk": DueByLaw.objects.order_by("id")[:1].get().pk},
        "followup_work:incoming": {"code": addressee.code, "letter_id": addressee.letters.get(direction="out").pk},
        "followup_work:publish_action": {"code": addressee.code, "action_id": addressee.actions.get().pk},
        "followup_work:publish_response": {"code": addressee.responses.get().code},
        "followup_work:publish_verdict": {"key": recommendation.verdicts.get().request_key},
    }
    named |= {
        f"casework_work:{name}": in_case
        for name in ("case", "brigade", "reach", "facts", "deadlines", "answer", "note", "deadline", "link_problem", "assign")
    }
    named |= {f"casework_work:{name}": in_case for name in ("waiting", "add_person", "add_matter", "alarm")}
    named |= {f"casework_work:{name}": in_case for name in ("add_party", "sheet", "add_step", "letters", "write_letter")}
    named |= _facts_and_letters(case, office, aigul)
    named |= {"casework_work:conflicts": {"code": new.code}}
    named |= {"casework_work:forget_view": {"code": "bcdfghjk"}, "casework_work:take_back": {"uid": uuid.UUID(int=1)}}
    named |= {f"casework_work:{name}": in_case for name in ("deadline_from_limit", "money", "add_sum", "plan_followups")}
    named |= {f"casework_work:{name}": in_case for name in ("keeping", "hold", "lift_hold")}
    named |= {f"casework_work:{name}": {"code": Job.objects.get().code} for name in ("job", "job_file")}
    named |= _a_register(office, aigul)
    named |= {f"casework_work:{name}": {"code": office.code} for name in ("keeping_office", "destroy_due")}
    named |= {
        f"problems_work:{name}": {"code": problem.code}
        for name in ("problem", "edit", "accept", "defer", "close", "merge", "support")
    }
    named |= {f"problems:{name}": {"code": problem.code} for name in ("problem", "counts")}
    named |= {"themes:theme": {"concept": "unpaid-wages"}}
    named |= _of_interface(meeting=meeting, decision=decision, problem=problem, document=document, recommendation=recommendation)
    named |= {f"themes_work:{name}": {"code": "bcdfghjk"} for name in ("confirm", "reject")}
    named |= _programme(meeting)
    named |= {f"council_work:{name}": at_meeting for name in ("beamer", "chair", "proxies", "weights", "object", "venue")}
    named |= {f"council:{name}": at_meeting for name in ("meeting", "minutes", "calendar", "minutes_word", "minutes_xml")}
    named |= {
        f"council_work:{name}": at_meeting
        for name in (
            "meeting",
            "edit",
            "status",
            "new_item",
            "attendance",
            "minutes",
            "minutes_status",
            "phones",
            "revoke_phones",
        )
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "pk": meeting.items.get().pk}
        for name in ("item", "move_item", "remove_item", "propose", "call_item", "new_election")
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "proposal": proposal.code}
        for name in ("withdraw", "position", "consensus", "open_ballot")
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "pk": ballot.pk} for name in ("vote", "votes", "close_ballot", "adopt", "counted")
    }
    named |= {
        "council_work:ballot": {**at_meeting, "pk": meeting.ballots.filter(closed_at__isnull=False).get().pk},
        "council_work:election": {**at_meeting, "election": meeting.items.get().elections.get().code},
    }
    seat = council.memberships.get(person__isnull=False)
    in_office = ("make_key", "put_away", "recover", "organisation", "edit_organisation", "take_over", "add_label")
    of_account = ("colleague", "give_role", "set_person", "start_password", "close")
    named |= {f"people_work:{name}": {"code": office.code} for name in in_office}
    named |= {"people_work:undo_take_over": {"code": office.code, "pk": 1}}
    named |= {
        f"people_work:{name}": {"code": council.code}
        for name in ("body", "edit_body", "new_seat", "founding", "rotation", "hand_over")
    }
    named |= {
        f"people_work:{name}": {"code": council.code, "pk": seat.pk}
        for name in ("seat", "end_seat", "nominate", "change_standing")
    }
    project = _a_project(council, document)
    named |= {f"people_work:{name}": {"code": project.code} for name in ("project", "project_word", "edit_project")}
    named |= {"council_work:project_documents": {"code": project.code}}
    named |= _address_book(made_by=council.roles.get(role="council_secretary").user)
    of_seat = {"code": council.code, "pk": seat.pk}
    named |= {"people_work:show_nomination": {**of_seat, "nomination": 1}, "people_work:undo_standing": {**of_seat, "change": 1}}
    named |= {"people_work:undo_hand_over": {"code": council.code, "pk": 1}}
    named |= {f"people_work:{name}": {"code": office.code, "key": "bcdfghjk"} for name in ("end_label", "drop_label")}
    named |= {"people_work:edit_person": {"code": seat.person.code}}
    named |= {f"people_work:{name}": {"user_uid": aigul.uid} for name in of_account}
    named |= {"casework_work:renewal": {"code": office.code}}
    named |= {"people_work:remove_factor": {"uid": uuid.UUID(int=1)}}
    named |= {"people_work:take_role": {"user_uid": aigul.uid, "pk": aigul.roles.get().pk}}
    named |= {"followup:recommendation": {"code": recommendation.code}}
    named |= {f"followup_work:{name}": {"code": recommendation.code} for name in ("recommendation", "edit", "publish", "judge")}
    of_addressee = ["link", "revoke", "letter", "response", "action", "write_letter", "letter_file", "addressee_settings"]
    named |= {f"followup_work:{name}": {"code": addressee.code} for name in [*of_addressee, "ask_validator"]}
    of_body = {"code": recommendation.body.code}
    named |= {f"followup_work:{name}": of_body for name in ("register", "register_file", "letterhead")}
    named |= {
        f"followup:{name}": {"code": recommendation.code} for name in ("recommendation", "feed_of_one", "embed", "versions")
    }
    named |= {"followup_work:report_file": {"kind": "docx"}}
    named |= {f"{room}:table": {"kind": "csv"} for room in ("followup", "followup_work")}
    named |= {f"followup_work:{name}": {"code": _a_spreadsheet(council)} for name in ("import", "start_import", "undo_import")}
    named |= {f"followup:{name}": {"code": council.code} for name in ("scoreboard", "scoreboard_table")}
    named |= {f"followup:{name}": {"token": "A" * 43} for name in ("follow_confirm", "follow_stop")}
    named |= {f"followup_work:{name}": {"code": council.code} for name in ("board", "turn_board")}
    named |= {"followup_work:score_words": {"code": council.code, "organisation": addressee.organisation.code}}
    named |= {"followup:version": {"code": recommendation.code, "number": 1}}
    named |= {
        f"followup_work:{name}": {"code": recommendation.code}
        for name in ("recommendation", "edit", "publish", "judge", "details", "sources")
    }
    named |= {"followup_work:remove_source": {"code": recommendation.code, "source_id": recommendation.sources.get().pk}}
    named |= {f"followup_work:{name}": {"code": addressee.code} for name in ("link", "revoke", "letter", "response", "action")}
    named |= {f"followup_work:{name}": of_body for name in ("register", "register_file", "letterhead", "reminders")}
    return named


def _address_book(made_by: Any) -> dict[str, dict[str, Any]]:
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
        "people:mail_stop": {"token": mailing.lines.get().token},
    }


def _a_project(council: Any, document: Any) -> Any:
    from kenesh.council.models import ProjectDocument
    from kenesh.people.models import Project

    project = Project.objects.create(name={"ru": "Услышаны"}, since=date(2026, 1, 1), until=date(2026, 12, 31))
    project.bodies.add(council)
    ProjectDocument.objects.create(project=project, document=document)
    return project


def _of_interface(*, meeting: Any, decision: Any, problem: Any, document: Any, recommendation: Any) -> dict[str, dict[str, Any]]:
    """Addresses under /api/v1/. Nobody in this world sits anywhere by name, and no decision was taken by vote."""
    things = {"event": meeting, "decision": decision, "motion": decision.proposal, "problem": problem, "document": document}
    things |= {"recommendation": recommendation, "vote_event": decision, "organization": meeting.body}
    named: dict[str, dict[str, Any]] = {f"api:{name}": {"code": thing.code} for name, thing in things.items()}
    named |= {"api:person": {"code": "bcdfghjk"}, "api:membership": {"membership": f"{meeting.body.code}-00000000"}}
    named |= {f"api:{name}_table": {"form": "csv"} for name in ("decisions", "recommendations", "problems", "counts", "trends")}
    named |= {f"council:{name}": {"code": meeting.body.code} for name in ("body_calendar", "decisions_feed")}
    return named | {"api:area": {"code": "KG"}, "api:nothing": {"rest": "nothing"}, "meeting_feed:feed": {"token": "x"}}


def _statistics(case: Any, office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """A count that is done, and a case that can be taken out."""
    from kenesh.casework import jobs
    from kenesh.casework.statistics import job, period
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    days = period.whole(timezone.localdate().replace(day=1), 1)
    work = job.start(keyring=keyring, office=office, period=days, request_key=uuid.uuid4())
    jobs.go_on(keyring=keyring, job=work, seconds=60)
    named = {f"casework_work:{name}": {"code": work.code} for name in ("statistics_report", "take_statistics")}
    return named | {"casework_work:archive": {"code": case.code}}


def _facts_and_letters(case: Any, office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """The other side, a step and a letter in the case; the office's templates."""
    from kenesh.casework import actions
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    with_key = {"keyring": keyring, "case": case}
    actions.add_party(body={"role": "employer", "name": "ООО Сапсан"}, key=uuid.uuid4(), **with_key)
    step = {"kind": "call", "what": "Прораб обещал", "at": timezone.localdate().isoformat(), "minutes": 20, "next": ""}
    actions.add_step(body=step, key=uuid.uuid4(), **with_key)
    written = {"template": "sample-power-ky", "kind": "power", "title": "Ишеним кат", "blocks": [], "values": {}, "by": "Aigul"}
    written |= {"person": "", "party": "", "matter": "", "written_on": timezone.localdate().isoformat()}
    letter = actions.write_letter(body=written, docx=b"PK", learned=[], key=uuid.uuid4(), **with_key)
    in_case, ref = {"code": case.code}, {"code": office.code, "ref": "sample-power-ky"}
    named = {f"casework_work:{name}": {**in_case, "uid": letter.uid} for name in ("letter", "letter_file", "register_letter")}
    return named | {
        "casework_work:rewrite_letter": {**in_case, "uid": letter.uid},
        "casework_work:accept_theme": {**in_case, "uid": case.matters.order_by("id")[0].uid},
        "casework_work:party": {**in_case, "uid": case.parties.order_by("id")[0].uid},
        "casework_work:step": {**in_case, "uid": case.steps.order_by("id")[0].uid},
        "casework_work:letter_templates": {"code": office.code},
        "casework_work:template_file": ref,
        "casework_work:retire_template": ref,
    }


def _a_register(office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """A register of Aigul's after its dry run: one row has a case already, one has a date that can be read in two ways."""
    from kenesh.casework import jobs
    from kenesh.casework.importing import checking, receiving
    from kenesh.casework.importing.opened import open_register
    from kenesh.kernel import sealed_files
    from kenesh.kernel.uploads import SealedUpload
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    writer = sealed_files.Writer(sealed_files.name_of(uuid.uuid4()))
    row = "1;03/04/2024;Айбек уулу Нурлан;8 (912) 000-11-22;Невыплата зарплаты\n"
    odd = "3;03/04/2024;Бек;8 (912) 000-11-33;МРОТ и прочее\n"
    writer.write(f"№;Дата обращения;ФИО;Телефон;Проблема\n{row}{row}{odd}".encode("cp1251"))
    upload = SealedUpload(writer, name="реестр.csv", field_name="file", size=writer.size, too_large=False)
    brought = receiving.take_in(keyring=keyring, office=office, upload=upload, key=uuid.uuid4())
    job = checking.start_check(keyring=keyring, register=open_register(brought, keyring), key=uuid.uuid4())
    jobs.go_on(keyring=keyring, job=job)
    pages = ("register", "register_columns", "register_values", "register_report")
    forms = ("register_file", "register_decide", "register_import", "register_forget", "register_report_file")
    named = {f"casework_work:{name}": {"code": brought.code} for name in (*pages, *forms)}
    return {**named, "casework_work:register_of_job": {"code": job.code}}


def _sharing(case: Any, office: Any, receiver: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """Somebody outside who was turned to, and a referral that the person is asked about."""
    from kenesh.casework import actions, referring
    from kenesh.casework.models import Referral
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring
    from kenesh.people.queries import current_epoch

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    body = {"kind": "prosecutor", "to": "Прокуратура", "how": "letter", "consent": "b", "consented": "", "told": "Долг", "on": ""}
    body |= {"number": "", "taken_by": "", "due": "", "reply": "", "result": "", "result_from": ""}
    outside = actions.turn_to(keyring=keyring, case=case, body=body, key=uuid.uuid4())
    referral = Referral(case=case, from_office=office, to_office=receiver, begun_on=timezone.localdate())
    opened = referring.begin(referral)
    opened.seal_subset({"purpose": "Жардам", "persons": [], "matters": [], "messages": [], "text": "Кат"})
    referral.save()
    referring.keep(opened, to=[current_epoch(office)], receipts=[])
    in_case = {"code": case.code}
    named: dict[str, dict[str, Any]] = {
        f"casework_work:{name}": in_case for name in ("sharing", "restrict", "lift", "refer", "hand_over", "add_external")
    }
    return named | {
        "casework_work:external": {**in_case, "uid": outside.uid},
        "casework_work:referral": {"code": referral.code},
        "casework_work:closing": {"code": office.code},
        "casework_work:referred_file": {"code": referral.code, "uid": uuid.UUID(int=1)},
        "casework:referral": {"uid": referral.uid},
        "casework:referred_file": {"uid": referral.uid, "file": uuid.UUID(int=1)},
    }


# --- a council that publishes -----------------------------------------------------------------------------------------


@pytest.fixture
def seats(council: Any, office: Any, other_office: Any, ministry: Any) -> Any:
    return published.four_seats(council, office, other_office, ministry)


@pytest.fixture
def decision(council: Any, chynara: Any, seats: Any, ministry: Any) -> Any:
    return published.public_decision(council, chynara, seats, ministry)


@pytest.fixture
def public_problem(council: Any, office: Any) -> Any:
    return published.public_problem(council, office)


@pytest.fixture
def recommendation(decision: Any, public_problem: Any, chynara: Any) -> Any:
    return published.answered_recommendation(decision, public_problem, chynara)


# --- for the attack tests ---------------------------------------------------------------------------------------------


@pytest.fixture
def digits(office: Any, aigul: Any) -> str:
    """Of an appeal that lies with the office in Bishkek."""
    from kenesh.site.tests.attackers import filed

    return filed(office)


@pytest.fixture
def case(digits: str, aigul: Any) -> Any:
    from kenesh.casework import actions as casework
    from kenesh.site.tests.attackers import keyring, newest_appeal

    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


@pytest.fixture
def second_case(case: Any, office: Any, aigul: Any) -> Any:
    from kenesh.casework import actions as casework
    from kenesh.site.tests.attackers import filed, keyring, newest_appeal

    filed(office, story="Башка окуя")
    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


def _words(digits: str, case: Any, problem: Any, aigul: Any) -> dict[str, dict[str, Any]]:
    """Words that stand beside the problem, and others to which the person has agreed and that nobody has checked yet."""
    from kenesh.appeals import actions as appeals
    from kenesh.casework import actions, quoting
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring
    from kenesh.problems import actions as problems
    from kenesh.problems.models import Quotation
    from kenesh.themes.texts import Translated

    texts = {"ru": "Нам сказали: приходите потом.", "ky": "Бизге кийин келгиле дешти."}
    public = problems.Words(Translated(texts), "ky", Quotation.Who.BUILDING, "KG", "RU", 2026)
    today, handle = timezone.localdate(), b"h" * 16
    problems.publish_quotation(code="wrdswrds", problem=problem, words=public, handle=handle, today=today, by=aigul, chain="node")
    keyring, appeal = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret), case.appeals.select_related("office").get()
    told = appeals.Told(how=appeals.ORALLY, language="ky", explained="Aigul")
    appeals.record_consents(keyring=keyring, appeal=appeal, codes=["e"], given=True, told=told, request_key=uuid.uuid4())
    actions.link_problem(keyring=keyring, case=case, problem=problem)
    said = {"problem": problem.code, "texts": {"ru": "Айбек ушёл в мае 2026 года."}, "language": "ru", "who": "worker"}
    said |= {"origin": "KG", "destination": "", "year": None}
    code = actions.propose_quotation(keyring=keyring, case=case, appeal=appeal, said=said, key=uuid.uuid4())
    cookie, _receipt = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    one = quoting.found(holder.opened, code)
    assert one is not None
    actions.agree_to_quotation(holder=holder, code=code, seen=quoting.hash_of(one), language="ky")
    about = {"code": case.code, "appeal": appeal.code}
    return {
        "casework_work:quote": about,
        "casework_work:quotation": {**about, "quotation": code},
        "casework_work:requote": {**about, "quotation": code},
        "casework:quotation": {"code": code},
        "problems:quotations": {"code": problem.code},
        "problems:trend": {"theme": "unpaid-wages"},
        "problems:trend_of_corridor": {"theme": "unpaid-wages", "corridor": "kg-ru"},
    }


@pytest.fixture
def make_node(tmp_path: Path) -> Iterator[Callable[..., Node]]:
    """`make_node()`: a node in processes of its own, with a database of its own that is up to date; it is not started yet.

    `make_node(home)` puts it elsewhere than into the test's folder; `make_node(KENESH_…="…")` gives it settings.
    """
    made: list[tuple[Node, str]] = []

    def make(home: Path = tmp_path / "home", **chosen: str) -> Node:
        shutil.copytree(testing.new_home(), home, ignore=shutil.ignore_patterns("kenesh.sqlite3*"), dirs_exist_ok=True)
        name = testing.copy_of_new_database(home / "kenesh.sqlite3")
        node = Node(home, database=testing.address_of_copy(name))
        node.environment |= chosen
        made.append((node, name))
        return node

    yield make
    for node, name in made:
        node.kill()
        testing.drop_copy(name)
