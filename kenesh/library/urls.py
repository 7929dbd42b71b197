from django.urls import path

from kenesh.library import views

app_name = "library"
urlpatterns = [
    path("library/", views.document_list, name="list"),
    path("library/<code:code>/", views.document_page, name="document"),
]
public = (urlpatterns, app_name)
