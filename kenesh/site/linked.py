"""The node and its data in the words of schema.org, for search engines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

TABLES = [
    ("recommendations", _("Recommendations")),
    ("decisions", _("Decisions")),
    ("problems", _("Problems")),
    ("counts", _("Counts of persons")),
    ("trends", _("What grows")),
]


def node() -> dict[str, Any]:
    """An Organization: whoever runs this node."""
    logo = f"{settings.ADDRESS}/emblem/" if settings.NODE_EMBLEM else None
    return {"@type": "Organization", "@id": settings.ADDRESS, "url": settings.ADDRESS, "name": settings.NODE_NAME, "logo": logo}


def catalogue() -> dict[str, Any]:
    """A DataCatalog of the tables."""
    at = f"{settings.ADDRESS}/api/v1"
    return {
        "@type": "DataCatalog",
        "url": f"{at}/",
        "name": settings.NODE_NAME,
        "license": settings.DATA_LICENCE,
        "dataset": [
            {
                "@type": "Dataset",
                "name": str(label),
                "description": f"{settings.NODE_NAME}: {label}",
                "distribution": {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{at}/{name}.csv"},
            }
            for name, label in TABLES
        ],
    }
