from django.urls import path

from kenesh.followup.views import addressees, answering, describing, feeds, following, importing, keeping, reading, scoreboard

public = (
    [
        path("recommendations/", reading.recommendation_list, name="list"),
        path("recommendations/feed/", feeds.feed_of_list, name="feed"),
        path("recommendations/table/<slug:kind>/", importing.table, name="table"),
        path("recommendations/follow/", following.follow, name="follow"),
        path("recommendations/follow/<str:token>/", following.confirm, name="follow_confirm"),
        path("recommendations/follow/<str:token>/stop/", following.stop, name="follow_stop"),
        path("recommendations/scoreboard/<code:code>/", scoreboard.scoreboard, name="scoreboard"),
        path("recommendations/scoreboard/<code:code>/table/", scoreboard.scoreboard_table, name="scoreboard_table"),
        path("recommendations/<code:code>/", reading.recommendation_page, name="recommendation"),
        path("recommendations/<code:code>/feed/", feeds.feed_of_one, name="feed_of_one"),
        path("recommendations/<code:code>/embed/", reading.embed, name="embed"),
        path("recommendations/<code:code>/versions/", reading.version_list, name="versions"),
        path("recommendations/<code:code>/versions/<int:number>/", reading.version_page, name="version"),
        path("answer/code/", answering.answer_code, name="answer_code"),
        path("answer/form/", answering.answer_form, name="answer_form"),
        path("answer/check/", answering.answer_check, name="answer_check"),
        path("answer/sent/", answering.answer_sent, name="answer_sent"),
        path("answer/<str:token>/", answering.answer_link, name="answer_link"),
    ],
    "followup",
)

work = (
    [
        path("recommendations/", keeping.work_list, name="list"),
        path("recommendations/add/", keeping.add, name="add"),
        path("recommendations/table/<slug:kind>/", importing.work_table, name="table"),
        path("recommendations/imports/", importing.imports, name="imports"),
        path("recommendations/imports/<code:code>/", importing.one_import, name="import"),
        path("recommendations/imports/<code:code>/start/", importing.start_import, name="start_import"),
        path("recommendations/imports/<code:code>/undo/", importing.undo_import, name="undo_import"),
        path("recommendations/scoreboard/", scoreboard.boards, name="boards"),
        path("recommendations/scoreboard/<code:code>/", scoreboard.board, name="board"),
        path("recommendations/scoreboard/<code:code>/turn/", scoreboard.turn_board, name="turn_board"),
        path("recommendations/scoreboard/<code:code>/<code:organisation>/", scoreboard.score_words, name="score_words"),
        path("recommendations/<code:code>/", keeping.cockpit, name="recommendation"),
        path("recommendations/<code:code>/edit/", keeping.edit, name="edit"),
        path("recommendations/<code:code>/details/", describing.details, name="details"),
        path("recommendations/<code:code>/sources/", describing.sources, name="sources"),
        path("recommendations/<code:code>/sources/<int:source_id>/remove/", describing.remove_source, name="remove_source"),
        path("recommendations/<code:code>/publish/", keeping.publish, name="publish"),
        path("recommendations/<code:code>/judge/", keeping.judge, name="judge"),
        path("recommendations/addressees/<code:code>/link/", addressees.link, name="link"),
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
        path("recommendations/answers/<code:code>/publish/", addressees.publish_response, name="publish_response"),
        path("recommendations/judgements/<uuid:key>/publish/", addressees.publish_verdict, name="publish_verdict"),
    ],
    "followup_work",
)
