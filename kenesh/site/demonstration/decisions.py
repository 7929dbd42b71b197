"""An invented meeting of some months ago, the three recommendations that it adopted, and what became of each:
answered and verified; waiting and late; on its way.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date

from kenesh.council import actions as council
from kenesh.council.models import AgendaItem, Attendance, Decision, Meeting, Stance
from kenesh.followup import actions as followup
from kenesh.followup.models import Addressee, Judgement, Progress, Recommendation, ResponseKind
from kenesh.followup.models import Stance as Reply
from kenesh.followup.queries.correspondence import due_day, rules_of
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Publication, User
from kenesh.site.demonstration import acts
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar, in_bishkek
from kenesh.site.demonstration.meetings import BISHKEK
from kenesh.site.demonstration.problems import Stated
from kenesh.site.demonstration.seats import Seats
from kenesh.themes.texts import Translated

HELD, LETTERS, DUE, ANSWERED, JUDGED = 100, 95, 40, 52, 18  # days ago
LATE, AHEAD = 25, -45


@dataclass(frozen=True)
class Followed:
    """The three recommendations."""

    verified: Recommendation
    late: Recommendation
    coming: Recommendation


@dataclass(frozen=True)
class Asked:
    """A proposal as it was adopted. `by`: whose seat laid it before the meeting."""

    problem: str
    title: Translated
    notes: Translated
    text: Translated
    by: str
    addressees: tuple[str, ...]
    due: int


ASKED = (
    Asked(
        "wages",
        Translated(ru="Невыплата на стройках", ky="Курулуштагы айлык акы", en="Unpaid wages on building sites"),
        Translated(
            ru="Центры рассказали, на каком звене цепочки пропадают деньги. Министерство предложило начать с представительств.",
            ky="Борборлор чынжырдын кайсы муунунда акча жоголорун айтышты. Министрлик өкүлчүлүктөрдөн баштоону сунуштады.",
            en="The centres told at which link of the chain the money is lost. The ministry proposed to begin with its "
            "offices abroad.",
        ),
        Translated(
            ru="Принимать в представительствах министерства за рубежом жалобы на невыплату по одному образцу и пересылать их "
            "в инспекцию труда страны работы за пять рабочих дней.",
            ky="Министрликтин чет өлкөдөгү өкүлчүлүктөрүндө айлык төлөнбөгөнү жөнүндө даттанууларды бир үлгү менен кабыл "
            "алып, беш жумушчу күндө ошол өлкөнүн эмгек инспекциясына жөнөтүү.",
            en="Take complaints about unpaid wages in the ministry's offices abroad on one form, and pass them to the labour "
            "inspectorate of the country of work within five working days.",
        ),
        "meerim",
        ("ministry",),
        DUE,
    ),
    Asked(
        "registry",
        Translated(ru="Реестр контролируемых лиц", ky="Көзөмөлдөгү адамдардын реестри", en="Registry of controlled persons"),
        Translated(
            ru="Люди узнают о записи случайно.",
            ky="Адамдар реестрге киргенин кокустан билишет.",
            en="People learn of the entry by chance.",
        ),
        Translated(
            ru="Договориться с принимающей стороной о письменном уведомлении человека и консула о каждой записи в реестр.",
            ky="Кабыл алган тарап менен реестрге ар бир жазуу жөнүндө адамга жана консулга жазуу жүзүндө кабарлоону макулдашуу.",
            en="Agree with the receiving side that the person and the consul are told of each entry in writing.",
        ),
        "daniyar",
        ("foreign",),
        LATE,
    ),
    Asked(
        "school",
        Translated(ru="Школа для каждого ребёнка", ky="Ар бир балага мектеп", en="School for every child"),
        Translated(
            ru="Без курсов языка экзамен закрывает школу.",
            ky="Тил курстары болбосо, сынак мектептин эшигин жабат.",
            en="Without language courses the test closes the school.",
        ),
        Translated(
            ru="Открыть для детей, которые собираются в страну работы родителей, бесплатные курсы русского языка и обсудить с "
            "партнёрами по ЕАЭС приём детей в школу без экзамена.",
            ky="Ата-энесинин жумуш өлкөсүнө кете турган балдар үчүн орус тилинин акысыз курстарын ачуу жана балдарды мектепке "
            "сынаксыз алууну ЕАЭБ боюнча өнөктөштөр менен талкуулоо.",
            en="Open free courses of Russian for children who are about to join their parents, and discuss with the partners "
            "in the EAEU that children enter school without a test.",
        ),
        "meerim",
        ("ministry", "eec"),
        AHEAD,
    ),
)

INVENTED = "(Текст вымышлен для демонстрации.)"


def take(
    calendar: Calendar,
    cast: Cast,
    houses: dict[str, Organisation],
    bodies: dict[str, Body],
    sitting: Seats,
    stated: Stated,
    library: dict[str, Document],
) -> Followed:
    meeting, made = _hold(calendar, cast, houses, bodies, sitting, stated, library)
    secretary = cast["chynara"].user
    acts.say_what_states_say(made[0], calendar, cast, sitting)
    recommendations = [Recommendation.objects.get(decision=decision) for decision in made]
    for number, recommendation in enumerate(recommendations, 1):
        followup.publish(recommendation=recommendation, by=secretary)
        _send_letters(recommendation, calendar.workday_ago(LETTERS), f"{meeting.number}-{number}", secretary)
    _answer_and_verify(recommendations[0], calendar, secretary)
    for recommendation in recommendations:
        recommendation.refresh_from_db()
    return Followed(*recommendations)


def _hold(
    calendar: Calendar,
    cast: Cast,
    houses: dict[str, Organisation],
    bodies: dict[str, Body],
    sitting: Seats,
    stated: Stated,
    library: dict[str, Document],
) -> tuple[Meeting, list[Decision]]:
    secretary, day = cast["chynara"].user, calendar.workday_ago(HELD)
    meeting = council.plan_meeting(
        body=bodies["meks"],
        by=secretary,
        number=f"{day.year}/1",
        title=Translated(
            ru="Заседание совета: зарплата, реестр, школа",
            ky="Кеңештин жыйыны: айлык, реестр, мектеп",
            en="Session of the council: wages, registry, school",
        ),
        starts_at=in_bishkek(day, 10).astimezone(UTC),
        ends_at=in_bishkek(day, 16).astimezone(UTC),
        place=BISHKEK,
        country="KG",
        mode=Meeting.Mode.HYBRID,
    )
    council.open_meeting(meeting=meeting, by=secretary)
    _note_attendance(meeting, sitting, secretary)
    made = []
    for asked in ASKED:
        documents = [library["sary-oi-2011"]] if asked.problem == "wages" else []
        item = council.add_item(
            meeting=meeting,
            by=secretary,
            title=asked.title,
            notes=asked.notes,
            problems=[stated[asked.problem]],
            documents=documents,
        )
        addressees = [houses[key] for key in asked.addressees]
        made.append(_agree(asked, item, addressees, calendar.workday_ago(asked.due), cast, sitting, stated))
    acts.promise(item, calendar, cast, sitting)
    council.close_meeting(meeting=meeting, by=secretary)
    acts.sign(meeting, calendar, cast, approved=HELD - 7)
    council.publish_meeting(meeting=meeting, by=secretary)
    council.publish_minutes(meeting=meeting, public=True, by=secretary)
    return meeting, made


def _note_attendance(meeting: Meeting, sitting: Seats, by: User) -> None:
    here, far = Attendance.Mode.PRESENT, Attendance.Mode.REMOTE
    levels = {"ministry": Publication.ORGANISATION, "resource_centre": Publication.ORGANISATION, "psp": Publication.COUNTRY}
    marks = [council.Mark(who=sitting[house], mode=here, publication=level) for house, level in levels.items()]
    marks += [council.Mark(who=sitting["meerim"], mode=here), council.Mark(who=sitting["daniyar"], mode=far)]
    council.record_attendance(meeting=meeting, marks=marks, by=by)


def _agree(
    asked: Asked, item: AgendaItem, addressees: list[Organisation], due: date, cast: Cast, sitting: Seats, stated: Stated
) -> Decision:
    """Two members speak for it, one of them with a reservation to the second; nobody blocks."""
    proposal = council.propose(
        item=item,
        text=asked.text,
        by=cast[asked.by].user,
        membership=sitting[asked.by],
        addressees=addressees,
        due_on=due,
        problem=stated[asked.problem],
    )
    doubts = asked.problem == "registry"
    for member, stance, words in (
        ("meerim", Stance.RESERVATION if doubts else Stance.AGREE, "Срок мал, но начать надо." if doubts else ""),
        ("daniyar", Stance.AGREE, ""),
    ):
        council.take_position(proposal=proposal, membership=sitting[member], stance=stance, words=words, by=cast[member].user)
    return council.adopt_by_consensus(proposal=proposal, by=cast["chynara"].user)


def _send_letters(recommendation: Recommendation, sent_on: date, number: str, by: User) -> None:
    for place, addressee in enumerate(recommendation.addressees.select_related("organisation").order_by("id"), 1):
        rule = rules_of(addressee.organisation.country).first()
        followup.register_letter(
            addressee=addressee,
            sent_on=sent_on,
            outgoing_number=f"{number}/{place}",
            due_by_law=due_day(rule, sent_on) if rule else None,
            key=uuid.uuid4(),
            by=by,
        )
        if addressee.organisation.mailbox:
            followup.issue_answer_link(addressee=addressee, by=by)


def _answer_and_verify(recommendation: Recommendation, calendar: Calendar, by: User) -> None:
    addressee: Addressee = recommendation.addressees.get()
    given = followup.Given(
        kind=ResponseKind.SUBSTANTIVE,
        stance=Reply.ACCEPTED,
        text=f"Предложение принято. Представительства получили единый образец жалобы и порядок её передачи. {INVENTED}",
        plan="Раз в полгода сообщать совету, сколько жалоб передано и что по ним ответили.",
        promised_by=calendar.workday_ago(-90),
        progress=Progress.DONE,
        done="Образец жалобы на кыргызском и русском языках разослан в представительства.",
        done_on=calendar.workday_ago(ANSWERED + 3),
        proof=followup.Proof(text="Приказ о порядке приёма жалоб (вымышлен)."),
    )
    response = followup.enter_response(
        addressee=addressee, given=given, received_on=calendar.workday_ago(ANSWERED), key=uuid.uuid4(), by=by
    )
    followup.publish_response(response=response, by=by)
    verdict = followup.judge(
        recommendation=recommendation,
        judgement=Judgement.CARRIED_OUT,
        text=Translated(
            ru="Центры в трёх городах проверили сами: жалобу принимают по образцу, ответ инспекции приходит. Проверка "
            "вымышлена для демонстрации.",
            ky="Үч шаардагы борборлор өздөрү текшеришти: даттануу үлгү боюнча кабыл алынат, инспекциядан жооп келет. Бул "
            "текшерүү үлгү үчүн ойлоп чыгарылган.",
            en="Centres in three cities looked for themselves: the complaint is taken on the form, and the inspectorate "
            "answers. This check is invented for the demonstration.",
        ),
        judged_on=calendar.workday_ago(JUDGED),
        proof=followup.Proof(text="Три пробные жалобы, поданные центрами."),
        key=uuid.uuid4(),
        by=by,
    )
    followup.publish_verdict(verdict=verdict, by=by)
