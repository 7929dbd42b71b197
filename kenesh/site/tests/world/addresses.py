"""For each named address the arguments that lead to one that exists."""

from __future__ import annotations

import uuid
from typing import Any

from kenesh.kernel.stylesheet import stylesheet_version
from kenesh.site.tests.world.cases import a_call, a_register, facts_and_letters, files, shown_receipt
from kenesh.site.tests.world.councils import a_project, address_book, programme
from kenesh.site.tests.world.papers import of_interface
from kenesh.site.tests.world.recommendations import a_spreadsheet, correspondence


def arguments(
    case: Any, office: Any, problem: Any, meeting: Any, proposal: Any, ballot: Any, decision: Any,
    recommendation: Any, document: Any, council: Any, aigul: Any,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    from kenesh.appeals.models import Appeal
    from kenesh.casework.models import Job
    from kenesh.followup.models import DueByLaw

    addressee = recommendation.addressees.get()
    new = Appeal.objects.order_by("-id")[:1].get()
    in_case, at_meeting = {"code": case.code}, {"code": meeting.code}
    named: dict[str, dict[str, Any]] = {
        "stylesheet": {"name": "kenesh", "version": stylesheet_version()},
        "people:centre": {"code": office.code},
        "people_work:add_account": {"code": office.code},
        "people_work:admit": {"code": office.code, "user_uid": aigul.uid},
        "casework_work:appeal": {"code": new.code},
        "casework_work:take_up": {"code": new.code},
        "casework_work:join": {"code": new.code, "case": case.code},
        "casework_work:join_conflicts": {"code": new.code, "case": case.code},
        "casework_work:part": {**in_case, "appeal": new.code},
        "casework_work:apart": {**in_case, "other": new.code},
        "casework_work:intake_receipt": {"uid": shown_receipt(aigul, new)},
        "casework_work:receipt_given": {"uid": shown_receipt(aigul, new)},
        "casework_work:call_log": {"uid": a_call(aigul, case.appeals.get())},
        "casework_work:brigade_receipt": {**in_case, "uid": case.persons.get().uid},
        "casework_work:change_reach": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:plan_call": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:record_consent": {**in_case, "uid": case.appeals.get().uid},
        "casework_work:guardian": {**in_case, "uid": case.persons.get().uid},
        "casework_work:deadline_done": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:person": {**in_case, "uid": case.persons.get().uid},
        **files(case, aigul),
        "casework_work:matter": {**in_case, "uid": case.matters.get().uid},
        "casework_work:release": {**in_case, "uid": case.matters.get().uid},
        "casework_work:deadline_change": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:deadline_strike": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:deadline_undo": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:deadline_missed": {**in_case, "uid": case.deadlines.get().uid},
        "casework_work:one_sum": {**in_case, "uid": case.sums.get().uid},
        "casework_work:outcome": {**in_case, "uid": case.matters.get().uid},
        "casework_work:followup": {**in_case, "uid": case.followups.order_by("id")[:1].get().uid},
        "office_work:limit": {"limit": "ru-wages"},
        "office_work:confirm_limit": {"limit": "ru-wages"},
        "office_work:use_limit": {"limit": "ru-wages", "version": 1},
        "office_work:escalation_seen": {"pk": 1},
        "office_work:note_seen": {"uid": uuid.UUID(int=1)},
        "office_work:revoke_calendar": {"uid": uuid.UUID(int=1)},
        "calendar:feed": {"token": "A" * 32},
        "council_work:decision": {**at_meeting, "decision": decision.code},
        "council:body": {"code": council.code},
        "council:decision": {"code": decision.code},
        "council:phone_link": {"token": "AAAAAAAAAAAAAAAAAAAAAA"},
        "council:phone_vote": {"pk": ballot.pk},
        "council:phone_counted": {"pk": ballot.pk},
        **{f"council:{name}": {"code": decision.code} for name in ("excerpt", "excerpt_word")},
        **{f"council_work:{name}": {**at_meeting, "decision": decision.code} for name in ("excerpt", "excerpt_word")},
        **{f"council_work:{name}": at_meeting for name in ("minutes_word", "attendance_word", "badges_word")},
        **{f"library:{name}": {"code": document.code} for name in ("document", "questions")},
        **{f"library_work:{name}": {"code": document.code} for name in ("review", "add")},
        "library_work:finding": {"code": document.code, "key": "title-0"},
        "appeals:consent": {"code": "d"},
        "followup:answer_link": {"token": "AAAAAAAAAAAAAAAAAAAAAA"},
        **correspondence(addressee),
        "followup_work:due_by_law_edit": {"pk": DueByLaw.objects.order_by("id")[:1].get().pk},
        "followup_work:incoming": {"code": addressee.code, "letter_id": addressee.letters.get(direction="out").pk},
        "followup_work:publish_action": {"code": addressee.code, "action_id": addressee.actions.get().pk},
        "followup_work:grade_response": {"code": addressee.responses.get().code},
        "followup_work:publish_response": {"code": addressee.responses.get().code},
        "followup_work:publish_verdict": {"key": recommendation.verdicts.get().request_key},
    }
    named |= {
        f"casework_work:{name}": in_case
        for name in (
            "case",
            "here",
            "brigade",
            "reach",
            "facts",
            "deadlines",
            "answer",
            "note",
            "deadline",
            "link_problem",
            "assign",
        )
    }
    named |= {"casework_work:unlink_problem": {**in_case, "problem": problem.code}}
    named |= {f"casework_work:{name}": in_case for name in ("waiting", "add_person", "add_matter", "alarm")}
    named |= {f"casework_work:{name}": in_case for name in ("add_party", "sheet", "add_step", "letters", "write_letter")}
    named |= facts_and_letters(case, office, aigul)
    named |= {"casework_work:conflicts": {"code": new.code}}
    named |= {"casework_work:forget_view": {"code": "bcdfghjk"}, "casework_work:take_back": {"uid": uuid.UUID(int=1)}}
    named |= {f"casework_work:{name}": in_case for name in ("deadline_from_limit", "money", "add_sum", "plan_followups")}
    named |= {f"casework_work:{name}": in_case for name in ("keeping", "hold", "lift_hold")}
    named |= {f"casework_work:{name}": {"code": Job.objects.get().code} for name in ("job", "job_file")}
    named |= a_register(office, aigul)
    named |= {f"casework_work:{name}": {"code": office.code} for name in ("keeping_office", "destroy_due")}
    named |= {
        f"problems_work:{name}": {"code": problem.code}
        for name in ("problem", "edit", "accept", "defer", "close", "merge", "separate", "support")
    }
    named |= {f"problems:{name}": {"code": problem.code} for name in ("problem", "counts")}
    named |= {"themes:theme": {"concept": "unpaid-wages"}}
    named |= of_interface(meeting=meeting, decision=decision, problem=problem, document=document, recommendation=recommendation)
    named |= {f"themes_work:{name}": {"code": "bcdfghjk"} for name in ("confirm", "reject")}
    named |= programme(meeting)
    named |= {f"council_work:{name}": at_meeting for name in ("beamer", "chair", "proxies", "weights", "object", "venue")}
    named |= {f"council:{name}": at_meeting for name in ("meeting", "minutes", "calendar", "minutes_word", "minutes_xml")}
    named |= {
        f"council_work:{name}": at_meeting
        for name in (
            "meeting",
            "edit",
            "status",
            "new_item",
            "take_up",
            "attendance",
            "minutes",
            "minutes_status",
            "phones",
            "revoke_phones",
        )
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "pk": meeting.items.get().pk}
        for name in ("item", "papers", "move_item", "remove_item", "propose", "call_item", "new_election")
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "proposal": proposal.code}
        for name in ("withdraw", "position", "consensus", "open_ballot")
    }
    named |= {
        f"council_work:{name}": {**at_meeting, "pk": ballot.pk} for name in ("vote", "votes", "close_ballot", "adopt", "counted")
    }
    named |= {
        "council_work:ballot": {**at_meeting, "pk": meeting.ballots.filter(closed_at__isnull=False).get().pk},
        "council_work:election": {**at_meeting, "election": meeting.items.get().elections.get().code},
    }
    seat = council.memberships.get(person__isnull=False)
    in_office = ("make_key", "put_away", "recover", "organisation", "edit_organisation", "take_over", "add_label")
    of_account = ("colleague", "give_role", "set_person", "start_password", "close")
    named |= {f"people_work:{name}": {"code": office.code} for name in in_office}
    named |= {"people_work:undo_take_over": {"code": office.code, "pk": 1}}
    named |= {
        f"people_work:{name}": {"code": council.code}
        for name in ("body", "edit_body", "new_seat", "founding", "rotation", "hand_over")
    }
    named |= {
        f"people_work:{name}": {"code": council.code, "pk": seat.pk}
        for name in ("seat", "end_seat", "remove_seat", "nominate", "change_standing", "change_role")
    }
    project = a_project(council, document)
    named |= {f"people_work:{name}": {"code": project.code} for name in ("project", "project_word", "edit_project")}
    named |= {f"council_work:project_{name}": {"code": project.code} for name in ("documents", "meetings")}
    named |= address_book(made_by=council.roles.get(role="council_secretary").user)
    of_seat = {"code": council.code, "pk": seat.pk}
    named |= {"people_work:show_nomination": {**of_seat, "nomination": 1}, "people_work:undo_standing": {**of_seat, "change": 1}}
    named |= {"people_work:undo_nomination": {**of_seat, "nomination": 1}, "people_work:undo_role": {**of_seat, "change": 1}}
    named |= {"people_work:undo_hand_over": {"code": council.code, "pk": 1}}
    named |= {f"people_work:{name}": {"code": office.code, "key": "bcdfghjk"} for name in ("end_label", "drop_label")}
    named |= {"people_work:edit_person": {"code": seat.person.code}}
    named |= {f"people_work:{name}": {"user_uid": aigul.uid} for name in of_account}
    named |= {"casework_work:renewal": {"code": office.code}}
    named |= {"casework_work:months": {"code": office.code}}
    named |= {"people_work:remove_factor": {"uid": uuid.UUID(int=1)}}
    named |= {"people_work:take_role": {"user_uid": aigul.uid, "pk": aigul.roles.get().pk}}
    named |= {"people_work:correct_organisation": {"code": addressee.organisation.code}}
    named |= _entered_twice(addressee.organisation, seat.person)
    named |= {"followup:recommendation": {"code": recommendation.code}}
    named |= {f"followup_work:{name}": {"code": recommendation.code} for name in ("recommendation", "edit", "publish", "judge")}
    of_addressee = ["link", "revoke", "letter", "response", "action", "write_letter", "letter_file", "addressee_settings"]
    named |= {
        f"followup_work:{name}": {"code": addressee.code}
        for name in [*of_addressee, "ask_validator", "ask_successor", "mail_works"]
    }
    of_body = {"code": recommendation.body.code}
    named |= {f"followup_work:{name}": of_body for name in ("register", "register_file", "letterhead")}
    named |= {
        f"followup:{name}": {"code": recommendation.code} for name in ("recommendation", "feed_of_one", "embed", "versions")
    }
    named |= {f"{room}:report_file": {"kind": "docx"} for room in ("followup", "followup_work")}
    named |= {f"{room}:table": {"kind": "csv"} for room in ("followup", "followup_work")}
    named |= {f"followup_work:{name}": {"code": a_spreadsheet(council)} for name in ("import", "start_import", "undo_import")}
    named |= {f"followup:{name}": {"code": council.code} for name in ("scoreboard", "scoreboard_table")}
    named |= {f"followup:{name}": {"token": "A" * 43} for name in ("follow_confirm", "follow_stop")}
    named |= {f"followup_work:{name}": {"code": council.code} for name in ("board", "turn_board", "turn_silence")}
    named |= {"followup_work:score_words": {"code": council.code, "organisation": addressee.organisation.code}}
    named |= {"followup:version": {"code": recommendation.code, "number": 1}}
    named |= {
        f"followup_work:{name}": {"code": recommendation.code}
        for name in ("recommendation", "edit", "publish", "judge", "details", "sources")
    }
    named |= {"followup_work:remove_source": {"code": recommendation.code, "source_id": recommendation.sources.get().pk}}
    named |= {f"followup_work:{name}": {"code": addressee.code} for name in ("link", "revoke", "letter", "response", "action")}
    named |= {f"followup_work:{name}": of_body for name in ("register", "register_file", "letterhead", "reminders")}
    return named


def _entered_twice(organisation: Any, person: Any) -> dict[str, dict[str, Any]]:
    """The pages on which an organisation and a person are joined to their twins."""
    from kenesh.people.models import Organisation, Person

    house = Organisation.objects.create(name={"en": "Labour Ministry", "ru": "Минтруда"}, kind=organisation.kind, country="KG")
    twin = Person.objects.create(name={"ru": "Мээрим Асанова"}, post={"ru": "Юрист"})
    return {
        "people_work:same_organisation": {"code": organisation.code},
        "people_work:join_organisations": {"code": organisation.code, "other": house.code},
        "people_work:same_person": {"code": person.code},
        "people_work:join_persons": {"code": person.code, "other": twin.code},
    }
