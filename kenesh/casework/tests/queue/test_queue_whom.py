"""For whom a case waits: employer, authority, court, partner organisation, consul; said on the case, filtered and counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kenesh.casework import actions
from kenesh.casework.models import Case, Status
from kenesh.casework.tests.queue.rows import QUEUE, codes, keyring, opened_case, several, undo
from kenesh.casework.tests.statistics.counted import count, divided

pytestmark = pytest.mark.django_db


def wait_for(client: Client, case: Case, whom: str) -> str:
    """Says it on the page of the case; gives that page."""
    client.post(f"/work/cases/{case.code}/status/", {"status": "whom", "whom": whom})
    return client.get(f"/work/cases/{case.code}/").content.decode()


def filtered(client: Client, **chosen: str) -> Any:
    return client.post(f"{QUEUE}filter/", {"tab": "open", **chosen}, follow=True)


def test_the_page_the_queue_and_its_filter_say_whom_a_case_waits_for(office: Any, aigul: Any, signed_in: Any) -> None:
    court, consul, before = (opened_case(office, aigul) for _ in range(3))
    client = signed_in(aigul, language="en")
    assert "We wait for the court</p>" in wait_for(client, court, "court")
    wait_for(client, consul, "consul")
    actions.set_waiting(keyring=keyring(aigul), case=before, status=Status.OTHERS)  # as cases of before stand
    for chosen, found in (("court", [court]), ("consul", [consul]), ("employer", []), ("others", [court, consul, before])):
        page = filtered(client, waits=chosen)
        assert set(codes(page)) == {case.code for case in found}, chosen
        assert page.context["found"] == str(len(found))
    row = filtered(client, waits="court").context["rows"][0]
    assert (row["status"], row["why"]) == ("We wait for the court", "We wait for the court; open for 0 days")
    assert [row["status"] for row in filtered(client, waits="others").context["rows"] if row["code"] == before.code] == [
        "We wait for others"
    ]


def test_a_case_that_goes_on_forgets_whom_it_waited_for_and_an_undo_remembers(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul)
    wait_for(client, case, "authority")
    page = several(client, "close", [f"c:{case.code}"])
    assert Case.objects.values_list("status", "waits_for").get() == ("closed", "")
    undo(client, page)
    assert Case.objects.values_list("status", "waits_for").get() == ("others", "authority")
    client.post(f"/work/cases/{case.code}/status/", {"status": "person"})
    assert Case.objects.values_list("status", "waits_for").get() == ("person", "")
    wait_for(client, case, "someone")
    assert Case.objects.values_list("status", "waits_for").get() == ("person", "")


def test_of_a_restricted_case_it_is_sealed_and_comes_back_with_the_rest(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul, language="en")
    wait_for(client, case, "court")
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    assert Case.objects.values_list("status", "waits_for").get() == ("others", "")
    assert "We wait for the court</p>" in client.get(f"/work/cases/{case.code}/").content.decode()
    assert "We wait for the consul</p>" in wait_for(client, case, "consul")
    assert Case.objects.get().waits_for == ""
    actions.lift(keyring=keyring(aigul), case=case, reason="Угрозы больше нет")
    assert Case.objects.get().waits_for == "consul"


@pytest.mark.parametrize("restricted", ["before", "meanwhile"])
def test_an_undo_seals_whom_a_case_waited_for_that_is_restricted(
    restricted: str, office: Any, aigul: Any, signed_in: Any
) -> None:
    case, other = opened_case(office, aigul), opened_case(office, aigul)
    client = signed_in(aigul, language="en")
    wait_for(client, case, "court")
    wait_for(client, other, "consul")
    if restricted == "before":
        actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    page = several(client, "close", [f"c:{case.code}", f"c:{other.code}"])
    if restricted == "meanwhile":
        actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    assert undo(client, page).status_code == 200
    assert list(Case.objects.order_by("id").values_list("status", "waits_for")) == [("others", ""), ("others", "consul")]
    assert "We wait for the court</p>" in client.get(f"/work/cases/{case.code}/").content.decode()


def test_whoever_overwrites_the_word_of_a_colleague_on_a_restricted_case_is_told(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul, language="en")
    wait_for(client, case, "court")
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    page = client.get(f"/work/cases/{case.code}/").content.decode()
    seen = re.findall(r'name="seen_status" value="(\w+)"', page)
    assert seen == ["court"]
    said = []
    for whom in ("consul", "employer"):
        sent = {"status": "whom", "whom": whom, "seen_status": seen[0]}
        answer = client.post(f"/work/cases/{case.code}/status/", sent, follow=True)
        said.append("Meanwhile it stood otherwise: We wait for the consul." in answer.content.decode())
    assert said == [False, True]


def test_statistics_count_open_cases_by_whom_they_wait_for(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    for whom in ("court", "court", "employer"):
        wait_for(client, opened_case(office, aigul), whom)
    opened_case(office, aigul)
    job = count(client, office)
    assert divided(client, job, "open_cases", "waits") == {"court": 2, "employer": 1, "office": 1}
    page = client.get(f"/work/statistics/{job.code}/").content.decode()
    assert "We wait for the employer" in page
    assert "Visits of a guide by language are not counted: there is no guide on this site." in page
