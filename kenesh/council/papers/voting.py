"""What the protocol says of votes: on proposals, on amendments, in elections; and what was said of a result afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kenesh.council.models import Ballot, BallotRemark
from kenesh.council.papers.paper import Block
from kenesh.council.papers.wording import called, clean, own, sentence
from kenesh.council.queries.elections import Course
from kenesh.council.queries.minutes import Amended, Considered, NamedVote, Voted
from kenesh.themes.changes import Change


def votes(one: Considered, *, for_body: bool) -> list[Block]:
    """Amendments with what came of them, then each ballot with its result, who voted how, and what was said of it afterwards."""
    blocks = [
        Block(
            "voted",
            _("Voted:"),
            [own(_result(voted, for_body)), *(own(said) for said in remarks(voted.ballot, for_body=for_body))],
            [_named(vote) for vote in voted.named],
        )
        for voted in one.voted
    ]
    if one.amended:
        lines = [_amendment(each, for_body) for each in one.amended]
        return [Block("amended", _("Amendments:"), [], lines), *blocks]
    return blocks


def _result(voted: Voted, for_body: bool) -> str:
    said = sentence("council/_result.html", result=voted.result, voted=voted) + clean(tellers(voted.ballot, for_body))
    return f"{voted.ballot.get_standing_display()}. {said}" if voted.ballot.standing == Ballot.Standing.ANNULLED else said


def _named(vote: NamedVote) -> str:
    line = f"{called(vote.who)} – {vote.choice}"
    if not vote.by_paper:
        return line
    by = _("given with a paper by %(name)s") % {"name": called(vote.holder)} if vote.holder else _("given with a paper")
    return f"{line} ({by})"


def remarks(ballot: Ballot, *, for_body: bool) -> list[str]:
    """That it was contested, counted again, upheld or annulled; whose words and which, the body alone reads."""
    return [clean(_remark(one, for_body)) for one in ballot.remarks.all()]


def _remark(one: BallotRemark, for_body: bool) -> str:
    kind = str(one.get_kind_display())
    if one.kind == BallotRemark.Kind.RECOUNTED:
        found = _("the same numbers") if one.same else _("other numbers")
        return f"{kind}: {found}."
    who = f" ({one.membership})" if for_body and one.membership else ""
    return f"{kind}{who}: {one.words}" if for_body and one.words else f"{kind}{who}."


def tellers(ballot: Ballot, for_body: bool) -> str:
    """Who counted the papers, which only the body reads."""
    return " " + _("Tellers: %(names)s") % {"names": ballot.tellers} + "." if for_body and ballot.tellers else ""


def election(course: Course, *, for_body: bool) -> Block:
    """The protocol of an election: who stood, each round with its numbers and its reason, who is elected."""
    stood = ", ".join(str(one) for one in course.standing)
    lines = [_("Stood: %(names)s") % {"names": stood}] if stood else []
    for each in course.rounds:
        numbers = "; ".join(f"{one.candidate} – {one.votes}" for one in each.standings)
        annulled = f"{each.ballot.get_standing_display()}. " if each.ballot.standing == Ballot.Standing.ANNULLED else ""
        round_ = _("Round %(number)d: %(votes)s. %(why)s") % {"number": each.ballot.number, "votes": numbers, "why": each.why}
        papers = each.ballot.papers
        told = " " + sentence("council/_papers.html", papers=papers) + tellers(each.ballot, for_body) if papers else ""
        said = " ".join(["", *remarks(each.ballot, for_body=for_body)])
        lines.append(clean(annulled + round_ + told + said))
    elected = ", ".join(str(one) for one in course.elected) or pgettext("elected", "nobody")
    how = course.election.get_how_display() if course.election.how else course.election.get_status_display()
    return Block("elected", _("Elected:"), [own(f"{course.election.office}: {elected}")], lines, str(how))


def _amendment(one: Amended, for_body: bool) -> str:
    """Who proposed other words, which, and what came of it."""
    amendment, language = one.amendment, get_language() or "en"
    changed = next((each for each in one.compared if each.language == language), None) or next(iter(one.compared), None)
    words = _reworded(changed.changes) if changed is not None else ""
    who = f"{called(one.who)}: " if one.who is not None else ""
    came = (
        f"{amendment.get_status_display()} ({amendment.get_how_display()})" if amendment.how else amendment.get_status_display()
    )
    counts = ""
    if amendment.how == amendment.How.VOTE:
        said = _("for: %(for)s, against: %(against)s, abstained: %(abstained)s")
        numbers = {"for": amendment.votes_for, "against": amendment.votes_against, "abstained": amendment.votes_abstained}
        counts = f", {said % numbers}"
    votes = [_result(voted, for_body) for voted in one.voted]
    afterwards = [line for ballot in amendment.ballots.all() for line in remarks(ballot, for_body=for_body)]
    return clean(" ".join([f"{who}{words} {came}{counts}.", *votes, *afterwards]))


def _reworded(changes: Iterable[Change]) -> str:
    """The changes in words, for papers that cannot mark them."""
    said, gone = [], ""
    for each in [*changes, Change("same", "")]:
        words = each.words.strip()
        if each.kind == "removed":
            gone = words
        elif each.kind == "added" and gone:
            said.append(_("instead of “%(old)s”: “%(new)s”") % {"old": gone, "new": words})
            gone = ""
        elif each.kind == "added":
            said.append(_("add “%(new)s”") % {"new": words})
        elif gone:
            said.append(_("leave out “%(old)s”") % {"old": gone})
            gone = ""
    return "; ".join(said) + "." if said else ""
