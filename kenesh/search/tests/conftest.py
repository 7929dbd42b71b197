"""A room of the tests' own: leaflets that somebody lays out and takes away again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pytest

from kenesh.search import actions, findable
from kenesh.search.findable import Findable, Shown, Text


class Leaflets:
    """Leaflets by their codes."""

    kind = "leaflet"
    label = "Leaflets"

    def __init__(self) -> None:
        self.laid_out: dict[str, Findable] = {}

    def codes(self) -> Iterable[str]:
        return list(self.laid_out)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        return [leaflet for code, leaflet in self.laid_out.items() if code in codes]

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for leaflet in self.things(codes):
            text = leaflet.texts[0]
            yield Shown(leaflet.code, text.title, text.body, text.language, f"/leaflets/{leaflet.code}/", "Leaflet")

    def lay_out(
        self,
        code: str,
        language: str,
        title: str,
        body: str = "",
        *,
        country: str = "",
        year: int | None = None,
        council: str = "",
    ) -> None:
        """Makes a leaflet public."""
        countries = (country,) if country else ()
        self.laid_out[code] = Findable(code, (Text(language, title, body),), {}, countries, year, council)
        actions.keep(self.kind, [code])

    def take_away(self, code: str) -> None:
        del self.laid_out[code]
        actions.keep(self.kind, [code])


@pytest.fixture
def leaflets(db: None) -> Iterator[Leaflets]:
    room = Leaflets()
    findable.register(room)
    yield room
    findable.forget(room)


@pytest.fixture
def shelf(leaflets: Leaflets) -> Leaflets:
    """Six leaflets in six languages: three about unpaid wages, one about the entry ban, one about children, one about a person."""
    leaflets.lay_out(
        "ru-wages", "ru", "Работодатель не платит зарплату", "Как пожаловаться в прокуратуру.", country="RU", year=2023
    )
    leaflets.lay_out("ky-wages", "ky", "Айлык бербей жатат", "Прокуратурага кантип кайрылуу керек.", country="RU", year=2024)
    leaflets.lay_out(
        "uz-wages", "uz", "Ish haqi toʻlanmasligi", "Prokuraturaga qanday murojaat qilish mumkin.", country="KZ", year=2024
    )
    leaflets.lay_out(
        "tg-ban", "tg", "Манъи вуруд ба Русия", "Чӣ тавр рӯйхатро дар Гулистон тафтиш кардан мумкин аст.", country="RU", year=2024
    )
    leaflets.lay_out(
        "en-school",
        "en",
        "School for children of migrants",
        "Which papers a school may ask for.",
        country="KG",
        council="abcd2345",
    )
    leaflets.lay_out("kk-person", "kk", "Кеңес төрағасы Рахмонов сөз сөйледі", "Отырыс Алматыда өтті.", country="KZ", year=2023)
    return leaflets
