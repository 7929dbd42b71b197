"""The wiring of all addresses: public ones under /<lang>/, staff ones under /work/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.views.i18n import set_language

from kenesh.kernel.codes import CodeConverter

register_converter(CodeConverter, "code")

from kenesh.appeals import urls as appeals  # noqa: E402  # their patterns use the converter that was registered above
from kenesh.casework import urls as casework  # noqa: E402
from kenesh.council import urls as council  # noqa: E402
from kenesh.followup import urls as followup  # noqa: E402
from kenesh.library import urls as library  # noqa: E402
from kenesh.people import urls as people  # noqa: E402
from kenesh.problems import urls as problems  # noqa: E402
from kenesh.search import urls as search  # noqa: E402
from kenesh.site import api, views  # noqa: E402
from kenesh.themes import urls as themes  # noqa: E402

handler500 = "kenesh.site.broken.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.root, name="root"),
    path("leave/", views.leave, name="leave"),
    path("emblem/", views.emblem, name="emblem"),
    path("style/<slug:name>-<slug:version>.css", views.stylesheet, name="stylesheet"),
    path("trail-heads.txt", views.trail_heads, name="trail_heads"),
    path("language/", set_language, name="language"),
    path(
        "work/",
        include(
            [
                path("", include(([path("", views.work_home, name="home")], "site_work"))),
                path("", include(people.work)),
                path("", include(casework.work)),
                path("", include(casework.office)),
                path("", include(casework.feeds)),
                path("", include(problems.work)),
                path("", include(council.work)),
                path("", include(council.feeds)),
                path("", include(followup.work)),
                path("", include(themes.work)),
                path("", include(library.work)),
            ]
        ),
    ),
    path("api/v1/", include(api.patterns())),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/privacy/", views.privacy, name="privacy"),
        path("about/data/", views.data, name="data"),
        path("", include(appeals.public)),
        path("", include(casework.public)),
        path("", include(problems.public)),
        path("", include(council.public)),
        path("", include(followup.public)),
        path("", include(library.public)),
        path("", include(people.public)),
        path("", include(search.public)),
        path("", include(themes.public)),
        prefix_default_language=True,
    ),
]
