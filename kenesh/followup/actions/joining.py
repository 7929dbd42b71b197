"""Two records of the same organisation become one: what is asked of the one is asked of the other."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from kenesh.followup.actions.filing import file
from kenesh.followup.actions.record import keep_version
from kenesh.followup.actions.scores import count_line
from kenesh.followup.models import Addressee, AddresseeScore, Following, ImportedRow, Recommendation, Shadow
from kenesh.followup.queries.filters import key
from kenesh.people.models import Body, Organisation
from kenesh.search.actions import keep
from kenesh.themes.texts import Translated

_AT_ONCE = 200


def move_to(*, stays: Organisation, goes: Organisation) -> None:
    """Addressees with their letters and answers, assessments, scores, and what people follow. The room of people writes the trail."""
    asking = Recommendation.objects.select_for_update(of=("self",)).select_related("body")
    rows = list(asking.filter(addressees__organisation=goes).order_by("pk"))
    Addressee.objects.filter(organisation=goes).update(organisation=stays)
    Addressee.objects.filter(above=goes).update(above=stays)
    Addressee.objects.filter(above=stays, organisation=F("above")).update(above=None)
    Shadow.with_withdrawn.filter(organisation=goes).update(organisation=stays)
    _move_scores(stays, goes)
    for recommendation in rows:
        _rename_in_import(recommendation, stays, goes)
        file(recommendation)
        keep_version(recommendation)
    for body in Body.objects.filter(pk__in={row.body_id for row in rows}).order_by("pk"):
        count_line(body, stays)
    _move_followings(key("to", stays.code), key("to", goes.code))
    codes = [row.code for row in rows]
    for start in range(0, len(codes), _AT_ONCE):
        keep("recommendation", codes[start : start + _AT_ONCE])


def _move_scores(stays: Organisation, goes: Organisation) -> None:
    """A board has one line of both; what each of them said to its line is said to that one."""
    lines = {line.body_id: line for line in AddresseeScore.objects.filter(organisation=stays)}
    for line in AddresseeScore.objects.filter(organisation=goes):
        there = lines.get(line.body_id)
        if there is None:
            AddresseeScore.objects.filter(pk=line.pk).update(organisation=stays)
            continue
        languages = {**there.words, **line.words}
        words = {each: "\n".join(filter(None, (there.words.get(each), line.words.get(each)))) for each in languages}
        AddresseeScore.objects.filter(pk=there.pk).update(words=Translated(words))
        line.delete()


def _move_followings(stays: str, goes: str) -> None:
    """Who follows what is asked of the one follows what is asked of the other; who follows both already, once."""
    for following in Following.objects.filter(keys__contains=goes).order_by("pk"):
        keys = " ".join(stays if each == goes else each for each in following.keys.split(" "))
        if Following.objects.filter(follower=following.follower_id, keys=keys).exists():
            following.delete()
        else:
            Following.objects.filter(pk=following.pk).update(keys=keys)


def _rename_in_import(recommendation: Recommendation, stays: Organisation, goes: Organisation) -> None:
    """An import that was of this organisation can still be taken back as long as nothing else has changed."""
    row = ImportedRow.objects.filter(recommendation=recommendation, asked__isnull=False).first()
    if row is not None:
        asked: dict[str, Any] = dict(row.asked or {})
        asked["to"] = [stays.pk if each == goes.pk else each for each in asked.get("to", [])]
        asked["lead"] = stays.code if asked.get("lead") == goes.code else asked.get("lead")
        ImportedRow.objects.filter(pk=row.pk).update(asked=asked)
