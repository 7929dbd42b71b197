"""Letters: written here with the link in them, registered with both numbers, due by law, exported."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import date

import docx
import openpyxl
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.models import Addressee, AnswerLink, DueByLaw, Letter, Letterhead, Recommendation
from kenesh.followup.queries import correspondence
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Organisation, User

Enter = Callable[[User], Client]


@pytest.fixture
def rule(db: None) -> DueByLaw:
    return DueByLaw.objects.get(code="kg-state-reply")


@pytest.fixture
def letter_form(rule: DueByLaw) -> dict[str, str]:
    return {
        "key": uuid.uuid4().hex,
        "sent_on": "2026-03-02",
        "outgoing_number": "1",
        "language": "ru",
        "rule": str(rule.pk),
        "more": "Благодарим за встречу.",
    }


@pytest.fixture
def kyrgyz(ministry: Organisation) -> Organisation:
    ministry.country, ministry.languages = "KG", ["ru"]
    ministry.save()
    return ministry


def write(client: Client, addressee: Addressee, form: dict[str, str]) -> str:
    answer = client.post(reverse("followup_work:write_letter", args=[addressee.code]), form)
    assert answer.status_code == 200
    return answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r"/ru/answer/([\w-]{22})/", page)
    assert found
    return found[1]


def test_fourteen_working_days_leave_out_weekends_and_the_holidays_of_the_country(rule: DueByLaw) -> None:
    assert (rule.days, rule.unit, rule.country) == (14, "working", "KG")
    # From 1 to 9 May 2026 nobody works in Kyrgyzstan: eight days in April, six after the 10th of May.
    assert correspondence.due_day(rule, date(2026, 4, 20)) == date(2026, 5, 18)


def test_a_letter_is_written_in_the_language_of_the_addressee_with_day_and_link(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str]
) -> None:
    client = signed_in(chynara)
    offered = client.get(reverse("followup_work:write_letter", args=[addressee.code])).content.decode()
    assert re.search(r'<option value="ru" selected', offered)
    page = write(client, addressee, letter_form)
    letter = Letter.objects.get()
    assert (letter.outgoing_number, str(letter.sent_on), str(letter.due_by_law), letter.language) == (
        "1",
        "2026-03-02",
        "2026-03-23",
        "ru",
    )
    assert Client().get(f"/ru/answer/{token_in(page)}/").status_code == 200
    assert ["Благодарим за встречу." in page, "Закон «О порядке рассмотрения обращений граждан»" in page] == [True, True]


def test_the_same_form_sent_twice_makes_one_letter_and_one_link(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str]
) -> None:
    pages = [write(signed_in(chynara), addressee, letter_form) for _ in range(2)]
    assert token_in(pages[0]) == token_in(pages[1])
    assert (Letter.objects.count(), AnswerLink.objects.count(), Letterhead.objects.get().next_number) == (1, 1, 2)


def test_the_database_does_not_hold_the_key_that_makes_the_link(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str]
) -> None:
    write(signed_in(chynara), addressee, letter_form)
    assert Letter.objects.get().request_key != uuid.UUID(letter_form["key"])


def test_the_word_file_and_the_pdf_hold_what_is_asked_and_the_link(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str]
) -> None:
    client, address = signed_in(chynara), reverse("followup_work:letter_file", args=[addressee.code])
    token = token_in(write(client, addressee, letter_form))
    made = b"".join(client.post(address, letter_form | {"as": "word"}))
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    assert [part in words for part in (token, "Keep a public register", "№ 1")] == [True] * 3
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 1
    printed = pypdf.PdfReader(io.BytesIO(b"".join(client.post(address, letter_form | {"as": "pdf"})))).pages[0].extract_text()
    assert token in printed.replace("\n", "")
    assert "Keep a public register" in printed


def test_no_letter_can_be_taken_whose_link_has_ended(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str]
) -> None:
    client = signed_in(chynara)
    write(client, addressee, letter_form)
    actions.revoke_link(link=AnswerLink.objects.get(), by=chynara)
    answer = client.post(reverse("followup_work:letter_file", args=[addressee.code]), letter_form)
    assert answer.headers["Location"] == reverse("followup_work:write_letter", args=[addressee.code])


def test_the_letterhead_of_the_body_stands_around_its_letters(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str], council: Body
) -> None:
    client = signed_in(chynara)
    address = reverse("followup_work:letterhead", args=[council.code])
    bad = client.post(address, {"next_number": "7", "number_form": "08"}).content.decode()
    assert "Write {number} where the number stands." in bad
    said = {
        "next_number": "7",
        "number_form": "08/{number}-{year}",
        "head_ru": "Бишкек, ул. Мира, 1",
        "signed_by_ru": "Секретарь",
    }
    client.post(address, said)
    assert correspondence.number_offered(council, date(2026, 3, 2)) == "08/7-2026"
    page = write(client, addressee, letter_form)
    assert [words in page for words in ("Бишкек, ул. Мира, 1", "Секретарь")] == [True, True]
    assert TrailEntry.objects.filter(verb="set_letterhead").count() == 1


def test_a_secretary_corrects_the_days_by_law_and_letters_keep_theirs(chynara: User, signed_in: Enter, rule: DueByLaw) -> None:
    client = signed_in(chynara)
    said = {
        "country": "kg",
        "what_ru": "Ответ",
        "days": "10",
        "unit": "working",
        "law_ru": "Закон",
        "certainty": "B",
        "in_use": "on",
    }
    client.post(reverse("followup_work:due_by_law_edit", args=[rule.pk]), said)
    rule.refresh_from_db()
    assert (rule.days, rule.country, rule.certainty, rule.changed_on) == (10, "KG", "B", timezone.localdate())
    page = client.post(reverse("followup_work:due_by_law_add"), said | {"country": "QQ"}).content.decode()
    assert "We know no country with these letters." in page


def test_the_register_shows_and_exports_the_letters_of_a_body(
    chynara: User, signed_in: Enter, addressee: Addressee, kyrgyz: Organisation, letter_form: dict[str, str], council: Body
) -> None:
    client = signed_in(chynara)
    write(client, addressee, letter_form | {"outgoing_number": "=1+1"})
    page = client.get(reverse("followup_work:register", args=[council.code])).content.decode()
    assert "due by law on" in page
    assert (
        "No letter matches" in client.get(reverse("followup_work:register", args=[council.code]) + "?year=2020").content.decode()
    )
    odd = [client.get(reverse("followup_work:register", args=[council.code]) + asked) for asked in ("?year=²²", "?after=²")]
    assert [one.status_code for one in odd] == [200, 200]
    csv = client.get(reverse("followup_work:register_file", args=[council.code]) + "?as=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[1].split(",")[1:3] == ["2026-03-02", "'=1+1"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("followup_work:register_file", args=[council.code])).content))
    assert [cell.value for cell in book.active[2]][1:3] == ["2026-03-02", "'=1+1"]


def test_a_page_of_the_register_costs_the_same_for_one_letter_and_for_thirty(
    chynara: User, recommend: Callable[..., Recommendation], council: Body, django_assert_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        one = recommend(f"Number {number}").addressees.get()
        actions.register_letter(addressee=one, sent_on=date(2026, 1, 1), key=uuid.uuid4(), by=chynara)
        if number in (0, 29):
            with django_assert_num_queries(2):  # type: ignore[attr-defined]
                assert len(correspondence.register(council, correspondence.RegisterFilters()).letters) == number + 1
