"""Minutes and excerpts to take away: the form of the region, Word, Akoma Ntoso, the sheet to sign and badges."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import docx
import pypdf
import pytest
from django.test import Client
from lxml import etree

from kenesh.council import actions
from kenesh.council.actions import Mark
from kenesh.council.models import Decision, Meeting, Proposal
from kenesh.people.models import Label, Membership, Organisation, Person, Publication, User
from kenesh.themes.texts import Translated

SignIn = Callable[..., Client]
SCHEMAS = Path(__file__).with_name("schemas")
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
EVERYTHING = ("Мээрим", "Директор", "Центр поддержки, Бишкек")


@pytest.fixture
def decided(proposal: Proposal, member: User, second: User, chynara: User, seat: Callable[[User], Membership]) -> Decision:
    """Two members were there and one voted for, with her name; the decision is public, the meeting closed."""
    meeting = proposal.item.meeting
    Person.objects.filter(pk=member.person.pk).update(post={"ru": "Директор"})
    Meeting.objects.filter(pk=meeting.pk).update(number="3", chair=member.person)
    actions.edit_item(
        item=proposal.item,
        title=proposal.item.title,
        notes={"ru": "Врачей выслушали."},
        version=proposal.item.version,
        problems=[],
        documents=[],
        by=chynara,
    )
    actions.record_attendance(
        meeting=meeting, marks=[Mark(seat(member), "present", "name"), Mark(seat(second), "present", "hidden")], by=chynara
    )
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.enter_votes(ballot=ballot, choices=[(seat(member), "for"), (seat(second), "for")], by=chynara)
    actions.close_ballot(ballot=ballot, by=chynara)
    decision = actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    return decision


@pytest.fixture
def published(decided: Decision, chynara: User) -> Decision:
    """Its minutes are approved and public too."""
    actions.approve_minutes(meeting=decided.meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=decided.meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=decided.meeting, by=chynara)
    return decided


def _correct(meeting: Meeting, by: User, change: Callable[[], object]) -> None:
    """The minutes are reopened, something is changed, and the body approves them again."""
    actions.reopen_minutes(meeting=meeting, by=by)
    change()
    actions.approve_minutes(meeting=meeting, on=date(2024, 6, 3), reason="A name was wrong.", by=by)
    actions.publish_minutes(meeting=meeting, public=True, by=by)


def _opened(client: Client, address: str) -> docx.document.Document:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return docx.Document(io.BytesIO(b"".join(answer.streaming_content)))


def _words(made: docx.document.Document) -> str:
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def _headings(made: docx.document.Document) -> list[str]:
    return [one.text for one in made.paragraphs if one.style.name in {"Title", "Heading 1", "Heading 2"}]


def _xml(code: str, query: str = "") -> etree._Element:
    return etree.fromstring(Client().get(f"/ru/meetings/{code}/minutes.akn.xml{query}").content)


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "akomantoso30.xsd"))


def test_the_minutes_follow_the_form_of_the_region(published: Decision) -> None:
    page = Client().get(f"/en/meetings/{published.meeting.code}/minutes/").content.decode()
    order = [
        "Minutes No. 3", "Date and time", "Present: 2", "Members: 2", "Agenda", "Heard:", "Spoke:", "Врачей выслушали.", "Voted:",
        "Decided (decision 1):", "Give migrants health insurance", "by vote: 2 for", "Approved on 20 May 2024", "Chair", "Secretary",
    ]  # fmt: skip
    rest = page[page.find('class="card paper"') :]
    for words in order:
        assert words in rest, words
        rest = rest.partition(words)[2]


def test_the_paper_speaks_another_language_than_the_page_around_it(published: Decision) -> None:
    page = Client().get(f"/en/meetings/{published.meeting.code}/minutes/?language=ky").content.decode()
    around = '<html lang="en"' in page
    paper = page[page.find('<article class="card paper" lang="ky">') :]
    assert (around, "Кеңештин жыйыны" in paper, "2024-жылдын 15-майы" in paper, '<div lang="ru">' in paper) == (True,) * 4


def test_files_for_everybody_show_of_a_member_what_her_level_allows(published: Decision, member: User, chynara: User) -> None:
    hers = published.meeting.attendances.filter(membership__person=member.person)
    minutes, excerpt = (
        f"/ru/meetings/{published.meeting.code}/minutes.docx",
        f"/ru/council/decisions/{published.code}/excerpt.docx",
    )
    allowed = {
        Publication.NAME: EVERYTHING,
        Publication.ORGANISATION: EVERYTHING[2:],
        Publication.COUNTRY: (),
        Publication.HIDDEN: (),
    }
    shown: dict[str, object] = {}
    for level in allowed:
        _correct(published.meeting, chynara, lambda level=level: hers.update(publication=level))  # type: ignore[misc]  # a default argument
        texts = [_words(_opened(Client(), minutes)), etree.tostring(_xml(published.meeting.code), encoding="unicode")]
        shown[level] = [tuple(words for words in EVERYTHING if words in text) for text in texts]
    assert shown == {level: [words, words] for level, words in allowed.items()}
    assert [words for words in EVERYTHING if words in _words(_opened(Client(), excerpt))] == []


def test_the_body_reads_every_name_in_its_own_file(decided: Decision, signed_in: SignIn, chynara: User, second: User) -> None:
    address = f"/work/meetings/{decided.meeting.code}/minutes/minutes.docx?language=ru"
    for user in (chynara, second):
        words = _words(_opened(signed_in(user), address))
        assert [name in words for name in (*EVERYTHING, "Челябинск")] == [True] * 4


def test_the_word_file_has_headings_numbers_and_a_place_to_sign(published: Decision) -> None:
    made = _opened(Client(), f"/en/meetings/{published.meeting.code}/minutes.docx")
    assert _headings(made) == ["MINUTES NO. 3", "Present: 2", "Agenda", "1. Access to a doctor"]
    assert [one.text for one in made.paragraphs if one.style.name == "List Number"] == ["Access to a doctor"]
    assert [[cell.text for cell in row.cells] for row in made.tables[-1].rows] == [
        ["Chair", "____________________", "Мээрим"],
        ["Secretary", "____________________", ""],
    ]
    assert (round(made.sections[0].page_width.mm), round(made.sections[0].page_height.mm)) == (210, 297)


def test_every_form_says_that_no_language_is_marked_as_authentic(published: Decision) -> None:
    minutes = f"/en/meetings/{published.meeting.code}/minutes"
    texts = [
        Client().get(f"{minutes}/").content.decode(),
        Client().get(f"{minutes}.akn.xml").content.decode(),
        _words(_opened(Client(), f"{minutes}.docx")),
        Client().get(f"/en/council/decisions/{published.code}/excerpt/").content.decode(),
    ]
    assert ["No language is marked as the authentic one." in text for text in texts] == [True] * 4


def test_an_excerpt_holds_one_decision_and_is_there_once_the_minutes_are(
    decided: Decision, signed_in: SignIn, chynara: User
) -> None:
    public, work = (
        f"/en/council/decisions/{decided.code}/excerpt/",
        f"/work/meetings/{decided.meeting.code}/decisions/{decided.code}",
    )
    assert [Client().get(address).status_code for address in (public, public.replace("/excerpt/", "/excerpt.docx"))] == [404, 404]
    secretary = signed_in(chynara, language="en")
    page = secretary.get(f"{work}/excerpt/").content.decode()
    assert ["Excerpt from minutes No. 3" in page, "not approved yet" in page] == [True, True]
    assert _headings(_opened(secretary, f"{work}/excerpt.docx")) == [
        "EXCERPT FROM MINUTES NO. 3",
        "1. Access to a doctor",
    ]
    actions.approve_minutes(meeting=decided.meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=decided.meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=decided.meeting, by=chynara)
    page = Client().get(public).content.decode()
    assert [words in page for words in ("Give migrants health insurance", "by vote: 2 for", "true to the minutes")] == [True] * 3
    assert public in Client().get(f"/en/council/decisions/{decided.code}/").content.decode()


def test_everybody_who_is_expected_stands_on_the_sheet_and_has_a_badge(
    meeting: Meeting, signed_in: SignIn, member: User, observer: User, chynara: User
) -> None:
    secretary, base = signed_in(chynara, language="ru"), f"/work/meetings/{meeting.code}/minutes"
    sheet = _opened(secretary, f"{base}/attendance.docx?language=ru").tables[0]
    rows = [[cell.text for cell in row.cells] for row in sheet.rows]
    assert (len(rows[0]), [row[1:3] for row in rows[1:3]]) == (
        5,
        [["Мээрим", "Центр поддержки, Бишкек"], ["", "Министерство труда"]],
    )
    assert ({row[4] for row in rows[1:]}, [row[0] for row in rows[1:]]) == ({""}, [str(number) for number in range(1, 11)])
    cells = [cell.text for row in _opened(secretary, f"{base}/badges.docx?language=ru").tables[0].rows for cell in row.cells]
    assert [cell.split("\n")[1] for cell in cells] == ["Мээрим", "Министерство труда"]


def test_akoma_ntoso_is_valid_in_each_language(published: Decision) -> None:
    for language in ("ky", "ru", "uz", "tg", "kk", "hy", "en"):
        answer = Client().get(f"/{language}/meetings/{published.meeting.code}/minutes.akn.xml")
        assert answer.headers["Content-Type"] == "application/akn+xml"
        _schema().assertValid(etree.fromstring(answer.content))


def test_akoma_ntoso_names_one_work_and_an_expression_for_each_language(published: Decision) -> None:
    meeting = published.meeting
    work = f"/akn/kg/doc/minutes/{meeting.body.code}/2024-05-15/{meeting.code}"
    named = {
        language: [one.get("value") for one in _xml(meeting.code, f"?language={language}").iterfind(".//a:FRBRuri", AKN)]
        for language in ("ru", "ky")
    }
    assert named == {
        language: [work, f"{work}/{code}@2024-05-20", f"{work}/{code}@2024-05-20.akn"]
        for language, code in (("ru", "rus"), ("ky", "kir"))
    }


def test_akoma_ntoso_counts_votes_and_points_only_at_what_it_names(published: Decision, ministry: Organisation) -> None:
    root = _xml(published.meeting.code)
    voting = root.find(".//a:voting", AKN)
    assert voting is not None
    counts = {one.get("refersTo"): one.get("value") for one in voting.iterfind("a:count", AKN)}
    assert (voting.get("outcome"), counts) == ("#adopted", {"#for": "2", "#against": "0", "#abstain": "0"})
    pointed = {
        value for one in root.iter() for name in ("refersTo", "as", "source", "outcome") if (value := one.get(name)) is not None
    }
    known = {f"#{one.get('eId')}" for one in root.find(".//a:references", AKN)}
    assert pointed - known == set()
    assert f"#organisation-{ministry.uid}" in known


def test_letters_that_no_file_can_hold_are_left_out(published: Decision, signed_in: SignIn, member: User, chynara: User) -> None:
    Person.objects.filter(pk=member.person.pk).update(name={"ru": "Мээ\x0bрим"})
    Meeting.objects.filter(pk=published.meeting.pk).update(number="3\x01")
    base = f"/work/meetings/{published.meeting.code}/minutes"
    names = [_words(_opened(signed_in(chynara), f"{base}/{file}.docx")) for file in ("minutes", "attendance", "badges")]
    assert ["Мээрим" in words for words in names] == [True] * 3
    _schema().assertValid(_xml(published.meeting.code))


def test_minutes_without_a_point_a_country_or_a_name_are_valid_too(meeting: Meeting, chynara: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(country="")
    actions.open_meeting(meeting=meeting, by=chynara)
    actions.edit_minutes(meeting=meeting, remarks={"en": "Nobody\x0b came.\n\nSo we went."}, version=1, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    _schema().assertValid(_xml(meeting.code))
    assert "So we went." in _words(_opened(Client(), f"/en/meetings/{meeting.code}/minutes.docx"))


def test_the_pdf_holds_the_paper_and_fetches_nothing(published: Decision) -> None:
    answer = Client().get(f"/ru/meetings/{published.meeting.code}/minutes.pdf")
    data = b"".join(answer.streaming_content)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert (answer["Content-Type"], "Дать мигрантам полис ОМС" in words) == ("application/pdf", True)


def test_a_law_a_promise_and_co_signers_stand_in_every_paper_and_the_xml_stays_valid(
    proposal: Proposal, member: User, chynara: User, ministry: Organisation, seat: Callable[[User], Membership]
) -> None:
    item, meeting = proposal.item, proposal.item.meeting
    Membership.objects.filter(pk=seat(member).pk).update(publication="name")
    texts = {
        "law": {"ru": "Закон о миграции, статья 7"},
        "in_force": {"ru": "Полис платный."},
        "proposed": {"ru": "Полис бесплатный."},
        "justification": {"ru": "Лечатся сами."},
    }
    law = actions.propose(item=item, text={"ru": "Изменить закон"}, kind="legislative_proposal", authentic="ru", by=chynara)
    actions.write_law_row(proposal=law, texts=texts, by=chynara)
    promise = actions.propose(
        item=item,
        text={"ru": "Открыть линию"},
        kind="commitment",
        promised_by=seat(member),
        due_on=date(2024, 12, 31),
        by=chynara,
    )
    joint = actions.propose(item=item, text={"ru": "Вести реестр"}, kind="joint_decision", co_signers=[ministry], by=chynara)
    for one in (law, promise, joint):
        actions.publish_decision(decision=actions.adopt_by_consensus(proposal=one, by=chynara), public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.edit_minutes(meeting=meeting, remarks={}, authentic="ky", version=1, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), how="silence", by=chynara)
    actions.sign_minutes(meeting=meeting, role="chair", on=date(2024, 5, 21), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    address = f"/en/meetings/{meeting.code}/minutes"
    xml = etree.fromstring(Client().get(f"{address}.akn.xml").content)
    papers = {
        "page": Client().get(f"{address}/").content.decode(),
        "word": _words(_opened(Client(), f"{address}.docx")),
        "xml": "".join(xml.itertext()),
    }
    wanted = (
        "Полис бесплатный.", "Who promises: Мээрим", "Who signs it too: Ministry of Labour", "the text that counts: Русский",
        "Nobody objected in time", "signed on 21 May 2024", "the text in this language counts: Кыргызча",
    )  # fmt: skip
    missing = {name: [words for words in wanted if words not in said] for name, said in papers.items()}
    assert (missing, _schema().validate(xml), _schema().error_log.last_error) == ({name: [] for name in papers}, True, None)


def test_two_who_write_what_was_said_see_each_others_words(proposal: Proposal, chynara: User, signed_in: SignIn) -> None:
    meeting, secretary = proposal.item.meeting, signed_in(chynara, language="en")
    page = f"/work/meetings/{meeting.code}/minutes/points/{proposal.item.pk}/"
    assert secretary.post(page, {"notes_ky": "Дарыгерлер айтты", "version": 1}).status_code == 302
    late = secretary.post(page, {"notes_ru": "Врачи сказали", "version": 1}).content.decode()
    assert [words in late for words in ("Saved by somebody else", "Дарыгерлер айтты", "Врачи сказали")] == [True] * 3


def test_minutes_are_signed_after_their_approval_and_reopening_takes_the_signatures_back(
    decided: Decision, chynara: User, signed_in: SignIn
) -> None:
    secretary, page = signed_in(chynara, language="en"), f"/work/meetings/{decided.meeting.code}/minutes/"
    early = secretary.post(f"{page}status/", {"to": "sign", "role": "chair", "on": "2024-05-21"}, follow=True).content.decode()
    secretary.post(f"{page}status/", {"to": "approve", "on": "2024-05-20", "how": "meeting"})
    before = secretary.post(f"{page}status/", {"to": "sign", "role": "chair", "on": "2024-05-19"}, follow=True).content.decode()
    secretary.post(f"{page}status/", {"to": "sign", "role": "secretary", "on": "2024-05-22"})
    signed = secretary.get(page).content.decode()
    secretary.post(f"{page}status/", {"to": "reopen"})
    assert ("Approve the minutes before" in early, "This day lies before it." in before) == (True, True)
    assert ("signed on 22 May 2024" in signed, "At a meeting." in signed) == (True, True)
    assert "signed on" not in secretary.get(page).content.decode()


def test_minutes_name_an_organisation_with_the_label_that_bound_it_on_the_day_of_the_meeting(
    decided: Decision, member: User, client: Client, chynara: User
) -> None:
    held = decided.meeting.day
    labels = [
        Label(key="then", text=Translated(ru="пометка того дня"), since=held, until=held),
        Label(key="now", text=Translated(ru="пометка сегодняшняя"), since=held + timedelta(days=1)),
    ]
    Organisation.objects.filter(pk=member.person.organisation_id).update(labels=labels)
    actions.approve_minutes(meeting=decided.meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=decided.meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=decided.meeting, by=chynara)
    page = client.get(f"/ru/meetings/{decided.meeting.code}/minutes/").content.decode()
    assert ("пометка того дня" in page, "пометка сегодняшняя" in page) == (True, False)
