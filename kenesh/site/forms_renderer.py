"""How forms turn into HTML: through the project's own templates, so that they may use its tags."""

from django.forms.renderers import TemplatesSetting


class KeneshRenderer(TemplatesSetting):
    """Finds `django/forms/*` in `kenesh/site/templates` first; `django.forms` stands after `kenesh.site` in INSTALLED_APPS."""

    field_template_name = "django/forms/field.html"
