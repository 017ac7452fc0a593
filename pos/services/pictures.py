"""Pictures: files named by their SHA-256 in the data folder, made small when they come in."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _

if TYPE_CHECKING:
    from PIL import Image

FOLDER = "pictures"
ITEM_SIZE = (960, 720)
SLIP_SIZE = (1_280, 1_280)
"""Of paper that was photographed, upright or not: its small print is to be read."""
LOGO_SIZE = (576, 288)
"""Dots: as wide as the widest paper, and short enough not to waste it."""
MAX_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""A telephone's largest photograph; a picture of 30,000 x 30,000 is refused unread."""
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def picture_path(folder: Path, name: str) -> Path:
    """Where a picture of this name lies in a data folder, whether or not it is there."""
    return folder / FOLDER / f"{name}.png"


def add_picture(
    folder: Path, source: Path, size: tuple[int, int] = ITEM_SIZE, *, colours: int = 0
) -> str:
    """Take a picture file in and return its name (the SHA-256 of what is kept).

    `colours` keeps so many of them (0: all); paper needs few, which keeps its file small.
    What the file is is read from its content, never from its ending. Raises UserError when it is
    no picture or too large, EnvironmentProblem when the disk refuses.
    """
    raw = _png(source, size, colours)
    name = hashlib.sha256(raw).hexdigest()
    keep_picture(folder, name, raw)
    return name


def keep_picture(folder: Path, name: str, raw: bytes) -> None:
    """Write a picture's file, whose name says what must be in it. Raises EnvironmentProblem."""
    target = picture_path(folder, name)
    try:
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            unfinished = target.with_suffix(".new")
            unfinished.write_bytes(raw)
            unfinished.replace(target)
    except OSError as error:
        raise EnvironmentProblem(
            _("The picture could not be saved. Is there space on the disk?")
        ) from error


def _png(source: Path, size: tuple[int, int], colours: int = 0) -> bytes:
    from PIL import Image, ImageOps

    refused = UserError(
        _("This file is not a picture that can be read. Choose a PNG or JPEG."), field="picture"
    )
    try:
        if source.stat().st_size > MAX_BYTES:
            raise _too_large()
        with Image.open(source, formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large()
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail(size)
            return _encoded(picture, colours)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        # Pillow reports broken files in all of these ways.
        raise refused from error


def _encoded(picture: "Image.Image", colours: int) -> bytes:
    flat = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    if colours:
        flat = flat.convert("RGB").quantize(colours)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def _too_large() -> UserError:
    return UserError(
        _("This picture is too large. Make it smaller, {pixels} million dots at most.").format(
            pixels=MAX_PIXELS // 1_000_000
        ),
        field="picture",
    )
