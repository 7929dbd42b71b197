"""Translations: what is found in code and templates, what is kept, what is refused."""

import gettext
import json
from pathlib import Path

import pytest

from kenesh.site import messages

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
a = _("Hello, %(name)s")
b = ngettext("%(count)s day", "%(count)s days", 3)
c = pgettext("menu", "File")
from django.utils.translation import gettext_lazy as later
e = later("Under another name")
d = gettext_lazy("It is \\"quoted\\"")
"""
TEMPLATE = """{% load i18n %}<p title="{% translate 'Title' %}">it's {{ x|default:_("None here") }}</p>
{% translate "Go" context "verb" as go %}
{% blocktranslate trimmed with a=b count n=k %}
  There is {{ n }} case
{% plural %}
  There are {{ n }} cases
{% endblocktranslate %}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "house"
    (package / "room/templates/room").mkdir(parents=True)
    (package / "room/views.py").write_text(CODE)
    (package / "room/templates/room/page.html").write_text(TEMPLATE)
    return package


def test_messages_of_code_and_templates_are_found(package: Path) -> None:
    found = {(message.id, message.context) for message in messages.extract(package) if message.id}
    assert found == {
        ("Hello, %(name)s", None),
        (("%(count)s day", "%(count)s days"), None),
        ("File", "menu"),
        ('It is "quoted"', None),
        ("Under another name", None),
        ("Title", None),
        ("None here", None),
        ("Go", "verb"),
        (("There is %(n)s case", "There are %(n)s cases"), None),
    }


def test_translations_are_written_compiled_and_spoken(package: Path) -> None:
    forms = ["%(count)s день", "%(count)s дня", "%(count)s дней", "%(count)s дня"]
    assert messages.fill("ru", {"%(count)s day": forms, "verb\x04Go": "Иди"}, package=package) == (2, [])
    assert messages.compile_if_stale(package / "locale") == ["ru"]
    spoken = gettext.translation("django", str(package / "locale"), ["ru"])
    assert [spoken.ngettext("%(count)s day", "%(count)s days", n) for n in (1, 2, 5)] == forms[:3]
    assert spoken.pgettext("verb", "Go") == "Иди"


def test_what_does_not_fit_its_message_is_refused(package: Path) -> None:
    offered = {"Hello, %(name)s": "Салам, %(nom)s", "Unheard of": "x", "%(count)s day": ["%(count)s күн", "%(count)s күн"]}
    assert messages.fill("ky", offered, package=package) == (
        0,
        [
            "'Hello, %(name)s' has the placeholders ['nom'] where the message has ['name']",
            "'Unheard of' is not a message of the code",
            "'%(count)s day' needs 1 forms and has 2",
        ],
    )


def test_an_update_keeps_translations_and_drops_what_the_code_no_longer_says(package: Path) -> None:
    messages.fill("ky", {"Title": "Аталышы", "None here": "Жок"}, package=package)
    (package / "room/templates/room/page.html").write_text("{% load i18n %}{% translate 'Title' %}{% translate 'New' %}")
    messages.update_all(package)
    text = messages.catalogue_path("ky", package / "locale").read_text()
    assert 'msgid "Title"\nmsgstr "Аталышы"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Жок" not in text


def test_an_update_without_a_change_writes_the_same_bytes(package: Path) -> None:
    messages.update_all(package)
    before = messages.catalogue_path("hy", package / "locale").read_bytes()
    messages.update_all(package)
    assert messages.catalogue_path("hy", package / "locale").read_bytes() == before


def test_gaps_say_what_is_missing_and_where(package: Path) -> None:
    gaps = messages.missing("tg", package=package)
    assert len(gaps) == 9
    assert [gap.as_json() for gap in gaps if gap.key == "Title"] == [
        {"message": "Title", "why": "is not translated", "where": ["house/room/templates/room/page.html"]}
    ]
    assert json.dumps([gap.as_json() for gap in gaps])


def test_a_form_for_exactly_one_may_leave_the_number_out() -> None:
    assert messages.fault_of(("%(n)s day", "%(n)s days"), ("бир күн", "%(n)s күн"), 2) == ""


def test_a_form_for_one_and_twenty_one_may_not() -> None:
    wrong = ("один день", "%(n)s дня", "%(n)s дней", "%(n)s дня")
    assert messages.fault_of(("%(n)s day", "%(n)s days"), wrong, 4) == "has the placeholders [] where the message has ['n']"


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_plural_rules_are_those_of_djangos_own_catalogues(language: str) -> None:
    """Django joins its catalogue with ours, and counts by the rule of one of them."""
    import django

    path = Path(django.__file__).parent / f"conf/locale/{language}/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        theirs = gettext.GNUTranslations(file)._catalog[""].split("Plural-Forms:")[1].split("\n")[0]  # type: ignore[attr-defined]
    same = [gettext.c2py(rule.split("plural=")[1].strip(" ;")) for rule in (theirs, messages.PLURALS[language])]  # type: ignore[attr-defined]
    assert [same[0](n) for n in range(200)] == [same[1](n) for n in range(200)]
