"""Voice messages without tags and places."""

from __future__ import annotations

import io

from mutagen import File, MutagenError, id3
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from kenesh.kernel.stripping.reasons import NoCopy, Refused


def check_sound(data: bytes, kind: str) -> bytes:
    """The sound without tags."""
    if kind == "audio/wav":
        return _wav_without_tags(data)
    if kind in {"audio/mp4", "audio/3gpp"}:
        return _boxes_without_metadata(data)
    if kind == "audio/amr":
        return data  # the format has no place for a tag
    held = io.BytesIO(data)
    try:
        if kind in {"audio/mpeg", "audio/aac"}:
            id3.delete(held)
        else:
            sound = File(held, options=[OggOpus, OggVorbis, OggSpeex])
            if sound is None:
                raise NoCopy
            held.seek(0)
            sound.delete(held)
    except (MutagenError, ValueError, EOFError, KeyError, IndexError):
        raise NoCopy from None
    return held.getvalue()


def _wav_without_tags(data: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name in {b"fmt ", b"data", b"fact"}:
            kept.append(data[at : at + 8 + length + length % 2])
        at += 8 + length + length % 2
    if not kept:
        raise Refused("damaged")
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"}
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}


def _boxes_without_metadata(data: bytes) -> bytes:
    """Boxes that carry tags, places and makers become empty ones of the same length, so that nothing else moves."""
    changed = bytearray(data)
    if not _clear_boxes(changed, 0, len(changed), 0):
        raise Refused("damaged")
    return bytes(changed)


def _clear_boxes(data: bytearray, at: int, end: int, depth: int) -> bool:
    seen = 0
    while at + 8 <= end and seen < 10_000:
        length, name, head = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8]), 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        length = length or end - at
        if length < head or at + length > end:
            return False
        if name in {b"udta", b"meta", b"uuid", b"free", b"skip"}:
            data[at + 4 : at + 8] = b"free"
            data[at + head : at + length] = bytes(length - head)
        elif name in _TIMED:
            wide = 16 if data[at + head] == 1 else 8
            data[at + head + 4 : at + head + 4 + wide] = bytes(wide)
        elif name in _INSIDE and depth < 8 and not _clear_boxes(data, at + head, at + length, depth + 1):
            return False
        at, seen = at + length, seen + 1
    return True
