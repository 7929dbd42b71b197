"""Five real documents, which are not part of the project, are brought in, checked in a browser, and found in seven languages."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.library import actions
from kenesh.library.models import Batch, Confirmation, Document
from kenesh.library.reader import Reader
from kenesh.site.command_line import build_parser
from kenesh.site.search_command import search

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = os.environ.get("KENESH_SEEDS", "")
pytestmark = [
    pytest.mark.skipif(not FOLDER, reason="KENESH_SEEDS does not name the folder of real documents"),
    pytest.mark.django_db(transaction=True),
]

# Of each document, what somebody might ask who does not have its words.
ASKED = {
    0: {
        "ru": "встреча экспертного совета стран по миграции в 2024 году",
        "ky": "2024-жылы Бишкекте миграция боюнча өлкөлөр аралык эксперттик кеңештин жыйыны",
        "kk": "2024 жылы Бішкекте көші-қон жөніндегі еларалық сараптамалық кеңестің отырысы",
        "uz": "2024-yil Bishkekda migratsiya boʻyicha davlatlararo ekspertlar kengashi majlisi",
        "tg": "ҷаласаи шӯрои байникишварии экспертӣ оид ба муҳоҷират дар Бишкек соли 2024",
        "hy": "միգրացիայի միջերկրային փորձագիտական խորհրդի նիստը Բիշքեկում 2024 թվականին",
        "en": "meeting of the inter-country expert council on migration in Bishkek 2024",
    },
    1: {
        "ru": "создание большого общественного совета по миграции в 2023 году",
        "ky": "2023-жылы миграция боюнча чоң коомдук кеңеш түзүлдү",
        "kk": "2023 жылы көші-қон жөніндегі үлкен қоғамдық кеңес құрылды",
        "uz": "2023-yilda migratsiya boʻyicha katta jamoatchilik kengashi tuzildi",
        "tg": "таъсиси шӯрои калони ҷамъиятӣ оид ба муҳоҷират соли 2023",
        "hy": "միգրացիայի մեծ հանրային խորհրդի ստեղծումը 2023 թվականին",
        "en": "founding of the big public council on migration in 2023",
    },
    2: {
        "ru": "конференция о правах трудовых мигрантов на Иссык-Куле в 2011 году",
        "ky": "2011-жылы эмгек мигранттарынын укуктары боюнча конференция",
        "kk": "2011 жылғы еңбек мигранттарының құқықтары туралы конференция",
        "uz": "2011-yilda mehnat migrantlari huquqlari boʻyicha konferensiya",
        "tg": "конфронс оид ба ҳуқуқи муҳоҷирони меҳнатӣ соли 2011",
        "hy": "աշխատանքային միգրանտների իրավունքների համաժողովը 2011 թվականին",
        "en": "conference on the rights of labour migrants 2011",
    },
    3: {
        "ru": "доклад Кыргызстана в комитете ООН о правах мигрантов",
        "ky": "БУУнун мигранттардын укугу боюнча комитетиндеги Кыргызстандын отчету",
        "kk": "БҰҰ-ның мигранттар құқығы комитетіндегі Қырғызстанның баяндамасы",
        "uz": "BMT migrantlar huquqlari qoʻmitasida Qirgʻiziston hisoboti",
        "tg": "гузориши Қирғизистон дар кумитаи СММ оид ба ҳуқуқи муҳоҷирон",
        "hy": "Ղրղզստանի զեկույցը ՄԱԿ-ի միգրանտների իրավունքների կոմիտեում",
        "en": "report of Kyrgyzstan before the UN committee on migrant workers",
    },
    4: {
        "ru": "круглый стол в Астане о защите беженцев",
        "ky": "Астанадагы качкындарды коргоо боюнча тегерек стол",
        "kk": "Астанадағы босқындарды қорғау туралы дөңгелек үстел",
        "uz": "Ostonada qochqinlarni himoya qilish boʻyicha davra suhbati",
        "tg": "мизи мудаввар дар Остона оид ба ҳифзи гурезаҳо",
        "hy": "կլոր սեղան Աստանայում փախստականների պաշտպանության մասին",
        "en": "round table in Astana on the protection of refugees",
    },
}


def documents() -> list[Path]:
    return sorted(Path(FOLDER).glob("*.txt"))


@pytest.mark.parametrize("language", ["ru", "ky", "kk", "uz", "tg", "hy", "en"])
def test_each_is_among_the_first_two_answers_to_a_question_about_it(capsys: pytest.CaptureFixture[str], language: str) -> None:
    for path in documents():
        actions.import_document(data=path.read_bytes(), source=path.name, by="command")
    missed = []
    for number, questions in ASKED.items():
        search(build_parser().parse_args(["search", questions[language], "--limit", "2", "--json"]))
        answer = json.loads(capsys.readouterr().out)
        if number not in [int(each["source"][:3]) for each in answer["results"]]:
            missed.append(number)
    assert missed == []


# A form of its own opens where something must be said that the document does not say.
DECIDED_OR_ASKED = (
    "id => /review.organisations-/.test(location.href) || (e => e && e.dataset.state !== 'waiting')(document.getElementById(id))"
)


@pytest.mark.browser
def test_a_secretary_checks_all_five_with_the_keyboard(live_server: Any, page: Page, client: Client, chynara: Any) -> None:
    client.force_login(chynara)
    for name, value in (
        (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value),
        (settings.LANGUAGE_COOKIE_NAME, "en"),
    ):
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    from playwright.sync_api import expect

    page.goto(f"{live_server.url}/work/library/bring/")
    page.set_input_files("input[type=file]", [str(path) for path in documents()])
    page.get_by_role("button", name="Bring in").click()
    with Reader() as reader:
        while actions.read_some(batch_id=Batch.objects.get().pk, reader=reader):
            pass
    for document in Document.objects.order_by("pk"):
        page.goto(f"{live_server.url}/work/library/{document.code}/review/")
        waiting = page.locator(".finding[data-state=waiting]")
        while waiting.count():
            one = waiting.first
            name = one.get_attribute("id")
            choices = one.get_by_role("radio")
            if choices.count() and not one.get_by_role("radio", checked=True).count():
                choices.last.check()  # a new record: what is like it is not the same
            one.focus()
            page.keyboard.press("a")
            if (
                name == "f-meeting-0" and not document.date_start[:1].isdigit()
            ):  # no year, or no day at all: whoever checks it knows
                page.wait_for_url("**/review/meeting-0/**")
                first, last = ("2015-04-13", "2015-04-14") if document.date_start else ("2016-02-26", "")
                page.locator("[name=start]").fill(first)
                page.locator("[name=end]").fill(last)
                page.get_by_role("button", name="Accept it like this").click()
                page.wait_for_url(re.compile(r"/review/(#.*)?$"))
                continue
            page.wait_for_function(DECIDED_OR_ASKED, arg=name)
            if "/review/organisations-" in page.url:  # its name does not say what it is
                page.locator("[name=what]").select_option("ngo")
                page.get_by_role("button", name="Accept it like this").click()
                page.wait_for_url(re.compile(r"/review/(#.*)?$"))
            expect(page.locator(f"#{name}")).not_to_have_attribute("data-state", "waiting")
    decided = Confirmation.objects.values_list("document", flat=True).distinct().count()
    assert (decided, Document.objects.exclude(checked_at=None).count()) == (5, 5)
    assert Confirmation.objects.filter(field="meeting", target__startswith="meeting:").count() == 5
