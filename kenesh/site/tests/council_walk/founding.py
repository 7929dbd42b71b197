"""A council is founded: its body, its secretary, its goals and rules, its seats."""

from __future__ import annotations

from typing import Any

from kenesh.site.tests.council_walk.walker import Walker

COUNCIL = "Межгосударственный совет по миграции"
COUNCIL_KY = "Миграция боюнча мамлекеттер аралык кеңеш"


def enters_the_council(administrator: Walker, secretary: Any) -> str:
    """The administrator of the node enters the body and says who is its secretary."""
    administrator.go("/work/bodies/")
    administrator.follow("Enter a body")
    administrator.write("Full name", ru=COUNCIL, ky=COUNCIL_KY)
    administrator.choose("What is it?", "Council")
    administrator.fill("Founded", "2026-11")
    administrator.tick("Everybody may read its decisions")
    administrator.shot("01-body")
    administrator.press("Save")
    administrator.sees(COUNCIL)
    code = administrator.code
    administrator.go("/work/accounts/")
    administrator.follow(secretary.name)
    administrator.choose("Role", "Council secretary")
    administrator.choose("In which council or other body?", COUNCIL)
    administrator.press("Give this role")
    administrator.told("The role is given.")
    administrator.shot("02-secretary")
    return code


def founds(secretary: Walker, code: str) -> None:
    secretary.go(f"/work/bodies/{code}/")
    secretary.follow("Write down founding, goals and rules")
    secretary.write(
        "The founding meeting",
        ru="Учредительное собрание прошло в Бишкеке. Пришли организации из пяти стран.",
        ky="Уюштуруу чогулушу Бишкекте өттү. Беш өлкөнүн уюмдары келди.",
    )
    secretary.write("Goals", ru="Защищать права трудовых мигрантов.", ky="Эмгек мигранттарынын укугун коргоо.")
    secretary.write("Tasks", ru="Собирать проблемы.\nПисать рекомендации.", ky="Көйгөйлөрдү чогултуу.\nСунуш жазуу.")
    secretary.write("Rules of procedure", ru="Совет решает, если пришла половина членов.")
    secretary.shot("03-founding")
    secretary.press("Save")
    for who, how in SEATS:
        secretary.follow("Enter a seat")
        for label, option in who.items():
            secretary.choose(label, option)
        for label in how:
            secretary.tick(label)
        if "Узбекистан" in who.values():
            secretary.shot("04-seat")
        secretary.press("Save")
    secretary.shot("05-council")


NAME, NOTHING = "The name too", "Nothing"
SEATS: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({"Person": "Гүлзат Асанова"}, (NAME,)),
    ({"Person": "Фаррух Назаров"}, (NAME,)),
    ({"Person": "Арман Оспанов"}, (NAME,)),
    ({"Organisation": "Центр поддержки, Челябинск"}, ("Only the organisation",)),
    ({"State": "Узбекистан"}, ("Only the country",)),
    ({"Organisation": "Министерство труда"}, ("Observer", "Only the organisation")),
)


def reads_of_it(reader: Walker, code: str) -> None:
    """Anybody, without an account, sees what the council is for and who sits there, as far as each seat allows."""
    reader.go("/ky/council/")
    reader.follow(COUNCIL_KY)
    reader.sees("Эмгек мигранттарынын укугун коргоо.", "Гүлзат Асанова", "Арман Оспанов")
    reader.shot("06-public-council")
