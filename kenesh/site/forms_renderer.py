"""How forms turn into HTML. The parts that nearly every form has are written here and not in templates.

Django renders each field, each control and each attribute of it as a template of its own: that took a quarter of the processor
time of a page with twenty controls. What is not here (a form as a whole, a choice of a file) stays Django's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape as escaped
from django.utils.translation import gettext

from kenesh.kernel.templatetags.ui import choice_labels, icon, is_tick, says_optional, select_options

_INPUTS = "checkbox date datetime email file hidden number password search tel text time url"


class KeneshRenderer(TemplatesSetting):
    """Writes what stands in `_WRITTEN`; finds other templates where all templates are found."""

    field_template_name = "django/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        written = _WRITTEN.get(template_name)
        return written(context) if written else super().render(template_name, context, request)


def _field(context: dict[str, Any]) -> str:
    """A control with its label, its hint and what is wrong with it; a group of controls as a fieldset."""
    field: BoundField = context["field"]
    wrong = " wrong" if field.errors else ""
    may_be_empty = gettext("optional")
    optional = f" <small>({may_be_empty})</small>" if says_optional(field) else ""
    label, hint = f"{escaped(field.label)}{optional}", _hint(field)
    if field.use_fieldset:
        described = f' aria-describedby="{escaped(field.aria_describedby)}"' if field.aria_describedby else ""
        return f'<fieldset class="field{wrong}"{described}><legend>{label}</legend>{hint}{field}</fieldset>'
    if is_tick(field):
        control = f'<div class="choices"><label>{field}<span>{escaped(field.label)}</span></label></div>'
        return f'<div class="field{wrong}">{hint}{control}</div>'
    target = f' for="{escaped(field.id_for_label)}"' if field.id_for_label else ""
    return f'<div class="field{wrong}"><label{target}>{label}</label>{hint}{field}</div>'


def _hint(field: BoundField) -> str:
    hint = f'<p class="hint" id="{escaped(field.auto_id)}_helptext">{escaped(field.help_text)}</p>' if field.help_text else ""
    if not field.errors:
        return hint
    words = " ".join(escaped(str(message)) for message in field.errors)
    begins = gettext("Error:")
    said = f'<span class="visually-hidden">{begins} </span>{words}'
    return f'{hint}<p class="error" id="{escaped(field.auto_id)}_error">{icon("warning")}<span>{said}</span></p>'


def _input(context: dict[str, Any]) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{escaped(str(widget["value"]))}"'
    return f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _textarea(context: dict[str, Any]) -> str:
    widget = context["widget"]
    text = escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(context: dict[str, Any]) -> str:
    widget = context["widget"]
    return f'<select name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>{select_options(widget)}</select>'


def _choices(context: dict[str, Any]) -> str:
    """Radios or ticks."""
    attributes = context["widget"]["attrs"]
    look = f" {escaped(attributes['class'])}" if attributes.get("class") else ""
    identifier = f' id="{escaped(attributes["id"])}"' if attributes.get("id") else ""
    return f'<div class="choices{look}"{identifier}>{choice_labels(context["widget"])}</div>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )


_CONTROLS: Mapping[str, Callable[[dict[str, Any]], str]] = {
    **dict.fromkeys(_INPUTS.split(), _input),
    "textarea": _textarea,
    "select": _select,
    "radio": _choices,
    "checkbox_select": _choices,
}
_WRITTEN = {
    KeneshRenderer.field_template_name: _field,
    **{f"django/forms/widgets/{name}.html": write for name, write in _CONTROLS.items()},
}
