"""A chair is elected in secret; three proposals are voted on under three rules, and two are adopted without objection."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kenesh.site.tests.council_walk.walker import Walker


@dataclass(frozen=True)
class Asked:
    """A proposal: its text, whom it asks, and how it was decided."""

    ru: str
    ky: str
    point: str
    addressee: str


WAGES = Asked("Ввести ответственность заказчика за зарплату бригад.", "Бригадалардын айлыгына заказчы жооп берсин.", "Зарплата бригад", "Министерство труда")
INSPECTORS = Asked("Пускать инспекторов на стройки без предупреждения.", "Инспекторлор курулуш жайына эскертүүсүз кирсин.", "Зарплата бригад", "Министерство внутренних дел")
HOTLINE = Asked("Открыть горячую линию на пяти языках.", "Беш тилде ишеним телефону ачылсын.", "Здоровье и документы", "Министерство труда")
DOCTOR = Asked("Дать мигранту врача без прописки.", "Мигрантка каттоосуз врач берилсин.", "Здоровье и документы", "Министерство здравоохранения")
LEAFLET = Asked("Печатать памятки на языке пациента.", "Эскертмелер бейтаптын тилинде басылсын.", "Здоровье и документы", "Министерство здравоохранения")
ALL = (WAGES, INSPECTORS, HOTLINE, DOCTOR, LEAFLET)


def elects_the_chair(secretary: Walker, meeting: str, phones: dict[str, Walker]) -> None:
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press("Call this point", within="1. Выборы председателя")
    secretary.follow("Call an election", within="1. Выборы председателя")
    secretary.write("Office, or what is to be chosen", ru="Председатель совета", ky="Кеңештин төрагасы")
    secretary.choose("Role that the elected take in the body", "Chair")
    secretary.shot("22-election-form")
    secretary.press("Save")
    for name in ("Арман Оспанов", "Фаррух Назаров"):
        if name == "Фаррух Назаров":
            secretary.open("Propose a name")
        secretary.choose("Who should stand", name)
        secretary.press("Propose")
        secretary.press("Accepts", within=name)
    secretary.press("Open the vote")
    secretary.shot("23-election")
    for name, choice in (("Гүлзат Асанова", "Арман Оспанов"), ("Фаррух Назаров", "Арман Оспанов"), ("Арман Оспанов", "Фаррух Назаров")):
        phone = phones[name]
        phone.go(f"/{phone.language}/phone/")
        phone.follow("To the paper")
        phone.tick(choice)
        phone.shot(f"24-paper-{phone.language}")
        phone.press("Go on")
        phone.press("Yes, vote")
        phone.sees(phone.say("You have voted"))
    phones["Гүлзат Асанова"].shot("25-tracking")
    secretary.go(secretary.path)
    secretary.press("Close the vote")
    secretary.sees("Арман Оспанов")
    secretary.press("Yes, give them the role")
    secretary.told("The elected have their role now.")
    secretary.shot("26-elected")


def finds_her_vote(member: Walker, number: str) -> None:
    """With the number that only she has seen."""
    member.go(f"/{member.language}/phone/")
    member.sees("Арман Оспанов")
    member.shot("27-phone-after")
