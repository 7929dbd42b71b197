"""From the founding of a council to the message back to those who appealed, in one browser, by the people who would do it.

`KENESH_PICTURES=/a/folder` takes a picture of each step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kenesh.followup.tasks import keep_tracker, remind_of_answers
from kenesh.site.tests.council_walk import asking, coming_back, deciding, founding, gathering, recording
from kenesh.site.tests.council_walk.people import a_case_behind, a_problem, sits_in
from kenesh.site.tests.council_walk.walker import Walker

IN_ADVANCE, TO_ANSWER = 14, 30  # days


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_the_founding_of_a_council_to_the_people_behind_its_problem(
    someone: Callable[..., Walker], nurlan: Any, aigul: Any, chynara: Any, dinara: Any, arman: Any, houses: Any, persons: Any,
    days_pass: Callable[[int], None], work_off: Callable[[], None],
) -> None:  # fmt: skip
    administrator, secretary, coalition = someone(), someone(), someone()
    administrator.sign_in(nurlan)
    council = founding.enters_the_council(administrator, chynara)
    secretary.sign_in(chynara)
    founding.founds(secretary, council)
    reader = someone("ky", width=360)
    founding.reads_of_it(reader, council)

    receipt = a_case_behind(a_problem(council, houses["office"], chynara), houses["office"], aigul)
    first = timezone.localdate() + timedelta(days=IN_ADVANCE)
    meeting = gathering.plans(secretary, first)
    coalition.sign_in(dinara)
    gathering.plans_inside(coalition, first)
    gathering.reads_the_programme(reader)
    gathering.invites(secretary, meeting)
    work_off()
    gulzat = someone("ky", width=360)
    gathering.answers_the_invitation(gulzat)

    days_pass(IN_ADVANCE)
    secretary.sign_in(chynara)
    gathering.opens_the_doors(secretary, meeting)
    links = gathering.gives_out_links(secretary)
    phones = {
        "Гүлзат Асанова": gulzat,
        "Фаррух Назаров": someone(width=360),
        "Арман Оспанов": someone(width=360, scripts=True),
        "Министерство труда": someone("ky", width=360),
    }
    for name, phone in phones.items():
        gathering.takes_part(phone, links[name])
    deciding.elects_the_chair(secretary, meeting, phones)
    deciding.proposes_all(secretary, meeting, (first + timedelta(days=TO_ANSWER)).isoformat())
    sits_in(council, arman, persons["arman"])
    chair = someone(scripts=True)
    chair.sign_in(arman)
    chair.go(f"/work/meetings/{meeting}/chair/")
    chair.shot("28-chair")
    deciding.decides_by_name(chair, secretary, meeting, phones)
    deciding.decides_in_secret(chair, secretary, meeting, phones)
    coalition.sign_in(dinara)
    deciding.holds_the_session_inside(coalition)
    deciding.reads_of_the_session(reader)

    days_pass(1)
    secretary.sign_in(chynara)
    gathering.opens_the_second_day(secretary, meeting)
    for name in ("Гүлзат Асанова", "Арман Оспанов"):
        gathering.takes_part(phones[name], links[name])
    chair.sign_in(arman)
    chair.go(f"/work/meetings/{meeting}/chair/")
    deciding.decides_by_states(chair, secretary, meeting, phones)
    for one in (deciding.DOCTOR, deciding.LEAFLET):
        deciding.agrees(secretary, meeting, one)
    secretary.shot("36-decided")
    recording.keeps_the_minutes(secretary, meeting)
    recording.reads_the_minutes(reader)
    codes, letters = asking.writes_letters(secretary)
    asking.asks_to_be_reminded(secretary)
    asking.announces_that_late_answers_will_be_shown(secretary)

    days_pass(10)
    labour, health, police = someone("ky"), someone("ky", width=360), someone()
    for official, answer in zip((labour, labour, health, health), asking.IN_TIME, strict=True):
        asking.answers(official, answer, letters[answer.one])
    work_off()
    asking.confirms(someone("ky", width=360))

    days_pass(TO_ANSWER - 9)
    remind_of_answers.call()
    work_off()
    asking.reminded()
    asking.is_late(reader)
    asking.answers(police, asking.LATE, letters[asking.LATE.one])
    secretary.sign_in(chynara)
    for answer in (*asking.IN_TIME[:2], asking.LATE):
        asking.publishes_answer(secretary, codes[answer.one], answer.text)
    asking.judges(secretary, codes[deciding.WAGES], asking.DONE)
    asking.publishes_judgement(secretary, codes[deciding.WAGES], asking.DONE)
    asking.judges(secretary, codes[asking.REPLY.one], asking.FAULT)
    asking.replies(police, letters[asking.REPLY.one])
    asking.publishes_judgement(secretary, codes[asking.REPLY.one], asking.FAULT)
    asking.announces_the_scoreboard(secretary)

    days_pass(15)
    keep_tracker.call()
    coming_back.follows(reader, codes, council)
    coming_back.comes_back(someone("ky", width=360), receipt)
