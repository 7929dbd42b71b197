from django.urls import path

from kenesh.followup.views import addressees, answering, keeping, letters, ministry, reading, settling

public = (
    [
        path("recommendations/", reading.recommendation_list, name="list"),
        path("recommendations/<code:code>/", reading.recommendation_page, name="recommendation"),
        path("answer/code/", answering.answer_code, name="answer_code"),
        path("answer/form/", answering.answer_form, name="answer_form"),
        path("answer/check/", answering.answer_check, name="answer_check"),
        path("answer/sent/", answering.answer_sent, name="answer_sent"),
        path("answer/colleague/", ministry.answer_colleague, name="answer_colleague"),
        path("answer/colleague/<int:pk>/end/", ministry.answer_colleague_end, name="answer_colleague_end"),
        path("answer/confirm/", ministry.answer_confirm, name="answer_confirm"),
        path("recommendations/files/<uuid:uid>/", settling.public_file, name="file"),
        path("answer/<str:token>/", answering.answer_link, name="answer_link"),
    ],
    "followup",
)

work = (
    [
        path("recommendations/", keeping.work_list, name="list"),
        path("recommendations/add/", keeping.add, name="add"),
        path("recommendations/due-by-law/", letters.due_by_law, name="due_by_law"),
        path("recommendations/due-by-law/add/", letters.due_by_law_edit, name="due_by_law_add"),
        path("recommendations/due-by-law/<int:pk>/", letters.due_by_law_edit, name="due_by_law_edit"),
        path("recommendations/register/<code:code>/", letters.register, name="register"),
        path("recommendations/register/<code:code>/file/", letters.register_file, name="register_file"),
        path("recommendations/register/<code:code>/letterhead/", letters.letterhead, name="letterhead"),
        path("recommendations/<code:code>/", keeping.cockpit, name="recommendation"),
        path("recommendations/<code:code>/edit/", keeping.edit, name="edit"),
        path("recommendations/<code:code>/publish/", keeping.publish, name="publish"),
        path("recommendations/<code:code>/judge/", keeping.judge, name="judge"),
        path("recommendations/addressees/<code:code>/link/", addressees.link, name="link"),
        path("recommendations/addressees/<code:code>/write/", letters.write_letter, name="write_letter"),
        path("recommendations/addressees/<code:code>/write/file/", letters.letter_file, name="letter_file"),
        path("recommendations/addressees/<code:code>/revoke/", addressees.revoke, name="revoke"),
        path("recommendations/addressees/<code:code>/letter/", addressees.letter, name="letter"),
        path("recommendations/addressees/<code:code>/letter/<int:letter_id>/", addressees.incoming, name="incoming"),
        path("recommendations/addressees/<code:code>/answer/", addressees.response, name="response"),
        path("recommendations/addressees/<code:code>/done/", addressees.action, name="action"),
        path(
            "recommendations/addressees/<code:code>/done/<int:action_id>/publish/",
            addressees.publish_action,
            name="publish_action",
        ),
        path("recommendations/addressees/<code:code>/settings/", settling.addressee_settings, name="addressee_settings"),
        path("recommendations/addressees/<code:code>/ask-validator/", settling.ask_validator, name="ask_validator"),
        path("recommendations/addressees/<code:code>/done/<int:action_id>/serves/", settling.serves, name="serves"),
        path("recommendations/addressees/<code:code>/done/<int:action_id>/paper/", settling.action_paper, name="action_paper"),
        path("recommendations/more-time/<int:pk>/", settling.extension, name="extension"),
        path("recommendations/letters/<int:pk>/scan/", settling.letter_scan, name="letter_scan"),
        path("recommendations/answers/<code:code>/ask-other/", settling.ask_named, name="ask_named"),
        path("recommendations/answers/<code:code>/paper/", settling.response_paper, name="response_paper"),
        path("recommendations/files/<uuid:uid>/", settling.file, name="file"),
        path("recommendations/files/<uuid:uid>/publish/", settling.publish_file, name="publish_file"),
        path("recommendations/answers/<code:code>/publish/", addressees.publish_response, name="publish_response"),
        path("recommendations/judgements/<uuid:key>/publish/", addressees.publish_verdict, name="publish_verdict"),
    ],
    "followup_work",
)
