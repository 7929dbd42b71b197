"""Centres to which a person may turn, for search."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.people.queries.centres import public_centres
from kenesh.search.findable import Findable, Shown, Text
from kenesh.themes.countries import country_name


class Centres:
    """Offices that take appeals and have not ended."""

    kind = "centre"
    label = _("Centres")

    def codes(self) -> Iterable[str]:
        return public_centres().order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        for centre in public_centres().filter(code__in=codes):
            said = (centre.short_name, centre.place, centre.services)
            texts = (
                Text(code, name, "\n".join([*(words.in_language(code) for words in said), country_name(centre.country, code)]))
                for code, name in centre.name.items()
            )
            yield Findable(code=centre.code, texts=tuple(texts), themes={}, countries=(centre.country,) if centre.country else ())

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        today = timezone.localdate()
        for centre in public_centres().filter(code__in=codes):
            own = centre.name.language_used(language)
            said = (centre.place, centre.services, centre.hours)
            yield Shown(
                code=centre.code,
                title=centre.called_on(today),
                text="\n".join(filter(None, (words.in_language(own) for words in said))),
                language=own,
                address=reverse("people:centre", args=[centre.code]),
                what=str(_("Centre")),
                when=country_name(centre.country, language) if centre.country else "",
            )
