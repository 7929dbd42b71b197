"""Tags of the look: icons, the stylesheet, the language switch, panels, and what the field template asks of a field."""

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput
from django.template.context import Context
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from kenesh.kernel import panels as panel_registry
from kenesh.kernel.icons import ICONS
from kenesh.kernel.stylesheet import stylesheet_hash, stylesheet_hashes, stylesheet_text, stylesheet_version

__all__ = ["register", "stylesheet_hash", "stylesheet_hashes"]

register = template.Library()
_NO_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon; hidden from screen readers unless it has a label. KeyError for a name that is not drawn."""
    if label:
        return format_html(
            '<svg class="i" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>', label, ICONS[name]
        )
    return format_html('<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.simple_tag
def linked_data(thing: dict[str, Any] | None) -> SafeString:
    """What the page is about, for search engines (schema.org in JSON-LD); nothing for None.

    A data block: browsers never run it, and our policy against scripts does not concern it (HTML, "prepare the script element", step 13).
    """
    if thing is None:
        return SafeString("")
    said = {name: value for name, value in {"@context": "https://schema.org", **thing}.items() if value not in (None, "")}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(_NO_MARKUP)
    return mark_safe(f'\n<script type="application/ld+json">{text}</script>')  # noqa: S308  # no character of markup is left


@register.simple_tag
def stylesheet(name: str = "kenesh") -> SafeString:
    """The sheet inside a style element: one round trip less on a slow line."""
    return mark_safe(f"<style>{stylesheet_text(name)}</style>")  # noqa: S308 - our own file, not input


@register.simple_tag
def stylesheet_address(name: str = "kenesh") -> str:
    """Where the same sheet can be had by itself; the address changes with the sheet, so that it may be kept for ever."""
    return reverse("stylesheet", kwargs={"name": name, "version": stylesheet_version(name)})


@register.simple_tag(takes_context=True)
def panels(context: Context, name: str, subject: object) -> SafeString:
    """What the areas above have to show at this place of a page."""
    return panel_registry.render(name, subject, context["request"])


@dataclass(frozen=True)
class LanguageChoice:
    """One language of the switch: its code, its own name, where this page is in it, and whether it is the present one."""

    code: str
    name: str
    address: str
    current: bool


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[LanguageChoice]:
    """The node's languages, each with the address of this very page; the front page where the address has no language."""
    request = context.get("request")
    path = request.path if request is not None else "/"
    first, _, rest = path.lstrip("/").partition("/")
    codes = [code for code, _ in settings.LANGUAGES]
    tail = rest if first in codes else ""
    words = request.GET.urlencode() if request is not None and tail and request.method == "GET" else ""
    query = f"?{words}" if words else ""
    present = get_language()
    return [LanguageChoice(code, str(name), f"/{code}/{tail}{query}", code == present) for code, name in settings.LANGUAGES]


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def says_optional(field: BoundField) -> bool:
    """Whether to write "(optional)": not on ticks, not where the form says `all_optional`, not on a box of which one among several
    must be filled in (`one_of_several`), never a second time. A question with boxes of its own (`has_boxes`) says it in any form."""
    if field.field.required or is_tick(field):
        return False
    if getattr(field.form, "all_optional", False) and not getattr(field.field, "has_boxes", False):
        return False
    if getattr(field.field, "one_of_several", False):
        return False
    return gettext("optional") not in str(field.label).lower()


@register.filter
def error_target(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the first control of a group, or the control itself."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id)


# The options of selects and choices are written here and not in templates: Django's nested includes, one for each option
# and each attribute, took a fifth of the processor time of a filing.


@register.simple_tag
def select_options(widget: dict[str, Any]) -> SafeString:
    """The options of a select, in their groups."""
    parts = []
    for group, options, _index in widget["optgroups"]:
        inside = "".join(
            f'<option value="{escape(str(each["value"]))}"{_attributes(each["attrs"])}>{escape(each["label"])}</option>'
            for each in options
        )
        parts.append(f'<optgroup label="{escape(group)}">{inside}</optgroup>' if group else inside)
    return mark_safe("".join(parts))  # noqa: S308 - every text in it is escaped above


@register.simple_tag
def choice_labels(widget: dict[str, Any]) -> SafeString:
    """Radios or ticks inside their labels, with the icons that `TileSelect` put there."""
    parts = []
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<p class="hint">{escape(group)}</p>')
        for each in options:
            drawn = icon(each["icon"]) if each.get("icon") else ""
            control = f'type="{each["type"]}" name="{escape(each["name"])}" value="{escape(str(each["value"]))}"'
            attributes = _attributes(each["attrs"], without="class")
            parts.append(f"<label><input {control}{attributes}>{drawn}<span>{escape(each['label'])}</span></label>")
    return mark_safe("".join(parts))  # noqa: S308 - every text in it is escaped above


def _attributes(attributes: dict[str, Any], without: str = "") -> str:
    said = []
    for name, value in attributes.items():
        if value is True:
            said.append(f" {name}")
        elif value not in (False, None) and name != without:
            said.append(f' {name}="{escape(str(value))}"')
    return "".join(said)
