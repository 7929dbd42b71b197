from django.urls import path

from kenesh.search import views

app_name = "search"
urlpatterns = [path("search/", views.search_page, name="page")]
public = (urlpatterns, app_name)
