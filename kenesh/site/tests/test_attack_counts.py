"""From any sequence of released, withdrawn and erased appeals over months: no published number but sums of frozen blocks.

The whole chain, from filing to the pages that everybody reads. `kenesh/problems/tests/test_partition.py` has the partition
alone, and many more examples.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework import release
from kenesh.casework.models import Case
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.problems.actions import freeze_blocks
from kenesh.problems.models import Block, Waiting
from kenesh.problems.partition import SMALLEST
from kenesh.site.tests.attackers import filed, keyring, newest_appeal

pytestmark = pytest.mark.django_db

THEMES = ("unpaid-wages", "unlawful-deductions", "pay")
Key = tuple[str, str, str, str, date, int]


class Chain(RuleBasedStateMachine):
    """People file and agree or not; the office counts them; they take back and erase; months end."""

    office: Any = None
    read = 0  # how often numbers were there to be read
    ring: Keyring
    problem: Any = None

    appeals = Bundle("appeals")

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 10, 12, tzinfo=UTC)
        self.clock = mock.patch.object(timezone, "now", side_effect=lambda: self.now)
        self.clock.start()
        self.frozen: dict[Key, int] = {}
        self.agreed: set[int] = set()
        self.life = transaction.atomic()
        self.life._from_testcase = True  # type: ignore[attr-defined]  # slow derivations are allowed in it, as in a test's own
        self.life.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.life.__exit__(None, None, None)
        self.clock.stop()

    @rule(target=appeals, agrees=st.booleans(), size=st.sampled_from([1, 1, 1, 2, 5]))
    def file(self, agrees: bool, size: int) -> tuple[int, str, int]:
        group = {"for_whom": "group", "group_size": size} if size > 1 else {}
        digits = filed(self.office, consents=["a", "d"] if agrees else ["a"], **group)
        appeal = newest_appeal()
        casework.open_from_appeal(keyring=self.ring, appeal=appeal)
        if agrees:
            self.agreed.add(appeal.pk)
        return appeal.pk, digits, size

    @rule(which=appeals, theme=st.sampled_from(THEMES), region=st.sampled_from(["Казань", ""]))
    def count(self, which: tuple[int, str, int], theme: str, region: str) -> None:
        appeal = Appeal.objects.get(pk=which[0])
        matter = Case.objects.get(appeals=appeal).matters.get()
        before = Waiting.objects.count()
        try:
            changes = {"theme": theme, "region": region}
            casework.change_row(keyring=self.ring, row=matter, changes=changes, version=matter.version)
            matter.refresh_from_db()
            release.release_matter(keyring=self.ring, matter=matter)
        except (release.NoConsent, release.ReleasedBefore, KeyMissing):
            assert Waiting.objects.count() == before
        else:
            assert which[0] in self.agreed
            assert Waiting.objects.count() == before + 1

    @rule(which=appeals, code=st.sampled_from(["a", "d"]), given=st.booleans())
    def change_mind(self, which: tuple[int, str, int], code: str, given: bool) -> None:
        self._with(which, lambda holder: appeals.set_consent(holder=holder, code=code, given=given, language="ru"))
        if code == "d":
            self.agreed = self.agreed | {which[0]} if given else self.agreed - {which[0]}

    @rule(which=consumes(appeals))
    def erase(self, which: tuple[int, str, int]) -> None:
        self._with(which, lambda holder: appeals.request_erasure(holder=holder))
        appeals.destroy_erased(today=self.now.date() + timedelta(days=10))
        assert not Appeal.objects.filter(pk=which[0]).exists()

    @rule(days=st.sampled_from([3, 31, 95]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        freeze_blocks(today=self.now.date(), by="worker")

    def _with(self, which: tuple[int, str, int], act: Any) -> None:
        cookie, _receipt = appeals.open_with_receipt(digits=which[1])
        holder = appeals.holder_of(cookie.hex())
        assert holder is not None
        act(holder)

    @invariant()
    def what_everybody_reads_is_sums_of_blocks_that_never_change(self) -> None:
        if self.office is None:
            return
        rows = {
            (one.concept, one.origin, one.destination, one.region, one.period_start, one.period_months): one.persons
            for one in Block.objects.all()
        }
        assert all(persons >= SMALLEST for persons in rows.values())
        assert {key: rows.get(key) for key in self.frozen} == self.frozen
        if rows != self.frozen:
            self.frozen = rows
            self._read_the_pages(rows)

    def _read_the_pages(self, rows: dict[Key, int]) -> None:
        type(self).read += 1
        table = Client().get(f"/ru/problems/{self.problem.code}/counts.csv")
        lines = list(csv.DictReader(io.StringIO(table.content.decode())))
        assert sorted(int(line["persons"]) for line in lines) == sorted(rows.values())
        sums = {sum(some) for number in range(len(rows) + 1) for some in itertools.combinations(rows.values(), number)}
        page = Client().get(f"/ru/problems/{self.problem.code}/").content.decode()
        shown = re.search(r'id="counts".*?</section>', page, re.DOTALL)
        told = {int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", shown.group())} if shown else set()
        assert told <= sums


def test_no_published_number_is_other_than_a_sum_of_blocks_of_five(office: Any, aigul: Any, council: Any, chynara: Any) -> None:
    from kenesh.problems import actions
    from kenesh.themes.texts import Translated

    content = actions.Content(
        title=Translated(ru="Не платят", en="No pay"), statement=Translated(ru="Не платят"), affected=Translated(ru=""),
        tried=Translated(ru=""), law=Translated(ru=""), since="", themes=("pay",), corridors=(("KG", "RU"),), documents=(),
    )  # fmt: skip
    today = date(2026, 1, 1)
    problem = actions.propose_problem(body=council, organisation=office, content=content, today=today, by=aigul)
    problem = actions.accept_problem(problem=problem, today=today, by=chynara)

    class Here(Chain):
        pass

    Here.office, Here.ring, Here.problem = office, keyring(aigul), problem
    quick = settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
        derandomize=True,
    )
    run_state_machine_as_test(Here, settings=quick)
    assert Here.read > 0
