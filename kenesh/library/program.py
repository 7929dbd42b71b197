"""Reads strangers' documents in a process of its own: no environment, bounded memory and time, no file to write, no connection.

Question: a line of JSON {"source": …, "size": bytes}, then so many bytes; "words": those that people of the node confirmed for themes, when
they are others than before. Answer: a line of JSON, an extract or {"refused": sentence}, with
"attached": [[name, base64], …] where files hang on it.
It goes on until its input ends; who asks ends it when a file takes too long.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from pathlib import Path

MEMORY = 2 * 2**30
TOO_COMPLICATED = "The file is too complicated to be read here."
SECONDS = 60  # of the processor, for one file
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # this very Kenesh, and no other that is installed


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _more_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, hard))


def main() -> None:
    """Answers until nothing more is asked."""
    from kenesh.library.extraction import extract
    from kenesh.library.reading import CannotRead, attachments
    from kenesh.themes import thesaurus

    _bound()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        data = sys.stdin.buffer.read(asked["size"])
        _more_time()
        if "words" in asked:
            thesaurus.overlay(thesaurus.Addition(*word) for word in asked["words"])
        answer: dict[str, object]
        try:
            answer = dict(extract(data, asked["source"]))
        except CannotRead as why:
            answer = {"refused": str(why)}
        except (MemoryError, RecursionError):
            answer = {"refused": TOO_COMPLICATED}
        try:
            files = attachments(data)
        except CannotRead:
            files = []  # the mail itself was refused, and why is said
        answer["attached"] = [[file.name, base64.b64encode(file.data).decode()] for file in files]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
