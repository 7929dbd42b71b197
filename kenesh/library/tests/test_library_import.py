"""Importing: what is stored, what is known already, and what a batch reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenesh.kernel.models import TrailEntry
from kenesh.library.actions import import_document, import_paths
from kenesh.library.models import Document
from kenesh.library.reading import CannotRead
from kenesh.library.signals import document_imported

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RUSSIAN = (SAMPLES / "press-release-ru.html").read_bytes()


def test_an_imported_document_keeps_its_text_and_what_was_found() -> None:
    document = import_document(data=RUSSIAN, source="in/press.html", by="command").document
    document.refresh_from_db()
    assert (document.language, document.script, document.kind) == ("ru", "Cyrl", "round_table")
    assert (document.date_start, document.date_end, document.countries) == ("2025-03-12", "", ["KG", "UZ", "TJ", "RU"])
    assert sorted(document.named_countries.values_list("country", flat=True)) == ["KG", "RU", "TJ", "UZ"]
    assert [document.text[slice(*piece["at"])] for piece in document.furniture] == [piece["text"] for piece in document.furniture]
    assert [document.text[slice(*item["at"])] for item in document.found["figures"]] == [
        "45",
        "1\xa0240",
        "38 %",
        "96,5 млн рублей",
    ]


def test_themes_are_stored_once_each_with_their_scores() -> None:
    document = import_document(data=RUSSIAN, source="press.html", by="command").document
    concepts = list(document.themes.values_list("concept", flat=True))
    assert len(concepts) == len(set(concepts)) > 0
    assert [score for score in document.themes.values_list("score", flat=True) if not 0 < score <= 1] == []


def test_the_same_text_is_recognised_in_another_encoding_and_with_another_menu() -> None:
    first = import_document(data=RUSSIAN, source="press.html", by="command")
    other = RUSSIAN.decode().replace("Главная", "Новости").replace("Все права защищены", "Карта сайта")
    again = import_document(data=other.encode("utf-16"), source="copy.html", by="command")
    assert (first.new, again.new, again.document.pk) == (True, False, first.document.pk)
    assert Document.objects.count() == 1


def test_each_import_leaves_one_entry_in_the_trail() -> None:
    document = import_document(data=RUSSIAN, source="press.html", by="command").document
    import_document(data=RUSSIAN, source="press.html", by="command")
    assert list(TrailEntry.objects.values_list("actor", "verb", "target")) == [
        ("command", "import_document", f"document:{document.code}")
    ]


def test_a_new_document_is_told_to_the_areas_above_and_a_known_one_is_not() -> None:
    told: list[str] = []

    def hear(*, document: Document, **_: object) -> None:
        told.append(document.code)

    document_imported.connect(hear)
    try:
        document = import_document(data=RUSSIAN, source="press.html", by="command").document
        import_document(data=RUSSIAN, source="press.html", by="command")
    finally:
        document_imported.disconnect(hear)
    assert told == [document.code]


def test_a_text_with_a_nul_in_utf_16_is_stored_without_it() -> None:
    data = "Жыйын Бишкекте өттү\x00, ага көп киши катышты.".encode("utf-16")
    document = import_document(data=data, source="nul.txt", by="command").document
    document.refresh_from_db()
    assert document.text == "Жыйын Бишкекте өттү\ufffd, ага көп киши катышты."


def test_what_cannot_be_read_stores_nothing() -> None:
    with pytest.raises(CannotRead):
        import_document(data=b"%PDF-1.4", source="x.pdf", by="command")
    assert (Document.objects.count(), TrailEntry.objects.count()) == (0, 0)


def test_a_batch_reports_every_file_and_may_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(RUSSIAN)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / ".hidden").write_bytes(b"no")
    seen: list[tuple[int, int]] = []
    first = import_paths([tmp_path], by="command", progress=lambda done, total: seen.append((done, total)))
    second = import_paths([str(tmp_path / "a.html"), tmp_path / "none.txt"], by="command")
    assert [file.outcome for file in first] == ["imported", "could not read"]
    assert [file.outcome for file in second] == ["already known", "could not read"]
    assert seen == [(1, 2), (2, 2)]
    assert str(second.files[1]) == f"{tmp_path}/none.txt: could not read (There is no such file. Check the name.)"
