"""What a recommendation says of itself, and how the public list is narrowed, cited, followed and shown elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from kenesh.council.models import Decision
from kenesh.followup import actions, counts, instruments, queries, tasks
from kenesh.followup.actions.silence import file_late
from kenesh.followup.models import Filed, FiledCount, FiledKey, Recommendation, Response, ShownSilence
from kenesh.kernel.models import TrailEntry
from kenesh.kernel.rows import stamp_of
from kenesh.people.models import Body, Organisation, User
from kenesh.search.queries import search
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]

ANSWERS = {
    "why_en": "Wages are the first thing that people ask about.",
    "theme_1": "unpaid-wages",
    "groups": ["group-women"],
    "articles": "ICRMW 25, 27; ilo c095 8",
    "targets": "8.8, 10.7",
    "carry_out_by": "2030-12-31",
    "measure_en": "Sums recovered by the inspectorate",
    "unit": "million roubles",
    "baseline": "12.5",
    "baseline_year": "2024",
    "goal": "40",
    "goal_year": "2030",
}


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def codes_of(page: str) -> list[str]:
    """Recommendations of a list, in its order."""
    return re.findall(r'<li><a href="/en/recommendations/(\w{8})/"', page)


# --- what it says of itself -------------------------------------------------------------------------------------------


def test_what_it_is_about_is_entered_on_one_page_and_read_on_another(
    recommend: Recommend, chynara: User, ministry: Organisation, signed_in: Enter, client: Client
) -> None:
    row = recommend(public=True)
    page = reverse("followup_work:details", args=[row.code])
    assert signed_in(chynara).post(page, {**ANSWERS, "lead": ministry.code}).status_code == 302
    row.refresh_from_db()
    assert (row.articles, row.targets) == ([["ICRMW", "25"], ["ICRMW", "27"], ["ILO C095", "8"]], ["8.8", "10.7"])
    assert row.addressees.get().is_lead is True
    shown = text_of(client, f"/en/recommendations/{row.code}/")
    wanted = [
        "Wages are the first thing",
        "?theme=unpaid-wages",
        "Women migrants",
        "ICRMW 25, 27",
        "8.8, 10.7",
        "<b>12.5</b> (2024)",
    ]
    assert [words for words in wanted if words not in shown] == []
    again = text_of(signed_in(chynara), page)
    assert 'value="ICRMW 25, 27; ILO C095 8"' in again
    assert TrailEntry.objects.filter(verb="edit_recommendation_details", target=row.target).count() == 1


def test_an_article_that_nobody_knows_is_named_and_nothing_that_was_typed_is_lost(
    recommendation: Recommendation, chynara: User, signed_in: Enter
) -> None:
    page = reverse("followup_work:details", args=[recommendation.code])
    answer = signed_in(chynara).post(page, {**ANSWERS, "articles": "Article 7", "targets": "99", "baseline": "many"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert [words in shown for words in ("“Article 7” is no article", "“99” is no target", "Write a number such as")] == [
        True
    ] * 3
    assert "Wages are the first thing" in shown
    recommendation.refresh_from_db()
    assert recommendation.articles == []


def test_articles_are_read_as_people_type_them_and_written_side_by_side() -> None:
    assert (
        instruments.write_articles(instruments.read_articles("icrmw 25;\nICRMW 27, 25; CIS 2008 4(2)"))
        == "ICRMW 25, 27; CIS 2008 4(2)"
    )
    with pytest.raises(instruments.NotAnArticle):
        instruments.read_articles("ICRMW")


def test_one_recommendation_has_several_sources_and_one_decision_several_recommendations(
    recommend: Recommend, decision: Decision, chynara: User, signed_in: Enter, client: Client
) -> None:
    opened = actions.open_recommendation(decision=decision, by=chynara)
    actions.publish(recommendation=opened, by=chynara)
    row = recommend("Count the complaints.", public=True)
    page = reverse("followup_work:sources", args=[row.code])
    browser = signed_in(chynara)
    key = re.search(r'name="key" value="(\w+)"', text_of(browser, page))
    committee = {"kind": "un_committee", "title_en": "Concluding observations", "symbol": "CMW/C/KGZ/CO/2", "paragraph": "42"}
    for said in (committee, committee, {"kind": "decision", "decision": decision.code}):
        assert browser.post(page, {**said, "key": key and key[1]}).status_code == 302
    assert [(one.kind, one.symbol) for one in row.sources.order_by("id")] == [
        ("un_committee", "CMW/C/KGZ/CO/2"),
        ("decision", ""),
    ]
    shown = text_of(client, f"/en/recommendations/{row.code}/")
    assert "CMW/C/KGZ/CO/2, paragraph 42" in shown
    assert [line.recommendation.code for line in queries.of_decision(decision)] == [opened.code, row.code]
    browser.post(reverse("followup_work:remove_source", args=[row.code, row.sources.order_by("id")[0].pk]))
    assert row.sources.count() == 1


# --- the list -----------------------------------------------------------------------------------------------------------


def test_each_filter_leaves_what_it_names_and_the_counts_follow(
    late_is_shown: None,
    recommend: Recommend,
    ministry: Organisation,
    second_ministry: Organisation,
    chynara: User,
    council: Body,
    client: Client,
) -> None:
    late = recommend("Late.", public=True, due=timezone.localdate() - timedelta(days=3))
    other = recommend("Of the other.", public=True, to=[second_ministry])
    recommend("Internal.")
    actions.edit_details(recommendation=late, details=actions.Details(themes=("unpaid-wages",)), by=chynara)
    line = actions.SourceLine(kind="upr", title=Translated(en="Third cycle"))
    actions.add_source(recommendation=other, line=line, by=chynara)
    asked = {
        "": [other.code, late.code],
        "?country=RU": [other.code],
        f"?addressee={ministry.code}": [late.code],
        "?theme=pay": [late.code],
        "?theme=unpaid-wages": [late.code],
        "?source=upr": [other.code],
        f"?body={council.code}": [other.code, late.code],
        "?status=overdue": [late.code],
        "?status=waiting&country=RU": [other.code],
        "?theme=pay&country=RU": [],
        "?country=XX": [other.code, late.code],
    }
    assert {query: codes_of(text_of(client, f"/en/recommendations/{query}")) for query in asked} == asked
    page = text_of(client, "/en/recommendations/")
    assert [words in page for words in ("Everything (2)", "The answer is late (1)", "Waiting for an answer (1)")] == [True] * 3


def test_nothing_stays_filed_once_it_is_internal(recommend: Recommend, chynara: User) -> None:
    row = recommend(public=True)
    filed = set(Filed.objects.values_list("key", flat=True))
    assert filed == set(FiledKey.objects.values_list("key", flat=True))
    assert {"all", "from:other"} <= filed
    actions.unpublish(recommendation=row, by=chynara)
    assert (Filed.objects.count(), FiledKey.objects.count()) == (0, 0)


def test_no_change_and_no_folding_makes_a_count_wrong(
    recommend: Recommend, second_ministry: Organisation, council: Body, chynara: User, respond: Callable[..., object]
) -> None:
    past, ahead = timezone.localdate() - timedelta(days=3), timezone.localdate() + timedelta(days=3)
    late, other = recommend(public=True, due=past), recommend(public=True, due=ahead, to=[second_ministry])
    counted = []
    for step in (
        counts.fold,
        lambda: actions.announce_silence(body=council, by=chynara),
        lambda: ShownSilence.objects.update(announced_on=past, opens_on=past + timedelta(days=1)),
        lambda: file_late(body=council),
        counts.fold,
        lambda: respond(late.addressees.get()),
        lambda: actions.publish_response(response=Response.objects.get(), by=chynara),
        lambda: actions.unpublish(recommendation=other, by=chynara),
        counts.fold,
    ):
        step()
        found = queries.counts_by_status(["all"], timezone.localdate())
        assert counts.wrong() == 0
        counted.append(tuple(found[status] for status in ("waiting", "overdue", "answered")))
    assert list(dict.fromkeys(counted)) == [(2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 0, 1)]
    assert FiledCount.objects.filter(is_sum=False).count() == 0


def test_a_count_that_the_database_did_not_keep_is_found_and_mended(recommend: Recommend) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER filed_count_insert" + ("" if connection.vendor == "sqlite" else " ON followup_filed"))
    recommend(public=True)
    assert (counts.missing(), queries.counts_by_status(["all"], timezone.localdate())["waiting"]) == ({"filed_count_insert"}, 0)
    counts.create()
    assert (counts.missing(), counts.wrong()) == (set(), 0)
    assert queries.counts_by_status(["all"], timezone.localdate())["waiting"] == 1


def test_a_list_of_thirty_asks_as_often_as_a_list_of_one_and_goes_on_where_it_ended(recommend: Recommend, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            text_of(client, "/en/recommendations/?country=KG")
        return len(found)

    made = [recommend(f"Number {number}", public=True).code for number in range(2)]
    few = asked()
    made += [recommend(f"Number {number}", public=True).code for number in range(2, 32)]
    assert asked() == few
    first = text_of(client, "/en/recommendations/")
    older = re.search(r'href="(\?after=\w{8})"', first)
    assert older is not None
    assert codes_of(first) + codes_of(text_of(client, f"/en/recommendations/{older[1]}")) == made[::-1]


def test_a_recommendation_is_found_by_the_corrected_name_and_country_of_who_is_asked(
    recommend: Recommend, ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    made = recommend(public=True)
    assert [one.code for one in search("Zilant").found] == []
    secretary, address = signed_in(chynara), f"/work/organisations/{ministry.code}/spelling/"
    assert address in text_of(secretary, f"/work/recommendations/{made.code}/")
    spelling = {"name_en": "Ministry of Labour and Zilant", "country": "KZ", "seen": stamp_of(ministry)}
    assert secretary.post(address, spelling).status_code == 302
    tasks.index_renamed.call(ministry.pk)
    assert [one.code for one in search("Zilant").found] == [made.code]
    assert list(FiledKey.objects.filter(key__startswith="in:").values_list("key", flat=True)) == ["in:KZ"]
    assert codes_of(text_of(Client(), "/en/recommendations/?country=KZ")) == [made.code]


# --- the record ---------------------------------------------------------------------------------------------------------


def test_every_change_of_the_public_record_is_a_version_with_an_address(
    recommend: Recommend, respond: Callable[..., Response], chynara: User, client: Client
) -> None:
    row = recommend(public=True)
    answer = respond(row.addressees.get())
    actions.publish_response(response=answer, by=chynara)
    page = text_of(client, f"/en/recommendations/{row.code}/versions/")
    assert re.findall(r">Version (\d)<", page) == ["2", "1"]
    assert "changed: an answer, how far it has come" in page
    then = text_of(client, f"/en/recommendations/{row.code}/versions/2/")
    assert "Answer of Ministry of Labour: Accepted" in then
    actions.unpublish_response(response=answer, by=chynara)
    assert "Answer of" not in text_of(client, f"/en/recommendations/{row.code}/versions/2/")
    assert "The newest version is 3" in text_of(client, f"/en/recommendations/{row.code}/versions/2/")
    assert client.get(f"/en/recommendations/{row.code}/versions/9/").status_code == 404
    actions.unpublish(recommendation=row, by=chynara)
    assert client.get(f"/en/recommendations/{row.code}/versions/2/").status_code == 404


def test_what_changes_nothing_makes_no_version(recommend: Recommend, chynara: User) -> None:
    row = recommend(public=True)
    actions.publish(recommendation=row, by=chynara)
    assert row.versions.count() == 1


def test_a_page_says_how_it_is_cited_and_shown_elsewhere(recommend: Recommend, client: Client) -> None:
    row = recommend(public=True)
    page = text_of(client, f"/en/recommendations/{row.code}/")
    assert f"Recommendation {row.code}, version 1 of" in page
    assert f'&lt;iframe src="http://localhost:8000/en/recommendations/{row.code}/embed/"' in page


def test_only_the_small_page_may_be_framed_by_others(recommend: Recommend, client: Client) -> None:
    row = recommend(public=True)
    small, whole = (client.get(f"/en/recommendations/{row.code}/{end}") for end in ("embed/", ""))
    assert ("frame-ancestors *" in small["Content-Security-Policy"], "X-Frame-Options" in small) == (True, False)
    assert ("frame-ancestors 'none'" in whole["Content-Security-Policy"], whole["X-Frame-Options"]) == (True, "DENY")
    assert ("<script" in small.content.decode(), "<form" in small.content.decode()) == (False, False)


def test_feeds_tell_what_changed(recommend: Recommend, second_ministry: Organisation, chynara: User, client: Client) -> None:
    first, second = recommend(public=True), recommend("Of the other.", public=True, to=[second_ministry])
    actions.edit_details(recommendation=first, details=actions.Details(themes=("pay",)), by=chynara)

    def titles(address: str) -> list[str]:
        tree = etree.fromstring(client.get(address).content)
        return [str(one.text) for one in tree.iterfind("{*}entry/{*}title")]

    published = f"Recommendation {second.code} is published"
    changed = [f"Recommendation {first.code}, changed: the themes", f"Recommendation {first.code} is published"]
    assert titles("/en/recommendations/feed/") == [changed[0], published, changed[1]]
    assert titles("/en/recommendations/feed/?country=RU") == [published]
    assert titles(f"/en/recommendations/{first.code}/feed/") == changed


def test_an_internal_recommendation_has_no_feed_no_version_and_no_small_page(
    recommendation: Recommendation, client: Client
) -> None:
    ends = ("feed/", "embed/", "versions/", "versions/1/")
    assert [client.get(f"/en/recommendations/{recommendation.code}/{end}").status_code for end in ends] == [404] * 4


def test_what_several_filters_leave_is_counted_and_listed_alike_whether_it_is_little_or_much(
    recommend: Recommend, ministry: Organisation, chynara: User, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    today = timezone.localdate()
    made = [recommend(f"Open register {number}.", public=True, due=today + timedelta(days=number - 2)) for number in range(5)]
    ShownSilence.objects.create(body=made[0].body, announced_on=today - timedelta(days=20), opens_on=today)
    file_late(body=made[0].body)
    pages = []
    for most in (1000, 2):
        monkeypatch.setattr("kenesh.followup.queries.filters._FEW", most)
        for status in ("", "waiting", "overdue", "answered"):
            for after in ("", made[3].code, "zzzzzzzz"):
                asked = {"addressee": ministry.code, "body": made[0].body.code, "status": status, "after": after}
                page = client.get("/en/recommendations/", asked).content.decode()
                pages.append((codes_of(page), re.findall(r"\((\d+)\)", page)))
    assert pages[:12] == pages[12:]
    assert [len(codes) for codes, _counts in pages[:12]] == [5, 3, 0, 3, 1, 0, 2, 2, 0, 0, 0, 0]
