"""Everything public can be found, by page and by command, and nothing else."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kenesh.library.actions import import_document
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem
from kenesh.search.queries import search
from kenesh.site.command_line import Refused, build_parser
from kenesh.site.search_command import search as search_command
from kenesh.themes.models import UnknownWords
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parents[2] / "library" / "samples"


def kinds(text: str) -> list[str]:
    return [result.kind for result in search(text).found]


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    search_command(build_parser().parse_args(["search", *arguments, "--json"]))
    return json.loads(capsys.readouterr().out)


def test_an_imported_document_is_found_at_once_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    name = "minutes-ky.txt"
    import_document(data=(SAMPLES / name).read_bytes(), source=name, by="command")
    found = command(capsys, "unpaid", "wages", "--language", "en", "--limit", "1")["results"]
    assert [(row["kind"], row["source"], row["language"]) for row in found] == [("document", name, "ky")]
    assert (0 < found[0]["score"] <= 1, found[0]["found_through"]) == (True, ["Unpaid wages"])


def test_where_nothing_is_found_the_command_says_so_with_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(capsys, "зарплата") == {"results": []}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "say what to look for: kenesh search WORDS"),
        (["x", "--language", "xx"], "'xx' is not a language of ours"),
        (["x", "--in", "xx"], "'xx' is not a language of ours"),
        (["x", "--kind", "secret"], "there is no kind 'secret': write one of "),
        (["x", "--country", "Kyrgyzstan"], "'Kyrgyzstan' is not a country's two-letter code: write two letters such as KG"),
        (["x", "--body", "bcdfghjk"], "there is no body 'bcdfghjk'"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why(arguments: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        search_command(build_parser().parse_args(["search", *arguments]))


def test_the_command_narrows_as_the_page_does(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("minutes-ky.txt", "press-release-ru.html"):
        import_document(data=(SAMPLES / name).read_bytes(), source=name, by="command")

    def sources(*arguments: str) -> list[str]:
        return sorted(row["source"] for row in command(capsys, "зарплата", *arguments)["results"])

    assert sources() == sources("--kind", "document") == ["minutes-ky.txt", "press-release-ru.html"]
    assert (sources("--in", "ky"), sources("--in", "ru")) == (["minutes-ky.txt"], ["press-release-ru.html"])
    assert sources("--country", "uz") == ["press-release-ru.html"]
    assert sources("--kind", "problem") == sources("--year", "1999") == []


def test_what_nobody_knows_is_counted_whether_the_page_or_a_program_asks(client: Client) -> None:
    for number, address in enumerate(("/en/search/", "/api/v1/search"), 1):
        assert client.get(address, {"q": "қишлоққа зиерат"}).status_code == 200
        assert list(UnknownWords.objects.values_list("words", "count")) == [("қишлоққа зиерат", number)]


def test_a_problem_is_found_once_a_council_has_taken_it_up_and_until_it_is_joined_to_another(
    council: Any, chynara: Any, office: Any
) -> None:
    def propose(title: str) -> Problem:
        texts = Translated(ru=title)
        empty = Translated()
        content = problems.Content(texts, texts, empty, empty, empty, "", ("entry-ban",), (("KG", "RU"),))
        return problems.propose_problem(
            body=council, organisation=office, content=content, today=datetime.date(2026, 1, 1), by=chynara
        )

    first, second = propose("О запрете въезда узнают на границе"), propose("Запрет въезда по ошибке")
    assert kinds("entry ban") == []
    for problem in (first, second):
        problems.accept_problem(problem=problem, today=datetime.date(2026, 1, 2), by=chynara)
    assert kinds("entry ban") == ["problem", "problem"]
    problems.merge_problems(problem=first, into=second, by=chynara)
    assert [result.code for result in search("entry ban").found] == [second.code]


def test_what_a_council_hides_again_is_found_no_more(world: Any) -> None:
    from kenesh.council.models import Decision, Meeting
    from kenesh.followup.models import Recommendation
    from kenesh.search.models import Entry

    public = {
        "meeting": set(Meeting.objects.filter(is_public=True).values_list("code", flat=True)),
        "decision": set(Decision.objects.filter(is_public=True).values_list("code", flat=True)),
        "recommendation": set(Recommendation.objects.filter(is_public=True).values_list("code", flat=True)),
    }
    indexed = {kind: set(Entry.objects.filter(kind=kind).values_list("code", flat=True)) for kind in public}
    assert (indexed, all(public.values())) == (public, True)
    _hide_everything(world)
    assert {kind: Entry.objects.filter(kind=kind).count() for kind in public} == dict.fromkeys(public, 0)


def _hide_everything(world: Any) -> None:
    from kenesh.council.actions.meetings import publish_meeting
    from kenesh.council.actions.proposals import publish_decision
    from kenesh.council.models import Decision, Meeting
    from kenesh.followup.actions.recommendations import unpublish
    from kenesh.followup.models import Recommendation
    from kenesh.people.models import User

    by = User.objects.order_by("id").first()
    assert by is not None
    for row in Recommendation.objects.filter(is_public=True):
        unpublish(recommendation=row, by=by)
    for decision in Decision.objects.filter(is_public=True):
        publish_decision(decision=decision, public=False, by=by)
    for meeting in Meeting.objects.filter(is_public=True):
        publish_meeting(meeting=meeting, public=False, by=by)
