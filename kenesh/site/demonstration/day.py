"""A caseworker's day in the demonstration: something to look at on every page beside the talk with the person.

A brigade with sums and a letter, a case whose hearing is in hours, what was handed to other offices and to a consulate, a
case for named people, a closed case that is kept longer, contacts, saved views. All through the areas' own actions.
"""

from __future__ import annotations

import random
import secrets
import uuid
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import attachments
from kenesh.appeals import opening as appeal_opening
from kenesh.casework import actions, referral_words
from kenesh.casework.actions import keeping, months
from kenesh.casework.actions.digits import NewDigits
from kenesh.casework.letters import facts, fields, sandbox, sources
from kenesh.casework.models import BY_HAND, Case, Channel, Contact, ContactResult, LegalLimit, Minutes, Referral
from kenesh.casework.opening import Body, open_case
from kenesh.casework.queries.queue import Filter
from kenesh.kernel import vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.site.demonstration import accounts
from kenesh.site.demonstration.calendar import Calendar, in_bishkek
from kenesh.site.demonstration.work import SEED, Filed, Offices, holder_of

BRIGADE = (
    ("Назарбек уулу Эрмек", "55000"), ("Султанов Мирлан", "55000"), ("Жээнбек кызы Айпери", "48000"),
    ("Токтогулов Бакыт", "55000"), ("Асанов Нурсултан", "62000"),
)  # fmt: skip
MEMBERS_WITH_RECEIPTS = ("Султанов Мирлан", "Жээнбек кызы Айпери")
IN_CONFIDENCE = "Прораб Виктор мага жеке жазып коркутуп жатат. Бригададагыларга айтпай туруңузчу, эмне кылсам болот?"
CONTACTS = 34


def fill(calendar: Calendar, cast: accounts.Cast, offices: Offices, filed: list[Filed]) -> None:
    """Fills the day of the office in Bishkek, and what comes to it from Chelyabinsk."""
    by_theme = {(each.story.office, each.story.theme, each.story.country): each for each in filed if each.case is not None}
    aigul, jamila = offices["bishkek"].keyrings
    _office(offices["bishkek"].organisation, aigul)
    _brigade(calendar, aigul, by_theme["bishkek", "unpaid-wages", "RU"])
    _accident(calendar, aigul, by_theme["bishkek", "accident-compensation", "KZ"])
    _consulate(calendar, aigul, by_theme["bishkek", "consular-service", "TR"])
    _restricted(aigul, jamila, by_theme["bishkek", "unpaid-wages", "AE"])
    _counted_by_hand(calendar, aigul, offices["bishkek"].organisation)
    _kept_longer(
        calendar, jamila, next(each for each in filed if each.story.office == "bishkek" and each.story.fate == "closed:R3")
    )
    _refer(aigul, by_theme["bishkek", "school-access", "RU"], offices["moscow"].organisation, "ky", PURPOSE_OF_SCHOOL)
    boris = by_theme["chelyabinsk", "residence-permit", "RU"]
    _refer(boris.keyring, boris, offices["bishkek"].organisation, "ru", PURPOSE_OF_PAPERS)
    _contacts(calendar, aigul, offices["bishkek"].organisation)


PURPOSE_OF_SCHOOL = "Балага Красноярскиде мектеп керек: сиздин юрист билим берүү башкармалыгына даттануу жазып берсе."
PURPOSE_OF_PAPERS = "Нужна справка о несудимости из Кыргызстана: попросите её по доверенности и вышлите заявительнице."


def _case(filed: Filed) -> Case:
    if filed.case is None:
        raise LookupError(f"nobody has taken up the appeal about {filed.story.theme}")
    return Case.objects.select_related("office").get(pk=filed.case.pk)


def _office(office: Organisation, keyring: Keyring) -> None:
    days = {"warn_days": 3, "escalate_days": 2, "first_answer_days": 2, "urgent_hours": 4}
    actions.set_office_rule(office=office, lead=keyring.user, days=days, by=keyring.user)
    views = (
        ("Айлык: мөөнөтү өткөн", Filter(tab="open", theme="pay", deadline="late")),
        ("Бизди күткөндөр", Filter(tab="open", waits="office")),
    )
    for name, chosen in views:
        actions.save_view(keyring=keyring, chosen=chosen, name=name, share_with=office)


# --- cases ------------------------------------------------------------------------------------------------------------


def _brigade(calendar: Calendar, keyring: Keyring, filed: Filed) -> None:
    """Five tilers in Sochi: persons and sums, the other side, evidence, steps, a clock for each pay day, a letter."""
    case = _case(filed)
    with_key: dict[str, Any] = {"keyring": keyring, "case": case}
    members = [actions.Member(name=name, claimed=claimed) for name, claimed in BRIGADE]
    actions.add_members(members=members, currency="RUB", key=uuid.uuid4(), **with_key)
    employer = {
        "role": "employer", "name": "ООО «Вымпел-Отделка»", "tax_number": "0000000000", "site": "Сочи, гостиница «Прибой», корпус 2",
        "phone": "", "contact": "прораб Виктор", "contractor": "ООО «Береговой подряд»", "client": "", "why": "",
    }  # fmt: skip
    matter = open_case(case, keyring).matters()[0].row
    actions.change_row(keyring=keyring, row=matter, changes={"claimed": "275000", "currency": "RUB"}, version=matter.version)
    actions.add_party(body=employer, key=uuid.uuid4(), **with_key)
    evidence = {
        "evidence_messages": "have",
        "evidence_photos": "have",
        "evidence_timesheet": "can-get",
        "evidence_contract": "none",
    }
    actions.keep_sheet(changes={"type": "group", **evidence}, version=0, **with_key)
    _steps(
        calendar, with_key,
        ("call", 7, 15, "Прораб трубку взял, обещал заплатить «после сдачи объекта».", "Записать разговор с его слов"),
        ("negotiation", 4, 40, "Генподрядчик признал, что бригада работала, и просит список с суммами.", "Отправить список"),
    )  # fmt: skip
    wages = LegalLimit.objects.get(code="ru-wages", current=True)
    pay_days: dict[Any, Decimal | None] = {calendar.ago(days): None for days in (100, 70, 40)}
    actions.set_for_wages(
        limit=wages, country="RU", pay_days=pay_days, what="Иск о зарплате в районный суд", key=uuid.uuid4(), proof="график в переписке",
        **with_key,
    )  # fmt: skip
    actions.tag_cases(keyring=keyring, cases=[case], word="гостиница")
    shifts = SimpleNamespace(chunks=lambda: iter(["Смены бригады: июнь — 26, июль — 27, август — 24.\n".encode()]))
    actions.add_file(take_in=lambda: attachments.take_in(shifts, name="smeny.txt", by="office"), key=uuid.uuid4(), **with_key)
    _letter(calendar, keyring, case)
    _talks_of_their_own(keyring, case)


def _talks_of_their_own(keyring: Keyring, case: Case) -> None:
    """Two of the tilers hold receipts; one of them writes what the others are not to read."""
    rows = {item.body["name"]: item.row for item in open_case(case, keyring).persons()}
    for name in MEMBERS_WITH_RECEIPTS:
        # No digits open these, as none of the demonstration's other receipts but one.
        keys = vault.ReceiptKeys(secrets.token_bytes(16), vault.new_pair(), vault.new_key())
        shown = actions.issue_receipt(
            keyring=keyring, person=rows[name], key=uuid.uuid4(), digits=NewDigits(vault.new_key(), keys)
        )
        if shown is None:
            raise LookupError("a new form makes a new receipt")
        actions.forget_shown(keyring=keyring, shown=shown)
        part = shown.appeal
    receipt, secret = part.receipts.select_related("appeal", "appeal__office").get(), keys.pair.secret
    holder = appeals.Holder(receipt, secret, keys.signing_seed, appeal_opening.open_for_receipt(receipt, secret))
    appeals.write_message(holder=holder, text=IN_CONFIDENCE, request_key=uuid.uuid4())


def _steps(calendar: Calendar, with_key: dict[str, Any], *steps: tuple[str, int, int, str, str]) -> None:
    """Each: kind, days ago, minutes, what came of it, what is next."""
    for kind, days, minutes, what, then in steps:
        body = {"kind": kind, "what": what, "at": calendar.ago(days).isoformat(), "minutes": minutes, "next": then}
        actions.add_step(body=body, key=uuid.uuid4(), **with_key)


def _letter(calendar: Calendar, keyring: Keyring, case: Case) -> None:
    """A complaint to the labour inspectorate out of our Russian sample, sent three days ago."""
    opened = open_case(case, keyring)
    source = sources.source(case.office, "sample-complaint-ru")
    chosen = {
        "person": str(opened.persons()[0].row.uid),
        "party": str(case.parties.get().uid),
        "matter": str(opened.matters()[0].row.uid),
    }
    about = facts.about(opened, **chosen)
    if source is None or about is None:
        raise LookupError("the samples of letters are not as the demonstration expects them")
    written = {
        "addressee": "Государственная инспекция труда в Краснодарском крае",
        "facts": "Пять человек укладывали плитку в гостинице с июня по август. Зарплату не выплатили, договоров не выдали.",
        "request": "Проверить работодателя и обязать его выплатить 275 000 рублей.",
        **facts.start_values(source, case.office),
    }
    told = facts.parts(about, source, case.office, keyring.user) | {"letter": written}
    persons = [facts.person_facts(row.body, source.language) for row in about.persons]
    rendered = sandbox.render(source.data, fields.context(source.fields, told, persons))
    body: Body = {
        "template": source.ref, "template_version": source.version, "kind": source.kind, "title": written["addressee"], **chosen,
        "values": written, "blocks": rendered.blocks, "written_on": calendar.ago(3).isoformat(), "by": keyring.user.name,
    }  # fmt: skip
    letter = actions.write_letter(keyring=keyring, case=case, body=body, docx=rendered.docx, learned=[], key=uuid.uuid4())
    register = {
        "outgoing_number": "47", "sent_on": calendar.ago(3).isoformat(), "how": "registered", "postal_number": "", "delivered_on": "",
        "answer_due": calendar.ago(-27).isoformat(), "answered_on": "", "answer": "",
    }  # fmt: skip
    actions.register_letter(
        keyring=keyring, letter=letter, changes=register, version=letter.version, what="Ответ инспекции труда"
    )


def _accident(calendar: Calendar, keyring: Keyring, filed: Filed) -> None:
    """A hearing the day after tomorrow, at ten in Almaty: on the urgent board."""
    hearing = in_bishkek(calendar.ago(-2), 11)
    body = {
        **actions.NO_ALARM, "hearing_at": hearing.isoformat(), "hearing_place": "Алматы, районный суд, зал 4",
        "lawyer": "дежурный адвокат Сериков", "consul_told": "yes", "consul_on": timezone.localdate().isoformat(), "ill": True,
    }  # fmt: skip
    actions.set_alarm(keyring=keyring, case=_case(filed), body=body, version=0, urgent=True)


def _consulate(calendar: Calendar, keyring: Keyring, filed: Filed) -> None:
    body = {
        "kind": "consulate", "to": "Генеральное консульство Кыргызской Республики в Стамбуле", "how": "letter", "consent": "b",
        "consented": "по квитанции, устно по телефону", "told": "Имя, дата кражи паспорта, просьба выдать справку на возвращение.",
        "on": calendar.ago(9).isoformat(), "number": "Вх-218", "taken_by": "дежурный консул", "due": calendar.ago(-5).isoformat(),
        "reply": "", "result": "", "result_from": "",
    }  # fmt: skip
    appeals.set_consent(holder=holder_of(filed), code="b-consul", given=True, language="ru")
    actions.turn_to(keyring=keyring, case=_case(filed), body=body, key=uuid.uuid4())


def _restricted(keyring: Keyring, colleague: Keyring, filed: Filed) -> None:
    reason = "Семья работодателя угрожает: с делом работают только двое."
    actions.restrict(keyring=keyring, case=_case(filed), named=[keyring.user, colleague.user], reason=reason)


def _kept_longer(calendar: Calendar, keyring: Keyring, filed: Filed) -> None:
    of_types = {"trafficking": 60, "child": 120, "own-service": 24}
    keeping.set_rule(
        office=_case(filed).office, months=12, months_of_money=36, by_itself=False, of_types=of_types, by=keyring.user
    )
    reason = "Прораб платит частями до весны: дело может понадобиться снова."
    keeping.hold(keyring=keyring, case=_case(filed), reason=reason, look_again_on=calendar.ago(-90), key=uuid.uuid4())


def _counted_by_hand(calendar: Calendar, keyring: Keyring, office: Organisation) -> None:
    """Three months of the office's own numbers."""
    month = calendar.today.replace(day=1)
    for values in ((1, 35, 0, 1, 0), (3, 140, 4, 2, 0), (2, 85, 0, 2, 1)):
        months.keep_month(office=office, month=month, numbers=dict(zip(BY_HAND, values, strict=True)), version=0, by=keyring.user)
        month = (month - timedelta(days=1)).replace(day=1)


def _refer(keyring: Keyring, filed: Filed, receiver: Organisation, language: str, purpose: str) -> None:
    """A part of a case that the person has signed with her receipt; it waits for the receiver."""
    case = _case(filed)
    opened = open_case(case, keyring)
    chosen = {
        "persons": [f"{opened.persons()[0].row.uid.hex}:citizenship"],
        "matters": [opened.matters()[0].row.uid.hex],
        "parties": [one.row.uid.hex for one in opened.parties()],
        "reach": True,
        "whose": filed.appeal.code,
        "messages": [],
        "purpose": purpose,
        "text": filed.story.words,
    }
    told = appeal_opening.open_for_office(filed.appeal, keyring)
    subset = referral_words.chosen(opened, [told], chosen)
    referral = actions.propose(
        keyring=keyring,
        case=case,
        receiver=receiver,
        subset=subset,
        basis={"basis": "receipt"},
        key=uuid.uuid4(),
        appeal=filed.appeal,
    )
    referral = Referral.objects.select_related("case", "from_office", "to_office", "appeal").get(pk=referral.pk)
    actions.agree(holder=holder_of(filed), referral=referral, language=language)
    actions.send(keyring=keyring, referral=referral)


# --- beside the cases -------------------------------------------------------------------------------------------------


def _contacts(calendar: Calendar, keyring: Keyring, office: Organisation) -> None:
    """Calls and visits of the last weeks, counted without a name."""
    chance = random.Random(SEED)  # noqa: S311  # invents contacts, keeps no secret
    themes = ["pay", "documents-stay", "bans-expulsion", "before-departure", "health-social", ""]
    for _ in range(CONTACTS):
        told = {
            "channel": chance.choice([Channel.PHONE, Channel.PHONE, Channel.WALK_IN, Channel.MESSENGER, Channel.OUTREACH]),
            "theme": chance.choice(themes),
            "origin": "KG",
            "destination": chance.choice(["RU", "RU", "RU", "KZ", "TR", "KR"]),
            "sex": chance.choice(["female", "male", "male", ""]),
            "minutes": chance.choice([Minutes.FIVE, Minutes.FIFTEEN, Minutes.FIFTEEN, Minutes.THIRTY]),
            "result": chance.choice(
                [ContactResult.INFORMED, ContactResult.INFORMED, ContactResult.REFERRED, ContactResult.APPOINTED]
            ),
        }
        contact = actions.log_contact(by=keyring.user, office=office, facts=told, key=uuid.uuid4())
        Contact.objects.filter(pk=contact.pk).update(day=calendar.workday_ago(chance.randrange(1, 60)))
