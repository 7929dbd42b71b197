"""Words of the themes, through the pages of those who add them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.library.actions import import_document
from kenesh.library.reader import Reader
from kenesh.people.models import Role
from kenesh.search import queries
from kenesh.search.actions import rebuild
from kenesh.themes import analysis, following, thesaurus
from kenesh.themes.models import Proposal, UnknownWords

pytestmark = pytest.mark.django_db

SignedIn = Callable[..., Client]
WORD = {"concept": "entry-ban", "language": "ky", "text": "кирдирбей койду", "kind": "synonym"}


@pytest.fixture
def editor(make_account: Callable[..., Any]) -> Any:
    return make_account("Elvira", Role.EDITOR).user


@pytest.fixture
def signed_in(signed_in: SignedIn) -> SignedIn:
    """Who signs in reads English."""

    def sign_in(user: Any) -> Client:
        client = signed_in(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return sign_in


def said(client: Client, path: str = "/work/themes/") -> str:
    return client.get(path).content.decode()


def test_what_a_caseworker_proposes_and_an_editor_confirms_is_understood(aigul: Any, editor: Any, signed_in: SignedIn) -> None:
    answer = signed_in(aigul).post("/work/themes/propose/", WORD)
    assert answer["Location"] == "/work/themes/"
    code = Proposal.objects.get().code
    signed_in(editor).post(f"/work/themes/{code}/confirm/")
    following.refresh()
    assert [match.concept for match in analysis.tag("Мени кирдирбей койду", "ky")] == ["entry-ban"]
    thesaurus.overlay([])


def test_buttons_stand_at_words_of_others_alone(aigul: Any, editor: Any, signed_in: SignedIn) -> None:
    signed_in(aigul).post("/work/themes/propose/", WORD)
    signed_in(editor).post("/work/themes/propose/", {**WORD, "text": "жол бербеди"})
    first, second = Proposal.objects.order_by("id").values_list("code", flat=True)
    content = said(signed_in(editor))
    assert (f"/work/themes/{first}/confirm/" in content, f"/work/themes/{second}/confirm/" in content) == (True, False)
    assert "/confirm/" not in said(signed_in(aigul))


def test_ones_own_word_is_refused_with_the_reason(editor: Any, signed_in: SignedIn) -> None:
    client = signed_in(editor)
    client.post("/work/themes/propose/", WORD)
    answer = client.post(f"/work/themes/{Proposal.objects.get().code}/confirm/", follow=True)
    assert "You proposed this word yourself. Another person decides on it." in answer.content.decode()
    assert Proposal.objects.get().status == "waiting"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": ""}, "Please write the word."),
        ({"text": "123"}, "There is no letter in it. Please write a word."),
        ({"text": "x" * 121}, "This is too long. Please write at most 120 characters."),
        ({"concept": "moon"}, "Please choose one of the answers of the list."),
        ({"kind": "label", "text": "Entry"}, "This name is not in the letters of the language that you chose."),
        ({"language": "ru", "text": "чёрный список"}, "This theme has the word already, or somebody has proposed it."),
        ({"kind": "label", "language": "ru", "text": "Долговая кабала"}, "Another theme has this name: Debt bondage."),
    ],
)
def test_a_word_that_cannot_be_taken_is_told_and_kept_in_the_form(
    aigul: Any, signed_in: SignedIn, given: dict[str, str], message: str
) -> None:
    answer = signed_in(aigul).post("/work/themes/propose/", {**WORD, **given})
    content = answer.content.decode()
    assert message in content
    assert f'value="{ {**WORD, **given}["text"] }"' in content or not {**WORD, **given}["text"]
    assert Proposal.objects.count() == 0


def test_a_word_that_nobody_found_leads_to_the_form_with_it(aigul: Any, signed_in: SignedIn) -> None:
    UnknownWords.objects.create(words="кирбей калды", language="ky", month="2026-11-01", count=4)
    client = signed_in(aigul)
    address = "/work/themes/propose/?text=%D0%BA%D0%B8%D1%80%D0%B1%D0%B5%D0%B9%20%D0%BA%D0%B0%D0%BB%D0%B4%D1%8B&amp;language=ky"
    assert f'href="{address}"' in said(client, "/work/themes/words/")
    assert 'value="кирбей калды"' in said(client, address.replace("&amp;", "&"))


def test_confirmed_words_leave_as_a_file_for_the_source(aigul: Any, editor: Any, signed_in: SignedIn) -> None:
    signed_in(aigul).post("/work/themes/propose/", WORD)
    client = signed_in(editor)
    client.post(f"/work/themes/{Proposal.objects.get().code}/confirm/")
    answer = client.get("/work/themes/confirmed.json?language=ky")
    assert answer["Content-Disposition"] == 'attachment; filename="themes-ky.json"'
    assert answer.json() == {"entry-ban": {"alt": ["кирдирбей койду"]}}


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_questions_for_one_word_as_for_thirty(
    editor: Any, signed_in: SignedIn, django_assert_max_num_queries: Any, number: int
) -> None:
    for each in range(number):
        Proposal.objects.create(
            concept="pay",
            language="ru",
            text=f"слово {each}",
            compared=f"слово {each}",
            proposed_by="user:x",
            proposed_on="2026-11-01",
        )
    client = signed_in(editor)
    with django_assert_max_num_queries(7):
        client.get("/work/themes/")


def test_a_themes_page_shows_the_problems_and_documents_that_have_it(world: Any) -> None:
    content = Client().get("/en/themes/unpaid-wages/").content.decode()
    problem = world.arguments["problems:problem"]["code"]
    document = world.arguments["library:document"]["code"]
    assert f'href="/en/problems/{problem}/"' in content
    assert f'href="/en/library/{document}/"' in content
    assert f'href="/en/problems/{problem}/"' not in Client().get("/en/themes/hiv/").content.decode()


def test_a_word_in_use_can_be_taken_out_of_use(aigul: Any, editor: Any, signed_in: SignedIn) -> None:
    signed_in(aigul).post("/work/themes/propose/", WORD)
    code = Proposal.objects.get().code
    client = signed_in(editor)
    client.post(f"/work/themes/{code}/confirm/")
    assert f"/work/themes/{code}/reject/" in said(client, "/work/themes/?status=confirmed")
    client.post(f"/work/themes/{code}/reject/")
    assert Proposal.objects.get().status == "confirmed"  # a button of the list of those that wait, pressed too late
    client.post(f"/work/themes/{code}/reject/", {"in_use": "1"})
    assert Proposal.objects.get().status == "rejected"


def test_a_confirmed_word_leads_to_what_was_in_the_search_before_it(aigul: Any, editor: Any, signed_in: SignedIn) -> None:
    text = "Кечээ аэропортто мигранттарды кирдирбей койду деп гезит жазды."
    imported = import_document(data=text.encode(), source="a.txt", by="command").document
    signed_in(aigul).post("/work/themes/propose/", WORD)
    signed_in(editor).post(f"/work/themes/{Proposal.objects.get().code}/confirm/")
    rebuild()
    found = [result.code for result in queries.search("entry ban").found]
    thesaurus.overlay([])
    assert found == [imported.code]


def test_the_program_that_reads_what_people_bring_knows_the_words_of_the_node() -> None:
    thesaurus.overlay([thesaurus.Addition("entry-ban", "ky", "кирдирбей койду")])
    with Reader() as reader:
        read = reader.read("Кечээ аэропортто аны кирдирбей койду, ал кайра кетти.".encode(), "a.txt")
    thesaurus.overlay([])
    assert "entry-ban" in [theme["concept"] for theme in read["found"]["themes"]]
