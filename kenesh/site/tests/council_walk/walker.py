"""Somebody at her own browser, who finds what she presses by the words that she sees in her language."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from kenesh.cast import PASSWORD, code_of, give_factor
from kenesh.config import testing
from kenesh.people import factors

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class Walker:
    """`press("Save")` takes the source text of a button and presses what it is called in this person's language."""

    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.base, self.language = page, base, language
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base}])

    # --- where she is -------------------------------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    @property
    def code(self) -> str:
        """The last part of the address."""
        return self.path.partition("#")[0].rstrip("/").rsplit("/", 1)[1]

    def shot(self, name: str) -> None:
        """Whoever wants to see the walk names a folder for it; a picture takes longer than the page."""
        if testing.PICTURES:
            folder = Path(testing.PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, f"{name}: the page is wider than the screen"

    # --- what she sees ------------------------------------------------------------------------------------------------------

    def say(self, text: str) -> str:
        """The words for this text; "vote|For" is what it means of a vote."""
        context, _bar, words = text.rpartition("|")
        with override(self.language):
            return pgettext(context, words) if context else gettext(words)

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def sees(self, *texts: str) -> None:
        shown = " ".join(self.text().split())
        assert [text for text in texts if text not in shown] == [], f"{self.path}\n{shown}"

    def sees_not(self, *texts: str) -> None:
        shown = " ".join(self.text().split())
        assert [text for text in texts if text in shown] == [], f"{self.path}\n{shown}"

    def told(self, text: str) -> None:
        """The page says, above all, that it was done."""
        self.sees(self.say(text))
        assert self.page.locator("#errors").count() == 0, self.page.locator("#errors").inner_text()

    # --- what she does ------------------------------------------------------------------------------------------------------

    def _in(self, within: str, make: Callable[[Locator | Page], Locator]) -> Locator:
        """What `make` finds in the innermost part of the page that has it and says `within`; in the whole page without that."""
        whole = self.page.locator("main")
        if not within:
            return make(whole)
        parts = whole.locator("section, article, form, li, tr, fieldset, .card, .notice").filter(has_text=self.say(within))
        return make(parts.filter(has=make(self.page)).last)

    def _one(self, found: Locator, what: str) -> Locator:
        seen = found.filter(visible=True)
        assert seen.count() == 1, f"{seen.count()} of «{what}» at {self.path}\n{self.text()}"
        return seen

    def _named(self, role: Any, label: str, within: str) -> Locator:
        """A label may have places to fill, such as "Yes, vote: %(choice)s"."""
        parts = [re.escape(part) for part in re.split(r"%\(\w+\)s", self.say(label))]
        words = re.compile(rf"^\s*{'.*'.join(parts)}")
        return self._in(within, lambda place: place.get_by_role(role, name=words))

    def press(self, label: str, within: str = "") -> None:
        self._go_by(self._one(self._named("button", label, within), label))

    def follow(self, label: str, within: str = "") -> None:
        self._go_by(self._one(self._named("link", label, within), label))

    def _go_by(self, found: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            found.click()

    def open(self, label: str, within: str = "") -> None:
        """What is folded together."""
        words = self.say(label)
        self._one(self._in(within, lambda place: place.locator("summary").filter(has_text=words)), label).click()

    def _field(self, label: str, within: str) -> Locator:
        words = re.compile(rf"^\s*{re.escape(self.say(label))}")
        return self._one(self._in(within, lambda place: place.get_by_label(words)), label)

    def fill(self, label: str, value: str, within: str = "") -> None:
        self._field(label, within).fill(value)

    def write(self, label: str, **texts: str) -> None:
        """A text in several languages: `write("Title", ru="…", ky="…")`, each into its own box."""
        names = {"ru": "Русский", "ky": "Кыргызча", "en": "English"}
        words = self.say(label)
        for language, text in texts.items():
            group = self.page.get_by_role("group", name=re.compile(rf"^{re.escape(words)}( \(|$)"))
            group.get_by_label(names[language]).fill(text)

    def choose(self, label: str, option: str, within: str = "") -> None:
        """An entry of a list, by words that it holds."""
        field = self._field(label, within)
        words = self.say(option)
        options = [one for one in field.locator("option").all_inner_texts() if words in one]
        exact = [one for one in options if one.strip() == words] or options
        assert exact, (label, words, field.locator("option").all_inner_texts())
        field.select_option(label=exact[0])

    def tick(self, label: str, within: str = "") -> None:
        """A box or one of several answers, through the words beside it."""
        words = self.say(label)
        exactly = self._in(within, lambda place: place.get_by_label(words, exact=True))
        (exactly if exactly.count() == 1 else self._field(label, within)).check()

    def sign_in(self, user: Any) -> None:
        give_factor(user)
        self.go("/work/sign-in/")
        self.page.locator('main [name="email"]').fill(user.email)
        self.page.locator('main [name="password"]').fill(PASSWORD)
        self.page.locator("main form button").first.click()
        if factors.must_have_factor(user):
            self.page.wait_for_url("**/second-step/**")
            self.page.locator('main [name="code"]').fill(code_of(user))
            self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/work/")
