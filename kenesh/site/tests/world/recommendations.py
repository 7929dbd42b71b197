"""A recommendation with its correspondence, and a spreadsheet of others."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone


def a_recommendation(decision: Any, chynara: Any) -> Any:
    from kenesh.followup import actions
    from kenesh.followup.models import Judgement, Recommendation, ResponseKind, Scoreboard, Stance
    from kenesh.themes.texts import Translated

    recommendation = Recommendation.objects.get(decision=decision)
    addressee = recommendation.addressees.get()
    today = timezone.localdate()
    actions.publish(recommendation=recommendation, by=chynara)
    line = actions.SourceLine(kind="un_committee", title=Translated(ru="Заключительные замечания"), symbol="CMW/C/KGZ/CO/2")
    actions.add_source(recommendation=recommendation, line=line, by=chynara)
    actions.register_letter(addressee=addressee, sent_on=today, outgoing_number="7", key=uuid.uuid4(), by=chynara)
    given = actions.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text="Поправка внесена.")
    response = actions.enter_response(addressee=addressee, given=given, received_on=today, key=uuid.uuid4(), by=chynara)
    actions.publish_response(response=response, by=chynara)
    proof = actions.Proof(text="Закон № 7")
    actions.report_action(addressee=addressee, text="Закон принят", done_on=today, proof=proof, key=uuid.uuid4(), by=chynara)
    actions.judge(
        recommendation=recommendation,
        judgement=next(iter(Judgement)),
        text=Translated(ru="Сделано."),
        judged_on=today,
        proof=proof,
        key=uuid.uuid4(),
        by=chynara,
    )
    board = actions.announce_scoreboard(body=recommendation.body, by=chynara)
    Scoreboard.objects.filter(pk=board.pk).update(announced_on=today - timedelta(days=20), opens_on=today)
    return recommendation


def correspondence(addressee: Any) -> dict[str, dict[str, Any]]:
    """A scan of the letter, and an addressee that asked for more time."""
    from kenesh.followup import actions, enclosures
    from kenesh.followup.models import Direction, Extension, Proceeding, Shadow
    from kenesh.kernel import sealed_files
    from kenesh.kernel.uploads import SealedUpload

    letter, done, response = addressee.letters.get(direction=Direction.OUT), addressee.actions.get(), addressee.responses.get()
    chynara = response.entered_by
    written = sealed_files.Writer(sealed_files.name_of(uuid.uuid4()))
    written.write(b"Scan")
    file = enclosures.take_in(SealedUpload(written, name="scan.txt", field_name="file", size=4, too_large=False))
    file.letter = letter
    actions.keep_file(file=file, by=chynara)
    today = timezone.localdate()
    asked = Extension.objects.create(addressee=addressee, asked_on=today, until=today)
    recommendation = addressee.recommendation
    said = {"organisation": addressee.organisation, "judgement": "unknown", "text": {"ru": "Не видно."}, "judged_on": today}
    shadow = Shadow.objects.create(recommendation=recommendation, request_key=uuid.uuid4(), **said)
    court = Proceeding.objects.create(recommendation=recommendation, kind="court", name="Суд", request_key=uuid.uuid4())
    of_action = {"code": addressee.code, "action_id": done.pk}
    return {
        "followup:answer_colleague_end": {"pk": 1},
        "followup:answer_paper": {"uid": file.uid},
        "followup:file": {"uid": file.uid},
        "followup_work:file": {"uid": file.uid},
        "followup_work:publish_file": {"uid": file.uid},
        "followup_work:assess": {"code": recommendation.code},
        "followup_work:proceeding_add": {"code": recommendation.code},
        "followup_work:proceeding": {"key": court.request_key},
        "followup_work:publish_proceeding": {"key": court.request_key},
        "followup_work:publish_shadow": {"key": shadow.request_key},
        "followup_work:serves": of_action,
        "followup_work:action_paper": of_action,
        "followup_work:extension": {"pk": asked.pk},
        "followup_work:letter_scan": {"pk": letter.pk},
        "followup_work:ask_named": {"code": response.code},
        "followup_work:response_paper": {"code": response.code},
        "followup_work:withdraw_action": of_action,
        "followup_work:withdraw_letter": {"pk": letter.pk},
        "followup_work:withdraw_response": {"code": response.code},
        "followup_work:withdraw_shadow": {"key": shadow.request_key},
        "followup_work:withdraw_verdict": {"key": recommendation.verdicts.get().request_key},
        "followup_work:take_back": {"code": recommendation.code},
    }


def a_spreadsheet(council: Any) -> str:
    """A file of recommendations with one row that is new and one that has no text; its code."""
    from kenesh.followup.models import ImportBatch

    rows = [(2, ["42", "Ратифицировать конвенцию."]), (3, ["43", ""])]
    return ImportBatch.objects.get_or_create(
        body=council, name="комитет.xlsx", headings=["Пункт", "Рекомендация"], rows=rows, mapping=["paragraph", "text"],
        language="ru", source_kind="un_committee", symbol="CMW/C/KGZ/CO/9",
    )[0].code  # fmt: skip
