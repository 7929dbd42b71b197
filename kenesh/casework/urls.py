from django.urls import path

from kenesh.casework.views import appeals, case, deadlines, facts, queue

work = (
    [
        path("queue/", queue.queue, name="queue"),
        path("appeals/<code:code>/", appeals.appeal_page, name="appeal"),
        path("appeals/<code:code>/take-up/", appeals.take_up, name="take_up"),
        path("cases/<code:code>/", case.case_page, name="case"),
        path("cases/<code:code>/answer/", case.answer, name="answer"),
        path("cases/<code:code>/note/", case.note, name="note"),
        path("cases/<code:code>/facts/", facts.facts, name="facts"),
        path("cases/<code:code>/deadlines/", deadlines.deadlines, name="deadlines"),
        path("cases/<code:code>/deadline/", deadlines.deadline, name="deadline"),
        path("cases/<code:code>/deadline/<uuid:uid>/done/", deadlines.deadline_done, name="deadline_done"),
        path("cases/<code:code>/problem/", case.link_problem, name="link_problem"),
        path("cases/<code:code>/assign/", case.assign, name="assign"),
        path("cases/<code:code>/status/", case.waiting, name="waiting"),
        path("cases/<code:code>/person/", facts.person, name="add_person"),
        path("cases/<code:code>/person/<uuid:uid>/", facts.person, name="person"),
        path("cases/<code:code>/matter/", facts.matter, name="add_matter"),
        path("cases/<code:code>/matter/<uuid:uid>/", facts.matter, name="matter"),
        path("cases/<code:code>/matter/<uuid:uid>/release/", facts.release_matter, name="release"),
    ],
    "casework_work",
)
