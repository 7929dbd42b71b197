"""What has to run within a node's own environment: `python -m bench.harness.inside NAME`.

office       makes an office that takes appeals and one holder of its key
look         reads receipts, one a line, and prints {"found": …, "opened": …, "appeals": …, "receipts": …} as JSON
factor       gives the holder of the key codes of an app and prints their seed in hexadecimal
case         opens a case from the newest appeal and prints its code
written      prints what the holder of the key reads in the newest case: {"answers": [texts], "notes": […], "steps": […],
             "files": [lengths], "letters": number}
answer-link  prints the token of a link by which an addressee answers a published recommendation; nothing when there is none
routes       reads paths, one a line, and prints {"public": [every public route], "of": {path: its route}} as JSON
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from kenesh.people.keyring import Keyring


def office() -> None:
    from kenesh.people import actions
    from kenesh.people.models import Organisation, OrganisationKind, Role

    centre = Organisation.objects.create(
        name={"ru": "Центр поддержки, Бишкек", "ky": "Колдоо борбору, Бишкек", "en": "Support centre, Bishkek"},
        kind=OrganisationKind.CENTRE,
        country="KG",
        takes_appeals=True,
        languages=["ru", "ky"],
    )
    account = actions.add_user(email="aigul@example.org", name="Aigul", password="correct horse battery staple", by="bench")  # noqa: S106  # of an invented person
    actions.give_role(user=account.user, role=Role.CASEWORKER, organisation=centre, by="bench")
    actions.begin_epoch(organisation=centre, holders=[account.user], by="bench")


def look() -> None:
    from django.conf import settings

    from kenesh.appeals import opening
    from kenesh.appeals.models import Appeal, Receipt
    from kenesh.kernel import vault

    digits = sys.stdin.read().split()
    with ThreadPoolExecutor(2) as pool:  # the derivation runs outside of Python's lock
        keys = list(pool.map(lambda text: vault.from_receipt(text, settings.SECRETS.pepper), digits))
    by_lookup = {bytes(row.lookup): row for row in Receipt.objects.select_related("appeal", "appeal__office")}
    found = [(by_lookup[key.lookup], key) for key in keys if key.lookup in by_lookup]
    opened = sum(bool(opening.open_for_receipt(row, key.pair.secret).answers()) for row, key in found)
    counts = {"found": len(found), "opened": opened, "appeals": Appeal.objects.count(), "receipts": len(by_lookup)}
    print(json.dumps(counts))


def _keyring() -> Keyring:
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    checked = sign_in.check("aigul@example.org", "correct horse battery staple")
    return Keyring(checked.user, checked.secret)


def factor() -> None:
    from kenesh.kernel import vault
    from kenesh.people import actions
    from kenesh.people.models import User

    seed = vault.new_totp_seed()
    actions.add_totp(user=User.objects.get(email="aigul@example.org"), seed=seed, step=0, name="bench", by="bench")
    print(seed.hex())


def case() -> None:
    from kenesh.appeals.models import Appeal
    from kenesh.casework import actions

    print(actions.open_from_appeal(keyring=_keyring(), appeal=Appeal.objects.order_by("-id")[:1].get()).code)


def written() -> None:
    from kenesh.appeals import attachments, opening, queries
    from kenesh.casework import actions
    from kenesh.casework.models import Case
    from kenesh.casework.opening import open_case

    keyring = _keyring()
    opened = open_case(Case.objects.order_by("-id")[:1].get(), keyring)
    talk = queries.status_view(opening.open_for_office(opened.case.appeals.get(), keyring)).talk
    files = actions.files_of(opened)
    found = {
        "answers": [line.text for line in talk if line.by == "office"],
        "notes": [note.body["text"] for note in opened.notes()],
        "steps": [opened.open(row).body["what"] for row in opened.case.steps.order_by("id")],
        "files": [len(b"".join(attachments.read(file))) for file in files],
        "letters": opened.case.letters.count(),
    }
    print(json.dumps(found, ensure_ascii=False))


def answer_link() -> None:
    from kenesh.followup import actions
    from kenesh.followup.models import Addressee
    from kenesh.people.models import User

    addressee = Addressee.objects.filter(recommendation__is_public=True).exclude(organisation__mailbox="").first()
    by = User.objects.order_by("id").first()
    if addressee is not None and by is not None:
        print(actions.issue_answer_link(addressee=addressee, by=by, revoke_earlier=False))


def routes() -> None:
    from django.urls import URLPattern, URLResolver, get_resolver, resolve
    from django.urls.resolvers import LocalePrefixPattern
    from django.utils import translation

    def under(resolver: URLResolver) -> list[str]:
        found = []
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                found.append(str(entry.pattern))
            elif str(entry.pattern) != "work/":
                inside = "" if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern)
                found += [inside + route for route in under(entry)]
        return found

    of = {}
    for path in sys.stdin.read().split():
        with translation.override(path.split("/")[1]):  # addresses of one language are known in that language alone
            of[path] = resolve(path).route.partition("/")[2]
    print(json.dumps({"public": under(get_resolver()), "of": of}))


if __name__ == "__main__":
    django.setup()
    names = {"office": office, "look": look, "factor": factor, "case": case, "written": written}
    {**names, "answer-link": answer_link, "routes": routes}[sys.argv[1]]()
