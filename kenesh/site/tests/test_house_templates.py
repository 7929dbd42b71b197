"""Templates: nothing from third parties, no inline script or style, nothing unescaped, none that nobody uses."""

import re
from pathlib import Path

from kenesh.site.messages import PACKAGE, extract

TEMPLATES = sorted(
    path for path in PACKAGE.rglob("templates/**/*") if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".ics"}
)
# Only the templates that Django itself asks for by name.
ASKED_FOR_BY_DJANGO = {"403.html", "404.html", "400.html", "500.html", "403_csrf.html"}


def name_of(path: Path) -> str:
    return str(path).rsplit("/templates/", 1)[1]


def offences(pattern: str) -> list[str]:
    expression = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return [
        f"{name_of(path)}: {found.group()[:80]}"
        for path in TEMPLATES
        for found in expression.finditer(path.read_text(encoding="utf-8"))
    ]


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 0


def test_no_page_loads_anything_from_another_host() -> None:
    assert offences(r"""(?:src|srcset|action|poster|data|@import|url\()\s*=?\s*["'(]?\s*(?:https?:)?//[^"'\s)]*""") == []
    assert offences(r"""<link\b[^>]*href\s*=\s*["'](?:https?:)?//[^"']*""") == []


def test_no_template_has_inline_styles() -> None:
    assert offences(r"""<[a-z][^<>]*\sstyle\s*=""") == []


def test_no_template_has_inline_event_handlers() -> None:
    assert offences(r"""<[a-z][^<>]*\son[a-z]+\s*=\s*["']""") == []


def test_no_template_has_a_script_of_its_own() -> None:
    assert offences(r"""<script(?![^>]*\ssrc=)[^>]*>""") == []
    assert offences(r"""(?:href|src|action)\s*=\s*["']\s*javascript:""") == []


def test_nothing_is_marked_as_safe_or_left_unescaped() -> None:
    assert offences(r"""\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off""") == []


def test_an_organisation_is_named_with_the_labels_that_a_law_makes_it_carry() -> None:
    """`{{ organisation }}` prints them; its name alone, filtered or not, does not."""
    assert (
        offences(
            r"""\b(?:organisation|(?:from_|to_)?office|house|predecessor|successor|complaint_about)\.name(?=\s*(?:\||%}|}}))"""
        )
        == []
    )


def test_forms_that_post_carry_the_token() -> None:
    missing = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.IGNORECASE | re.DOTALL):
            if "csrf_token" not in form and "{% block" not in form:
                missing.append(name_of(path))
    assert missing == []


def names_in_use() -> re.Pattern[str]:
    """Every quoted name of a template in code and templates; a part between braces (`f"room/step_{name}.html"`) fits any word."""
    texts = [path.read_text(encoding="utf-8") for path in (*PACKAGE.rglob("*.py"), *TEMPLATES) if "tests" not in path.parts]
    quoted = {name for text in texts for name in re.findall(r"""["']([\w./{}\[\]-]+\.(?:html|txt|xml|ics))["']""", text)}
    return re.compile("|".join(re.sub(r"\\{.*?\\}", r"[\\w-]+", re.escape(name)) for name in sorted(quoted)))


def test_every_template_is_used() -> None:
    used = names_in_use()
    unused = [
        name_of(path)
        for path in TEMPLATES
        if name_of(path) not in ASKED_FOR_BY_DJANGO
        and not name_of(path).startswith("django/forms/")
        and not used.fullmatch(name_of(path))
    ]
    assert unused == []


def test_no_message_contains_html() -> None:
    """Translators are given sentences; markup in them would break a page in one language only."""
    messages = [message.id if isinstance(message.id, tuple) else (message.id,) for message in extract() if message.id]
    assert [text for texts in messages for text in texts if re.search(r"</?[a-z]+[^>]*>|&[a-z]+;", text)] == []
