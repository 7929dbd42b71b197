"""The private wing: a case with persons, matters, files, consents, letters and a register."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kenesh.cast import PASSWORD


def a_case(aigul: Any, office: Any) -> tuple[str, Any]:
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


def shown_receipt(aigul: Any, appeal: Any) -> Any:
    from kenesh.casework.actions.digits import keep_shown, new_digits
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    return keep_shown(keyring=keyring, appeal=appeal, digits=new_digits()).uid


def a_call(aigul: Any, appeal: Any) -> Any:
    from kenesh.appeals import actions
    from kenesh.appeals.models import Callback
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    actions.plan_call(keyring=keyring, appeal=appeal, due_on=timezone.localdate(), why="", request_key=uuid.uuid4())
    return Callback.objects.get(appeal=appeal).uid


def files(case: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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


def statistics(case: Any, office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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


def facts_and_letters(case: Any, office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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


def a_register(office: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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


def sharing(case: Any, office: Any, receiver: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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


def words(digits: str, case: Any, problem: Any, aigul: Any) -> dict[str, dict[str, Any]]:
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
        "problems:months_table": {"theme": "unpaid-wages"},
        "problems:months_of_corridor": {"theme": "unpaid-wages", "corridor": "kg-ru"},
        "problems:trend_of_corridor": {"theme": "unpaid-wages", "corridor": "kg-ru"},
    }
