"""The minutes: drafted by themselves, completed in two languages, approved, signed, read and taken away by anybody."""

from __future__ import annotations

from kenesh.site.tests.council_walk.deciding import WAGES
from kenesh.site.tests.council_walk.gathering import TITLE_KY
from kenesh.site.tests.council_walk.walker import Walker


def keeps_the_minutes(secretary: Walker, meeting: str) -> None:
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press("Close the meeting")
    secretary.follow("Minutes")
    secretary.sees("Гүлзат Асанова", "Арман Оспанов", WAGES.ru)
    secretary.follow("2. Зарплата бригад", within="What was said")
    secretary.write("What was said", ru="Профсоюз рассказал о трёх бригадах.", ky="Кесиптик бирлик үч бригада жөнүндө айтты.")
    secretary.press("Save")
    secretary.choose("The language whose text counts", "Русский", within="Remarks, and the language that counts")
    secretary.press("Save the remarks")
    secretary.shot("40-minutes")
    secretary.press("Approve")
    for who in ("Chair", "Secretary"):
        secretary.choose("Who signed", who)
        secretary.press("Note the signature")
    secretary.press("Show them to everybody")
    secretary.shot("41-approved")


def reads_the_minutes(reader: Walker) -> None:
    """In Kyrgyz, which says that the Russian text counts; three files can be taken away in each language."""
    reader.go("/ky/meetings/")
    reader.follow(TITLE_KY)
    reader.follow("Minutes")
    for language, words in (("ru", "Профсоюз рассказал о трёх бригадах."), ("ky", "Кесиптик бирлик үч бригада жөнүндө айтты.")):
        reader.follow({"ru": "Русский", "ky": "Кыргызча"}[language])
        reader.sees(words)
        reader.shot(f"42-minutes-{language}")
        for label, begins in (
            ("Download as a Word file", b"PK"),
            ("Download as PDF", b"%PDF"),
            ("Download for archives (Akoma Ntoso)", b"<?xml"),
        ):
            address = reader.page.get_by_role("link", name=reader.say(label)).get_attribute("href")
            taken = reader.page.request.get(reader.base + str(address))
            assert (taken.status, taken.body()[: len(begins)]) == (200, begins), address
