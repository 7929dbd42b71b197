"""The vault: all cryptography of Kenesh, as pure functions on bytes. Nothing else may import PyNaCl.

It stays one file although it is a long one: whoever checks it reads it from the top to the end, and knows that there is no more.

    Sealed                 anything that the vault refuses
    ├── Tampered           the bytes, the key or the place (row, column, epoch) are not the ones they were sealed for
    ├── NotAReceipt        digits that cannot be a receipt (length or check digit)
    └── NotARecoveryKey    letters that cannot be a recovery key (length or checksum)

Constructions and their sources
- `B(key, purpose)`: keyed BLAKE2b with `person` (RFC 7693, libsodium crypto_generichash): one key, one purpose each.
- `seal`: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), random 192-bit nonce, associated data = the place.
- `seal_to`: libsodium sealed box (X25519, XSalsa20-Poly1305). It has no associated data, so the place lies inside.
- `StreamSealer`: libsodium secretstream (XChaCha20-Poly1305, a counter and a rekeying state in each chunk): chunks of
  64 KiB that cannot be left out, swapped, repeated or cut off at the end; the place is associated data of every chunk.
- `stretch`: Argon2id 1.3 (RFC 9106). Its cost is stored beside what it opens.
- padding: PADMÉ (Nikitin et al., PETS 2019, "Reducing Metadata Leakage from Encrypted Files", section 4), in
  steps of at least 256 bytes, with ISO/IEC 7816-4 marking.
- `totp_code`: RFC 6238 over RFC 4226 (HMAC-SHA1, the only variant that every authenticator app knows).
- `backup_mac`: keyed BLAKE2b under a key that comes out of the offline key of the backups; the node keeps that key alone, so
  that an archive proves that the node made it, while the node cannot open it.
- key of a secret ballot: `prf` under the node's secret of the ballot's own random 32 bytes, so that neither alone gives it;
  tracking numbers are `prf` under that key, and with it nobody can tell any more whose they are.
- a meeting's way to its venue and home: out under a pair whose seed is `stretch` of a passphrase, home under a pair whose seed is `prf`
  under the node's secret of the take's uid; both by `seal_to` and `seal`, as archives of a backup.
- check digit of a receipt: Damm (2004): finds every single wrong digit and every swap of neighbours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.signing import SigningKey, VerifyKey

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 24
_SMALLEST = 256


class Sealed(Exception):
    """The vault does not open this."""


class Tampered(Sealed):
    """The bytes, the key or the place are not the ones they were sealed for."""


class NotAReceipt(Sealed):
    """These digits cannot be a receipt."""


class NotARecoveryKey(Sealed):
    """These letters cannot be a recovery key."""


# --- places and keys ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where sealed bytes belong; they open nowhere else. `uid` is the row's UUID in hexadecimal, chosen before insert."""

    table: str
    column: str
    uid: str
    epoch: int = 1
    version: int = 1

    def encoded(self) -> bytes:
        return _joined(self.table, self.column, self.uid, str(self.epoch), str(self.version))


def _joined(*parts: str | bytes) -> bytes:
    """Parts with their lengths in front, so that no two lists of parts give the same bytes."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def B(key: bytes, purpose: str, size: int = KEY_BYTES) -> bytes:  # noqa: N802  # the specification's name
    """A key for one purpose (at most 16 bytes long) out of another key."""
    return hashlib.blake2b(b"", key=key, person=purpose.encode(), digest_size=size).digest()


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True)
class Pair:
    """An X25519 pair, 32 bytes each."""

    secret: bytes
    public: bytes


def new_pair() -> Pair:
    return pair_from_seed(new_key())


def pair_from_seed(seed: bytes) -> Pair:
    """The pair whose secret scalar is the seed's 32 bytes (clamped as in RFC 7748)."""
    private = PrivateKey(seed)
    return Pair(bytes(private), bytes(private.public_key))


# --- sealing --------------------------------------------------------------------------------------------------------


def padded_length(length: int) -> int:
    """Bytes of the padded plaintext: the same for all lengths of one step (256 bytes, above 2 KiB up to 12 % of the length)."""
    marked = length + 1
    exponent = marked.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1 if exponent > 3 else 0
    padme = (marked + mask) & ~mask
    return max(padme, -(-marked // _SMALLEST) * _SMALLEST)


def _pad(plain: bytes) -> bytes:
    return plain + b"\x80" + bytes(padded_length(len(plain)) - len(plain) - 1)


def _unpad(padded: bytes) -> bytes:
    end = padded.rfind(b"\x80")
    if end < 0 or padded[end + 1 :].strip(b"\x00"):
        raise Tampered
    return padded[:end]


def seal(key: bytes, plain: bytes, place: Place) -> bytes:
    """Version, nonce and ciphertext of the padded plaintext, bound to its place."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + _encrypt(key, plain, place, nonce)


def _encrypt(key: bytes, plain: bytes, place: Place, nonce: bytes) -> bytes:
    return bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(_pad(plain), _VERSION + place.encoded(), nonce, key)


def open_sealed(key: bytes, sealed: bytes, place: Place) -> bytes:
    """The plaintext. Raises Tampered."""
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION or len(sealed) < 1 + _NONCE_BYTES + _SMALLEST:
        raise Tampered
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, _VERSION + place.encoded(), nonce, key)
    except CryptoError:
        raise Tampered from None
    return _unpad(padded)


def seal_to(public: bytes, plain: bytes, place: Place) -> bytes:
    """Anonymous box for the holder of the secret, with the place inside. For keys and other short things: no padding."""
    return _VERSION + bytes(SealedBox(PublicKey(public)).encrypt(_joined(place.encoded(), plain)))


def open_from(secret: bytes, sealed: bytes, place: Place, *, public: bytes = b"") -> bytes:
    """What was sealed to the pair of `secret`. Raises Tampered.

    `public`: the other half where it is at hand, which saves half of the time; a wrong one opens nothing.
    """
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION:
        raise Tampered
    try:
        inside = bindings.crypto_box_seal_open(sealed[1:], public or bindings.crypto_scalarmult_base(secret), secret)
    except (CryptoError, ValueError):  # ValueError: shorter than an empty box
        raise Tampered from None
    expected = place.encoded()
    head = len(expected).to_bytes(4, "big") + expected
    if not hmac.compare_digest(inside[: len(head)], head):
        raise Tampered
    return inside[len(head) + 4 :]


# --- files, chunk by chunk -------------------------------------------------------------------------------------------

STREAM_CHUNK = 64 * 1024  # bytes of plaintext in every sealed chunk, the padded last one included
SEALED_CHUNK = STREAM_CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
STREAM_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def sealed_stream_length(length: int) -> int:
    """Bytes of a sealed file whose content has so many: it tells the length in steps of 64 KiB only."""
    return STREAM_HEADER + (length // STREAM_CHUNK + 1) * SEALED_CHUNK


class StreamSealer:
    """Seals content that comes in pieces of any size; holds one chunk in memory. `header` is written first, `finish()` last."""

    def __init__(self, key: bytes, place: Place) -> None:
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self._place = place.encoded()
        self._waiting = bytearray()
        self.header: bytes = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)

    def seal(self, data: bytes) -> bytes:
        """The sealed chunks that are full with these bytes; b"" while the chunk still fills."""
        self._waiting += data
        whole = len(self._waiting) // STREAM_CHUNK * STREAM_CHUNK
        sealed = [self._push(bytes(self._waiting[at : at + STREAM_CHUNK]), _MESSAGE) for at in range(0, whole, STREAM_CHUNK)]
        del self._waiting[:whole]
        return b"".join(sealed)

    def finish(self) -> bytes:
        """The last chunk, filled up (ISO/IEC 7816-4), with the mark that nothing follows."""
        rest = bytes(self._waiting) + b"\x80"
        self._waiting.clear()
        return self._push(rest + bytes(STREAM_CHUNK - len(rest)), _FINAL)

    def _push(self, chunk: bytes, tag: int) -> bytes:
        return bytes(bindings.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, self._place, tag))


class StreamOpener:
    """Opens the sealed chunks in their order. Content that never comes to `finished` was cut off."""

    def __init__(self, key: bytes, place: Place, header: bytes) -> None:
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self._place = place.encoded()
        self.finished = False
        if len(header) != STREAM_HEADER:
            raise Tampered
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, key)

    def open(self, sealed: bytes) -> bytes:
        """The content of one sealed chunk. Raises Tampered, also for anything after the last one."""
        if self.finished or len(sealed) != SEALED_CHUNK:
            raise Tampered
        try:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, self._place)
        except CryptoError:
            raise Tampered from None
        if tag == _MESSAGE:
            return bytes(chunk)
        if tag != _FINAL:
            raise Tampered
        self.finished = True
        return _unpad(bytes(chunk))


# --- search inside the encrypted ------------------------------------------------------------------------------------


def prf(key: bytes, purpose: str, message: bytes, size: int = KEY_BYTES) -> bytes:
    """Keyed BLAKE2b of a message, for one purpose (at most 16 bytes long): without the key as good as random."""
    return hashlib.blake2b(message, key=key, person=purpose.encode(), digest_size=size).digest()


def seal_block(key: bytes, block: bytes, label: bytes) -> bytes:
    """Nonce and ciphertext of a block that the caller has padded, bound to its label; 40 bytes longer than the block."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(block, _VERSION + label, nonce, key)


def open_block(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """The padded block. Raises Tampered."""
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    if len(body) < bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES:
        raise Tampered
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, _VERSION + label, nonce, key)
    except CryptoError:
        raise Tampered from None


# --- passwords and receipts -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """Argon2id's memory in KiB and passes; lanes are always 1 (libsodium)."""

    kib: int
    passes: int

    def __str__(self) -> str:
        return f"{self.kib}:{self.passes}"

    @classmethod
    def parse(cls, text: str) -> Cost:
        kib, passes = text.split(":")
        return cls(int(kib), int(passes))


PASSWORD_COST = Cost(64 * 1024, 3)
RECEIPT_COST = Cost(8 * 1024, 3)


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """64 bytes out of something guessable. Slow on purpose: never call it inside a transaction."""
    return bytes(argon2id.kdf(64, secret, salt, opslimit=cost.passes, memlimit=cost.kib * 1024))


@dataclass(frozen=True)
class PasswordKeys:
    """`verifier` is stored and compared; `wrap` seals the user's secret and is never stored."""

    verifier: bytes
    wrap: bytes


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def from_password(password: str, salt: bytes, cost: Cost) -> PasswordKeys:
    root = stretch(unicodedata.normalize("NFKC", password).encode(), salt, cost)
    return PasswordKeys(B(root, "verify"), B(root, "wrap"))


def pair_from_passphrase(passphrase: str, salt: bytes, cost: Cost) -> Pair:
    """The pair to which a file is sealed that travels; whoever knows the passphrase opens it. Slow: never inside a transaction."""
    return pair_from_seed(B(stretch(unicodedata.normalize("NFKC", passphrase).encode(), salt, cost), "travel"))


def venue_pair(node: bytes, take: bytes) -> Pair:
    """The pair to which a meeting is sealed on its way home: this node alone can make it again, for this take alone."""
    return pair_from_seed(prf(node, "venue", take))


_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def damm(digits: str) -> str:
    """The check digit (Damm 2004) of ASCII digits; of digits that already carry it, "0"."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def receipt_digits(draft_secret: bytes) -> str:
    """The 20 digits that belong to a draft: the same at every retry. 19 digits and a check digit."""
    number = int.from_bytes(B(draft_secret, "receipt", 64), "big") % 10**19
    body = f"{number:019d}"
    return body + damm(body)


def read_receipt(text: str) -> str:
    """20 ASCII digits out of what somebody typed (any spaces, dashes, digits of any script). Raises NotAReceipt."""
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdigit() and unicodedata.digit(c, None) is not None)
    noise = [c for c in text if not c.isdigit() and not c.isspace() and unicodedata.category(c) not in {"Pd", "Po", "Cf", "Sm"}]
    if noise or len(digits) != 20 or damm(digits) != "0":
        raise NotAReceipt
    return digits


@dataclass(frozen=True)
class ReceiptKeys:
    """What 20 digits open: `lookup` finds the row, the pair opens content keys, the seed signs consents."""

    lookup: bytes
    pair: Pair
    signing_seed: bytes

    @property
    def verify_key(self) -> bytes:
        return bytes(SigningKey(self.signing_seed).verify_key)


def from_receipt(digits: str, pepper: bytes, cost: Cost | None = None) -> ReceiptKeys:
    """Keys of a receipt, at RECEIPT_COST; `pepper` keeps a stolen database from being searched for receipts."""
    root = stretch(digits.encode(), B(pepper, "rsalt")[:16], cost or RECEIPT_COST)
    return ReceiptKeys(B(root, "find")[:16], pair_from_seed(B(root, "seed")), B(root, "sign"))


# --- signatures and the trail ---------------------------------------------------------------------------------------


def sign(seed: bytes, message: bytes, place: Place) -> bytes:
    """Ed25519 (RFC 8032) over the place and the message; 64 bytes."""
    return bytes(SigningKey(seed).sign(_joined(place.encoded(), message)).signature)


def signed(verify_key: bytes, message: bytes, signature: bytes, place: Place) -> bool:
    """Whether the holder of the key signed this message for this place."""
    try:
        VerifyKey(verify_key).verify(_joined(place.encoded(), message), bytes(signature))
    except (BadSignatureError, ValueError):  # ValueError: a signature of another length
        return False
    return True


def trail_mac(key: bytes, previous: bytes, fields: list[str]) -> bytes:
    """32 bytes that chain an entry to the one before it."""
    return hashlib.blake2b(_joined(previous, *fields), key=key, person=b"trail", digest_size=32).digest()


# --- cookies, links, short codes ------------------------------------------------------------------------------------


def backup_mac_key(offline_secret: bytes) -> bytes:
    """With which a node proves that a backup is its own; it opens nothing."""
    return B(offline_secret, "backup-mac")


def backup_mac(key: bytes, message: bytes) -> bytes:
    """32 bytes that only the node and the holder of the offline key can make."""
    return prf(key, "backup-head", message)


def cookie_id(cookie: bytes) -> bytes:
    """What the database keeps of a cookie: enough to find the row, useless to open it."""
    return B(cookie, "id")


def cookie_key(cookie: bytes) -> bytes:
    """The key of what the database keeps sealed for a cookie."""
    return B(cookie, "seal")


def link_hash(key: bytes, token: str) -> bytes:
    """What the database keeps of a link's token or of a short code: keyed, so that short codes cannot be tried out on a leaked database."""
    return hashlib.blake2b(token.encode(), key=key, person=b"link", digest_size=32).digest()


def ballot_key(node: bytes, own: bytes) -> bytes:
    """The key of one secret ballot, out of the node's secret and the ballot's own random bytes."""
    return prf(node, "ballot", own)


def tracking_number(key: bytes, seat: str) -> str:
    """By which a voter finds her vote in the list: 50 bits as two groups, the same at every retry. `key`: of the ballot."""
    return _two_groups(int.from_bytes(prf(key, "track", seat.encode(), 16), "big") % 2**50)


def proves(challenge: bytes, number: str, bits: int) -> bool:
    """Whether SHA-256 of "challenge:number" begins with so many zero bits (hashcash: Back 2002); the challenge in hexadecimal.

    Finding such a number takes 2**bits hashes on average, looking at one takes one.
    """
    if not (0 < len(number) <= 16 and number.isascii() and number.isdecimal()):
        return False
    digest = hashlib.sha256(f"{challenge.hex()}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def same(one: bytes, other: bytes) -> bool:
    """Compares without telling by its time where they differ."""
    return hmac.compare_digest(bytes(one), bytes(other))


# --- one-time codes -------------------------------------------------------------------------------------------------

TOTP_SECONDS = 30
TOTP_DIGITS = 6


def new_totp_seed() -> bytes:
    """160 random bits, as RFC 4226 asks for."""
    return secrets.token_bytes(20)


def totp_step(at: float) -> int:
    """The number of the 30-second step in which a moment (seconds since 1970) lies."""
    return int(at) // TOTP_SECONDS


def totp_code(seed: bytes, step: int, digits: int = TOTP_DIGITS) -> str:
    """The code of one step (RFC 6238 with HMAC-SHA1, truncated as in RFC 4226, section 5.3)."""
    mac = hmac.new(seed, step.to_bytes(8, "big"), "sha1").digest()
    offset = mac[-1] & 15
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def totp_step_of(seed: bytes, code: str, at: float) -> int | None:
    """The step to which a code belongs: that of the moment, the one before or the one after (RFC 6238, section 5.2); else None.

    All three are compared, each in constant time. Whether the code was used before is the caller's to know.
    """
    now, found = totp_step(at), None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp_code(seed, step).encode(), code.encode()):
            found = step
    return found


def totp_text(seed: bytes) -> str:
    """The seed as authenticator apps take it: base 32 (RFC 4648), 32 letters and digits."""
    return base64.b32encode(seed).decode()


def new_spare_code() -> str:
    """A one-time code to be kept on paper: 50 random bits as two groups of five letters and digits."""
    return _two_groups(secrets.randbits(50))


def _two_groups(number: int) -> str:
    letters = "".join(_LETTERS[(number >> (5 * place)) & 31] for place in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def read_spare_code(text: str) -> str | None:
    """The code that somebody typed from paper, in the one form in which it is compared; None when it cannot be one."""
    letters = "".join(text.upper().replace("-", " ").split()).translate(_MEANT)
    return letters if len(letters) == 10 and all(letter in _LETTERS for letter in letters) else None


# --- recovery keys --------------------------------------------------------------------------------------------------

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing to take for another on paper
_MEANT = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class RecoveryKey:
    """Printed once, kept in a safe: 160 random bits and a checksum of 20 bits as nine groups of four letters."""

    text: str
    pair: Pair


def new_recovery_key() -> RecoveryKey:
    raw = secrets.token_bytes(20)
    number = int.from_bytes(raw + _checksum(raw), "big") >> 4
    letters = "".join(_LETTERS[(number >> (5 * place)) & 31] for place in reversed(range(36)))
    return read_recovery_key(" ".join(letters[i : i + 4] for i in range(0, 36, 4)))


def _checksum(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, person=b"recovery-check", digest_size=3).digest()


def read_recovery_key(text: str) -> RecoveryKey:
    """The key that somebody typed from paper. Raises NotARecoveryKey."""
    letters = "".join(text.upper().replace("-", " ").split()).translate(_MEANT)
    if len(letters) != 36 or any(letter not in _LETTERS for letter in letters):
        raise NotARecoveryKey
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    raw = (number >> 20).to_bytes(20, "big")
    if number & 0xFFFFF != int.from_bytes(_checksum(raw), "big") >> 4:
        raise NotARecoveryKey
    groups = " ".join(letters[i : i + 4] for i in range(0, 36, 4))
    return RecoveryKey(groups, pair_from_seed(B(raw, "recovery")))
