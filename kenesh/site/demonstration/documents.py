"""Documents of the demonstration: events of the field in our own words, brought into the library as any other file."""

from __future__ import annotations

from pathlib import Path

from kenesh.kernel.findings import taker_of
from kenesh.library import actions, samples
from kenesh.library.models import Document
from kenesh.library.proposals import Proposals
from kenesh.people.models import Body, User

FOLDER = Path(__file__).parent / "documents"
# Invented ones that wait to be checked, so that a newcomer can try it; the first is checked already.
SAMPLES = Path(samples.__file__).parent
TO_CHECK = ("minutes-ky.txt", "press-release-ru.html", "announcement-en.txt", "conference-tg.txt")
QUESTIONS = "questions-en.txt"


def bring_in(*, by: User) -> dict[str, Document]:
    """Documents by the names of their files without ending."""
    return {
        path.stem: actions.import_document(data=path.read_bytes(), source=path.name, by=by).document
        for path in sorted(FOLDER.glob("*.txt"))
    }


def bring_in_to_check(*, by: User, body: Body) -> None:
    """Samples in four languages. In the first a person has decided on everything; its recommendations are followed up by the body. Of a
    list of issues the questions are confirmed."""
    first, *_others = [
        actions.import_document(data=(SAMPLES / name).read_bytes(), source=name, by=by).document for name in TO_CHECK
    ]
    recommended = Proposals(first).of("recommendations")
    proposed = taker_of("recommendations").propose(recommended, by)
    for finding, one in zip(recommended, proposed, strict=True):
        actions.accept_finding(document=first, key=finding.key, facts={**one.facts, "body": body.code}, by=by)
    actions.accept_sure(document=first, by=by)
    actions.reject_rest(document=first, by=by)
    asked = actions.import_document(data=(SAMPLES / QUESTIONS).read_bytes(), source=QUESTIONS, by=by).document
    questions = Proposals(asked).of("questions")
    for finding, one in zip(questions, taker_of("questions").propose(questions, by), strict=True):
        actions.accept_finding(document=asked, key=finding.key, facts=one.facts, by=by)
