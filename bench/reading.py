"""How quickly documents are read, how well, how long the command takes to start, and whether memory stays flat.

    python -m bench.reading --seconds 20 --documents 10000 --json

The project's own samples in six languages, each filled up to 5 KB with its own paragraphs, are read again and again in this
process, on one core. No database and no node. Times are processor time: what else runs on the machine hardly moves them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZE = 5_000  # bytes of UTF-8
FEW = 1_000  # documents after which memory is measured first
UNSEEN = Path(__file__).with_name("reading_unseen")  # documents and readings by somebody who had not seen how they would be read
_ROOT = Path(__file__).resolve().parents[1]


def run(seconds: float = 10, documents: int = 10_000) -> dict[str, Any]:
    from kenesh.library.reading import read_document
    from kenesh.library.reading.scoring import expected_readings, score_samples

    folder = _ROOT / "kenesh" / "library" / "samples"
    papers = _papers(folder)
    for name, data in papers:
        read_document(data, name)  # warms up: dictionaries and the extractor of articles are loaded on first use
    rows = [_rate(name, [data], seconds / len(papers)) for name, data in papers]
    rows += [_rate(f"{kind} of 5 KB", [data], seconds / len(papers)) for kind, data in _other_formats(papers)]
    every = sum(row["cpu_ms"] for row in rows[: len(papers)]) / len(papers)
    memory = _memory(papers, documents)
    start_seconds = min(_start(folder / "minutes-ky.txt") for _ in range(3))
    summary = {
        "documents_per_second": round(1000 / every, 1),
        "slowest_per_second": min(row["documents_per_second"] for row in rows),
        "start_seconds": round(start_seconds, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **memory,
    }
    if expected_readings(folder):
        scores = score_samples(folder)
        summary["score"] = round(scores.overall, 3)
        rows += [
            {
                "field": name,
                "precision": round(f.precision, 3),
                "recall": round(f.recall, 3),
                "f": round(f.f, 3),
                "expected": f.expected,
            }
            for name, f in scores.fields.items()
        ]
    unseen = score_samples(UNSEEN)
    summary |= {"score_unseen": round(unseen.overall, 3), "score_unseen_of_all_values": round(unseen.all_values.f, 3)}
    return {"bench": "reading", "rows": rows, "summary": summary}


def _papers(folder: Path) -> list[tuple[str, bytes]]:
    """Each sample filled up to 5 KB with paragraphs of its own."""
    papers = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in {".txt", ".html"}:
            continue
        text = path.read_text(encoding="utf-8")
        paragraphs = [line for line in text.splitlines() if len(line) > 90 and "<li" not in line] or [text]
        head, end, tail = text.rpartition("</body>") if path.suffix == ".html" else (text, "", "")
        number = 0
        while len((head + end + tail).encode()) < SIZE:
            head += f"\n{paragraphs[number % len(paragraphs)]}\n"
            number += 1
        papers.append((path.name, (head + end + tail).encode()))
    return papers


def _other_formats(papers: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """A text of 5 KB as the other formats that can be read."""
    from email.message import EmailMessage

    from kenesh.library.tests.papers import a_pdf, a_word, p, rows

    text = next(data for name, data in papers if name.endswith(".txt")).decode()
    lines = [line[at : at + 80] for line in text.splitlines() if line for at in range(0, len(line), 80)]
    mail = EmailMessage()
    mail["Subject"], mail["Message-ID"] = "Minutes", "<1@example.org>"
    mail.set_content(text, charset="utf-8")
    word = "".join(p(line.replace("&", "&amp;").replace("<", "&lt;")) for line in text.splitlines())
    return [
        ("pdf", a_pdf(*(rows(*lines[n : n + 50]) for n in range(0, len(lines), 50)))),
        ("docx", a_word(word)),
        ("eml", mail.as_bytes()),
    ]


def _rate(name: str, papers: list[bytes], seconds: float) -> dict[str, Any]:
    """Documents a second of processor time, that of the program for PDF and Word files included."""
    from kenesh.library.formats import isolated
    from kenesh.library.reading import read_document

    def read() -> int:
        done, end = 0, time.process_time() + seconds
        stop = time.perf_counter() + 6 * seconds  # another program does most of the work for a PDF
        with isolated.kept():
            while (time.process_time() < end and time.perf_counter() < stop) or not done:
                for data in papers:
                    read_document(data, name)
                    done += 1
        return done

    done, spent = _spent(read)
    return {
        "document": name,
        "documents_per_second": round(done / spent, 1),
        "cpu_ms": round(spent / done * 1000, 2),
        "read": done,
    }


def _spent(act: Callable[[], int]) -> tuple[int, float]:
    began = _cpu()
    done = act()
    return done, _cpu() - began


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _memory(papers: list[tuple[str, bytes]], documents: int) -> dict[str, Any]:
    """Memory in use after a thousand documents and after all, each a little different from every other."""
    from kenesh.library.reading import read_document

    few = 0.0
    for number in range(documents):
        name, data = papers[number % len(papers)]
        new_words = f"\nСлово{number} зат{number}тар word{number} {number} человек.\n".encode()
        read_document(data[:1500].rpartition(b"\n")[0] + new_words, name)
        if number + 1 == min(FEW, documents):
            few = _rss()
    return {"documents": documents, "rss_mb_after_few": round(few), "rss_mb_after_all": round(_rss())}


def _rss() -> float:
    """Megabytes of memory in use now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _start(path: Path) -> float:
    """Processor time of `kenesh read` for one small document, everything loaded anew."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-m", "kenesh", "read", "--json", str(path)]
    return _spent(lambda: subprocess.run(command, check=True, capture_output=True, env=environment).returncode)[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(run(arguments.seconds, arguments.documents), ensure_ascii=False, indent=None if arguments.json else 1))
