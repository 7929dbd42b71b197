from django.urls import path

from kenesh.search import api, views

app_name = "search"
urlpatterns = [path("search/", views.search_page, name="page")]
public = (urlpatterns, app_name)
interface = ([path("search", api.search, name="search")], "search_api")
