from django.urls import path

from kenesh.library.views import bringing, checking, comparing, shelf
from kenesh.library.views import public as pages

app_name = "library"
urlpatterns = [
    path("library/", pages.document_list, name="list"),
    path("library/<code:code>/", pages.document_page, name="document"),
    path("library/<code:code>/questions/", pages.question_list, name="questions"),
]
public = (urlpatterns, app_name)

work = (
    [
        path("library/", shelf.shelf, name="list"),
        path("library/bring/", bringing.bring, name="bring"),
        path("library/batch/<code:code>/", bringing.batch, name="batch"),
        path("library/quality/", comparing.quality_page, name="quality"),
        path("library/<code:code>/review/", checking.review, name="review"),
        path("library/<code:code>/review/<slug:key>/", checking.finding, name="finding"),
        path("library/<code:code>/add/", checking.add, name="add"),
        path("library/<code:code>/changes/", comparing.changes, name="changes"),
        path("library/<code:code>/file/", bringing.original, name="original"),
    ],
    "library_work",
)
