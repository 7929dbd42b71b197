"""Minutes as the body approved them: drawn once in each language, kept, and read again as they were.

What is kept is the paper before it is set out: its words stay, while page, Word file, PDF and Akoma Ntoso may be made better.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenesh.council.models import Meeting, Minutes, MinutesText, MinutesVersion
from kenesh.council.papers import drafting
from kenesh.council.papers.paper import Block, Count, Drawn, House, Paper, Present, Record, Signature, Text
from kenesh.council.queries.minutes import Rows, draft, minutes_of, public_decision_codes, rows_of
from kenesh.council.zones import zone_name
from kenesh.people.models import as_on
from kenesh.themes import dates

_RELATED = ("body", "host_meeting__body", "chair__organisation", "secretary__organisation", "minutes")


def keep(version: MinutesVersion) -> None:
    """Draws the minutes in every language, for the body and for everybody, and keeps them."""
    meeting = Meeting.objects.select_related(*_RELATED).get(minutes=version.minutes_id)
    rows, texts = rows_of(meeting), []
    for language in dict(settings.LANGUAGES):
        for for_everybody in (False, True):
            paper = _drawn(meeting, language, for_everybody=for_everybody, all_decisions=True, rows=rows)
            texts.append(MinutesText(version=version, language=language, for_everybody=for_everybody, paper=asdict(paper)))
    MinutesText.objects.bulk_create(texts)


def _drawn(
    meeting: Meeting, language: str, *, for_everybody: bool, all_decisions: bool = False, rows: Rows | None = None
) -> Paper:
    with override(language), as_on(meeting.day):
        found = draft(meeting, for_everybody=for_everybody, all_decisions=all_decisions, rows=rows)
        return drafting.minutes(found, zone=zone_name(meeting.time_zone))


def paper_of(
    meeting: Meeting, language: str, *, for_everybody: bool, decision: str = "", version: MinutesVersion | None = None
) -> Paper | None:
    """The minutes or the excerpt of one decision in one language: of this version, else the draft as it reads now. None when
    they do not show that decision, or are not there in that language. Minutes that were approved before versions were kept are
    drawn from what stands there now."""
    if version is None:
        paper = _drawn(meeting, language, for_everybody=for_everybody)
    else:
        kept = version.texts.filter(language=language, for_everybody=for_everybody).first()
        if kept is None:
            return None
        paper = _as_it_stands(_read(kept.paper), version, minutes_of(meeting))
        paper = _without_hidden(paper, public_decision_codes(meeting)) if for_everybody else paper
    if not decision:
        return paper
    with override(language):
        return drafting.excerpt(paper, decision)


def _as_it_stands(paper: Paper, version: MinutesVersion, row: Minutes | None) -> Paper:
    """With the signatures of this version, and with what became of it."""
    signed = {"chair": version.chair_signed_on, "secretary": version.secretary_signed_on}
    language = paper.language
    with override(language):
        signatures = [
            replace(one, signed=_("signed on %(day)s") % {"day": dates.day(on, language)} if (on := signed[one.role]) else "")
            for one in paper.signatures
        ]
        said = [drafting.status_of(version, language)]
        if version.number > 1:
            said.append(_("Version %(number)s. Corrected: %(reason)s") % {"number": version.number, "reason": version.reason})
        is_last = not MinutesVersion.objects.filter(minutes=version.minutes_id, number__gt=version.number).exists()
        if not is_last:
            said.append(_("These minutes were corrected later. A newer version counts."))
        elif row is None or row.status != Minutes.Status.APPROVED:
            said.append(_("These minutes are being corrected."))
    return replace(paper, signatures=signatures, status=" ".join(said))


def _without_hidden(paper: Paper, public: set[str]) -> Paper:
    """Without decisions that are not public, and what belongs to them."""
    points = [
        replace(point, blocks=[one for one in point.blocks if not one.decision or one.decision in public])
        for point in paper.points
    ]
    record = replace(
        paper.record,
        counts=[one for one in paper.record.counts if not one.decision or one.decision in public],
        houses=[one for one in paper.record.houses if not one.decision or one.decision in public],
    )
    return replace(paper, points=points, record=record)


# --- out of what is kept ------------------------------------------------------------------------------------------------


def _read(kept: dict[str, Any]) -> Paper:
    """The paper as `asdict` gave it away."""
    made = {
        "body": Text(**kept["body"]),
        "title": Text(**kept["title"]),
        "facts": [(label, Text(**said)) for label, said in kept["facts"]],
        "present": [Present(**group) for group in kept["present"]],
        "agenda": [Text(**title) for title in kept["agenda"]],
        "points": [_point(point) for point in kept["points"]],
        "remarks": Text(**kept["remarks"]) if kept["remarks"] else None,
        "signatures": [Signature(**one) for one in kept["signatures"]],
        "record": _record(kept["record"]),
    }
    return Paper(**{**kept, **made})


def _point(kept: dict[str, Any]) -> Drawn:
    return Drawn(kept["number"], Text(**kept["title"]), [_block(block) for block in kept["blocks"]])


def _block(kept: dict[str, Any]) -> Block:
    texts = [Text(**said) for said in kept["texts"]]
    rows = [[Text(**cell) for cell in row] for row in kept["rows"]]
    return Block(**{**kept, "texts": texts, "rows": rows})


def _record(kept: dict[str, Any]) -> Record:
    counts, houses = [Count(**one) for one in kept["counts"]], [House(**one) for one in kept["houses"]]
    return Record(**{**kept, "counts": counts, "houses": houses})
