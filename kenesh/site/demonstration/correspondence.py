"""What stands around the three recommendations: letterhead, reminders, one that came back, a request for more time, a member
organisation's assessment, a court that decides the same, and what people behind the problem say. All of it is invented."""

from __future__ import annotations

import uuid

from kenesh.followup import actions as followup
from kenesh.followup.actions import changed
from kenesh.followup.models import Felt, Judgement, Proceeding, ReminderRule, ResponseKind
from kenesh.people import actions as people
from kenesh.people.models import Body, MailStop, Organisation, Publication
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.decisions import INVENTED, Followed
from kenesh.themes.texts import Translated

SAID = (Felt.YES, Felt.LITTLE, Felt.LITTLE, Felt.NO, Felt.YES, Felt.UNSAID, Felt.LITTLE)


def settle(calendar: Calendar, cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], followed: Followed) -> None:
    secretary, council = cast["chynara"].user, bodies["meks"]
    followup.set_letterhead(
        body=council,
        head=Translated(
            ru="г. Бишкек, секретариат совета", ky="Бишкек ш., кеңештин катчылыгы", en="Bishkek, secretariat of the council"
        ),
        opening=Translated(),
        closing=Translated(ru="С уважением", ky="Урматтоо менен"),
        signed_by=Translated(ru="Секретарь совета\nЧынара (вымышлена)", ky="Кеңештин катчысы\nЧынара (ойдон чыгарылган)"),
        next_number=10,
        number_form="{number}/{year}",
        by=secretary,
    )
    followup.set_reminders(
        body=council,
        is_on=True,
        days_before=7,
        days_after=3,
        escalates_to=ReminderRule.Escalation.CHAIR,
        days_to_escalate=30,
        chair_mailbox="chair@example.org",
        by=secretary,
    )
    late = followed.late.addressees.order_by("id")[:1].get()
    followup.enter_response(
        addressee=late,
        given=followup.Given(
            kind=ResponseKind.HOLDING,
            text=f"Порядок исправления ошибок согласуется с тремя ведомствами. {INVENTED}",
            promised_by=calendar.workday_ago(-30),
        ),
        received_on=calendar.workday_ago(10),
        numbers=("14-2/311", "27"),
        key=uuid.uuid4(),
        by=secretary,
    )
    people.stop_mail(
        email=late.organisation.mailbox, why=MailStop.Why.BOUNCED, detail="550 5.1.1 User unknown", by="delivery-report"
    )
    coming = followed.coming.addressees.order_by("id")[:1].get()
    followup.set_addressee(addressee=coming, validator_mailbox="head-of-department@example.org", above=None, by=secretary)
    _beside(calendar, cast, houses, followed)


def _beside(calendar: Calendar, cast: Cast, houses: dict[str, Organisation], followed: Followed) -> None:
    secretary, verified = cast["chynara"].user, followed.verified
    shadow = followup.assess(
        recommendation=verified,
        organisation=houses["resource_centre"],
        judgement=Judgement.CARRIED_OUT,
        text=Translated(
            ru="Наши юристы подали две жалобы по образцу, обе приняты. (Вымышлено для демонстрации.)",
            ky="Биздин юристтер үлгү боюнча эки даттануу берди, экөө тең кабыл алынды. (Үлгү үчүн ойдон чыгарылган.)",
            en="Our lawyers filed two complaints on the form, and both were taken. (Invented for the demonstration.)",
        ),
        url="",
        document=None,
        judged_on=calendar.workday_ago(15),
        publication=Publication.ORGANISATION,
        key=uuid.uuid4(),
        by=secretary,
    )
    followup.publish_shadow(shadow=shadow, by=secretary)
    court = followup.keep_proceeding(
        recommendation=verified,
        proceeding=None,
        kind=Proceeding.Kind.COURT,
        name="Межрайонный суд (дело вымышлено)",
        number="АД-112/26",
        on=calendar.workday_ago(30),
        state=Proceeding.State.PENDING,
        url="",
        key=uuid.uuid4(),
        by=secretary,
    )
    followup.publish_proceeding(proceeding=court, public=True, by=secretary)
    for felt in SAID:
        changed.put_in_box(recommendation_code=verified.code, felt=felt)
    changed.count_box()
