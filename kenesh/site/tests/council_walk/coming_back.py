"""What everybody can follow, and what the person who appealed sees by her receipt."""

from __future__ import annotations

from kenesh.site.tests.council_walk.asking import DONE, FAULT, REPLY
from kenesh.site.tests.council_walk.deciding import ALL, WAGES, Asked
from kenesh.site.tests.council_walk.walker import Walker


def follows(reader: Walker, codes: dict[Asked, str], council: str) -> None:
    """The tracker, one recommendation, the scoreboard."""
    reader.go("/ky/recommendations/")
    reader.sees(*(one.ky for one in ALL))
    reader.shot("70-tracker")
    reader.follow(WAGES.ky)
    reader.sees("Поправка внесена в парламент.", DONE.ky, reader.say("Carried out"))
    reader.shot("71-recommendation")
    reader.go(f"/ky/recommendations/{codes[REPLY.one]}/")
    reader.sees(FAULT.ky, reader.say("Not carried out"), REPLY.text)
    reader.shot("71-fault-and-reply")
    reader.go(f"/ky/recommendations/scoreboard/{council}/")
    reader.sees("Эмгек министрлиги", "Ички иштер министрлиги")
    police = reader.page.locator("tr").filter(has_text="Ички иштер министрлиги")
    late = police.locator(f'[data-label="{reader.say("Answered late")}"]')
    assert late.inner_text().strip() == "1"
    reader.shot("72-scoreboard")


def comes_back(migrant: Walker, receipt: str) -> None:
    """She sees what came of what she told, and says whether anything changed."""
    migrant.go("/ky/appeal/status/")
    migrant.page.locator('main [name="receipt"]').fill(receipt)
    migrant.press("Open")
    migrant.sees("Бригадаларга айлык төлөнбөйт", "Поправка внесена в парламент.", DONE.ky)
    migrant.shot("80-receipt")
    migrant.tick("A little", within="Has anything changed for you?")
    migrant.press("Send", within="Has anything changed for you?")
    migrant.told("Thank you. Your answer is counted with others, without you.")
    migrant.shot("81-thanked")
