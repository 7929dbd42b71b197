"""Why a file could not be read, and what the reading was not sure of, is said in every language of the interface."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from kenesh import library
from kenesh.library.actions import batches
from kenesh.library.doubts import doubts
from kenesh.library.reasons import reason

ROOM = Path(library.__file__).parent
SENTENCE = re.compile(r"[A-Z][^\n]{15,}[a-z)]\.")
OF_THE_COMMAND = {"reading/command.py"}  # names and folders, which no page takes


def sentences() -> set[str]:
    """Every text of a module that refuses files and that ends like a sentence."""
    found = {
        batches.TOO_MANY,
        batches.TOO_LARGE,
        batches.EMPTY,
        "The text is longer than 3 million characters. Split it into parts.",
    }
    for path in (*ROOM.glob("formats/*.py"), *ROOM.glob("reading/*.py"), ROOM / "reader.py", ROOM / "program.py"):
        source = path.read_text(encoding="utf-8")
        if "CannotRead" not in source or str(path.relative_to(ROOM)) in OF_THE_COMMAND:
            continue
        tree = ast.parse(source)
        left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                left_out |= {id(piece) for piece in node.values}
                found |= {_filled(piece).strip() for piece in node.values if SENTENCE.fullmatch(_filled(piece).strip())}
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":  # of what was read all the same
                left_out |= {id(argument) for argument in node.args}
            elif isinstance(node, ast.FunctionDef) and node.name == "_no_date":  # the text of a notice, too
                left_out |= {id(piece) for piece in ast.walk(node)}
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in left_out]
        found |= {text.value for text in texts if isinstance(text.value, str) and SENTENCE.fullmatch(text.value)}
    return found


def warnings() -> set[str]:
    """Every sentence that says what the reading was not sure of, with 12 in its places."""
    found = set()
    for path in (ROOM / "reading/reader.py", ROOM / "reading/opening.py", ROOM / "formats/pdf.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said: list[ast.expr] = []
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                said = node.args[1:2]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
                said = [text for text in node.elts[1:] if isinstance(text, ast.JoinedStr)]
            elif isinstance(node, ast.FunctionDef) and node.name == "_no_date":
                said = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found |= {_filled(text) for text in said if isinstance(text, ast.JoinedStr | ast.Constant)}
    return found


def _filled(text: ast.expr) -> str:
    pieces = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "12" for piece in pieces)


@pytest.mark.parametrize("language", ["ru", "ky", "uz", "tg", "kk", "hy"])
def test_no_doubt_stays_english(language: str) -> None:
    assert len(warnings()) == 14
    with override(language):
        said = doubts({"text": text} for text in warnings())
    assert [words for words in said if re.search(r"\b(?:the|this|it|of|and|file|not)\b", words, re.I)] == []
    assert all("12" in words for text, words in zip(warnings(), said, strict=True) if "12" in text)


def test_a_doubt_quotes_the_document() -> None:
    with override("ru"):
        assert doubts([{"text": "“13 апреля” does not name the year. Add it if you know it."}]) == [
            "В словах «13 апреля» нет года. Впишите его, если знаете."
        ]


@pytest.mark.parametrize("language", ["ru", "ky", "uz", "tg", "kk", "hy"])
def test_no_reason_stays_english(language: str) -> None:
    with override(language):
        left = {said: words for said in sentences() if re.search(r"\b(?:the|this|it|of|and|file)\b", words := reason(said), re.I)}
    assert left == {}


def test_what_a_file_says_wrongly_of_its_letters_is_told_without_its_words() -> None:
    with override("ru"):
        assert reason("The file says that it is x-evil and is not. Split it into parts.") == (
            "Буквы в файле записаны не так, как в нём указано. Разделите его на части."
        )


def test_in_english_a_reason_stays_as_it_is() -> None:
    with override("en"):
        assert reason("The file is empty. Check that it was saved or copied completely.").startswith("The file is empty. Check")
