from django.urls import path

from kenesh.casework import views

work = (
    [
        path("queue/", views.queue, name="queue"),
        path("appeals/<code:code>/", views.appeal_page, name="appeal"),
        path("appeals/<code:code>/take-up/", views.take_up, name="take_up"),
        path("cases/<code:code>/", views.case_page, name="case"),
        path("cases/<code:code>/answer/", views.answer, name="answer"),
        path("cases/<code:code>/note/", views.note, name="note"),
        path("cases/<code:code>/deadline/", views.deadline, name="deadline"),
        path("cases/<code:code>/deadline/<uuid:uid>/done/", views.deadline_done, name="deadline_done"),
        path("cases/<code:code>/problem/", views.link_problem, name="link_problem"),
        path("cases/<code:code>/assign/", views.assign, name="assign"),
        path("cases/<code:code>/status/", views.waiting, name="waiting"),
        path("cases/<code:code>/person/", views.person, name="add_person"),
        path("cases/<code:code>/person/<uuid:uid>/", views.person, name="person"),
        path("cases/<code:code>/matter/", views.matter, name="add_matter"),
        path("cases/<code:code>/matter/<uuid:uid>/", views.matter, name="matter"),
        path("cases/<code:code>/matter/<uuid:uid>/release/", views.release_matter, name="release"),
    ],
    "casework_work",
)
