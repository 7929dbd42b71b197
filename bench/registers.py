"""How long a register takes on its way into cases: reading, dry run, import with indexing; and how long each request is.

    python -m bench.registers --rows 10000 --json

An Excel file of invented rows, in a fresh SQLite home of its own with `fsync` on, through the pages, in this process.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = ["№", "Дата обращения", "ФИО", "Телефон", "Гражданство", "Год рождения", "Пол", "Проблема", "Работодатель"]
HEADINGS += ["Сумма долга", "Результат", "Примечание"]
NAMES = ["Айбек уулу Нурлан", "Асанова Гульнара", "Каримов Рустам", "Жээнбекова Бурул", "Рахимов Фирдавс"]
PROBLEMS = ["Невыплата зарплаты", "забрали паспорт", "Запрет на въезд", "депортация", "Травма на работе"]
STORY = "Прораб обещал заплатить в конце месяца и пропал, телефон не отвечает"


def run(rows: int = 10_000) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="kenesh-bench-") as folder:  # a disk, not memory
        os.environ["KENESH_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenesh.config.settings")
        (Path(folder) / "static").mkdir()
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", run_syncdb=True, verbosity=0)
        return _measure(rows)


def _file(rows: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("2025")
        sheet.write_row(0, 0, HEADINGS)
        for n in range(1, rows + 1):
            person = [f"{NAMES[n % 5]} {n}", f"8912{n:07}", "Кыргызстан", str(1960 + n % 45), "м" if n % 2 else "ж"]
            matter = [PROBLEMS[n % 5], f"ООО Сапсан {n % 300}", str(1000 + n * 3), "в работе", STORY]
            sheet.write_row(n, 0, [n, f"{n % 28 + 1:02}.{n % 12 + 1:02}.2025", *person, *matter])
    return out.getvalue()


def _client() -> tuple[Any, Any]:
    """A signed-in caseworker, and the office."""
    from django.test import Client

    from kenesh.cast import PASSWORD, enter
    from kenesh.people import actions
    from kenesh.people.models import Organisation, Role

    office = Organisation.objects.create(name={"en": "Bench"}, kind="centre", country="KG", takes_appeals=True)
    account = actions.add_user(email="aigul@example.org", name="Aigul", password=PASSWORD, by="bench")
    actions.give_role(user=account.user, role=Role.CASEWORKER, organisation=office, by="bench")
    actions.begin_epoch(organisation=office, holders=[account.user], by="bench")
    client = Client(HTTP_HOST="localhost")
    enter(client, account.user)
    return client, office


def _measure(rows: int) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from kenesh.casework.models import Case, ToIndex

    client, office = _client()
    times: list[float] = []

    def timed(act: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = act()
        times.append(time.perf_counter() - began)
        return answer

    measured: list[dict[str, Any]] = []
    upload = {"key": str(uuid.uuid4()), "office": office.code, "file": SimpleUploadedFile("2025.xlsx", _file(rows))}
    began = _clock()
    address = timed(lambda: client.post("/work/import/", upload)).headers["Location"]
    measured.append({"step": "reading", **_since(began)})
    began = _clock()
    _finish(client, timed, timed(lambda: client.post(f"{address}columns/", _columns(client, address))).headers["Location"])
    measured.append({"step": "dry run", **_since(began)})
    began = _clock()
    _finish(client, timed, timed(lambda: client.post(f"{address}start/")).headers["Location"])
    measured.append({"step": "import", **_since(began)})
    cases = Case.objects.count()
    times.sort()
    return {
        "bench": "registers",
        "rows": measured,
        "summary": {
            "rows": rows,
            "lost": max(0, rows - cases),
            "doubled": max(0, cases - rows),
            "not_searchable": ToIndex.objects.count(),
            "cpu_ms_per_row": round(sum(each["cpu_seconds"] for each in measured) * 1000 / rows, 1),
            "median_request_seconds": round(times[len(times) // 2], 2),
            "longest_request_seconds": round(times[-1], 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }


def _columns(client: Any, address: str) -> dict[str, str]:
    """The form of the columns as it is suggested."""
    page = client.get(f"{address}columns/").content.decode()
    form = {"key": str(uuid.uuid4())}
    for name, options in re.findall(r'<select name="(column_\d+|currency|unsaid)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form


def _finish(client: Any, timed: Callable[[Callable[[], Any]], Any], address: str) -> None:
    from kenesh.casework.models import Job

    while Job.objects.get(code=address.rstrip("/").split("/")[-1]).state == Job.State.RUNNING:
        timed(lambda: client.post(address, {"do": "go_on"}))


def _clock() -> tuple[float, float]:
    """Now, and the processor time of this process and those that it has started."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _since(began: tuple[float, float]) -> dict[str, float]:
    now = _clock()
    return {"seconds": round(now[0] - began[0], 1), "cpu_seconds": round(now[1] - began[1], 1)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(run(arguments.rows), indent=None if arguments.json else 1))
