"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kenesh.casework.models import Case, Job
from kenesh.casework.opening import OpenCase, open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

HEADINGS = ["№", "Дата обращения", "ФИО", "Телефон", "Гражданство", "Год рождения", "Пол", "Проблема", "Работодатель"]


HEADINGS += ["Сумма долга", "Результат", "Примечание"]


AIBEK = ["1", "05.03.2024", "Айбек уулу Нурлан", "8 (912) 000-11-22", "Кыргызстан", "1990", "м", "Невыплата зарплаты"]


AIBEK += ["ООО Сапсан", "45 000 руб.", "", "Прораб обещал и пропал"]


GULNARA = ["2", "5 марта 2024", "Асанова Гульнара", "0555 123456", "КР", "12.05.1985", "ж", "забрали паспорт"]


GULNARA += ["ИП Иванов", "", "в работе", ""]


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def csv_of(*rows: list[str], encoding: str = "cp1251", sign: str = ";", headings: list[str] = HEADINGS) -> bytes:
    return "\r\n".join(sign.join(row) for row in (headings, *rows)).encode(encoding)


def bring(client: Client, data: bytes, name: str = "реестр.csv") -> Any:
    """Uploads a register; the answer of the page."""
    return client.post(
        "/work/import/", {"key": str(uuid.uuid4()), "office": office_of(client), "file": SimpleUploadedFile(name, data)}
    )


def office_of(client: Client) -> str:
    found = re.search(r'name="office" value="(\w+)"', client.get("/work/import/").content.decode())
    return found[1] if found else ""


def columns(client: Client, address: str, **changes: str) -> dict[str, str]:
    """The form of the columns page as it stands, with changes."""
    page = client.get(f"{address}columns/").content.decode()
    chosen = {"key": str(uuid.uuid4())}
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        selected = re.search(r'value="([^"]*)" selected', options)
        if name.startswith("column_") or name in ("currency", "unsaid"):
            chosen[name] = selected[1] if selected else ""
    return {**chosen, **changes}


def try_out(client: Client, address: str, **changes: str) -> Job:
    answer = client.post(f"{address}columns/", columns(client, address, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return finish(client, answer.headers["Location"])


def finish(client: Client, address: str, wish: str = "go_on") -> Job:
    """Goes on with long work until it is done."""
    job = Job.objects.get(code=address.rstrip("/").split("/")[-1])
    for _round in range(100):
        client.post(address, {"do": wish})
        job.refresh_from_db()
        if job.state != Job.State.RUNNING and not (wish == "undo" and job.state == Job.State.DONE):
            break
    return job


def imported(client: Client, data: bytes, name: str = "реестр.csv", **changes: str) -> tuple[str, Job]:
    """A register that went all the way; its address and the job of its import."""
    address = bring(client, data, name).headers["Location"]
    try_out(client, address, **changes)
    return address, finish(client, client.post(f"{address}start/").headers["Location"])


def opened(user: Any, case: Case) -> OpenCase:
    return open_case(case, keyring(user))
