"""The stylesheet, the icons and the form controls."""

import base64
import gzip
import hashlib
import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from kenesh.kernel.icons import ICONS
from kenesh.kernel.stylesheet import squeeze, stylesheet_hash, stylesheet_hashes, stylesheet_text
from kenesh.kernel.templatetags.ui import icon
from kenesh.kernel.widgets import TileSelect


class Story(forms.Form):
    topic = forms.ChoiceField(
        label="What happened?", choices=[("pay", "Not paid"), ("no", "I do not know")], widget=TileSelect(icons={"pay": "pay"})
    )
    town = forms.CharField(label="Town", help_text="Where you are now.", required=False)
    consent = forms.BooleanField(label="I agree", required=False)


def show(text: str, **context: object) -> str:
    with override("en"):
        return Template("{% load ui %}" + text).render(Context(context))


def test_squeezing_drops_comments_and_space_but_keeps_the_space_between_selectors() -> None:
    assert squeeze("/* why */\n.a  .b ,\n.c > d {\n  color: red;\n  margin: 0 1px;\n}\n") == ".a .b,.c>d{color:red;margin:0 1px}"


def test_the_hash_is_that_of_what_the_style_element_holds() -> None:
    held = re.fullmatch(r"<style>(.*)</style>", show("{% stylesheet %}"), re.DOTALL)
    assert held is not None
    assert stylesheet_hash() == "sha256-" + base64.b64encode(hashlib.sha256(held.group(1).encode()).digest()).decode()


def test_both_sheets_have_a_source_expression() -> None:
    assert stylesheet_hashes() == [f"'{stylesheet_hash('kenesh')}'", f"'{stylesheet_hash('work')}'"]


def test_the_public_sheet_leaves_room_for_the_page() -> None:
    assert len(gzip.compress(stylesheet_text().encode(), 9)) < 5 * 1024


def test_the_sheets_ask_no_other_host_for_anything() -> None:
    assert [re.findall(r"url\((?!\"data:)", stylesheet_text(name)) for name in ("kenesh", "work")] == [[], []]


def test_an_icon_without_a_label_is_hidden_from_screen_readers() -> None:
    assert icon("plus") == '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg>'


def test_the_label_of_an_icon_is_escaped() -> None:
    assert 'role="img" aria-label="a &lt;b&gt;"' in icon("plus", label="a <b>")


def test_an_icon_that_is_not_drawn_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("dragon")


def test_icons_are_path_data_only() -> None:
    assert [name for name, path in ICONS.items() if not re.fullmatch(r"[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+", path)] == []


def test_a_tile_shows_its_icon_beside_its_label() -> None:
    assert f"{icon('pay')}<span>Not paid</span></label>" in str(Story()["topic"])
    assert "<span>I do not know</span>" in str(Story()["topic"])


def test_optional_is_said_once_and_never_of_a_box_to_tick() -> None:
    page = "".join(show("{{ field.as_field_group }}", form=Story(), field=field) for field in Story())
    assert page.count("(optional)") == 1


def test_a_form_may_be_silent_about_what_is_optional() -> None:
    form = Story()
    form.all_optional = True  # type: ignore[attr-defined]
    assert "(optional)" not in show("{{ field.as_field_group }}", field=form["town"])


def test_hint_and_error_are_tied_to_the_control_that_they_speak_of() -> None:
    form = Story({"topic": "", "town": "Osh"})
    assert 'aria-describedby="id_town_helptext"' in show("{{ field.as_field_group }}", field=form["town"])
    topic = show("{{ field.as_field_group }}", field=form["topic"])
    assert 'aria-describedby="id_topic_error"' in topic
    assert '<p class="error" id="id_topic_error">' in topic


def test_the_summary_of_errors_leads_to_the_first_control_of_the_question() -> None:
    page = show('{% include "ui/_errors.html" %}', form=Story({"topic": ""}))
    assert re.findall(r'href="#(\w+)"', page) == ["id_topic_0"]
    assert 'id="id_topic_0"' in str(Story()["topic"])


def test_a_form_without_errors_has_no_summary() -> None:
    assert show('{% include "ui/_errors.html" %}', form=Story()).strip() == ""


def test_the_language_switch_keeps_the_page_and_its_words() -> None:
    request = RequestFactory().get("/ky/problems/?q=айлык")
    with override("ky"):
        text = Template(
            "{% load ui %}{% language_choices as all %}{% for c in all %}{{ c.code }} {{ c.address }} {{ c.current }}\n{% endfor %}"
        )
        lines = text.render(Context({"request": request})).splitlines()
    query = "?q=%D0%B0%D0%B9%D0%BB%D1%8B%D0%BA"
    assert lines[:2] == [f"ky /ky/problems/{query} True", f"ru /ru/problems/{query} False"]
