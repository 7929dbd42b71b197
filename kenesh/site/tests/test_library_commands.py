"""What people made of what was read is taken out through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kenesh.library import samples
from kenesh.library.actions import import_document
from kenesh.people.models import Role
from kenesh.site.command_line import main

pytestmark = pytest.mark.django_db

NOTE = Path(samples.__file__).parent / "announcement-en.txt"


def test_corrections_are_exported_as_one_line_for_each_checked_document(
    client: Client, make_account: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = import_document(data=NOTE.read_bytes(), source=NOTE.name, by="command").document
    client.force_login(make_account("Emil", Role.EDITOR).user)
    page = f"/work/library/{document.code}/review/"
    client.post(f"{page}title-0/", {"title": "A training"})
    assert main(["library", "export-corrections"]) == 0
    assert capsys.readouterr() == ("", "0 checked documents\n")
    client.post(page, {"all": "rest"})
    assert main(["library", "export-corrections", str(tmp_path / "set.jsonl")]) == 0
    assert capsys.readouterr() == ("", "1 checked documents\n")
    (line,) = (tmp_path / "set.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = json.loads(line)
    assert (labelled["document"], labelled["text"]) == (document.code, document.text)
    assert (labelled["read"]["title"], labelled["confirmed"]["title"]) == (document.found["title"], "A training")
    assert (len(labelled["read"]["persons"]), labelled["confirmed"]["persons"]) == (len(document.found["persons"]), [])


def test_a_file_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "export-corrections", "/nowhere/set.jsonl"]) == 1
    assert (
        capsys.readouterr().err == "kenesh: /nowhere/set.jsonl cannot be written (No such file or directory): name another file\n"
    )
