"""Files that are broken, protected, enormous or made to do harm: one clear line each, and the others are read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from kenesh.library.formats.isolated import extract
from kenesh.library.reading import CannotRead, read_document
from kenesh.library.reading.command import read_files
from kenesh.library.reading.markup import flatten
from kenesh.library.tests.papers import TYPES, W, a_pdf, a_word, p, rows

ROOT = Path(__file__).resolve().parents[3]
LEAD = "15 мая 2024 года в Бишкеке состоялось заседание совета по миграции, в котором участвовали эксперты из стран региона."


def kenesh_read(*arguments: str, seed: str = "1") -> tuple[int, list[dict[str, object]], list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "kenesh", "read", "--json", *arguments],
        capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "KENESH_HOME": "/proc/none"}, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode().splitlines()


def packed(document: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", document)
    return out.getvalue()


def protected(data: bytes, algorithm: str, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


PAPER = a_pdf(rows(LEAD))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = "<w:sdt>" * 5000 + p("x") + "</w:sdt>" * 5000
HARM = {
    "empty.txt": (b"", "The file is empty."),
    "white.txt": (b"\xef\xbb\xbf \r\n\t\x00\n", "The file is empty."),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is a picture."),
    "rubbish.doc": (bytes(range(256)) * 40, "The file holds binary data, not text."),
    "old.doc": (OLE, "This is an old Word, Excel or Outlook file"),
    "secret.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "The file is protected with a password."),
    "cut.docx": (a_word(p(LEAD))[:300], "The Word or ZIP file is damaged or was cut off."),
    "cut.pdf": (PAPER[:400], "The PDF file is damaged or was cut off."),
    "secret.pdf": (protected(PAPER, "RC4-128", "secret"), "The PDF file is protected with a password."),
    "scan.pdf": (a_pdf([]), "The PDF holds only pictures of pages"),
    "ring.pdf": (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >> endobj\ntrailer << /Root 1 0 R >>",
        "The PDF file is damaged",
    ),
    "bomb.docx": (packed("<w:document>" + " " * 45_000_000), "The Word file is far larger inside than outside."),
    "entities.docx": (
        packed(f'{ENTITIES}<w:document xmlns:w="{W}">&b;</w:document>'),
        "The Word file holds definitions that no Word file needs.",
    ),
    "deep.docx": (a_word(DEEP), "The Word file is nested too deeply."),
    "table.zip": (b"PK\x05\x06" + bytes(18), "The file holds binary data"),
    "long.txt": ("я" * 3_000_001, "The text is longer than 3 million characters."),
}


def test_each_file_that_cannot_be_read_has_one_clear_line_and_the_others_are_read(tmp_path: Path) -> None:
    expected: dict[str, str] = {}
    for name, (data, begins) in HARM.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        expected[str(tmp_path / name)] = begins
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    expected |= {
        str(tmp_path / "huge.txt"): "The file is larger than 20 MB.",
        str(tmp_path / "pipe"): "This is not a file but a device or a pipe.",
        "/dev/zero": "This is not a file but a device or a pipe.",
        str(tmp_path / "folder"): "This is a folder.",
        str(tmp_path / "missing.txt"): "There is no such file.",
    }
    (tmp_path / "good.docx").write_bytes(a_word(p(LEAD)))
    (tmp_path / "open.pdf").write_bytes(protected(PAPER, "RC4-128", ""))
    nameless = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")
    Path(nameless).write_text(LEAD, encoding="utf-8")
    status, answers, errors = kenesh_read(*expected, str(tmp_path / "good.docx"), str(tmp_path / "open.pdf"), nameless)
    assert [(a["source"], str(a["error"])[: len(expected[str(a["source"])])]) for a in answers[:-3]] == list(expected.items())
    assert [answer["language"] for answer in answers[-3:]] == ["ru", "ru", "ru"]
    assert answers[-1]["source"] == f"{tmp_path}/a\ufffd.txt"
    assert errors == [f"kenesh: {answer['source']}: {answer['error']}" for answer in answers[:-3]]
    assert status == 1


def test_the_same_bytes_give_the_same_answer_in_every_process(tmp_path: Path) -> None:
    samples = ROOT / "kenesh" / "library" / "samples"
    (tmp_path / "paper.pdf").write_bytes(PAPER)
    files = [str(samples / "press-release-ru.html"), str(samples / "minutes-ky.txt"), str(tmp_path / "paper.pdf")]
    assert kenesh_read(*files, seed="1") == kenesh_read(*files, seed="2")


def test_the_text_in_which_places_count_comes_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PAPER)
    assert next(read_files([str(tmp_path / "a.pdf")], with_text=True))["text"] == f"{LEAD}\n"


@pytest.mark.parametrize(
    "data",
    [
        f"{LEAD}\x00{LEAD}".encode(),
        LEAD.encode() + b"\xed\xa0\x80" + LEAD.encode(),
        f"{LEAD}{LEAD}".encode()[:-1],
        LEAD.encode("utf-16") + b"\x00\xd8",
    ],
    ids=["nul", "surrogate", "cut off in a letter", "surrogate of utf-16"],
)
def test_a_few_broken_characters_do_not_hinder_reading(data: bytes) -> None:
    reading = read_document(data, "x")
    assert (reading.language, reading.countries, [w.kind for w in reading.warnings if w.kind != "encoding"]) == ("ru", ["KG"], [])


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "utf-16-le", "utf-16-be", "utf-16"]
)
def test_an_encoding_is_detected_whatever_the_page_declares(encoding: str) -> None:
    page = f"<html><head><meta charset=windows-1252></head><body><h1>Заседание совета</h1><p>{LEAD}</p></body></html>"
    assert read_document(page.encode(encoding), "x").title == "Заседание совета"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Еңбек мигранттарының құқықтары жөніндегі кеңестің отырысы Алматы қаласында өтті, оған сарапшылар қатысты.", "kz1048"),
        ("Эмгек мигранттарынын укуктарын коргоо боюнча кеңештин жыйыны Бишкек шаарында өттү, ага эксперттер катышты.", "kz1048"),
        ("Эмгек мигранттарынын укуктарын коргоо боюнча кеңештин жыйыны Бишкек шаарында өттү, ага эксперттер катышты.", "ptcp154"),
        ("Ҷаласаи шӯро оид ба муҳоҷирати меҳнатӣ дар шаҳри Душанбе баргузор гардид ва коршиносон иштирок карданд.", "koi8-t"),
        ("Меҳнат мигрантлари ҳуқуқлари бўйича кенгаш йиғилиши Тошкент шаҳрида бўлиб ўтди.", "utf-8"),
        ("Засідання ради відбулося, про міграцію говорили експерти з різних країн світу.", "cp1251"),
    ],
)
def test_letters_of_our_languages_survive_their_old_encodings(text: str, encoding: str) -> None:
    assert read_document(text.encode(encoding), "x").text == text


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        '<a b="',
        "<!--",
        "<![CDATA[",
        "<?php ",
        "</",
        "<!",
        "&",
        "<div>",
        "<b></i>",
        "<nav>x</nav>",
        "<table><tr><td>",
        "<a/",
        "<a b=c",
    ],
)
def test_markup_that_never_ends_takes_no_time(piece: str) -> None:
    began = time.process_time()
    flatten(f"<html><body><p>{LEAD}</p>" + piece * (100_000 // len(piece)))
    assert time.process_time() - began < 3


def test_a_file_that_takes_too_long_ends_its_program_and_not_this_one() -> None:
    with pytest.raises(CannotRead):
        extract("pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<" * 1000)
    assert extract("pdf", PAPER).text == f"{LEAD}\n"


@pytest.mark.parametrize("piece", ["(", "«", "1 ", "А", "Аа ", "  ", "../", "министр ", "a@", "Кыргыз"])
def test_no_pattern_takes_more_than_its_share_of_time(piece: str) -> None:
    """A pattern that goes back from each of 12,000 characters takes many seconds; one that does not, a fraction of one."""
    began = time.process_time()
    read_document((f"{LEAD}\n" + piece * (12_000 // len(piece))).encode(), "x")
    assert time.process_time() - began < 3
