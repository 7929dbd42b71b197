"""A chair is elected in secret; three proposals are voted on under three rules, and two are adopted without objection."""

from __future__ import annotations

from dataclasses import dataclass

from kenesh.site.tests.council_walk.walker import Walker


@dataclass(frozen=True)
class Asked:
    """A proposal: its text, whom it asks, and how it was decided."""

    ru: str
    ky: str
    point: str
    addressee: str


WAGES = Asked(
    "Ввести ответственность заказчика за зарплату бригад.",
    "Бригадалардын айлыгына заказчы жооп берсин.",
    "Зарплата бригад",
    "Министерство труда",
)
INSPECTORS = Asked(
    "Пускать инспекторов на стройки без предупреждения.",
    "Инспекторлор курулуш жайына эскертүүсүз кирсин.",
    "Зарплата бригад",
    "Министерство внутренних дел",
)
HOTLINE = Asked(
    "Открыть горячую линию на пяти языках.", "Беш тилде ишеним телефону ачылсын.", "Здоровье и документы", "Министерство труда"
)
DOCTOR = Asked(
    "Дать мигранту врача без прописки.",
    "Мигрантка каттоосуз врач берилсин.",
    "Здоровье и документы",
    "Министерство здравоохранения",
)
LEAFLET = Asked(
    "Печатать памятки на языке пациента.",
    "Эскертмелер бейтаптын тилинде басылсын.",
    "Здоровье и документы",
    "Министерство здравоохранения",
)
SESSION, SESSION_KY = "Заседание коалиции", "Коалициянын жыйыны"
TOGETHER = "Наши юристы дежурят на этой линии по очереди."
ALL = (WAGES, INSPECTORS, HOTLINE, DOCTOR, LEAFLET)


def elects_the_chair(secretary: Walker, meeting: str, phones: dict[str, Walker]) -> None:
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press("Call this point", within="1. Выборы председателя")
    secretary.follow("Call an election", within="1. Выборы председателя")
    secretary.write("Office, or what is to be chosen", ru="Председатель совета", ky="Кеңештин төрагасы")
    secretary.choose("Role that the elected take in the body", "Chair")
    secretary.shot("22-election-form")
    secretary.press("Call the election")
    for name in ("Арман Оспанов", "Фаррух Назаров"):
        if name == "Фаррух Назаров":
            secretary.open("Propose a name")
        secretary.choose("Who should stand", name)
        secretary.press("Propose")
        secretary.press("Accepts", within=name)
    secretary.press("Open the vote")
    secretary.shot("23-election")
    for name, choice in (
        ("Гүлзат Асанова", "Арман Оспанов"),
        ("Фаррух Назаров", "Арман Оспанов"),
        ("Арман Оспанов", "Фаррух Назаров"),
    ):
        phone = phones[name]
        phone.go(f"/{phone.language}/phone/")
        phone.follow("Vote")
        phone.tick(choice)
        phone.shot(f"24-paper-{phone.language}")
        phone.press("Go on")
        phone.press("Yes, vote: %(choice)s")
        phone.sees(phone.say("You have voted"))
    phones["Гүлзат Асанова"].shot("25-tracking")
    secretary.go(secretary.path)
    secretary.press("Close the vote")
    secretary.sees("Арман Оспанов")
    secretary.press("Yes, give them the role")
    secretary.told("The elected have their role now.")
    secretary.shot("26-elected")


def finds_her_vote(member: Walker, number: str) -> None:
    """With the number that only she has seen, among votes that nothing joins to a name."""
    member.go(f"/{member.language}/phone/")
    member.follow("The counted votes")
    member.fill("Number of your vote", number)
    member.press("Find")
    assert member.page.locator("main .notice[data-tone=good]").count() == 1
    member.shot("37-her-vote")


def proposes_all(secretary: Walker, meeting: str, due: str) -> None:
    """The secretary writes down what members propose, in two languages."""
    for one in ALL:
        secretary.go(f"/work/meetings/{meeting}/")
        secretary.follow("Propose", within=one.point)
        secretary.choose("Who proposes", "Фаррух Назаров")
        secretary.write("What we propose", ru=one.ru, ky=one.ky)
        secretary.tick(one.addressee, within="Who should act")
        secretary.fill("Until when", due)
        secretary.choose("The language whose text counts", "Русский")
        if one is WAGES:
            secretary.shot("30-proposal")
        secretary.press("Propose")
        secretary.told("The proposal lies before the meeting.")
    secretary.shot("31-all-proposals")


def puts_to_the_vote(chair: Walker, one: Asked, *, rule: str, how: str) -> None:
    chair.open("Put it to the vote", within=one.ru)
    chair.choose("What adopts it", rule, within=one.ru)
    chair.choose("How it is taken", how, within=one.ru)
    chair.press("Open the vote", within=one.ru)


def votes(phone: Walker, choice: str) -> None:
    phone.go(f"/{phone.language}/phone/")
    phone.follow("Vote")
    phone.tick(choice)
    phone.press("Vote")


def writes_down(secretary: Walker, meeting: str, one: Asked, votes: dict[str, str]) -> None:
    """Who raised a hand or a paper."""
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.follow("Write down the votes", within=one.ru)
    for name, choice in votes.items():
        secretary.choose(name, choice)
    secretary.shot("34-votes-on-paper")
    secretary.press("Save the votes")


def decides_by_name(chair: Walker, secretary: Walker, meeting: str, phones: dict[str, Walker]) -> None:
    """More votes for than against, by name; one member votes on paper; the observer has nothing to vote with."""
    chair.press("Next: %(number)s. %(title)s")
    puts_to_the_vote(chair, WAGES, rule="More votes for than against", how="By name: one vote for each member")
    chair.shot("32-chair-vote")
    secretary.go(f"/work/meetings/{meeting}/beamer/")
    secretary.sees(WAGES.ru, secretary.say("The vote is open"))
    secretary.shot("32-beamer")
    phones["Гүлзат Асанова"].go("/ky/phone/")
    phones["Гүлзат Асанова"].sees(WAGES.ky)
    phones["Гүлзат Асанова"].shot("33-phone-vote")
    for name in ("Гүлзат Асанова", "Фаррух Назаров", "Арман Оспанов"):
        votes(phones[name], "vote|For")
        phones[name].told("Your vote is counted. You can change it until the vote is closed.")
    observer = phones["Министерство труда"]
    observer.go("/ky/phone/")
    observer.sees(WAGES.ky, observer.say("You are an observer. What you choose is shown apart and is not counted."))
    observer.shot("35-phone-of-the-observer")
    writes_down(secretary, meeting, WAGES, {"Центр поддержки, Челябинск": "vote|Against", "Узбекистан": "vote|For"})
    closes(chair, secretary, meeting, WAGES)


def decides_in_secret(chair: Walker, secretary: Walker, meeting: str, phones: dict[str, Walker]) -> None:
    """Two thirds of the votes cast, in secret."""
    puts_to_the_vote(
        chair, INSPECTORS, rule="Two thirds of the votes cast", how="In secret: nobody can see who voted how, also afterwards"
    )
    observer = phones["Министерство труда"]
    observer.go("/ky/phone/")
    observer.sees(observer.say("You are an observer. Only members take part in a secret vote."))
    assert observer.page.get_by_role("link", name=observer.say("vote|For"), exact=True).count() == 0
    for name, choice in (("Гүлзат Асанова", "vote|For"), ("Фаррух Назаров", "vote|For"), ("Арман Оспанов", "vote|Against")):
        votes(phones[name], choice)
        phones[name].sees(phones[name].say("You have voted"))
    number = phones["Гүлзат Асанова"].page.locator("main output").inner_text()
    closes(chair, secretary, meeting, INSPECTORS)
    finds_her_vote(phones["Гүлзат Асанова"], number)


def decides_by_states(chair: Walker, secretary: Walker, meeting: str, phones: dict[str, Walker]) -> None:
    """One State, one vote: more than half of all."""
    chair.press("Next: %(number)s. %(title)s")
    puts_to_the_vote(
        chair, HOTLINE, rule="More than half of all members", how="By States: one vote for each State, whose members must agree"
    )
    votes(phones["Гүлзат Асанова"], "vote|For")
    votes(phones["Арман Оспанов"], "vote|For")
    writes_down(secretary, meeting, HOTLINE, {"Фаррух Назаров": "vote|For", "Узбекистан": "vote|I abstain"})
    closes(chair, secretary, meeting, HOTLINE)


def closes(chair: Walker, secretary: Walker, meeting: str, one: Asked) -> None:
    """The chair closes; the result stands on her page; the secretary writes the decision."""
    chair.go(f"/work/meetings/{meeting}/chair/")
    chair.press("Close the vote")
    chair.sees(chair.say("Result"), one.ru)
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press("Write the decision", within=one.ru)


def holds_the_session_inside(coalition: Walker) -> None:
    """In the afternoon of the first day the coalition meets inside the council's meeting, and agrees on what it will do itself."""
    coalition.go("/work/meetings/")
    coalition.follow(SESSION)
    coalition.follow("Attendance")
    for name in ("Общественный фонд «Памир»", "Профсоюз строителей"):
        coalition.choose("Attendance", "In the room", within=name)
    coalition.press("Save the attendance")
    coalition.follow("Back to the meeting")
    coalition.press("Open the meeting")
    coalition.press("Call this point", within="1. Общая горячая линия")
    coalition.follow("Propose", within="1. Общая горячая линия")
    coalition.write("What we propose", ru=TOGETHER, ky="Бул линияда биздин юристтер кезектешип турат.")
    coalition.press("Propose")
    coalition.press("Adopt by consensus", within=TOGETHER)
    coalition.told("The decision is adopted by consensus.")
    coalition.shot("38-session-inside")
    coalition.press("Close the meeting")


def reads_of_the_session(reader: Walker) -> None:
    """The decision is the coalition's own, and says in whose meeting it was made."""
    reader.go("/ky/meetings/")
    reader.follow(SESSION_KY)
    reader.sees("Кеңештин биринчи жыйыны", "Бул линияда биздин юристтер кезектешип турат.")
    reader.shot("39-public-session-inside")


def agrees(secretary: Walker, meeting: str, one: Asked) -> None:
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press("Adopt by consensus", within=one.ru)
    secretary.told("The decision is adopted by consensus.")
