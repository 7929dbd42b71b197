from django.urls import path

from kenesh.themes import views

app_name = "themes"
public_urlpatterns = [
    path("themes/", views.theme_list, name="list"),
    path("themes/<slug:concept>/", views.theme_page, name="theme"),
]
work_urlpatterns = [
    path("themes/", views.work_list, name="list"),
    path("themes/propose/", views.propose, name="propose"),
    path("themes/words/", views.words, name="words"),
    path("themes/confirmed.json", views.export, name="export"),
    path("themes/<code:code>/confirm/", views.confirm, name="confirm"),
    path("themes/<code:code>/reject/", views.reject, name="reject"),
]
public = (public_urlpatterns, app_name)
work = (work_urlpatterns, "themes_work")
