"""What the public tracker shows beside the council's own decisions: why, themes and figures; what a UN committee and a round table
asked; the council has opened its scoreboard, and shows which answers are late. Texts, answers and figures are invented.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

from kenesh.followup import actions as followup
from kenesh.followup.models import Recommendation, ResponseKind, SourceKind
from kenesh.followup.models import Stance as Reply
from kenesh.people.models import Body, Organisation, User
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.decisions import INVENTED, Followed
from kenesh.site.demonstration.problems import Stated
from kenesh.themes.texts import Translated

SYMBOL = "CMW/C/KGZ/CO/0"  # of no document there is

WAGES = followup.Details(
    why=Translated(
        ru="Люди возвращаются домой без денег и без доказательств: жаловаться из дома некуда.",
        ky="Адамдар үйүнө акчасыз жана далилсиз кайтат: үйдөн туруп даттанууга жер жок.",
        en="People come home without money and without proof: from home there is nobody to complain to.",
    ),
    themes=("unpaid-wages", "wage-claim"),
    groups=("group-irregular",),
    articles=[["ICRMW", "25"], ["ILO C095", "12"]],
    targets=["8.8"],
    figure=followup.Figure(
        text=Translated(
            ru="Жалобы, по которым инспекция страны работы ответила",
            ky="Иштеген өлкөнүн инспекциясы жооп берген даттануулар",
            en="Complaints to which the inspectorate of the country of work has answered",
        ),
        unit="%",
        baseline=Decimal(11),
        baseline_year=2024,
        goal=Decimal(60),
        goal_year=2027,
        source="Центры поддержки мигрантов",
    ),
)


def show(
    calendar: Calendar, by: User, houses: dict[str, Organisation], bodies: dict[str, Body], stated: Stated, followed: Followed
) -> None:
    """More recommendations to the addressees, one of which is no more; details of the first, and the scoreboard."""
    body = bodies["meks"]
    followup.edit_details(recommendation=followed.verified, details=WAGES, by=by)
    committee = followup.add_recommendation(
        body=body,
        text=Translated(
            ru="Обеспечить, чтобы трудящиеся-мигранты и члены их семей узнавали о запрете на въезд до поездки.",
            ky="Эмгек мигранттары жана алардын үй-бүлөсү кирүүгө тыюу тууралуу жолго чыкканга чейин билишин камсыз кылуу.",
            en="Ensure that migrant workers and their families learn of an entry ban before they travel.",
        ),
        source_text=Translated(),
        addressees=[houses["foreign"], houses["ministry"]],
        problem=stated["registry"],
        due=calendar.workday_ago(60),
        source_kind=SourceKind.UN_COMMITTEE,
        details=followup.Details(
            themes=("bans-expulsion",),
            groups=("group-family",),
            articles=[["ICRMW", "33"]],
            targets=["10.7"],
            lead=houses["foreign"].code,
        ),
        sources=[
            followup.SourceLine(
                kind=SourceKind.UN_COMMITTEE,
                title=Translated(ru="Заключительные замечания (вымышлены)", en="Concluding observations (invented)"),
                symbol=SYMBOL,
                paragraph="42 (b)",
                dated_on=calendar.workday_ago(400),
            )
        ],
        key=uuid.uuid4(),
        by=by,
    )
    table = followup.add_recommendation(
        body=body,
        text=Translated(
            ru="Публиковать раз в год число детей мигрантов, которых не приняли в школу, по странам Союза.",
            ky="Мектепке алынбай калган мигрант балдардын санын жылына бир жолу Союздун өлкөлөрү боюнча жарыялоо.",
            en="Publish once a year, by country of the Union, how many children of migrants were not admitted to a school.",
        ),
        source_text=Translated(),
        addressees=[houses["eec"]],
        problem=stated["school"],
        due=calendar.workday_ago(-30),
        details=followup.Details(groups=("group-children",), articles=[["CRC", "28"]], targets=["4.1"]),
        sources=[
            followup.SourceLine(
                kind=SourceKind.ROUND_TABLE,
                title=Translated(ru="Круглый стол о школе (вымышлен)", en="Round table on school (invented)"),
                dated_on=calendar.workday_ago(90),
            ),
            followup.SourceLine(
                kind=SourceKind.OMBUDSMAN,
                title=Translated(ru="Доклад Омбудсмена (вымышлен)", en="Report of the Ombudsman (invented)"),
            ),
        ],
        key=uuid.uuid4(),
        by=by,
    )
    to_the_old = followup.add_recommendation(
        body=body,
        text=Translated(
            ru="Открыть в аэропортах стойки, где уезжающим на работу объясняют их права.",
            ky="Аэропорттордо жумушка кетип жаткандарга укуктарын түшүндүргөн орундарды ачуу.",
            en="Open desks at airports that tell people who leave for work what their rights are.",
        ),
        source_text=Translated(ru="Круглый стол (вымышлен)", ky="Тегерек стол (ойдон чыгарылган)", en="Round table (invented)"),
        addressees=[houses["old_ministry"]],
        due=calendar.workday_ago(-20),
        source_kind=SourceKind.ROUND_TABLE,
        key=uuid.uuid4(),
        by=by,
    )
    for recommendation in (committee, table, to_the_old):
        followup.publish(recommendation=recommendation, by=by)
    for addressee in committee.addressees.order_by("id"):
        _note(calendar, committee, addressee.organisation, by)
    _pass_on(calendar, table, houses, by)
    _show_how_they_answer(body, by)


def _pass_on(calendar: Calendar, recommendation: Recommendation, houses: dict[str, Organisation], by: User) -> None:
    """Who is asked says that another is responsible; the secretary asks that one, and the first owes no answer any more."""
    given = followup.Given(
        kind=ResponseKind.FORWARDED,
        text=f"Числа по странам собирают сами государства. {INVENTED}",
        responsible="Министерство, которое ведёт учёт граждан за рубежом",
    )
    response = followup.enter_response(
        addressee=recommendation.addressees.get(),
        given=given,
        received_on=calendar.workday_ago(12),
        key=uuid.uuid4(),
        by=by,
    )
    followup.publish_response(response=response, by=by)
    day = calendar.workday_ago(-40)
    followup.ask_named(response=response, organisation=houses["foreign"], answer_by=day, by=by)


def _note(calendar: Calendar, recommendation: Recommendation, organisation: Organisation, by: User) -> None:
    given = followup.Given(
        kind=ResponseKind.SUBSTANTIVE, stance=Reply.NOTED, text=f"Принято к сведению; вопрос изучается. {INVENTED}"
    )
    response = followup.enter_response(
        addressee=recommendation.addressees.get(organisation=organisation),
        given=given,
        received_on=calendar.workday_ago(45),
        key=uuid.uuid4(),
        by=by,
    )
    followup.publish_response(response=response, by=by)


def _show_how_they_answer(body: Body, by: User) -> None:
    """The scoreboard, and which answers are late: announced two weeks and a day ago, so that both are open."""
    announced = [followup.announce_scoreboard(body=body, by=by), followup.announce_silence(body=body, by=by)]
    back = timedelta(days=followup.DAYS_BEFORE_SCOREBOARD + 1)
    for one in announced:
        if one.announced_on and one.opens_on:
            days = {"announced_on": one.announced_on - back, "opens_on": one.opens_on - back}
            type(one)._default_manager.filter(pk=one.pk).update(**days)
    followup.file_late(body=body)
