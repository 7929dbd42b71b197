"""Reads strangers' documents in a process of its own: no environment, bounded memory and time, no file to write, no connection.

Question: a line of JSON {"source": …, "size": bytes}, then so many bytes. Answer: a line of JSON, an extract or {"refused": sentence}.
It goes on until its input ends; who asks ends it when a file takes too long.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

MEMORY = 2 * 2**30
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
    from kenesh.library.reading import CannotRead

    _bound()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        data = sys.stdin.buffer.read(asked["size"])
        _more_time()
        try:
            answer = json.dumps(extract(data, asked["source"]))
        except CannotRead as why:
            answer = json.dumps({"refused": str(why)})
        except (MemoryError, RecursionError):
            answer = json.dumps({"refused": "The file is too complicated to be read here."})
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
