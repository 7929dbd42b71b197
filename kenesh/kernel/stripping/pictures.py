"""Pictures: their size before their dots, and a copy painted anew."""

from __future__ import annotations

import io

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from kenesh.kernel.stripping.reasons import NoCopy, Refused

MOST_PIXELS = 40_000_000
PREVIEW_SIDE = 1280


def open_picture(data: bytes) -> Image.Image:
    """The picture, its size checked before a pixel of it is read. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound, with our own words
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "GIF", "WEBP"])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused("damaged") from None
    if image.width * image.height > MOST_PIXELS:
        raise Refused("too_many_pixels")
    return image


def strip_picture(data: bytes, kind: str) -> bytes:
    """The picture painted anew: turned as its metadata said, without them and without a colour profile."""
    image = open_picture(data)
    try:
        image.seek(0)
        if image.format == "JPEG":
            image.draft("RGB", image.size)
        turned = ImageOps.exif_transpose(image)
        transparency = turned.info.get("transparency")
        turned.info = {} if transparency is None else {"transparency": transparency}
        if kind == "image/jpeg":
            return saved(turned if turned.mode in {"RGB", "L"} else turned.convert("RGB"), "JPEG", quality=90)
        if kind == "image/webp":
            return saved(turned if turned.mode in {"RGB", "RGBA"} else turned.convert("RGBA"), "WEBP", quality=90, method=2)
        return saved(turned, "GIF" if kind == "image/gif" else "PNG")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise Refused("damaged") from None


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def preview(data: bytes) -> bytes:
    """A JPEG of at most 1280 pixels a side."""
    image = open_picture(data)
    try:
        if image.format in {"JPEG", "MPO"}:
            image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        turned = ImageOps.exif_transpose(image).convert("RGB")
        turned.info = {}
        return saved(turned, "JPEG", quality=80)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise Refused("damaged") from None


def refuse_mixed(data: bytes) -> None:
    """A picture with an archive behind it is two things at once."""
    end = data.rfind(b"PK\x05\x06", -65_557)
    if end >= 0 and b"PK\x01\x02" in data:
        raise Refused("mixed")


def check_picture(data: bytes, kind: str) -> bytes:
    """The clean copy. Raises NoCopy for a kind that cannot be painted anew."""
    refuse_mixed(data)
    if kind == "image/heic":
        if b"meta" not in data[:4096]:
            raise Refused("damaged")
        raise NoCopy
    return strip_picture(data, kind)


def jpeg_without_metadata(data: bytes) -> bytes:
    """A JPEG's own bytes without its application segments (but APP0 and Adobe's APP14) and comments; for pictures inside documents."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        marker = data[at + 1]
        if not (marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)):
            kept.append(data[at : at + length])
        at += length
    return b"".join([*kept, data[at:]])
