"""A node is destroyed and comes back from its backup; what was erased since does not."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal, Grant, Status
from kenesh.casework import actions as casework
from kenesh.casework.models import Case
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.kernel import archive, carried, ledger, trail, vault
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Label, Organisation, OrganisationKey, User
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem, Quotation
from kenesh.site import backup
from kenesh.themes.texts import Translated

CONTENT = problems.Content(
    title=Translated(ru="Не платят"),
    statement=Translated(ru="Подрядчик исчезает."),
    affected=Translated(),
    tried=Translated(),
    law=Translated(),
    since="",
    themes=("unpaid-wages",),
    corridors=(("KG", "RU"),),
)
STORY = "Прораб забрал паспорт и не платит третий месяц"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path) -> Any:
    before, settings.LEDGER = settings.LEDGER, tmp_path / "ledger" / "erasures.tsv"
    yield
    settings.LEDGER = before


@pytest.fixture
def key() -> vault.RecoveryKey:
    made = vault.new_recovery_key()
    carried.set_keys(made.pair.secret)
    return made


def silent(what: str, done: int, total: int) -> None: ...


def file_one(office: Any) -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": STORY, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def holder(digits: str) -> appeals.Holder:
    cookie, _ = appeals.open_with_receipt(digits=digits)
    opened = appeals.holder_of(cookie.hex())
    assert opened is not None
    return opened


def keyring_of(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def wreck() -> None:
    """The machine burns: nothing of the database is left."""
    call_command("flush", interactive=False, verbosity=0)


def test_a_destroyed_node_comes_back_whole(aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path) -> None:
    digits = file_one(office)
    case = casework.open_from_appeal(keyring=keyring_of(aigul), appeal=Appeal.objects.get())
    office.labels = [Label("1", Translated(ru="иностранный агент"), date(2024, 1, 1))]
    office.save(update_fields=["labels"])
    entries = trail.heads()
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    wreck()
    assert not User.objects.exists()
    backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=None, said=silent)
    assert holder(digits).opened.answers()["story"] == STORY
    again = open_case(Case.objects.get(code=case.code), keyring_of(User.objects.get(email=aigul.email)))
    assert len(again.persons()) == 1
    assert Organisation.objects.get(pk=office.pk).labels == office.labels
    assert trail.verify(entries) == []


def test_what_was_erased_withdrawn_or_taken_away_after_the_backup_stays_so(
    aigul: Any, boris: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path, nurlan: Any
) -> None:
    from kenesh.people.actions import close_account

    erased, withdrawn, asked, stopped, kept = (file_one(office) for _ in range(5))
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    appeals.request_erasure(holder=holder(erased))
    appeals.destroy_erased(today=date(2027, 1, 1))
    appeals.set_consent(holder=holder(withdrawn), code="a", given=False, language="ru")
    appeals.request_erasure(holder=holder(asked))
    appeals.request_erasure(holder=holder(stopped))
    appeals.cancel_erasure(holder=holder(stopped))
    close_account(user=boris, by=nurlan)
    wreck()
    again = backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=settings.LEDGER, said=silent)
    assert again == 5
    with pytest.raises(appeals.NotOpen):
        appeals.open_with_receipt(digits=erased)
    states = [holder(digits).opened.appeal.status for digits in (withdrawn, asked, stopped, kept)]
    assert states == [Status.WITHDRAWN, Status.ERASING, Status.NEW, Status.NEW]
    for digits in (withdrawn, asked):
        with pytest.raises(KeyMissing):
            appeal_opening.open_for_office(holder(digits).opened.appeal, keyring_of(aigul))
    assert not OrganisationKey.objects.filter(user__email=boris.email).exists()
    appeals.cancel_erasure(holder=holder(asked))
    assert holder(asked).opened.appeal.status == Status.NEW


def test_who_wanted_no_more_letters_after_the_backup_gets_none(
    aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    from kenesh.people.actions import resume_mail, stop_mail
    from kenesh.people.queries.correspondents import stops_of

    file_one(office)
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    for email in ("a@example.org", "b@example.org"):
        stop_mail(email=email, why="opted_out", by="test")
    resume_mail(email="b@example.org", by="test", also_opted_out=True)
    wreck()
    backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=settings.LEDGER, said=silent)
    assert list(stops_of(["a@example.org", "b@example.org"])) == ["a@example.org"]


def test_a_link_that_somebody_put_into_the_backup_brings_no_file_of_the_machine(
    aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    (settings.FILES / "public").mkdir(parents=True, exist_ok=True)
    (settings.FILES / "public" / "emblem.svg").write_text("<svg/>")
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    (settings.FILES / "public" / "emblem.svg").unlink()
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret").write_text("пароль")
    planted = tmp_path / "backups" / "files" / "public"
    (planted / "link").symlink_to(tmp_path / "private" / "secret")
    (planted / "folder").symlink_to(tmp_path / "private")
    (planted / "planted.svg").write_text("<svg/>")
    wreck()
    backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=None, said=silent)
    brought = {path.name for path in (settings.FILES / "public").rglob("*")}
    assert brought & {"link", "folder", "secret", "emblem.svg", "planted.svg"} == {"emblem.svg"}


def test_words_that_were_taken_back_after_the_backup_do_not_return(
    office: Any, council: Any, chynara: Any, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    problem = problems.propose_problem(body=council, organisation=None, content=CONTENT, today=date(2026, 11, 22), by=chynara)
    problems.accept_problem(problem=problem, today=date(2026, 11, 22), by=chynara)

    def publish(code: str) -> None:
        words = problems.Words(Translated(ru=f"Слова {code}"), "ru", Quotation.Who.WORKER)
        where = Problem.objects.get()
        today = date(2026, 11, 22)
        problems.publish_quotation(
            code=code, problem=where, words=words, handle=code.encode() * 2, today=today, by=chynara, chain="node"
        )

    publish("bbbbbbbb")
    publish("cccccccc")
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    publish("dddddddd")
    with transaction.atomic():
        for code in ("bbbbbbbb", "dddddddd"):  # the second is not in the backup at all
            problems.revoke_quotation(code=code, by=trail.PUBLIC, chain="node")
    wreck()
    backup.restore(tmp_path / "backups", secret=key.pair.secret, ledger_file=settings.LEDGER, said=silent)
    assert list(Quotation.objects.values_list("code", flat=True)) == ["cccccccc"]
    page = Client().get(f"/ru/problems/{problem.code}/").content.decode()
    assert ("Слова bbbbbbbb" in page, "Слова cccccccc" in page) == (False, True)
    chynara = User.objects.get(email=chynara.email)
    for code in ("bbbbbbbb", "dddddddd"):  # whoever restored them in her appeal cannot publish them again
        with pytest.raises(problems.NotNow):
            publish(code)


def test_content_without_keys_opens_nothing_and_names_nobody(
    aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path
) -> None:
    file_one(office)
    content, _keys = backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)
    lines = list(archive.read(content, part="content", secret=key.pair.secret, mac_key=vault.backup_mac_key(key.pair.secret)))
    named = {line["table"] for line in lines if isinstance(line, dict) and "table" in line}
    assert named & backup.KEYS == set()
    assert "appeals.appeal" in named
    assert not any("Прораб" in str(line) or bytes(Grant.objects.get().sealed_key).hex() in str(line) for line in lines)


def test_every_table_has_its_place_in_the_backup() -> None:
    labels = {m._meta.label_lower for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy}
    assert labels >= backup.KEYS
    assert {label for label in backup.LEFT_OUT if not label.startswith("admin.")} <= labels
    holding = {
        model._meta.label_lower
        for model in apps.get_models()
        if {field.name for field in model._meta.concrete_fields} & {"sealed_key", "sealed_previous", "sealed_secret", "lookup"}
    }
    assert holding - backup.KEYS - backup.LEFT_OUT == set()


def test_keys_live_thirty_days_in_the_backups(key: vault.RecoveryKey, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    backup.back_up(folder, today=date(2026, 11, 22), said=silent)
    old = next(folder.glob("keys-*"))
    made = datetime.now(UTC).date()
    old.rename(folder / f"keys-{made - timedelta(days=31):%Y%m%d}T000000Z.kenesh")
    backup.back_up(folder, today=made, said=silent)
    assert len(list(folder.glob("keys-*"))) == 1
    assert len(list(folder.glob("content-*"))) >= 1


def test_a_line_that_somebody_wrote_into_the_ledger_is_refused(aigul: Any, office: Any, tmp_path: Path) -> None:
    digits = file_one(office)
    appeals.request_erasure(holder=holder(digits))
    text = settings.LEDGER.read_text(encoding="utf-8")
    settings.LEDGER.write_text(text.replace("request_erasure", "destroy_appeal"), encoding="utf-8")
    with pytest.raises(ledger.NotOurs):
        list(ledger.lines())


def test_the_worker_writes_what_a_killed_process_left_out_of_the_ledger(aigul: Any, office: Any) -> None:
    digits = file_one(office)
    appeals.request_erasure(holder=holder(digits))
    settings.LEDGER.unlink()
    assert (ledger.catch_up(), ledger.catch_up()) == (2, 0)
    assert [line.verb for line in ledger.lines()] == ["begin_epoch", "request_erasure"]


def test_a_backup_holds_up_no_filing(aigul: Any, office: Any, key: vault.RecoveryKey, tmp_path: Path) -> None:
    with backup._snapshot():
        digits = file_one(office)
        assert not Appeal.objects.using(backup.SNAPSHOT).exists()
    assert Client().get("/ru/appeal/").status_code == 200
    assert holder(digits)


def test_restore_refuses_a_node_that_is_in_use(aigul: Any) -> None:
    from kenesh.site.command_line import main

    done = subprocess.run([sys.executable, "-m", "kenesh", "restore", "--help"], capture_output=True, text=True, check=False)
    assert "--ledger" in done.stdout
    assert main(["restore", "/nowhere", "--no-ledger"]) == 1
