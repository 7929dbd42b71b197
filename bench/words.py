"""How quickly words are read: languages told, stems, themes, terms for an index, highlights. No database.

    python -m bench.words --json

Over the project's own sayings and short texts, in seconds of this process's CPU; `fresh` words were not met before.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).parents[1] / "kenesh" / "themes" / "tests"


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (TESTS / name).read_text(encoding="utf-8").splitlines()]


def _a_second(each: Callable[[str], object], texts: list[str]) -> int:
    started = time.process_time()
    for text in texts:
        each(text)
    return round(len(texts) / (time.process_time() - started))


def run() -> dict[str, object]:
    started = time.process_time()
    from kenesh.themes.languages import detect

    detect("айлыгымды бербей жатат")
    start = round(time.process_time() - started, 3)
    from kenesh.themes import analysis, stemming

    short = [text for _, text in _rows("short_texts.tsv")]
    sayings = [text for _, _, text in _rows("sayings.tsv")]
    new = [f"{text} {chr(0x430 + n % 32) * 3}{text[::-1][:6]}" for n in range(8) for text in short]
    analysis.load()
    words: dict[str, list[str]] = {}
    for language, kind, forms in _rows("stems.tsv"):
        separator = " " if kind == "same" else None
        words.setdefault(language, []).extend(map(analysis.normalise, forms.replace("/", " ").split(separator)))
    fresh = {code: [f"{word}{end}" for end in ("", "а", "ab", "ի") for word in of] for code, of in words.items()}
    return {
        "start_to_first_language_s": start,
        "languages_told_a_second_fresh": _a_second(detect, new),
        "languages_told_a_second": _a_second(detect, new),
        "stems_a_second_fresh": {
            code: _a_second(lambda word, code=code: stemming.stem.__wrapped__(word, code), of) for code, of in fresh.items()
        },
        "sayings_tagged_a_second": _a_second(analysis.tag, sayings * 3),
        "sayings_to_terms_a_second": _a_second(analysis.terms, sayings * 3),
        "sayings_highlighted_a_second": _a_second(lambda text: analysis.highlight(text, "айлык паспорт Рахмонов"), sayings * 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    arguments = parser.parse_args()
    figures = run()
    print(json.dumps(figures, ensure_ascii=False) if arguments.json else json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
