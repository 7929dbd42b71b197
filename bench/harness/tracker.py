"""Fills a node with recommendations and reads its public tracker: `python -m bench.harness.tracker NUMBER REQUESTS`.

Prints a list of pages with their times as JSON. Everything is invented; the same number always gives the same node.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

from bench.harness.desk import Browser, _nothing, _row

COUNTRIES = ("KG", "RU", "KZ", "UZ", "TJ", "AM", "BY", "AZ", "GE", "MD", "TR")
MINISTRIES = 6  # of each country
BODIES = 3
AT_ONCE = 10_000
TEXT = "Открыть единый реестр работодателей, которые не выплатили заработную плату, и обновлять его каждый месяц. № {}"


def _code(number: int) -> str:
    """The same for the same number: random ones of so many rows would meet once in fifty fillings."""
    from kenesh.kernel.codes import ALPHABET, LENGTH

    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))


class Filler:
    """Rows as the actions would leave them. `chance` is seeded."""

    def __init__(self, number: int) -> None:
        from django.utils import timezone

        from kenesh.themes import thesaurus

        self.number, self.chance, self.today = number, random.Random(7), timezone.localdate()
        self.addressees = 0
        self.themes = [one.id for one in thesaurus.concepts().values() if one.is_theme]

    def organisations(self) -> None:
        from kenesh.people.models import Body, Organisation, OrganisationKind
        from kenesh.themes.texts import Translated

        Body.objects.bulk_create(
            Body(name=Translated(ru=f"Совет {n}"), kind=Body.Kind.COUNCIL, publishes_decisions=True) for n in range(BODIES)
        )
        Organisation.objects.bulk_create(
            Organisation(name=Translated(ru=f"Министерство {n} ({country})"), kind=OrganisationKind.MINISTRY, country=country)
            for country in COUNTRIES
            for n in range(MINISTRIES)
        )
        self.bodies, self.asked = list(Body.objects.order_by("id")), list(Organisation.objects.order_by("id"))

    def fill(self) -> None:
        """Recommendations with all that lies below, then the scoreboards."""
        from django.db import transaction

        from kenesh.followup import counts
        from kenesh.followup.actions.scores import count_line
        from kenesh.followup.models import FiledKey, Scoreboard, ShownSilence
        from kenesh.kernel import bulk

        self.organisations()
        self.keys: set[str] = set()
        for start in range(0, self.number, AT_ONCE):
            with transaction.atomic():
                self._some(start, min(AT_ONCE, self.number - start))
        FiledKey.objects.bulk_create(FiledKey(key=one) for one in sorted(self.keys))
        month = timedelta(days=30)
        for body in self.bodies:
            for organisation in self.asked:  # before the board is announced: whose line comes later waits for its days
                count_line(body, organisation)
            for shown in (Scoreboard, ShownSilence):
                shown.objects.create(body=body, announced_on=self.today - month, opens_on=self.today - month + timedelta(days=14))
        counts.fold()
        bulk.look_at_sizes()

    def _some(self, start: int, count: int) -> None:
        from kenesh.followup.models import (
            AboutConcept,
            Addressee,
            Filed,
            Recommendation,
            RecommendationSource,
            RecordVersion,
            Response,
            Verdict,
        )

        models = (Recommendation, Addressee, AboutConcept, RecommendationSource, Filed, RecordVersion, Response, Verdict)
        self.rows: dict[Any, list[Any]] = {model: [] for model in models}
        for number in range(start, start + count):
            self._one(number)
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=2_000)

    def _one(self, number: int) -> None:
        from kenesh.followup.actions.filing import with_broader
        from kenesh.followup.models import (
            AboutConcept,
            Addressee,
            Filed,
            Judgement,
            Recommendation,
            RecommendationSource,
            RecordVersion,
            SourceKind,
            Stage,
            Stance,
        )
        from kenesh.followup.queries.filters import ALL, key
        from kenesh.themes.texts import Translated

        chance, pk = self.chance, number + 1
        stage = chance.choices(list(Stage), (50, 30, 20))[0]
        due = self.today + timedelta(days=chance.randrange(-3_000, 300))
        body, asked = chance.choice(self.bodies), chance.sample(self.asked, chance.choice((1, 1, 2)))
        kind, themes = chance.choice(SourceKind.values), chance.sample(self.themes, chance.choice((1, 2)))
        row = Recommendation(
            pk=pk, code=_code(pk), body=body, text=Translated(ru=TEXT.format(pk)), source_kind=kind, is_public=True, due=due, answer_by=due,
            stage=stage, public_stage=stage,
        )  # fmt: skip
        self.rows[Recommendation].append(row)
        for organisation in asked:
            self.addressees += 1
            addressee = Addressee(pk=self.addressees, code=_code(self.addressees), recommendation=row, organisation=organisation)
            self.rows[Addressee].append(addressee)
            if stage != Stage.WAITING:
                self._answer(addressee, due, chance.choice(list(Stance)))
        if stage == Stage.VERIFIED:
            self._verdict(row, due, chance.choice(list(Judgement)))
        self.rows[AboutConcept] += [AboutConcept(recommendation=row, concept=one) for one in themes]
        place = {"symbol": f"CMW/C/{pk // 50}/CO/1", "paragraph": str(pk % 50)}
        self.rows[RecommendationSource].append(RecommendationSource(recommendation=row, kind=kind, **place))
        keys = {ALL, key("body", body.code), key("from", kind)}
        keys |= {key("to", one.code) for one in asked} | {key("in", one.country) for one in asked}
        keys |= {key("theme", above) for one in themes for above in with_broader(one)}
        self.keys |= keys
        self.rows[Filed] += [Filed(recommendation=row, key=one, stage=stage, late_after=due) for one in sorted(keys)]
        self.rows[RecordVersion].append(RecordVersion(recommendation=row, number=1, record={"text": dict(row.text)}))

    def _answer(self, addressee: Any, due: date, stance: Any) -> None:
        import uuid

        from kenesh.followup.models import Response, ResponseKind

        on = min(due + timedelta(days=self.chance.randrange(-40, 60)), self.today)
        self.rows[Response].append(
            Response(
                code=_code(addressee.pk),
                addressee=addressee,
                kind=ResponseKind.SUBSTANTIVE,
                stance=stance,
                text="Принято к сведению.",
                received_on=on,
                entered_by=self.secretary,
                is_public=True,
                request_key=uuid.UUID(int=addressee.pk),
            )
        )

    def _verdict(self, row: Any, due: date, judgement: Any) -> None:
        import uuid

        from kenesh.followup.models import Verdict

        self.rows[Verdict].append(
            Verdict(
                recommendation=row,
                judgement=judgement,
                judged_on=min(due, self.today),
                reply_until=due,
                is_public=True,
                request_key=uuid.UUID(int=row.pk),
            )
        )

    @property
    def secretary(self) -> Any:
        from kenesh.people.models import User

        if not hasattr(self, "_secretary"):
            self._secretary = User.objects.order_by("id").first() or User.objects.create(email="bench@example.org", name="Bench")
        return self._secretary


def pages(filler: Filler, browser: Browser) -> list[tuple[str, Callable[[int], None]]]:
    """What a reader asks for, another one each time."""
    from kenesh.followup.models import Recommendation

    middle = Recommendation.objects.get(pk=filler.number // 2).code
    codes = list(Recommendation.objects.order_by("?").values_list("code", flat=True)[:200])
    whole = "/ru/recommendations/"
    top = [one for one in filler.themes if one in ("pay", "documents-stay", "bans-expulsion", "detention-police")]

    def get(address: Callable[[int], str]) -> Callable[[int], None]:
        return lambda number: _nothing(browser.get(address(number)))

    def asked(number: int) -> str:
        return str(filler.asked[number % len(filler.asked)].code)

    def country(number: int) -> str:
        return COUNTRIES[number % len(COUNTRIES)]

    return [
        ("list", get(lambda _number: whole)),
        ("list: deep in it", get(lambda _number: f"{whole}?after={middle}")),
        ("list: late ones", get(lambda _number: f"{whole}?status=overdue")),
        ("list: a country", get(lambda number: f"{whole}?country={country(number)}")),
        ("list: an addressee", get(lambda number: f"{whole}?addressee={asked(number)}")),
        ("list: a theme", get(lambda number: f"{whole}?theme={top[number % len(top)]}")),
        ("list: a body", get(lambda number: f"{whole}?body={filler.bodies[number % BODIES].code}")),
        ("list: a source, checked", get(lambda _number: f"{whole}?source=upr&status=verified")),
        (
            "list: four filters",
            get(lambda number: f"{whole}?country={country(number)}&theme=pay&source=upr&body={filler.bodies[0].code}"),
        ),
        ("one recommendation", get(lambda number: f"{whole}{codes[number % len(codes)]}/")),
        ("scoreboard", get(lambda number: f"{whole}scoreboard/{filler.bodies[number % BODIES].code}/")),
        ("feed", get(lambda _number: f"{whole}feed/")),
    ]


def main(number: int, requests: int) -> None:
    from django.core.management import call_command

    from kenesh.site.warming import warm_up

    call_command("collectstatic", interactive=False, verbosity=0)
    filler = Filler(number)
    filler.fill()
    browser = Browser()
    warm_up()  # as a process of the web server does before its first request
    print(json.dumps([_row(name, act, browser, requests) for name, act in pages(filler, browser)]))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
