"""The source of the thesaurus can be read, written, checked and added to without losing anything."""

import json
from pathlib import Path

import pytest
from rdflib import Graph

from kenesh.themes import checking, editing, thesaurus, turtle

SMALL = """# Two lines of a person
# who edits.

@prefix k: <urn:kenesh:vocabulary:> .
@prefix t: <urn:kenesh:theme:> .
@prefix uhri: <urn:uhri:theme:> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

t:scheme a skos:ConceptScheme ;
    skos:prefLabel "Темы"@ru,
        "Themes"@en .

# Asked first.
t:pay a skos:Concept ;
    skos:notation "01" ;
    skos:inScheme t:scheme ;
    skos:topConceptOf t:scheme ;
    k:flag k:intake ;
    skos:prefLabel "Оплата труда"@ru,
        "Pay"@en ;
    skos:altLabel "зарплата"@ru, "\\"серая\\" оплата"@ru,
        "wages"@en ;
    skos:definition "Что должны за труд."@ru,
        "What is owed for work."@en ;
    skos:relatedMatch uhri:labour, sdg:8.5 .

t:unpaid-wages a skos:Concept ;
    skos:notation "01.01" ;
    skos:inScheme t:scheme ;
    skos:broader t:pay ;
    skos:prefLabel "Невыплата зарплаты"@ru,
        "Unpaid wages"@en ;
    skos:definition "Работа сделана, а денег нет."@ru,
        "The work is done and not paid."@en .

uhri:labour a k:IndexTheme ;
    skos:prefLabel "Labour rights and right to work"@en .
"""


@pytest.fixture
def two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small source above is complete in two languages."""
    monkeypatch.setattr(checking, "REQUIRED", ("en", "ru"))


pytestmark = pytest.mark.usefixtures("two_languages")


def complaints_after(old: str, new: str) -> list[str]:
    assert SMALL.count(old) == 1
    return checking.complaints(turtle.read(SMALL.replace(old, new)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "thesaurus.ttl").write_text(SMALL, encoding="utf-8")
    return tmp_path


def run_add(folder: Path, language: str, given: object) -> int:
    (folder / "given.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return editing.main(["add", language, str(folder / "given.json")], folder=folder)


def test_reading_and_writing_the_source_changes_no_character() -> None:
    text = editing.SOURCE.read_text(encoding="utf-8")
    assert turtle.write(turtle.read(text)) == text


def test_comments_and_quotation_marks_survive() -> None:
    document = turtle.read(SMALL)
    assert turtle.write(document) == SMALL
    assert turtle.by_subject(document)["t:pay"].texts("skos:altLabel")["ru"] == ["зарплата", '"серая" оплата']


def test_a_general_reader_of_turtle_reads_the_same_statements() -> None:
    document = turtle.read(SMALL)
    statements = sum(1 + sum(map(len, block.properties.values())) for block in document.blocks)
    assert len(Graph().parse(data=SMALL, format="turtle")) == statements


def test_the_source_has_no_complaint() -> None:
    assert checking.complaints(editing.source()) == []
    assert checking.complaints(turtle.read(SMALL)) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "    skos:broader t:pay ;\n",
            "",
            "unpaid-wages: it must have either one skos:broader or skos:topConceptOf t:scheme: else it is an orphan, or stands twice",
        ),
        ("skos:broader t:pay", "skos:broader t:moon", "unpaid-wages: its broader t:moon does not exist"),
        (
            "skos:broader t:pay",
            "skos:broader t:unpaid-wages",
            "unpaid-wages: following skos:broader from it comes back to t:unpaid-wages: a circle",
        ),
        ('"Unpaid wages"@en', '"pay"@en', "pay and unpaid-wages share the name in en 'pay'"),
        ('"01.01"', '"01"', "pay and unpaid-wages share the notation '01'"),
        ('"Unpaid wages"@en', '"Unpaid"@en, "No pay"@en', "unpaid-wages: it has 2 skos:prefLabel in en: keep one"),
        ('"Невыплата зарплаты"@ru,\n        ', "", "unpaid-wages: it has no skos:prefLabel in ru"),
        ('"wages"@en', '"Pay"@en', "pay: 'pay' stands twice among its labels in en"),
        ('"wages"@en', '"wages"@de', "pay: the thesaurus has no language 'de'"),
        ('"Что должны за труд."@ru,\n        ', "", "pay: it must have one skos:definition in ru"),
        ("sdg:8.5", "sdg:18.5", "pay: sdg:18.5 is neither a target such as sdg:8.8 nor a theme such as uhri:migrants"),
        (", sdg:8.5", ", uhri:moon", "pay: uhri:moon has no block with its name at the end of the file"),
        ("k:flag k:intake", "k:flag k:loud", "pay: k:flag loud does not exist: choose one of intake, urgent, restricted, policy"),
        ("k:flag k:intake", "k:flag k:policy", "unpaid-wages: it stands below t:pay, so it needs k:flag k:policy as well"),
    ],
)
def test_a_complaint_names_the_concept_and_what_is_wrong(old: str, new: str, complaint: str) -> None:
    assert complaints_after(old, new) == [complaint]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    k:flag k:intake ;\n",
            "    # a secret\n",
            "line 19: a comment inside a block would be lost: move it above the block",
        ),
        ("t:pay a skos:Concept", "t:pay is skos:Concept", "line 15: a block begins with its subject and what it is"),
        ("    k:flag k:intake ;\n", "    k:flag [ ] ;\n", "line 19: cannot read '[ ]"),
        ("uhri:labour a k:Ind", "t:pay a k:Ind", "t:pay stands twice in the file"),
    ],
)
def test_what_is_not_in_the_layout_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(turtle.Unreadable, match=message.replace("[", r"\[").replace("(", r"\(")):
        turtle.by_subject(turtle.read(SMALL.replace(old, new)))


def test_a_translators_labels_join_the_source_in_its_layout(folder: Path) -> None:
    given = {"pay": {"label": "Эмгек  акы", "alt": ["айлык", "Айлык", "эмгек акы"], "hidden": ["маяна"]}}
    assert run_add(folder, "ky", given) == 0
    text = (folder / "thesaurus.ttl").read_text(encoding="utf-8")
    assert text == SMALL.replace('"Оплата труда"@ru', '"Эмгек акы"@ky,\n        "Оплата труда"@ru').replace(
        'skos:altLabel "зарплата"@ru', 'skos:altLabel "айлык"@ky,\n        "зарплата"@ru'
    ).replace('"wages"@en ;\n', '"wages"@en ;\n    skos:hiddenLabel "маяна"@ky ;\n')
    rows = json.loads((folder / "thesaurus.json").read_text(encoding="utf-8"))["concepts"]
    assert rows[0]["labels"]["ky"] == "Эмгек акы"


def test_adding_the_same_labels_again_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"pay": {"label": "Эмгек акы", "alt": ["айлык"]}, "unpaid-wages": {"label": "Айлык бербөө"}}
    run_add(folder, "ky", given)
    first = (folder / "thesaurus.ttl").read_text(encoding="utf-8")
    run_add(folder, "ky", given)
    assert (folder / "thesaurus.ttl").read_text(encoding="utf-8") == first
    assert capsys.readouterr().out == "2 concepts changed in ky.\n0 concepts changed in ky.\n"


def test_typed_apostrophes_become_the_letters_of_uzbek(folder: Path) -> None:
    run_add(folder, "uz", {"pay": {"label": "To'lov", "alt": ["ma'lum to‘lov"]}})
    block = turtle.by_subject(editing.source(folder / "thesaurus.ttl"))["t:pay"]
    assert block.texts("skos:prefLabel")["uz"] == ["Toʻlov"]
    assert block.texts("skos:altLabel")["uz"] == ["maʼlum toʻlov"]


@pytest.mark.parametrize(
    ("language", "given", "reasons"),
    [
        ("ky", {"moon": {"label": "Ай"}}, ["moon: the thesaurus has no such concept"]),
        ("en", {"pay": {"label": "Unpaid wages"}}, ["pay: 'Unpaid wages' is already the label of unpaid-wages"]),
        (
            "ky",
            {"pay": {"label": "Акы"}, "unpaid-wages": {"label": "акы"}},
            ["unpaid-wages: 'акы' is already the label of pay"],
        ),
        ("uz-Cyrl", {"pay": {"label": "Ish haqi"}}, ["pay: 'Ish haqi' is not in the letters of uz-Cyrl"]),
        ("ky", {"pay": {"alt": ["айлык"]}}, ["pay: it has no label in ky yet, and none is given"]),
        (
            "ky",
            {"pay": {"name": "Акы"}, "unpaid-wages": {"label": " "}},
            ["pay: 'name' is none of label, alt, hidden", "unpaid-wages: the label must be a text"],
        ),
        ("ky", {"pay": {"label": "Акы", "alt": "айлык"}}, ["pay: alt must be a list of texts"]),
        ("de", {}, [f"the thesaurus has no language 'de': choose one of {', '.join(turtle.LANGUAGES)}"]),
        ("ky", [], ['the file must hold an object: {"concept": {"label": "…", "alt": ["…"], "hidden": ["…"]}}']),
    ],
)
def test_labels_that_do_not_fit_are_refused_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], language: str, given: object, reasons: list[str]
) -> None:
    assert run_add(folder, language, given) == 1
    assert capsys.readouterr().err.splitlines() == [*reasons, f"Nothing was written: {len(reasons)} reasons above."]
    assert (folder / "thesaurus.ttl").read_text(encoding="utf-8") == SMALL


def test_the_command_tells_what_it_can_do_and_what_it_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert editing.main(["check"], folder=folder) == 0
    assert editing.main(["help"], folder=folder) == 2
    assert editing.main(["add", "ky", str(folder / "nothing.json")], folder=folder) == 1
    printed = capsys.readouterr()
    assert printed.out == f"2 concepts, no complaint.\n{editing.__doc__}\n"
    assert printed.err.startswith("Nothing was written: [Errno 2] No such file")


def test_cyrillic_uzbek_stands_beside_latin_uzbek() -> None:
    labels = thesaurus.concept("pay").labels
    assert thesaurus.label("pay", "uz-Latn") == thesaurus.label("pay", "uz") == labels["uz"]
    assert thesaurus.label("pay", "uz-Cyrl") == labels.get("uz-Cyrl", labels["uz"])
