"""No barrier on any page: axe-core (WCAG 2.2 AA and good practice) on every address that answers, in a real browser.

Each page is opened once in Kyrgyz and looked at on a phone in the light (all rules), on a phone in the dark (contrast) and on a wide
screen (contrast and size of targets). In the other languages, whose words are longer, no page scrolls sideways and nothing sticks out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from kenesh.cast import PASSWORD, code_of, enter, give_factor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Each look: width in pixels, light or dark, the rules of axe ([] is all of them, None is none).
Looks = Sequence[tuple[int, Literal["light", "dark"], list[str] | None]]
CONTRAST, SOME = ["color-contrast"], ["color-contrast", "target-size"]
IN_FULL: Looks = [(360, "light", []), (360, "dark", CONTRAST), (1280, "light", SOME)]
WIDE_IN_THE_DARK: Looks = [*IN_FULL, (1280, "dark", CONTRAST)]
ALL_RULES: Looks = [(360, "light", []), (1280, "light", None)]
WIDTH: Looks = [(360, "light", None)]
ALL_WIDTHS: Looks = [(360, "light", None), (1280, "light", None)]
PUBLIC = [
    "home", "privacy", "data", "problems:list", "problems:problem", "problems:quotations", "problems:trends", "problems:trend_of_corridor",
    "council:bodies", "council:body", "council:list",
    "council:meeting", "council:programme", "council:answer_invitation", "council:written_answer", "council:decision",
    "followup:list", "followup:recommendation", "library:list", "library:document", "library:questions",
    "followup:versions", "followup:version", "followup:embed", "followup:scoreboard", "followup:follow",
    "followup:report",
    "search:page",
    "themes:list", "themes:theme", "people:mail_stop", "people:centres", "people:centre",
]  # fmt: skip
CASEWORK = [
    "site_work:home", "casework_work:queue", "casework_work:appeal", "casework_work:case", "casework_work:add_person",
    "casework_work:person", "casework_work:add_matter",
    "casework_work:matter", "problems_work:list", "problems_work:propose", "problems_work:problem", "people_work:colleagues",
    "people_work:admit", "people_work:account", "people_work:own_factors", "people_work:add_factor", "people_work:unlock", "people_work:make_key",
]  # fmt: skip
DAY = [  # of a caseworker: what stands beside and inside a case
    "casework_work:urgent", "casework_work:search", "casework_work:intake", "casework_work:calls", "casework_work:contacts",
    "casework_work:appeal_files", "casework_work:conflicts", "casework_work:facts", "casework_work:add_party", "casework_work:sheet",
    "casework_work:reach", "casework_work:brigade", "casework_work:deadlines", "casework_work:files", "casework_work:money",
    "casework_work:one_sum", "casework_work:followup", "casework_work:letters", "casework_work:letter", "casework_work:letter_templates",
    "casework_work:sharing", "casework_work:refer", "casework_work:hand_over", "casework_work:add_external", "casework_work:referral",
    "casework_work:keeping", "casework_work:keeping_office", "casework_work:alarm", "casework_work:step", "casework_work:job",
    "casework_work:renewal", "casework_work:closing", "office_work:calendar", "office_work:followups", "office_work:jobs", "office_work:limit",
    "office_work:statistics", "casework_work:statistics_report", "casework_work:months",
    "office_work:limits", "office_work:office_rules", "office_work:referrals", "casework_work:quote", "casework_work:quotation",
    "office_work:quotations", "casework_work:deadline_change",
    "office_work:registers", "casework_work:register", "casework_work:register_columns", "casework_work:register_report",
    "casework_work:register_values",
]  # fmt: skip
SECRETARY = [
    "council_work:list", "council_work:new", "council_work:meeting", "council_work:edit", "council_work:new_item", "council_work:item",
    "council_work:propose", "council_work:attendance", "council_work:votes", "council_work:urn", "council_work:minutes",
    "council_work:excerpt", "council_work:programme", "council_work:new_session", "council_work:session", "council_work:room", "council_work:next",
    "council_work:phones", "council_work:beamer", "council_work:chair", "council_work:election", "council_work:venue",
    "council_work:new_election", "council_work:ballot", "council_work:proxies", "council_work:weights", "council_work:new_written",
    "council_work:own_calendar", "problems_work:edit",
    "council_work:proposal", "council_work:edit_proposal", "council_work:edit_text", "council_work:amend", "council_work:amendment",
    "council_work:merge", "council_work:law_row", "council_work:states", "council_work:notes",
    "problems_work:version", "problems_work:add_figure", "problems_work:escalate", "problems_work:escalation",
    "council_work:invitations", "council_work:invitation", "council_work:check_in", "council_work:badge", "council_work:badges",
    "council_work:rules", "council_work:papers", "council_work:travel", "council_work:written_letters",
    "followup_work:list", "followup_work:add", "followup_work:recommendation", "followup_work:edit", "followup_work:link",
    "followup_work:letter", "followup_work:incoming", "followup_work:response", "followup_work:action", "followup_work:judge",
    "followup_work:register", "followup_work:letterhead", "followup_work:due_by_law", "followup_work:due_by_law_edit",
    "followup_work:write_letter", "followup_work:addressee_settings", "followup_work:serves", "followup_work:extension",
    "followup_work:details", "followup_work:sources", "followup_work:boards", "followup_work:board", "followup_work:score_words",
    "followup_work:imports", "followup_work:import", "followup_work:report",
    "followup_work:assess", "followup_work:proceeding_add", "followup_work:reminders", "followup_work:letter_scan", "followup_work:ask_named",
    "followup_work:ask_successor",
    "themes_work:list", "themes_work:propose", "themes_work:words",
    "library_work:list", "library_work:bring", "library_work:batch", "library_work:review", "library_work:finding", "library_work:add",
    "library_work:changes", "library_work:quality",
    "people_work:address_book", "people_work:new_correspondent", "people_work:correspondent", "people_work:bring_addresses",
    "people_work:address_file", "people_work:mailings", "people_work:new_mailing", "people_work:mailing",
]  # fmt: skip
NODE = [
    "people_work:organisations", "people_work:organisation", "people_work:new_organisation", "people_work:edit_organisation",
    "people_work:bodies", "people_work:body", "people_work:new_body", "people_work:edit_body", "people_work:new_seat",
    "people_work:seat", "people_work:founding", "people_work:projects", "people_work:new_project", "people_work:project",
    "people_work:edit_project", "council_work:project_documents", "council_work:project_meetings",
    "people_work:persons", "people_work:new_person", "people_work:edit_person", "people_work:correct_organisation", "people_work:accounts",
    "people_work:same_organisation", "people_work:join_organisations", "people_work:same_person", "people_work:join_persons",
    "people_work:new_account", "people_work:colleague", "people_work:start_password", "people_work:close", "people_work:trail",
    "office_work:new_limit",
]  # fmt: skip

# Texts and controls that reach beyond the card they lie in; what scrolls by itself may be wider.
STICKING_OUT = """() => [...document.querySelectorAll('.card :is(a, p, dd, li, button, input, select, textarea, label, h2, h3)')]
  .filter(e => !e.closest('.scroll, .visually-hidden, svg, [hidden]') && e.getBoundingClientRect().width > 1
    && e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right + 1)
  .map(e => e.outerHTML.slice(0, 100))"""


class Visitor:
    """A browser in one language, and what hinders a reader on each page that it opens."""

    def __init__(self, page: Page, base: str, language: str, barriers: Callable[..., list[str]], looks: Looks) -> None:
        self.page, self.base, self.language, self.barriers, self.looks = page, base, language, barriers, looks
        self.page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base}])
        self.found: dict[str, list[str]] = {}

    def open(self, path: str) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def look(self, name: str) -> None:
        for width, scheme, rules in self.looks:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate("scrollTo(0, 0)")  # an error moves the page: the bar on top would lie over half of the header
            found = [] if rules is None else self.barriers(self.page, rules or None)
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append("the page scrolls sideways")
            found += [f"sticks out of its card: {text}" for text in self.page.evaluate(STICKING_OUT)]
            if found:
                self.found[f"{name}, {width} px, {scheme}"] = found
        if len(self.looks) > 1:  # what comes next is done on a phone in the light
            self.page.set_viewport_size({"width": self.looks[0][0], "height": 800})
            self.page.emulate_media(color_scheme=self.looks[0][1])

    def visit(self, names: list[str], world: Any) -> None:
        for name in names:
            path = reverse(name, kwargs=world.arguments.get(name, {}))
            self.open(path if path.startswith("/work/") else f"/{self.language}/{path.split('/', 2)[2]}")
            self.look(name)

    def sign_in(self, user: Any) -> None:
        """On the pages themselves, which are looked at."""
        give_factor(user)
        self.open("/work/sign-in/")
        self.look("people_work:sign_in")
        self.page.fill('[name="email"]', user.email)
        self.page.fill('[name="password"]', PASSWORD)
        self.page.locator("main form button").click()
        self.page.wait_for_url("**/second-step/**")
        self.look("people_work:second_factor")
        self.page.fill('[name="code"]', code_of(user))
        self.page.locator("main form.card button:not([hidden])").last.click()
        self.page.wait_for_url("**/work/")

    def is_signed_in(self, user: Any) -> None:
        """With the cookies of a browser in which this user went through the same doors."""
        client = Client()
        enter(client, user)
        self.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.base} for cookie in client.cookies.values()]
        )

    def walk_the_form(self) -> None:
        """Every page of the appeal form, an error among them, up to the receipt; then the status page and what it opens."""
        self.open(f"/{self.language}/appeal/")
        self.send("an error")
        self.page.locator('[name="danger"][value="yes"]').check(force=True)
        self.send("danger")
        self.open(f"/{self.language}/appeal/")
        self.page.locator('[name="danger"][value="no"]').check(force=True)
        self.page.locator('[name="theme"][value="pay"]').check(force=True)
        for name in ("where", "who", "answer", "check"):
            self.send(name)
        self.send("receipt")
        self.send("done")
        self.open(f"/{self.language}/appeal/all/")
        self.send("one page, an error")
        self.page.locator('[name="danger"][value="yes"]').check(force=True)
        self.look("one page, in danger")
        self.send("one page, check")
        self.open(f"/{self.language}/appeal/status/")
        self.look("status")

    def come_back(self, digits: str) -> None:
        self.open(f"/{self.language}/appeal/status/")
        self.page.fill('[name="receipt"]', digits)
        self.send("opened")
        self.open(f"/{self.language}/appeal/status/story/")
        self.look("story")
        self.open(f"/{self.language}/appeal/status/notice/")
        self.look("notice")
        self.open(f"/{self.language}/appeal/status/erase/")
        self.look("erase")

    def take_a_phone(self, token: str, ballot: int, election: int) -> None:
        """The link of a member: what follows the meeting, a vote, the paper of an election, what was counted."""
        self.open(f"/{self.language}/phone/{token}/")
        self.look("link of a phone")
        self.send("phone")
        for name, pk in (("vote by phone", ballot), ("paper of an election", election)):
            self.open(f"/{self.language}/phone/ballots/{pk}/")
            self.look(name)
        self.page.locator("main [type=radio], main [type=checkbox]").first.check(force=True)
        self.send("paper filled in")
        self.send("voted in secret")

    def answer(self, token: str, mailbox: str) -> None:
        """The link of an official, up to the answer that is sent; a colleague is named on the way."""
        self.open(f"/{self.language}/answer/{token}/")
        self.look("link of an official")
        self.send("code of an official")
        code = re.search(r"\b\d{4} ?\d{4}\b", str([one for one in mail.outbox if one.to == [mailbox]][-1].body))
        assert code is not None
        self.page.fill('[name="code"]', code[0])
        self.send("answer of an official")
        self.open(f"/{self.language}/answer/colleague/")
        self.look("colleague of an official")
        self.open(f"/{self.language}/answer/form/")
        self.page.locator("main form[enctype] .actions button").click()
        self.page.wait_for_load_state("load")
        self.look("answer of an official, an error")
        self.page.locator('[name="answer"]').first.check(force=True)
        self.page.fill('[name="text"]', "Да")
        self.page.locator("main form[enctype] .actions button").click()
        self.page.wait_for_load_state("load")
        self.look("answer of an official, check")
        self.page.locator("main form .actions button").first.click()
        self.page.wait_for_load_state("load")
        self.look("answer of an official, sent")

    def send(self, name: str) -> None:
        self.page.locator("main form button.button").first.click()
        self.page.wait_for_load_state("load")  # some pages link their sheet
        self.look(name)


@pytest.fixture
def visitor(
    open_page: Callable[..., Page], live_server: Any, barriers: Callable[..., list[str]], settings: Any
) -> Iterator[Callable[..., Visitor]]:
    settings.MAIL_IS_SENT = True  # so that the notice is offered
    base = live_server.url.replace("127.0.0.1", "localhost")
    made: list[Visitor] = []

    def make(language: str, looks: Looks) -> Visitor:
        made.append(Visitor(open_page(width=360), base, language, barriers, looks))
        return made[-1]

    yield make
    assert {f"{visitor.language}: {name}": found for visitor in made for name, found in visitor.found.items()} == {}


def test_public_pages(visitor: Callable[..., Visitor], world: Any) -> None:
    reader = visitor("ky", IN_FULL)
    reader.visit(PUBLIC, world)
    reader.walk_the_form()
    reader.come_back(world.receipt)
    reader.visit(["casework:quotation"], world)


@pytest.mark.parametrize("languages", [["ru"], ["uz", "tg", "kk"], ["hy", "en"]], ids=" ".join)
def test_public_pages_in_the_other_languages(visitor: Callable[..., Visitor], world: Any, languages: list[str]) -> None:
    for language in languages:
        reader = visitor(language, ALL_RULES if language == "ru" else WIDTH)
        reader.visit(PUBLIC, world)
        reader.walk_the_form()
        reader.come_back(world.receipt)
        reader.visit(["casework:quotation"], world)


@pytest.mark.parametrize(("language", "looks"), [("ky", IN_FULL), ("hy", WIDTH)], ids=["ky", "hy"])
def test_pages_behind_personal_links(
    visitor: Callable[..., Visitor], world: Any, member: Any, chynara: Any, ministry: Any, language: str, looks: Looks
) -> None:
    from kenesh.council import actions as council
    from kenesh.council.models import Ballot, Meeting
    from kenesh.followup import actions as followup
    from kenesh.followup.models import Addressee

    meeting = Meeting.objects.get(code=world.arguments["council_work:meeting"]["code"])
    election = meeting.items.get().elections.get()
    election.is_secret = True
    election.save()
    paper = council.open_round(election=election, by=chynara)
    ballot = Ballot.objects.get(meeting=meeting, closed_at=None, election=None)
    links = council.make_phone_links(meeting=meeting, by=chynara, key="barriers" * 4)
    phone = visitor(language, looks)
    phone.take_a_phone(next(token for seat, token in links if seat.person_id == member.person_id), ballot.pk, paper.pk)
    addressee = Addressee.objects.filter(organisation=ministry).order_by("id")[:1].get()
    official = visitor(language, looks)
    official.answer(followup.issue_answer_link(addressee=addressee, by=chynara), ministry.mailbox)


def test_pages_of_the_office(visitor: Callable[..., Visitor], world: Any, aigul: Any) -> None:
    caseworker = visitor("ky", WIDE_IN_THE_DARK)
    caseworker.sign_in(aigul)
    caseworker.visit(CASEWORK, world)


def test_pages_of_a_caseworkers_day(visitor: Callable[..., Visitor], world: Any, aigul: Any) -> None:
    caseworker = visitor("ky", IN_FULL)
    caseworker.is_signed_in(aigul)
    caseworker.visit(DAY, world)


def test_pages_of_the_secretary(visitor: Callable[..., Visitor], world: Any, chynara: Any) -> None:
    secretary = visitor("ky", IN_FULL)
    secretary.is_signed_in(chynara)
    secretary.visit(SECRETARY, world)


def test_pages_of_the_node_administrator(visitor: Callable[..., Visitor], world: Any, nurlan: Any) -> None:
    administrator = visitor("ky", IN_FULL)
    administrator.is_signed_in(nurlan)
    administrator.visit(NODE, world)


def test_pages_of_the_staff_in_russian_and_in_longer_words(
    visitor: Callable[..., Visitor], world: Any, aigul: Any, chynara: Any, nurlan: Any
) -> None:
    for user, language, names in (
        (aigul, "hy", DAY),
        (aigul, "ru", CASEWORK),
        (chynara, "ru", SECRETARY),
        (nurlan, "ru", NODE),
    ):
        staff = visitor(language, ALL_WIDTHS if language == "ru" else WIDTH)
        staff.is_signed_in(user)
        staff.visit(names, world)
