"""What surrounds a decision: a promise, what States say, signed minutes; and before the next one, amendments and a law's table.

All of it is invented, as everything after 2024 is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kenesh.council import actions as council
from kenesh.council.models import AgendaItem, Decision, DecisionKind, Endorsement, Meeting
from kenesh.people.models import Body, Organisation, Publication
from kenesh.problems import actions as problems
from kenesh.site.demonstration import problem_texts as texts
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.problems import Stated
from kenesh.site.demonstration.seats import Seats
from kenesh.themes.texts import Translated


def promise(item: AgendaItem, calendar: Calendar, cast: Cast, sitting: Seats) -> Decision:
    """A commitment of a member, adopted in the meeting that is under way."""
    by = cast["chynara"].user
    proposal = council.propose(
        item=item,
        text=Translated(
            ru="Ресурсный центр до конца срока выпустит памятку о языковых курсах на трёх языках.",
            ky="Ресурстук борбор мөөнөттүн аягына чейин тил курстары жөнүндө эскерткичти үч тилде чыгарат.",
            en="By the end of the term the resource centre publishes a leaflet about language courses in three languages.",
        ),
        kind=DecisionKind.COMMITMENT,
        authentic="ru",
        promised_by=sitting["resource_centre"],
        due_on=calendar.ago(-30),
        by=by,
    )
    return council.adopt_by_consensus(proposal=proposal, by=by)


def sign(meeting: Meeting, calendar: Calendar, cast: Cast, approved: int) -> None:
    """The minutes name their authentic language, are approved, corrected and approved again, and both have signed the paper."""
    by = cast["chynara"].user
    council.approve_minutes(meeting=meeting, on=calendar.workday_ago(approved + 3), how="meeting", by=by)
    council.reopen_minutes(meeting=meeting, by=by)
    council.edit_minutes(meeting=meeting, remarks={}, authentic="ru", version=1, by=by)
    council.approve_minutes(
        meeting=meeting,
        on=calendar.workday_ago(approved),
        how="writing",
        reason="Не был указан язык, текст на котором аутентичен.",
        by=by,
    )
    for role in ("chair", "secretary"):
        council.sign_minutes(meeting=meeting, role=role, on=calendar.workday_ago(approved - 2), by=by)


def say_what_states_say(decision: Decision, calendar: Calendar, cast: Cast, sitting: Seats) -> None:
    """A State waited, then endorsed with a reservation; the body decided to show it."""
    by, stance = cast["chynara"].user, Endorsement.Stance
    for said, words, days in (
        (stance.WAITS, "", 80),
        (stance.RESERVES, "Срок в пять рабочих дней мал для отдалённых областей.", 60),
    ):
        council.endorse(
            decision=decision, membership=sitting["ministry"], stance=said, words=words, said_on=calendar.workday_ago(days),
            publication=Publication.ORGANISATION, by=by,
        )  # fmt: skip
    council.show_endorsements(decision=decision, public=True, by=by)


def prepare_next(meeting: Meeting, cast: Cast, houses: dict[str, Organisation], sitting: Seats) -> None:
    """For the meeting to come: an amendment, a comment and a sponsor to the first proposal, a law's table, a joint decision."""
    by, meerim = cast["chynara"].user, cast["meerim"].user
    doctor, fraud, past = meeting.items.order_by("position")
    leaflet = doctor.proposals.get()
    council.amend(
        proposal=leaflet,
        text={
            **leaflet.text,
            "ru": leaflet.text["ru"].replace("в каждое представительство", "в каждое консульство и представительство"),
            "en": leaflet.text["en"].replace(
                "each of the ministry's offices", "each consulate and each of the ministry's offices"
            ),
        },
        base=1,
        membership=sitting["meerim"],
        reason="К консулу идут чаще.",
        by=meerim,
    )
    council.comment(
        proposal=leaflet, membership=sitting["meerim"], words="Хорошо бы и короткое видео: читают не все.",
        publication=Publication.ORGANISATION, by=meerim,
    )  # fmt: skip
    council.stand_behind(proposal=leaflet, membership=sitting["meerim"], stands=True, by=meerim)
    law = council.propose(
        item=fraud,
        text=Translated(
            ru="Предложить изменить закон о внешней миграции: посредник отвечает за обещанную работу.",
            ky="Тышкы миграция жөнүндө мыйзамды өзгөртүүнү сунуштоо: ортомчу убада кылган жумуш үчүн жооп берет.",
            en="Propose to change the law on external migration: a middleman answers for the work that he promised.",
        ),
        kind=DecisionKind.LEGISLATIVE,
        authentic="ru",
        addressees=[houses["ministry"]],
        by=by,
    )
    council.write_law_row(
        proposal=law,
        texts={
            "law": Translated(
                ru="Закон о внешней миграции (вымышленная статья)", en="Law on external migration (invented article)"
            ),
            "in_force": Translated(ru="Посредник обязан иметь договор.", en="A middleman must have a contract."),
            "proposed": Translated(
                ru="Посредник обязан иметь договор и возвращает деньги, если работы нет.",
                en="A middleman must have a contract and returns the money if there is no work.",
            ),
            "justification": Translated(ru="Сейчас деньги не возвращает никто.", en="Today nobody returns the money."),
        },
        by=by,
    )
    council.propose(
        item=past,
        text=Translated(
            ru="Раз в год вместе с министерствами публиковать, что сделано по рекомендациям совета.",
            ky="Жылына бир жолу министрликтер менен бирге кеңештин сунуштары боюнча эмне жасалганын жарыялоо.",
            en="Publish once a year, together with the ministries, what was done about the council's recommendations.",
        ),
        kind=DecisionKind.JOINT,
        co_signers=[houses["ministry"], houses["foreign"]],
        by=by,
    )


def go_up(calendar: Calendar, cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], stated: Stated) -> None:
    """Two problems of the public council in Kyrgyzstan: the expert council has taken up one, and is asked about the other."""
    by = cast["chynara"].user
    wages = replace(
        texts.WAGES,
        title=Translated(
            ru="Семьи ждут денег со строек и не дожидаются",
            ky="Үй-бүлөлөр курулуштан акча күтүп, ала албайт",
            en="Families wait for money from building sites, and none comes",
        ),
    )
    doctor = replace(
        texts.DOCTOR,
        title=Translated(
            ru="Вернувшиеся больными остаются без лечения",
            ky="Ооруп кайткандар дарылоосуз калат",
            en="Those who come back ill are left without treatment",
        ),
    )
    for content, days in ((wages, 230), (doctor, 12)):
        problem = problems.propose_problem(
            body=bodies["mbos"],
            organisation=houses["bishkek"],
            content=content,
            today=calendar.workday_ago(days),
            by=cast["meerim"].user,
        )
        problem = problems.accept_problem(problem=problem, today=calendar.workday_ago(days - 3), by=by)
        asked = problems.escalate_problem(
            problem=problem,
            body=bodies["meks"],
            why="Без страны работы этого не решить: работодатель и инспекция там.",
            today=calendar.workday_ago(days - 5),
            by=by,
        )
        if content is wages:
            problems.take_up_escalated(escalation=asked, into=stated["wages"], today=calendar.workday_ago(days - 20), by=by)
    told = problems.Figure(
        value=Decimal(1250),
        unit="жалоб",
        what=Translated(
            ru="Жалобы на невыплату, принятые за год (вымышлено)",
            ky="Бир жылда кабыл алынган төлөнбөгөн айлык боюнча даттануулар (ойлоп чыгарылган)",
            en="Complaints about unpaid wages taken in a year (invented)",
        ),
        source="Годовой отчёт центров (вымышлен)",
        year=calendar.today.year - 1,
    )
    problems.add_figure(problem=stated["wages"], figure=told, by=by)
    stated["wages"].refresh_from_db()
    clearer = replace(
        texts.WAGES,
        since="2020",
        affected=Translated(
            {
                **texts.WAGES.affected,
                "ru": "Строители и отделочники в первые два года за рубежом; их семьи, которые ждут перевода.",
            }
        ),
    )
    documents = tuple(row.document for row in stated["wages"].documents.select_related("document").order_by("id"))
    stated["wages"] = problems.edit_problem(
        problem=stated["wages"], content=replace(clearer, documents=documents), seen_version=stated["wages"].version, by=by
    )
