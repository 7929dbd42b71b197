"""Checking what was read, through HTTP: accepting, correcting, rejecting, undoing, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.kernel.findings import taker_of
from kenesh.kernel.models import TrailEntry
from kenesh.library import actions
from kenesh.library.actions import import_document
from kenesh.library.models import Confirmation, Document, Figure
from kenesh.library.proposals import Proposals
from kenesh.people.models import Body, Organisation, OrganisationKind, Person, Role

pytestmark = pytest.mark.django_db

Press = Callable[..., str]


def page(client: Client, document: Document) -> str:
    answer = client.get(f"/work/library/{document.code}/review/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def organisation(name: str, kind: str = OrganisationKind.NGO) -> Organisation:
    return Organisation.objects.create(name={"ru": name}, kind=kind, country="KG")


def test_the_page_shows_the_document_with_marks_and_what_it_becomes(editor: Client, document: Document) -> None:
    content = page(editor, document)
    assert '<mark data-of="persons" data-keys="persons-0">Айгерим Садыкова</mark>' in content
    assert 'id="f-persons-0"' in content
    assert content.count("etc/passwd") == 1
    assert content.index('<details class="aside">') < content.index("etc/passwd")


def test_accepting_an_organisation_enters_it_with_its_source(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    made = Organisation.objects.get()
    assert str(made.name) == "ОФ «Ак Жол»"
    confirmation = Confirmation.objects.get()
    assert (confirmation.outcome, confirmation.target) == ("accepted", f"organisation:{made.code}")
    assert list(TrailEntry.objects.order_by("number").values_list("verb", flat=True))[-2:] == [
        "add_organisation",
        "accepted_finding",
    ]


def test_an_organisation_that_is_there_is_offered_with_a_reason_and_not_entered_twice(
    editor: Client, document: Document, press: Press
) -> None:
    known = organisation("Фонд «Ak Jol»")
    content = page(editor, document)
    assert "the same name in other letters, 95 %" in content
    press(editor, document, **{"accept": "organisations-0", "target-organisations-0": f"organisation:{known.code}"})
    assert (Organisation.objects.count(), Confirmation.objects.get().target) == (1, f"organisation:{known.code}")


def test_a_ministry_without_its_country_is_not_linked_in_bulk_though_a_record_has_that_very_name(
    editor: Client, press: Press
) -> None:
    name = {"ru": "Министерство труда, социального обеспечения и миграции Кыргызской Республики"}
    Organisation.objects.create(name=name, short_name={"en": "Ministry of Labour"}, kind="ministry", country="KG")
    text = "A seminar was held in Khujand on 15 May 2024. It was organised by the Ministry of Labour."
    paper = import_document(data=text.encode(), source="note.txt", by="command").document
    assert "the same short name, 80 %" in press(editor, paper, all="sure")
    assert list(Confirmation.objects.filter(field="organisations")) == []


def test_what_a_name_does_not_say_waits_and_is_asked(editor: Client, press: Press) -> None:
    text = (
        "Семинар прошёл в Бишкеке 15 мая 2024 года. Организаторами выступили МВД России, Посольство Узбекистана, "
        "Европейский союз, ОФ «Ак Жол» и Информационное агентство «Арена»."
    )
    paper = import_document(data=text.encode(), source="note.txt", by="command").document
    press(editor, paper, all="sure")
    made = {str(each.name): each.kind for each in Organisation.objects.all()}
    key = next(each.key for each in Proposals(paper).of("organisations") if "Арена" in each.read["name"])
    assert made == {
        "МВД России": "ministry",
        "Посольство Узбекистана": "ministry",
        "Европейский союз": "regional",
        "ОФ «Ак Жол»": "ngo",
    }
    assert "Choose what it is." in press(editor, paper, accept=key)


def test_between_two_likely_records_a_person_has_to_choose(editor: Client, document: Document, press: Press) -> None:
    for name in ("ОФ «Ак Жол»", "ОО «Ак Жол»"):
        organisation(name)
    assert "Choose which record it is" in press(editor, document, accept="organisations-0")
    assert Confirmation.objects.count() == 0


def test_a_person_is_corrected_and_gets_the_organisation_that_was_just_entered(
    editor: Client, document: Document, press: Press
) -> None:
    press(editor, document, accept="organisations-0")
    house = Organisation.objects.get()
    content = editor.get(f"/work/library/{document.code}/review/persons-0/").content.decode()
    assert f'<option value="{house.code}" selected>' in content
    said = {"name": "Садыкова Айгерим", "post": "Президент", "organisation": house.code, "seat": "", "seat_role": "member"}
    editor.post(f"/work/library/{document.code}/review/persons-0/", said)
    person = Person.objects.get()
    assert (str(person.name), person.organisation) == ("Садыкова Айгерим", house)
    confirmation = Confirmation.objects.get(key="persons-0")
    assert (confirmation.outcome, confirmation.read["name"], confirmation.confirmed["name"]) == (
        "corrected",
        "Айгерим Садыкова",
        "Садыкова Айгерим",
    )


def test_undoing_removes_what_was_made_and_nobody_uses(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    press(editor, document, undo="organisations-0")
    assert (Organisation.objects.count(), Confirmation.objects.count()) == (0, 0)


def test_undoing_keeps_what_somebody_uses_by_now(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    Person.objects.create(name={"ru": "Айгерим"}, organisation=Organisation.objects.get())
    press(editor, document, undo="organisations-0")
    assert (Organisation.objects.count(), Confirmation.objects.count()) == (1, 0)


def test_undoing_keeps_what_was_changed_since(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    Organisation.objects.update(mailbox="office@example.org")
    press(editor, document, undo="organisations-0")
    assert Organisation.objects.count() == 1


def test_pressing_twice_takes_a_finding_once(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, accept="organisations-0")
    assert "Already" not in press(editor, document, accept="organisations-0")
    assert (Organisation.objects.count(), Confirmation.objects.count()) == (1, 1)


def test_who_comes_second_is_told_who_accepted(
    editor: Client, document: Document, press: Press, make_account: Callable[..., Any]
) -> None:
    press(editor, document, accept="organisations-0")
    second = Client()
    second.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    second.force_login(make_account("Meerim", Role.EDITOR).user)
    assert "Already accepted by Emil." in press(second, document, reject="organisations-0")
    assert Confirmation.objects.get().outcome == "accepted"


def test_a_rejected_country_leaves_the_document_and_comes_back_with_undo(
    editor: Client, document: Document, press: Press
) -> None:
    press(editor, document, reject="countries-1")
    document.refresh_from_db()
    assert document.countries == ["KG", "TJ", "RU"]
    press(editor, document, undo="countries-1")
    document.refresh_from_db()
    assert document.countries == ["KG", "UZ", "TJ", "RU"]
    assert sorted(document.named_countries.values_list("country", flat=True)) == ["KG", "RU", "TJ", "UZ"]


def test_the_page_asks_the_database_as_often_after_ten_decisions_as_before(
    editor: Client, document: Document, press: Press
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(editor, document)
        return len(captured)

    press(editor, document, accept="organisations-0")
    press(editor, document, accept="title-0")
    press(editor, document, accept="figures-0")
    before = queries()
    for key in ("countries-0", "countries-1", "figures-1", "figures-2", "organisations-1"):
        press(editor, document, accept=key)
    assert queries() <= before


def test_an_outsider_and_a_caseworker_find_nothing(document: Document, client: Client, make_account: Callable[..., Any]) -> None:
    client.force_login(make_account("Eve").user)
    assert client.get(f"/work/library/{document.code}/review/").status_code == 404
    assert client.post(f"/work/library/{document.code}/review/", {"accept": "title-0"}).status_code == 404


def test_a_theme_that_one_word_hints_at_waits_for_a_look(document: Document) -> None:
    found = Proposals(document)
    assert {one.read["concept"]: one.sure for one in found.of("themes")} == {
        "late-or-partial-wages": True,
        "no-contract": True,
        "debt": False,
    }
    assert [one.read["themes"] for one in found.of("problems")] == [["late-or-partial-wages", "no-contract"]]


def test_what_is_sure_is_accepted_with_one_button(editor: Client, document: Document, press: Press) -> None:
    content = page(editor, document)
    number = int(re.search(r"Accept (\d+) that are sure", content)[1])  # type: ignore[index]
    assert f"{number} were accepted." in press(editor, document, all="sure")
    assert Confirmation.objects.filter(outcome="accepted").count() == number > 10


def test_everything_can_be_taken_back(editor: Client, document: Document, press: Press) -> None:
    press(editor, document, all="sure")
    press(editor, document, all="undo")
    document.refresh_from_db()
    assert (Confirmation.objects.count(), Organisation.objects.count(), Person.objects.count()) == (0, 0, 0)
    assert (document.countries, document.checked_at) == (["KG", "UZ", "TJ", "RU"], None)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_accept_at_the_same_moment_make_one_record(document: Document, make_account: Callable[..., Any]) -> None:
    people = [make_account(name, Role.EDITOR).user for name in ("Emil", "Meerim")]
    finding = next(each for each in Proposals(document).all if each.key == "organisations-0")
    together, told = Barrier(2), []

    def accept(user: Any) -> None:
        facts = taker_of("organisations").propose([finding], user)[0].facts
        together.wait()
        try:
            actions.accept_finding(document=document, key=finding.key, facts=facts, by=user)
        except actions.AlreadyDecided as there:
            told.append(there.confirmation.decided_by)
        finally:
            connection.close()

    threads = [Thread(target=accept, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    confirmation = Confirmation.objects.get()
    assert (Organisation.objects.count(), told) == (1, [confirmation.decided_by])


def test_a_meeting_whose_day_the_document_does_not_tell_is_proposed_and_waits_for_a_look() -> None:
    text = (
        b"Round table on migration in Astana\n\nToday in Astana a round table on migration took place. Experts took part in it."
    )
    paper = actions.import_document(data=text, source="note.txt", by="command").document
    assert [(one.read["start"], one.read["place"], one.sure) for one in Proposals(paper).of("meeting")] == [
        (None, "Astana", False)
    ]


def test_a_meeting_is_proposed_with_the_title_the_days_and_the_place_that_were_corrected(editor: Client) -> None:
    text = "Заседание совета по миграции\n\n13–14 апреля с.г. в Женеве прошло заседание совета по миграции."
    paper = import_document(data=text.encode(), source="note.txt", by="command").document
    for key, said in {
        "title-0": {"title": "Двадцать вторая сессия"},
        "dates-0": {"start": "2015-04-13", "end": "2015-04-14"},
        "places-0": {"name": "Дворец Наций", "country": "CH"},
    }.items():
        assert editor.post(f"/work/library/{paper.code}/review/{key}/", said).status_code == 302
    form = editor.get(f"/work/library/{paper.code}/review/meeting-0/").context["form"]
    assert [form[name].value() for name in ("title", "start", "end", "place", "country")] == [
        "Двадцать вторая сессия", "2015-04-13", "2015-04-14", "Дворец Наций", "CH",
    ]  # fmt: skip
    editor.post(f"/work/library/{paper.code}/review/", {"undo": "places-0"})
    editor.post(f"/work/library/{paper.code}/review/", {"reject": "places-0"})
    form = editor.get(f"/work/library/{paper.code}/review/meeting-0/").context["form"]
    assert form["place"].value() == ""


def test_what_was_read_is_shown_in_words_and_not_in_codes(editor: Client) -> None:
    text = (
        "Заседание совета\n\n13 апреля с.г. в Женеве прошло заседание. В городе живёт более 1 млн. граждан. Задано 70 вопросов."
    )
    paper = import_document(data=text.encode(), source="note.txt", by="command").document
    content = page(editor, paper)
    for words in ("13 April (the year is not known)", "more than 1\xa0000\xa0000", "<dt>What is counted</dt><dd>граждан</dd>"):
        assert words in content
    assert re.findall(r">(?:--04-13|persons|questions|1000000)<", content) == []
    refused = editor.post(f"/work/library/{paper.code}/review/figures-0/", {"value": "20", "to": "10"})
    assert "Write a number that is larger than the first one." in refused.content.decode()


def test_words_that_do_not_stand_in_the_document_are_asked_again_and_nothing_is_lost(editor: Client, document: Document) -> None:
    address = f"/work/library/{document.code}/add/?field=places"
    said = {"name": "Ош", "country": "KG", "words": "words of another paper"}
    content = editor.post(address, said).content.decode()
    assert "These words do not stand in the document." in content
    assert 'value="Ош"' in content
    assert "words of another paper</textarea>" in content
    assert Confirmation.objects.count() == 0
    words = document.text.split("\n")[0].replace(" ", "\n ")
    editor.post(address, {**said, "words": words})
    assert Confirmation.objects.get().confirmed["at"] == [[0, len(document.text.split("\n")[0])]]


def test_a_press_on_one_button_indexes_the_document_at_most_once(editor: Client, document: Document, press: Press) -> None:
    for button in ("sure", "rest", "undo"):
        with CaptureQueriesContext(connection) as captured:
            press(editor, document, all=button)
        assert sum('UPDATE "search_entry"' in query["sql"] for query in captured) <= 1


def test_a_theme_that_is_taken_back_leads_to_the_document_no_more(editor: Client, document: Document) -> None:
    def found() -> bool:
        return f"/library/{document.code}/" in editor.get("/en/search/?q=visa+scam").content.decode()

    before = found()
    editor.post(f"/work/library/{document.code}/add/?field=themes", {"concept": "recruitment-fraud", "words": ""})
    after = found()
    editor.post(f"/work/library/{document.code}/review/", {"all": "undo"})
    assert (before, after, found()) == (False, True, False)


def test_a_record_that_another_document_names_goes_with_the_last_decision(
    editor: Client, document: Document, press: Press
) -> None:
    other = actions.import_document(data="ОФ «Ак Жол» провёл встречу в Оше.".encode(), source="b.txt", by="command").document
    press(editor, document, accept="organisations-0")
    target = f"organisation:{Organisation.objects.get().code}"
    press(editor, other, **{"accept": "organisations-0", "target-organisations-0": target})
    press(editor, document, undo="organisations-0")
    assert Organisation.objects.count() == 1
    press(editor, other, undo="organisations-0")
    assert Organisation.objects.count() == 0


def test_a_seat_that_a_second_document_gave_to_a_known_person_goes_with_its_own_decision(
    editor: Client, document: Document, press: Press
) -> None:
    text = "Председатель Совета по миграции Айгерим Садыкова открыла заседание."
    other = actions.import_document(data=text.encode(), source="b.txt", by="command").document
    press(editor, document, accept="persons-0")
    body = Body.objects.create(name={"ru": "Совет по миграции"}, kind=Body.Kind.COUNCIL)
    said = {"name": "Айгерим Садыкова", "post": "Председатель", "organisation": "", "seat": body.code, "seat_role": "chair"}
    target = f"person:{Person.objects.get().code}"
    editor.post(f"/work/library/{other.code}/review/persons-0/", {**said, "target": target})
    assert body.memberships.count() == 1
    press(editor, other, undo="persons-0")
    assert (body.memberships.count(), Person.objects.count()) == (0, 1)


def test_a_part_with_a_number_of_many_digits_is_no_error(editor: Client, document: Document) -> None:
    assert editor.get(f"/work/library/{document.code}/review/?part={'9' * 5000}").status_code == 200


def test_a_name_that_was_confirmed_in_one_language_is_known_in_the_next_document(editor: Client, press: Press) -> None:
    def paper(text: str) -> Document:
        return actions.import_document(data=text.encode(), source=f"{text}.txt", by="command").document

    press(editor, paper("Заседание провёл Профсоюз строителей «Единство» в Оше."), accept="organisations-0")
    known = Organisation.objects.get()
    english = paper("The Builders’ Union “Birdik” held a meeting in Osh.")
    address = f"/work/library/{english.code}/review/organisations-0/"
    said = {"name": "Builders’ Union “Birdik”", "what": "union", "country": "KG", "role": "", "other": "строит", "looked": ""}
    looked = editor.post(address, said).content.decode()
    assert (f'value="organisation:{known.code}"' in looked, "Builders’ Union “Birdik”" in looked) == (True, True)
    editor.post(address, {**said, "looked": "строит", "target": f"organisation:{known.code}"})
    again = paper("Experts of the Builders’ Union “Birdik” spoke in Bishkek.")
    assert "somebody confirmed that this name means it, 98 %" in page(editor, again)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [("", "Write a part of its name, in any of its languages, and look."), ("a" * 201, "This text is too long.")],
)
def test_looking_for_nothing_or_too_much_accepts_nothing(editor: Client, document: Document, words: str, told: str) -> None:
    said = {"name": "Ак Жол", "what": "ngo", "country": "KG", "role": "", "other": words, "looked": "", "look": "1"}
    for address in ("review/organisations-0/", "add/?field=organisations"):
        answer = editor.post(f"/work/library/{document.code}/{address}", said).content.decode()
        assert (told in answer, 'value="Ак Жол"' in answer, Organisation.objects.count()) == (True, True, 0)


def test_a_comma_that_may_stand_for_thousands_is_asked_about(editor: Client, document: Document) -> None:
    said = {"value": "1,240", "unit": "persons", "what": "", "source": "", "year": ""}
    address = f"/work/library/{document.code}/review/figures-0/"
    assert "Write 1240, or 1.24 with a point." in editor.post(address, said).content.decode()
    assert editor.post(address, {**said, "value": "38,5"}).status_code == 302
    assert Figure.objects.get().value == Decimal("38.5")
