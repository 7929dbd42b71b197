"""Five recommendations go to three ministries by letter; they answer by the link, one late; the council judges, and who is found at fault
replies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core import mail

from kenesh.site.tests.council_walk.deciding import ALL, DOCTOR, HOTLINE, INSPECTORS, LEAFLET, WAGES, Asked
from kenesh.site.tests.council_walk.gathering import link_in_letter
from kenesh.site.tests.council_walk.walker import Walker

VALIDATOR = "minister@labour.example"
MAILBOXES = {
    "Министерство труда": "davron@labour.example",
    "Министерство здравоохранения": "focal@health.example",
    "Министерство внутренних дел": "kanc@police.example",
}


@dataclass(frozen=True)
class Answer:
    one: Asked
    choice: str
    text: str


IN_TIME = (
    Answer(WAGES, "We accept the recommendation", "Поправка внесена в парламент."),
    Answer(HOTLINE, "We accept a part of it", "Линия откроется на трёх языках."),
    Answer(DOCTOR, "We accept the recommendation", "Приказ издан."),
    Answer(LEAFLET, "We take note of it", "Обсудим при подготовке бюджета."),
)
LATE = Answer(INSPECTORS, "We do not accept it", "Закон требует предупреждать о проверке.")
REPLY = Answer(INSPECTORS, "We accept a part of it", "О проверках по жалобам больше не предупреждаем.")


@dataclass(frozen=True)
class Found:
    """What the council found of one recommendation."""

    judgement: str
    ru: str
    ky: str


DONE = Found(
    "Carried out", "Закон опубликован, две бригады получили деньги.", "Мыйзам жарыяланды, эки бригада акчасын алды."
)  # fmt: skip
FAULT = Found(
    "Not carried out", "О проверке по-прежнему предупреждают за три дня.", "Текшерүү жөнүндө мурдагыдай үч күн калганда эскертишет."
)  # fmt: skip


def writes_letters(secretary: Walker) -> tuple[dict[Asked, str], dict[Asked, str]]:
    """Each recommendation is published and sent; gives its code and the link in its letter."""
    codes, links = {}, {}
    for one in ALL:
        secretary.go("/work/recommendations/")
        if one is WAGES:
            secretary.shot("50-recommendations")
        secretary.follow(one.ru)
        codes[one] = secretary.code
        secretary.press("Publish")
        if one is WAGES:
            has_confirmed(secretary)
        secretary.follow("Write the letter")
        if one is WAGES:
            secretary.shot("51-letter-form")
        secretary.press("Make the letter")
        links[one] = secretary.page.locator("article.paper .wrap").inner_text().strip()
    secretary.shot("52-letter")
    return codes, links


def has_confirmed(secretary: Walker) -> None:
    """An answer of this ministry counts when somebody above the focal point has confirmed it."""
    secretary.open("More")
    secretary.follow("Who confirms, who stands above")
    secretary.fill("Mailbox of whoever confirms its answers", VALIDATOR)
    secretary.press("Save")


def enters_by_code(official: Walker, link: str, mailbox: str) -> None:
    official.go(link)
    official.press("Send me a code")
    letter = [one for one in mail.outbox if one.to == [mailbox]][-1]
    code = re.search(r"\b\d{4} ?\d{4}\b", str(letter.body))
    assert code is not None, letter.body
    official.fill("Code from the e-mail", code[0])
    official.press("Continue")


def answers(official: Walker, answer: Answer, link: str) -> None:
    """Without an account and without having seen these pages before."""
    enters_by_code(official, link, MAILBOXES[answer.one.addressee])
    official.sees(answer.one.ky if official.language == "ky" else answer.one.ru)
    official.tick(answer.choice)
    official.fill("Your answer in your own words", answer.text)
    if answer.one is WAGES:
        official.shot("54-answer-form")
    official.press("Continue")
    official.sees(answer.text)
    official.press("Send the answer")
    official.sees(official.say("Your answer is sent"))
    official.shot(f"55-answered-{answer.one.addressee.split()[1]}")


def confirms(minister: Walker) -> None:
    enters_by_code(minister, link_in_letter(VALIDATOR, "answer"), VALIDATOR)
    minister.sees("Поправка внесена в парламент.")
    minister.tick("Yes, we confirm it")
    minister.shot("56-confirm")
    minister.press("Send")
    minister.shot("57-confirmed")


def publishes_answer(secretary: Walker, code: str, text: str) -> None:
    secretary.go(f"/work/recommendations/{code}/")
    secretary.sees(text)
    secretary.press("Publish", within=text)


def asks_to_be_reminded(secretary: Walker) -> None:
    """The body writes to a ministry that stays silent, one day after its day."""
    secretary.go("/work/recommendations/")
    secretary.follow("Register of letters")
    secretary.shot("53-register")
    secretary.follow("Reminders")
    secretary.tick("Remind the addressees and the secretary by e-mail")
    secretary.fill("How many days after it?", "1")
    secretary.press("Save")


def announces_that_late_answers_will_be_shown(secretary: Walker) -> None:
    """The body decides to show silence; the ministries are told two weeks before."""
    secretary.go("/work/recommendations/scoreboard/")
    secretary.follow("Межгосударственный совет по миграции")
    secretary.press("Announce that late answers will be shown")
    secretary.shot("53-silence-announced")


def reminded() -> None:
    letter = [one for one in mail.outbox if one.to == ["kanc@police.example"]][-1]
    assert INSPECTORS.ru not in str(letter.body)  # a reminder says only that an answer is awaited


def is_late(reader: Walker) -> None:
    """Everybody sees which ministry is silent, since the body shows it."""
    reader.go("/ky/recommendations/")
    late = reader.page.locator("main .list li").filter(has=reader.page.locator(".tag[data-tone=bad]"))
    assert late.count() == 1
    assert INSPECTORS.ky in late.inner_text()
    reader.shot("58-late")


def judges(secretary: Walker, code: str, found: Found) -> None:
    secretary.go(f"/work/recommendations/{code}/")
    secretary.follow("Judge what was done")
    secretary.tick(found.judgement)
    secretary.write("What the judgement rests on", ru=found.ru, ky=found.ky)
    secretary.shot("60-judge")
    secretary.press("Save")


def publishes_judgement(secretary: Walker, code: str, found: Found) -> None:
    secretary.go(f"/work/recommendations/{code}/")
    secretary.press("Publish", within=found.ru)
    secretary.told("Everybody can read this judgement now.")
    secretary.shot("61-judged")


def replies(official: Walker, link: str) -> None:
    """The ministry reads on its link what was found, and says something to it before anybody else reads it."""
    enters_by_code(official, link, MAILBOXES[REPLY.one.addressee])
    official.sees(FAULT.ru, official.say("Not carried out"))
    official.tick(REPLY.choice)
    official.fill("Your answer in your own words", REPLY.text)
    official.shot("61-fault-and-right-of-reply")
    official.press("Continue")
    official.press("Send the answer")
    official.told("Your answer is sent")


def announces_the_scoreboard(secretary: Walker) -> None:
    secretary.go("/work/recommendations/scoreboard/")
    secretary.follow("Межгосударственный совет по миграции")
    secretary.press("Announce it")
    secretary.shot("62-scoreboard-announced")
