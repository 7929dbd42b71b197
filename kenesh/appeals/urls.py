from django.urls import path

from kenesh.appeals import views

public = (
    [
        path("appeal/", views.form_what, name="what"),
        path("appeal/all/", views.form_all, name="all"),
        path("appeal/danger/", views.form_danger, name="danger"),
        path("appeal/where/", views.form_where, name="where"),
        path("appeal/who/", views.form_who, name="who"),
        path("appeal/answer/", views.form_answer, name="answer"),
        path("appeal/check/", views.check, name="check"),
        path("appeal/files/", views.files, name="files"),
        path("appeal/files/piece/", views.files_piece, name="files_piece"),
        path("appeal/files/<uuid:uid>/remove/", views.remove_file, name="remove_file"),
        path("appeal/send/", views.send, name="send"),
        path("appeal/turn/", views.turn, name="turn"),
        path("appeal/receipt/", views.receipt, name="receipt"),
        path("appeal/written/", views.written, name="written"),
        path("appeal/done/", views.done, name="done"),
        path("appeal/difference/", views.difference, name="difference"),
        path("appeal/status/", views.status, name="status"),
        path("appeal/status/open/", views.opened, name="open"),
        path("appeal/status/story/", views.story, name="story"),
        path("appeal/status/consent/<slug:code>/", views.consent, name="consent"),
        path("appeal/status/consents/", views.consents, name="consents"),
        path("appeal/status/own-digits/", views.own, name="own"),
        path("appeal/status/own-digits/take/", views.take_own, name="take_own"),
        path("appeal/status/files/", views.my_files, name="my_files"),
        path("appeal/status/files/piece/", views.my_files_piece, name="my_files_piece"),
        path("appeal/status/files/<uuid:uid>/", views.my_file, name="my_file"),
        path("appeal/status/changed/", views.changed, name="changed"),
        path("appeal/status/notice/", views.notice, name="notice"),
        path("appeal/status/erase/", views.erase, name="erase"),
        path("appeal/status/close/", views.close, name="close"),
    ],
    "appeals",
)
