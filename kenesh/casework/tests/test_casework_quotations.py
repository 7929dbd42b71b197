"""Words of a person through every door: proposed, signed, checked by a second pair of hands, public, taken back; and attacks."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal, Entry, Receipt
from kenesh.casework import actions, quoting, release
from kenesh.casework.actions import keeping
from kenesh.casework.models import Case, Status
from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of
from kenesh.problems import actions as problems
from kenesh.problems.models import EndedQuotation, Problem, Quotation
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db

WORDS = "Мы строили дом всю зиму, а нам сказали: приходите потом."
IN_KYRGYZ = "Кышы бою үй курдук, бирок бизге кийин келгиле дешти."
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "name": "Айбек Асанов",
    "story": "Я Айбек Асанов, прораб не платит",
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Снежинск",
    "culprit_name": "ООО «Сапсан Строй»",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d", "e"],
}


_secrets: dict[bytes, bytes] = {}


def keyring(user: Any) -> Keyring:
    """Opened once for each account: the password is slow to stretch."""
    sealed = bytes(user.sealed_secret)
    if sealed not in _secrets:
        _secrets[sealed] = sign_in.check(user.email, PASSWORD).secret
    return Keyring(user, _secrets[sealed])


@pytest.fixture
def signed_in(signed_in: Any) -> Any:
    """One browser for each account, signed in once."""
    clients: dict[int, Client] = {}

    def enter(user: Any) -> Client:
        if user.pk not in clients:
            clients[user.pk] = signed_in(user)
        return clients[user.pk]

    return enter


def filed_at(office: Any, **changes: Any) -> str:
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    return filed_at(office)


@pytest.fixture
def jamila(office: Any, aigul: Any, make_account: Any) -> Any:
    """A colleague of Aigul who holds the key of the office too."""
    user = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring(aigul), organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


@pytest.fixture
def problem(council: Any, office: Any, aigul: Any, chynara: Any) -> Problem:
    content = problems.Content(
        title=Translated(ru="Бригадам не платят"),
        statement=Translated(ru="Подрядчик исчезает."),
        affected=Translated(),
        tried=Translated(),
        law=Translated(),
        since="",
        themes=("unpaid-wages",),
        corridors=(("KG", "RU"),),
    )
    today = timezone.localdate()
    proposed = problems.propose_problem(body=council, organisation=office, content=content, today=today, by=aigul)
    return problems.accept_problem(problem=proposed, today=today, by=chynara)


@pytest.fixture
def case(filed: str, aigul: Any, problem: Problem) -> Case:
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.link_problem(keyring=keyring(aigul), case=case, problem=problem)
    return case


def at(case: Case, *more: str) -> str:
    appeal = case.appeals.order_by("id")[:1].get()
    return "/".join([f"/work/cases/{case.code}/words/{appeal.code}", *more, ""])


def form(problem: Problem, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "problem": problem.code,
        "language": "ru",
        "text": WORDS,
        "text_ky": IN_KYRGYZ,
        "who": "building",
        "origin": "KG",
        "destination": "RU",
        "year": str(timezone.localdate().year),
        **changes,
    }


def proposed(client: Client, case: Case, problem: Problem, **changes: Any) -> str:
    """The code of the quotation that is proposed through the form."""
    answer = client.post(at(case), form(problem, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def hers(client: Client, code: str, do: str, **more: str) -> int:
    page = f"/ru/appeal/status/words/{code}/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(page).content.decode())
    return client.post(page, {"do": do, "seen": seen[1] if seen else "", **more}).status_code


def check(client: Client, case: Case, code: str, **changes: Any) -> None:
    """A caseworker presses the button, whether the page shows it to her or not."""
    one = quoting.found(opened(case), code)
    assert one is not None
    client.post(at(case, code), {"do": "publish", "seen": quoting.hash_of(one), "checked": "on", **changes})


def opened(case: Case) -> appeal_opening.OpenAppeal:
    from kenesh.people.models import User

    user = User.objects.get(name="Aigul")
    return appeal_opening.open_for_office(case.appeals.select_related("office").order_by("id")[:1].get(), keyring(user))


def state(case: Case, code: str) -> str:
    one = quoting.found(opened(case), code)
    assert one is not None
    return one.state


def public_page(problem: Problem, language: str = "ru") -> str:
    return Client().get(f"/{language}/problems/{problem.code}/").content.decode()


@pytest.fixture
def published(filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any) -> str:
    """The code of a quotation that has gone through every hand."""
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 1
    return code


# --- the way -------------------------------------------------------------------------------------------------------------------


def test_words_go_from_the_proposal_over_her_signature_and_a_second_check_to_the_public_page(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    she = person(filed)
    assert WORDS in she.get("/ru/appeal/status/open/").content.decode()
    assert IN_KYRGYZ in she.get(f"/ky/appeal/status/words/{code}/").content.decode()
    assert WORDS not in public_page(problem)
    assert hers(she, code, "agree") == 302
    case.refresh_from_db()
    assert (state(case, code), case.status) == ("agreed", Status.OFFICE)
    assert WORDS not in public_page(problem)
    page = signed_in(jamila).get(at(case, code)).content.decode()
    assert 'value="publish"' in page
    check(signed_in(jamila), case, code)
    assert f'<blockquote lang="ru"><p>{WORDS}</p></blockquote>' in public_page(problem)
    kyrgyz = public_page(problem, "ky")
    assert f'<blockquote lang="ky"><p>{IN_KYRGYZ}</p></blockquote>' in kyrgyz
    assert "Русский" in kyrgyz
    assert state(case, code) == "published"


def test_what_is_public_names_no_appeal_no_case_no_office_and_no_day(published: str, case: Case) -> None:
    row = Quotation.objects.get()
    assert (row.code, row.month.day, row.who, row.origin, row.destination) == (published, 1, "building", "KG", "RU")
    appeal, whole = case.appeals.get(), " ".join(str(value) for value in Quotation.objects.values().get().values())
    named = [appeal.code, appeal.uid.hex, str(appeal.uid), case.code, case.uid.hex, str(case.office), case.office.code]
    assert [name for name in named if name in whole] == []


def test_nothing_in_the_database_joins_the_public_words_to_the_appeal(published: str, case: Case) -> None:
    """The code of the quotation stands in the public row and in the trail, beside no appeal and no case."""
    about = TrailEntry.objects.filter(target__contains=published)
    verbs = list(about.order_by("id").values_list("verb", flat=True))
    assert verbs == ["propose_quotation", "agree_to_quotation", "check_quotation", "publish_quotation"]
    assert set(about.values_list("target", flat=True)) == {f"quotation:{published}"}
    assert not [row for row in Entry.objects.all() if published.encode() in bytes(row.sealed)]
    assert not Entry.objects.filter(request_key__isnull=False).exists()


def test_until_they_are_public_the_words_stand_nowhere_in_the_clear(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "other", text=WORDS)
    found = [
        model.__name__
        for model in apps.get_models()
        if model._meta.managed
        for row in model._default_manager.values_list()
        if any(WORDS in str(value) or WORDS.encode() in _raw(value) for value in row)
    ]
    assert found == []


def _raw(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def test_she_takes_her_words_back_and_they_are_gone_at_once(filed: str, published: str, case: Case, problem: Problem) -> None:
    she = person(filed)
    answer = she.post(f"/ru/appeal/status/words/{published}/", {"do": "take_back"}, follow=True)
    assert answer.status_code == 200
    assert WORDS not in public_page(problem)
    assert (Quotation.objects.count(), state(case, published)) == (0, "taken_back")
    last = TrailEntry.objects.filter(verb="revoke_quotation").get()
    assert (last.target, last.actor) == (f"quotation:{published}", "public")


def test_the_office_takes_words_back_with_a_reason_that_she_reads(
    filed: str, published: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    signed_in(aigul).post(at(case, published), {"do": "withdraw", "text": "Вас могли бы узнать"})
    assert WORDS not in public_page(problem)
    assert "Вас могли бы узнать" in person(filed).get(f"/ru/appeal/status/words/{published}/").content.decode()


def test_she_asks_for_other_words_and_is_asked_anew(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    she = person(filed)
    assert hers(she, code, "other", text="") == 422
    hers(she, code, "other", text="Не пишите про зиму")
    assert "Не пишите про зиму" in client.get(at(case, code)).content.decode()
    other = form(problem, text="Нам сказали: приходите потом.", text_ky="")
    assert client.post(at(case, code, "other"), other).status_code == 302
    hers(she, code, "agree")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.get().texts == {"ru": "Нам сказали: приходите потом."}


def test_a_no_ends_it(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    hers(person(filed), code, "take_back")
    assert state(case, code) == "refused"
    assert client.post(at(case, code, "other"), form(problem)).status_code == 302
    assert state(case, code) == "refused"


def test_a_second_caseworker_gives_it_back(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    signed_in(jamila).post(at(case, code), {"do": "send_back", "text": "Слишком узнаваемо"})
    assert state(case, code) == "returned"
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_the_form_sent_twice_asks_once(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    client, sent = signed_in(aigul), form(problem)
    places = {client.post(at(case), sent).headers["Location"] for _ in range(2)}
    assert (len(places), len(quoting.of_opened(opened(case)))) == (1, 1)


def test_more_words_than_fit_have_a_page_of_their_own(problem: Problem, aigul: Any) -> None:
    for number in range(25):
        words = problems.Words(Translated(ru=f"Слова {number:02d}."), "ru", Quotation.Who.WORKER)
        code = f"bcdfg{number:03d}".translate(str.maketrans("01", "zx"))
        problems.publish_quotation(
            code=code, problem=problem, words=words, handle=bytes([number]) * 16, today=date(2026, 11, 2), by=aigul, chain="node"
        )
    shown = re.findall(r"Слова \d\d", public_page(problem))
    client, address = Client(), f"/ru/problems/{problem.code}/words/"
    first = client.get(address)
    pages = [first.content.decode(), client.get(f"{address}?after={first.context['quotations'].after}").content.decode()]
    assert [len(shown), *(len(re.findall(r"Слова \d\d", page)) for page in pages)] == [3, 20, 5]
    assert client.get(f"{address}?after=zzzzzzzz").status_code == 404


# --- what leads to her ----------------------------------------------------------------------------------------------------------


def test_words_that_say_who_she_is_are_never_proposed(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    for words in ("Айбеку не заплатили.", "Звоните мне: 8 912 000 11 22.", "Нас обманул Сапсан Строй."):
        answer = signed_in(aigul).post(at(case), form(problem, text=words, text_ky="", looked="on"))
        assert answer.status_code == 422
        assert '<mark data-tone="bad">' in answer.content.decode()
    assert quoting.of_opened(opened(case)) == []


def test_what_may_lead_to_her_is_marked_until_somebody_has_looked(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    words = "Меня обманули в Снежинске."
    answer = signed_in(aigul).post(at(case), form(problem, text=words, text_ky=""))
    assert answer.status_code == 422
    assert "<mark>Снежинске" in answer.content.decode()
    assert words in answer.content.decode()
    assert signed_in(aigul).post(at(case), form(problem, text=words, text_ky="", looked="on")).status_code == 302


def test_the_only_case_of_its_kind_is_warned_of(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul).get(at(case))
    assert len(page.context["few"]) == 1
    code = proposed(signed_in(aigul), case, problem)
    assert len(signed_in(aigul).get(at(case, code)).context["few"]) == 2


def test_scripts_and_hidden_characters_in_her_words_do_nothing(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    nasty = "<script>alert(1)</script> нам \u202eне\u202c\r\nзаплатили\x07 {{ 7 }}"
    code = proposed(signed_in(aigul), case, problem, text=nasty, text_ky="", looked="on")
    she = person(filed)
    pages = [she.get(f"/ru/appeal/status/words/{code}/").content.decode(), she.get("/ru/appeal/status/open/").content.decode()]
    hers(she, code, "agree")
    pages.append(signed_in(jamila).get(at(case, code)).content.decode())
    pages.append(signed_in(jamila).get(f"/work/cases/{case.code}/").content.decode())
    check(signed_in(jamila), case, code)
    pages.append(public_page(problem))
    assert Quotation.objects.get().texts["ru"] == "<script>alert(1)</script> нам не заплатили {{ 7 }}"
    assert [page for page in pages if "<script>alert" in page or "&lt;script&gt;" not in page] == []


# --- attacks --------------------------------------------------------------------------------------------------------------------


def test_who_has_written_the_words_cannot_check_them(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    assert 'value="publish"' not in signed_in(aigul).get(at(case, code)).content.decode()
    check(signed_in(aigul), case, code)
    assert Quotation.objects.count() == 0
    signed_in(jamila).post(at(case, code, "other"), form(problem))  # whoever changes a word has written them too
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code)
    check(signed_in(aigul), case, code)
    assert Quotation.objects.count() == 0


def test_other_words_than_she_signed_do_not_pass(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    line = quoting.found(opened(case), code)
    assert line is not None
    asked, agreed = line.lines
    # Somebody with the office's key puts other words in, and her old signature behind them.
    for body in ({**asked.body, "texts": {"ru": "Я ненавижу их всех"}}, agreed.body):
        more = {name: value for name, value in body.items() if name not in ("kind", "by", "at")}
        opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **more).save()
    page = signed_in(jamila).get(at(case, code))
    assert page.context["broken"]
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_forged_consent_does_not_pass(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    one = quoting.found(opened(case), code)
    assert one is not None
    signed = quoting.signed_consent(one, signing_seed=_seed(filed), language="ru")
    another = quoting.signed_consent(one, signing_seed=bytes(32), language="ru")
    for forged in (another, {**signed, "hash": "00" * 32}, {**signed, "language": "ky"}, {**signed, "signed_at": "2026-01-01"}):
        line = {"quotation": code, "code": quoting.AGREED, **forged}
        opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **line).save()
        check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def _seed(digits: str) -> bytes:
    from django.conf import settings

    from kenesh.kernel import vault

    return vault.from_receipt(digits, settings.SECRETS.pepper).signing_seed


def test_a_consent_to_one_quotation_is_none_to_another(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    first, second = (proposed(signed_in(aigul), case, problem) for _ in range(2))
    hers(person(filed), first, "agree")
    one = quoting.found(opened(case), first)
    assert one is not None
    assert one.consent is not None
    signed = {name: one.consent[name] for name in ("hash", "signed_at", "language", "signature")}
    opened(case).sealed_entry(
        kind=quoting.KIND, by="person", at=timezone.now(), quotation=second, code=quoting.AGREED, **signed
    ).save()
    check(signed_in(jamila), case, second)
    assert Quotation.objects.count() == 0


def test_words_that_were_changed_under_her_eyes_are_not_signed(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    she, page = person(filed), f"/ru/appeal/status/words/{code}/"
    seen = re.search(r'name="seen" value="(\w+)"', she.get(page).content.decode())
    assert seen is not None
    client.post(at(case, code, "other"), form(problem, text="Совсем другое."))
    she.post(page, {"do": "agree", "seen": seen[1]})
    assert state(case, code) == "asked"


def test_words_that_changed_under_the_checkers_eyes_are_not_passed(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code, seen="0" * 64)
    check(signed_in(jamila), case, code, checked="")
    assert Quotation.objects.count() == 0


def test_digits_that_staff_have_seen_agree_to_nothing(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    Receipt.objects.update(seen_by_other=True)
    she = person(filed)
    assert "/ru/appeal/status/own-digits/" in she.get(f"/ru/appeal/status/words/{code}/").content.decode()
    hers(she, code, "agree")
    assert state(case, code) == "asked"


def test_who_has_no_receipt_cannot_be_quoted(case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    Receipt.objects.all().delete()
    client = signed_in(aigul)
    assert client.get(at(case)).context["why_not"]
    assert client.post(at(case), form(problem)).status_code == 200
    assert quoting.of_opened(opened(case)) == []


def test_whoever_did_not_let_her_story_be_used_is_not_asked(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    person(filed).post("/ru/appeal/status/consent/e/", {"given": "no"})
    assert signed_in(aigul).get(at(case)).context["why_not"]
    with pytest.raises(actions.NotQuoted):
        actions.propose_quotation(
            keyring=keyring(aigul), case=case, appeal=case.appeals.get(), said={"problem": problem.code}, key=uuid.uuid4()
        )


def test_a_restricted_case_is_not_quoted_and_what_was_public_of_it_goes(
    published: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul, jamila], reason="Торговля людьми")
    assert WORDS not in public_page(problem)
    case.refresh_from_db()
    assert signed_in(aigul).get(at(case)).context["why_not"]
    assert signed_in(aigul).post(at(case), form(problem)).status_code == 200
    assert [one.state for one in quoting.of_opened(opened(case))] == ["withdrawn"]


def test_another_persons_receipt_and_none_at_all_find_nothing(
    case: Case, problem: Problem, office: Any, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    other = person(filed_at(office))
    assert other.get(f"/ru/appeal/status/words/{code}/").status_code == 404
    assert other.post(f"/ru/appeal/status/words/{code}/", {"do": "take_back"}).status_code == 404
    assert Client().get(f"/ru/appeal/status/words/{code}/").status_code == 302
    assert state(case, code) == "asked"


def test_nobody_outside_of_the_office_sees_what_is_proposed(
    filed: str, case: Case, problem: Problem, aigul: Any, eve: Any, boris: Any, chynara: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    for client in (signed_in(user) for user in (eve, boris, chynara)):
        check(client, case, code)
        answers = [client.get(at(case)), client.get(at(case, code)), client.get(at(case, code, "other"))]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert WORDS not in client.get(f"/work/problems/{problem.code}/").content.decode()
    assert Quotation.objects.count() == 0


def test_words_stay_here_when_the_problem_is_no_longer_public(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    Problem.objects.update(status=Problem.Status.DEFERRED)
    check(signed_in(jamila), case, code)
    assert (Quotation.objects.count(), state(case, code)) == (0, "agreed")


def test_what_was_taken_back_once_is_never_published_again(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    """As after a restore: her yes lies there, her taking back was written later and is known to the ledger alone."""
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    EndedQuotation.objects.create(code=code)
    one = quoting.found(opened(case), code)
    assert one is not None
    with pytest.raises(problems.NotNow):
        release.release_quotation(
            keyring=keyring(jamila), case=case, appeal=case.appeals.get(), code=code, seen=quoting.hash_of(one)
        )


# --- what takes words away without a word about them ----------------------------------------------------------------------------


@pytest.mark.parametrize("consent", ["a", "e"])
def test_taking_back_the_consent_takes_the_words_off(filed: str, published: str, problem: Problem, consent: str) -> None:
    she = person(filed)
    she.post(f"/ru/appeal/status/consent/{consent}/", {"given": "no"})
    assert WORDS not in public_page(problem)
    she.post(f"/ru/appeal/status/consent/{consent}/", {"given": "yes"})
    assert WORDS not in public_page(problem)


def test_what_she_tells_staff_takes_the_words_off_too(published: str, case: Case, problem: Problem, aigul: Any) -> None:
    told = appeals.Told(how=appeals.ORALLY, language="ky", explained="Aigul")
    appeals.record_consents(
        keyring=keyring(aigul), appeal=case.appeals.get(), codes=["e"], given=False, told=told, request_key=uuid.uuid4()
    )
    assert (WORDS in public_page(problem), state(case, published)) == (False, "withdrawn")


def test_erasing_takes_the_words_off_before_anything_is_destroyed(
    filed: str, published: str, case: Case, problem: Problem
) -> None:
    she = person(filed)
    she.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert WORDS not in public_page(problem)
    she.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert (WORDS in public_page(problem), state(case, published)) == (False, "gone")


def test_the_worker_takes_the_words_off_with_a_case_that_nobody_opens_any_more(
    published: str, case: Case, problem: Problem, aigul: Any
) -> None:
    """Retention destroys without any key of a person: the node's own door key is enough to find what was public of it."""
    actions.close_case(keyring=keyring(aigul), case=case)
    case.refresh_from_db()
    assert case.keep_until is not None
    keeping.destroy_case(case=case, today=case.keep_until + timedelta(days=1), by="worker")
    assert (Appeal.objects.count(), Quotation.objects.count()) == (0, 0)
    assert WORDS not in public_page(problem)
    assert TrailEntry.objects.filter(verb="revoke_quotation", target=f"quotation:{published}", actor="worker").exists()


def test_own_new_digits_carry_what_she_has_agreed_to(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    she = person(filed)
    hers(she, code, "agree")
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 1


def test_what_staff_signed_with_digits_they_had_seen_does_not_become_hers(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    Receipt.objects.update(seen_by_other=True)
    one = quoting.found(opened(case), code)
    assert one is not None
    signed = quoting.signed_consent(one, signing_seed=_seed(filed), language="ru")
    line = {"quotation": code, "code": quoting.AGREED, **signed}
    opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **line).save()
    she = person(filed)
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_consent_of_a_receipt_that_is_gone_is_asked_for_again(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    Receipt.objects.update(seen_by_other=True)
    page = signed_in(jamila).get(at(case, code))
    assert (page.context["broken"], page.context["can_pass"]) == (True, False)
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0
