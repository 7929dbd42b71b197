"""A hybrid meeting over two days is planned, with a coalition's session inside it; members are invited, answer and come."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core import mail

from kenesh.site.tests.council_walk.founding import COUNCIL
from kenesh.site.tests.council_walk.walker import Walker

TITLE, TITLE_KY = "Первое заседание совета", "Кеңештин биринчи жыйыны"
POINTS = (
    ("Выборы председателя", "Төраганы шайлоо"),
    ("Зарплата бригад", "Бригадалардын айлыгы"),
    ("Здоровье и документы", "Ден соолук жана документтер"),
)


def plans(secretary: Walker, first: date) -> str:
    """Gives the code of the meeting."""
    secretary.go("/work/meetings/")
    secretary.follow("Plan a meeting")
    secretary.choose("Who meets", COUNCIL)
    secretary.write("Title", ru=TITLE, ky=TITLE_KY)
    secretary.fill("Number of the meeting", "1")
    secretary.fill("Date", first.isoformat())
    secretary.fill("Begins at", "10:00")
    secretary.fill("Ends at", "17:00")
    secretary.fill("Last day", (first + timedelta(days=1)).isoformat())
    secretary.choose("How people take part", "In person and online")
    secretary.choose("Country", "Кыргызстан")
    secretary.write("Place", ru="Бишкек, гостиница «Ала-Тоо»", ky="Бишкек, «Ала-Тоо» мейманканасы")
    secretary.fill("Link to join online", "https://meet.example.org/council")
    secretary.choose("Keeps the minutes", "Гүлзат Асанова")
    secretary.shot("10-plan")
    secretary.press("Save")
    code = secretary.code
    for ru, ky in POINTS:
        secretary.follow("Add a point")
        secretary.write("Point of the agenda", ru=ru, ky=ky)
        if ru == "Зарплата бригад":
            secretary.tick("Бригадам не платят")
        secretary.press("Save")
    secretary.sees("1. Выборы председателя", "3. Здоровье и документы")
    sets_out(secretary, first)
    secretary.follow("Back to the meeting")
    secretary.press("Show it to everybody")
    secretary.follow("Enter the rules of the body")
    secretary.choose("Members who must be there", "At least half of the members")
    secretary.press("Save")
    secretary.shot("12-meeting")
    return code


def sets_out(secretary: Walker, first: date) -> None:
    """Two days, two rooms, two sessions side by side."""
    secretary.follow("Programme")
    for name, name_ky in (("Большой зал", "Чоң зал"), ("Малый зал", "Кичи зал")):
        secretary.follow("Add a room")
        secretary.write("Name of the room", ru=name, ky=name_ky)
        secretary.fill("Link to join online", "https://meet.example.org/hall")
        secretary.press("Save")
    sessions = (
        ("Открытие", "Ачылышы", 0, "10:00", "12:00", "Большой зал"),
        ("Юристы у стола", "Юристтер менен", 0, "10:00", "12:00", "Малый зал"),
        ("Решения", "Чечимдер", 1, "10:00", "17:00", "Большой зал"),
    )
    for ru, ky, day, begins, ends, room in sessions:
        secretary.follow("Add a session")
        secretary.write("Title", ru=ru, ky=ky)
        secretary.choose("Day", str((first + timedelta(days=day)).day))
        secretary.fill("Begins at", begins)
        secretary.fill("Ends at", ends)
        secretary.choose("Room", room)
        secretary.press("Save")
    secretary.sees("Малый зал")
    secretary.shot("11-programme")


def plans_inside(coalition: Walker, first: date) -> None:
    """The coalition holds its session inside the council's meeting."""
    coalition.go("/work/meetings/")
    coalition.follow("Plan a meeting")
    coalition.write("Title", ru="Заседание коалиции", ky="Коалициянын жыйыны")
    coalition.choose("Held inside another meeting", TITLE)
    coalition.fill("Date", first.isoformat())
    coalition.fill("Begins at", "14:00")
    coalition.fill("Ends at", "16:00")
    coalition.press("Save")
    coalition.sees("Межгосударственный совет по миграции")
    coalition.press("Show it to everybody")
    coalition.shot("13-inside")
    coalition.follow("Add a point")
    coalition.write("Point of the agenda", ru="Общая горячая линия", ky="Жалпы ишеним телефону")
    coalition.press("Save")


def reads_the_programme(reader: Walker) -> None:
    reader.go("/ky/meetings/")
    reader.follow(TITLE_KY)
    reader.shot("14-public-meeting")
    reader.follow("Programme")
    reader.sees("Ачылышы", "Юристтер менен", "Чечимдер", "Коалициянын жыйыны")
    reader.sees_not("meet.example.org")
    reader.shot("15-public-programme")


def invites(secretary: Walker, meeting: str) -> None:
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.follow("Invitations")
    secretary.press("Invite all seats")
    secretary.follow("Гүлзат Асанова")
    secretary.choose("Language of the letter", "Кыргызча")
    secretary.fill("E-mail", "gulzat@example.org")
    secretary.press("Save the address")
    secretary.follow("Back")
    secretary.press("Send what is not sent yet")
    secretary.shot("16-invitations")


def link_in_letter(address: str, kind: str) -> str:
    """The personal link in the newest letter to this address."""
    letter = [one for one in mail.outbox if one.to == [address]][-1]
    found = re.search(rf"http\S+/{kind}/\S+/", str(letter.body))
    assert found, letter.body
    return found[0]


def answers_the_invitation(member: Walker) -> None:
    """On a phone without scripts, by the link in the letter."""
    member.go(link_in_letter("gulzat@example.org", "invitation"))
    member.sees(TITLE_KY)
    member.tick("I take part online")
    member.choose("Interpretation into", "Кыргызча")
    member.shot("17-invitation")
    member.press("Send the answer")
    member.told("Thank you. Your answer is saved. You can change it here until the meeting begins.")
    member.sees("https://meet.example.org/council")
    member.shot("18-answered")


def opens_the_doors(secretary: Walker, meeting: str) -> None:
    """Who is there today: one comes online, as she said; Tajikistan is late."""
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.follow("Check-in")
    secretary.press("Online", within="Гүлзат Асанова")
    assert secretary.page.locator("main .notice[data-tone=warn]").count() == 1  # one of five is no quorum
    for name in ("Арман Оспанов", "Центр поддержки, Челябинск", "Узбекистан", "Министерство труда"):
        secretary.press("In the room", within=name)
    assert secretary.page.locator("main .notice[data-tone=good]").count() == 1  # four are, and the observer is not counted
    secretary.shot("20-check-in")
    secretary.follow("Back to the meeting")
    secretary.press("Open the meeting")


def opens_the_second_day(secretary: Walker, meeting: str) -> None:
    """Each day has its own list: Tajikistan has come, the observer has left, and there is a quorum again."""
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.follow("Check-in")
    assert secretary.page.locator("main .notice[data-tone=warn]").count() == 1  # nobody is there yet
    secretary.press("Online", within="Гүлзат Асанова")
    for name in ("Арман Оспанов", "Фаррух Назаров", "Центр поддержки, Челябинск", "Узбекистан"):
        secretary.press("In the room", within=name)
    assert secretary.page.locator("main .notice[data-tone=good]").count() == 1
    secretary.shot("20-second-day")


def gives_out_links(secretary: Walker) -> dict[str, str]:
    """For each seat the address that is printed beside its picture."""
    secretary.follow("Phones")
    secretary.press("Make links for all")
    secretary.shot("21-links")
    cards = secretary.page.locator("main section").filter(has=secretary.page.locator("a[href*='/phone/']"))
    return {card.locator("h2").inner_text(): card.locator("a").inner_text() for card in cards.all()}


def takes_part(member: Walker, link: str) -> None:
    member.go(link)
    member.press("Take part")
