"""The vault's promises, as properties: what is sealed opens for its key at its place, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kenesh.kernel import vault

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
AS_IN_USE = vault.RECEIPT_COST  # read before the run begins, whose receipts are quicker
CHEAP = vault.Cost(1024, 1)  # what is tested here is not the slowness

keys = st.binary(min_size=32, max_size=32)
places = st.builds(
    vault.Place,
    table=st.text(max_size=12),
    column=st.text(max_size=12),
    uid=st.uuids().map(lambda uid: uid.hex),
    epoch=st.integers(1, 9),
    version=st.integers(1, 9),
)


@given(keys, st.binary(max_size=3000), places)
def test_what_is_sealed_opens_with_its_key_at_its_place(key: bytes, plain: bytes, place: vault.Place) -> None:
    assert vault.open_sealed(key, vault.seal(key, plain, place), place) == plain


@given(keys, st.binary(max_size=300), places, st.data())
def test_any_flipped_bit_is_found(key: bytes, plain: bytes, place: vault.Place, data: st.DataObject) -> None:
    sealed = bytearray(vault.seal(key, plain, place))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(vault.Tampered):
        vault.open_sealed(key, bytes(sealed), place)


@given(keys, st.binary(max_size=100), places, places)
def test_another_row_column_epoch_or_version_does_not_open(
    key: bytes, plain: bytes, here: vault.Place, there: vault.Place
) -> None:
    assume(here != there)
    with pytest.raises(vault.Tampered):
        vault.open_sealed(key, vault.seal(key, plain, here), there)


@given(keys, keys, st.binary(max_size=100), places)
def test_another_key_does_not_open(key: bytes, other: bytes, plain: bytes, place: vault.Place) -> None:
    assume(key != other)
    with pytest.raises(vault.Tampered):
        vault.open_sealed(other, vault.seal(key, plain, place), place)


@given(st.binary(max_size=200), places)
def test_rubbish_is_refused_and_never_crashes(rubbish: bytes, place: vault.Place) -> None:
    with pytest.raises(vault.Tampered):
        vault.open_sealed(bytes(32), rubbish, place)
    with pytest.raises(vault.Tampered):
        vault.open_from(bytes(32), rubbish, place)


@given(keys, st.binary(max_size=200), places, places)
def test_a_box_opens_for_its_secret_at_its_place_alone(seed: bytes, plain: bytes, here: vault.Place, there: vault.Place) -> None:
    pair, stranger = vault.pair_from_seed(seed), vault.new_pair()
    box = vault.seal_to(pair.public, plain, here)
    assert vault.open_from(pair.secret, box, here) == plain
    with pytest.raises(vault.Tampered):
        vault.open_from(stranger.secret, box, here)
    assume(here != there)
    with pytest.raises(vault.Tampered):
        vault.open_from(pair.secret, box, there)


@given(st.integers(0, 100_000))
def test_padding_covers_the_length_and_costs_at_most_a_step(length: int) -> None:
    padded = vault.padded_length(length)
    assert length < padded <= max(length + 256, int(length * 1.12) + 16)


@given(st.integers(0, 255), st.integers(0, 255))
def test_short_texts_of_any_length_look_alike(one: int, other: int) -> None:
    place = vault.Place("t", "c", "u")
    assume(max(one, other) < 255)
    assert len(vault.seal(bytes(32), bytes(one), place)) == len(vault.seal(bytes(32), bytes(other), place))


@given(keys, keys)
def test_one_draft_always_gives_one_receipt(draft: bytes, other: bytes) -> None:
    digits = vault.receipt_digits(draft)
    assert digits == vault.receipt_digits(draft)
    assert len(digits) == 20
    assert digits.isascii()
    assert digits.isdigit()
    assert vault.damm(digits) == "0"
    assume(draft != other)
    assert vault.receipt_digits(other) != digits


@given(keys, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_no_receipt(draft: bytes, position: int, step: int) -> None:
    digits = vault.receipt_digits(draft)
    wrong = str((int(digits[position]) + step) % 10)
    with pytest.raises(vault.NotAReceipt):
        vault.read_receipt(digits[:position] + wrong + digits[position + 1 :])


@given(keys, st.integers(0, 18))
def test_two_swapped_digits_are_no_receipt(draft: bytes, position: int) -> None:
    digits = vault.receipt_digits(draft)
    assume(digits[position] != digits[position + 1])
    with pytest.raises(vault.NotAReceipt):
        vault.read_receipt(digits[:position] + digits[position + 1] + digits[position] + digits[position + 2 :])


@pytest.mark.parametrize("separator", ["", " ", "-", " – ", "\n", "\u00a0"])
def test_a_receipt_is_read_however_it_was_written_down(separator: str) -> None:
    digits = vault.receipt_digits(b"\x07" * 32)
    assert vault.read_receipt(separator.join(digits[i : i + 4] for i in range(0, 20, 4))) == digits


@pytest.mark.parametrize("text", ["", "1234", "x" * 20, "²" * 20, "0" * 19, "00000000000000000000a"])
def test_what_cannot_be_a_receipt_is_refused(text: str) -> None:
    with pytest.raises(vault.NotAReceipt):
        vault.read_receipt(text)


def test_digits_of_other_scripts_are_read() -> None:
    digits = vault.receipt_digits(b"\x09" * 32)
    arabic = "".join(chr(0x0660 + int(digit)) for digit in digits)
    assert vault.read_receipt(arabic) == digits


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_another_pepper_gives_other_keys(pepper: bytes, other: bytes) -> None:
    assume(pepper != other)
    digits = vault.receipt_digits(b"\x01" * 32)
    assert vault.from_receipt(digits, pepper, CHEAP) != vault.from_receipt(digits, other, CHEAP)


def test_a_recovery_key_comes_back_from_paper() -> None:
    made = vault.new_recovery_key()
    assert vault.read_recovery_key(made.text.lower().replace(" ", "-")) == made
    letter = "A" if made.text[0] != "A" else "B"
    with pytest.raises(vault.NotARecoveryKey):
        vault.read_recovery_key(letter + made.text[1:])


def test_a_signature_holds_for_its_message_and_place() -> None:
    keys_ = vault.from_receipt(vault.receipt_digits(b"\x02" * 32), bytes(32), CHEAP)
    here, there = vault.Place("t", "c", "one"), vault.Place("t", "c", "two")
    signature = vault.sign(keys_.signing_seed, b"yes", here)
    assert vault.signed(keys_.verify_key, b"yes", signature, here)
    assert not vault.signed(keys_.verify_key, b"no", signature, here)
    assert not vault.signed(keys_.verify_key, b"yes", signature, there)
    assert not vault.signed(keys_.verify_key, b"yes", b"short", here)


# --- vectors that another implementation can check ---------------------------------------------------------------------


def test_vectors_of_keys_for_one_purpose() -> None:
    for row in VECTORS["purpose"]:
        assert vault.B(bytes.fromhex(row["key"]), row["purpose"]).hex() == row["out"]


def test_vectors_of_receipts() -> None:
    for row in VECTORS["receipt"]:
        digits = vault.receipt_digits(bytes.fromhex(row["draft"]))
        assert digits == row["digits"]
        made = vault.from_receipt(digits, bytes.fromhex(row["pepper"]), AS_IN_USE)
        assert (made.lookup.hex(), made.pair.public.hex(), made.verify_key.hex()) == (
            row["lookup"],
            row["public"],
            row["verify_key"],
        )


def test_vectors_of_passwords() -> None:
    for row in VECTORS["password"]:
        made = vault.from_password(row["password"], bytes.fromhex(row["salt"]), vault.Cost.parse(row["cost"]))
        assert (made.verifier.hex(), made.wrap.hex()) == (row["verifier"], row["wrap"])


def test_vectors_of_sealing() -> None:
    for row in VECTORS["sealed"]:
        place = vault.Place(**row["place"])
        assert vault.open_sealed(bytes.fromhex(row["key"]), bytes.fromhex(row["sealed"]), place) == row["plain"].encode()


def test_vectors_of_the_trail() -> None:
    for row in VECTORS["trail"]:
        assert vault.trail_mac(bytes.fromhex(row["key"]), bytes.fromhex(row["previous"]), row["fields"]).hex() == row["mac"]


# --- one-time codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_one_time_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """RFC 6238, appendix B, the rows of SHA-1."""
    assert vault.totp_code(b"12345678901234567890", vault.totp_step(at), digits=8) == code


@given(st.binary(min_size=20, max_size=20), st.integers(600, 2**40), st.integers(-5, 5))
def test_a_one_time_code_holds_for_its_step_and_its_neighbours(seed: bytes, at: int, away: int) -> None:
    step = vault.totp_step(at) + away
    found = vault.totp_step_of(seed, vault.totp_code(seed, step), at)
    if abs(away) <= 1:
        assert found is not None
    elif found is not None:  # one in a million: two steps with the same code
        assert vault.totp_code(seed, found) == vault.totp_code(seed, step)


@given(st.text(max_size=20))
def test_whatever_is_typed_as_a_code_from_paper_is_read_or_refused(text: str) -> None:
    code = vault.new_spare_code()
    assert vault.read_spare_code(code.lower().replace("-", " ")) == code.replace("-", "")
    read = vault.read_spare_code(text)
    assert read is None or len(read) == 10
