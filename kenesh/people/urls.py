from django.urls import path

from kenesh.people import views

work = (
    [
        path("sign-in/", views.sign_in_page, name="sign_in"),
        path("sign-out/", views.sign_out, name="sign_out"),
        path("unlock/", views.unlock, name="unlock"),
        path("unlock/back/", views.give_back, name="give_back"),
        path("account/", views.account, name="account"),
        path("colleagues/", views.colleagues, name="colleagues"),
        path("colleagues/<code:code>/add/", views.add_account, name="add_account"),
        path("colleagues/<code:code>/admit/<uuid:user_uid>/", views.admit, name="admit"),
    ],
    "people_work",
)
