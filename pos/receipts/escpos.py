"""Document to the bytes of one print job, composed by python-escpos for our own profiles.

A job starts from a known state (`ESC @`, out of Chinese mode, code page 437) and holds nothing
but ASCII, so that it prints the same on a clone that boots in Chinese mode.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, assert_never

from pos.receipts.documents import Document
from pos.receipts.elements import Cut, Dots, Element, Feed, Image, Kick, Qr, Rule, Text
from pos.receipts.images import Bitmap, logo_bitmap, qr_bitmap, strips

NATIVE_QR_SIZE = 5
"""Dots a module of a QR code that the printer draws itself."""

TEAR_OFF = 4
"""Lines fed at the end on a printer without a knife, so that the last words clear the tear bar."""

_CODE_PAGE = 0  # CP437: every printer has it, and its lower half is ASCII
_LEAVE_CHINESE = b"\x1c."
_RULE = "-"


@dataclass(frozen=True)
class PaperProfile:
    """What the printer is: paper, columns, and the switches of the settings."""

    dots: int
    columns: int
    has_cut: bool = False
    has_drawer: bool = False
    drawer_pin: Literal[2, 5] = 2
    native_qr: bool = False
    prints_logo: bool = True


PAPER_58 = PaperProfile(dots=384, columns=32)
PAPER_80 = PaperProfile(dots=576, columns=48, has_cut=True)
PAPER_80_NARROW = PaperProfile(dots=576, columns=42, has_cut=True)

ImageFolder = Callable[[str], Path | None]
"""Finds a picture's file by its SHA-256; None where there is none."""


def _no_pictures(_name: str) -> Path | None:
    return None


def compose(
    document: Document, profile: PaperProfile, pictures: ImageFolder = _no_pictures
) -> bytes:
    """The job's bytes. `pictures` finds the logo; without it the stand's name is set large.

    The drawer's pulse is left out for a printer without a drawer: such a job is empty.
    """
    from pos.receipts.layout import layout

    return compose_elements(layout(document, profile.columns), profile, pictures)


def compose_elements(
    elements: tuple[Element, ...], profile: PaperProfile, pictures: ImageFolder = _no_pictures
) -> bytes:
    """As `compose`, for a paper that is laid out already."""
    if elements == (Kick(),) and not profile.has_drawer:
        return b""
    job = _Job(profile, pictures)
    for element in elements:
        job.add(element)
    return job.output()


class _Job:
    """Feeds elements to python-escpos, sending a style only when it changes."""

    def __init__(self, profile: PaperProfile, pictures: ImageFolder) -> None:
        from pos.receipts.escpos_library import dummy_printer

        self._profile = profile
        self._pictures = pictures
        self._printer: Any = dummy_printer(profile.dots, profile.columns, cut=profile.has_cut)
        self._raw: Callable[[bytes], None] = self._printer._raw  # noqa: SLF001 (its own way for more)
        self._style: tuple[str, bool, int] = ("left", False, 1)
        self._printer.hw("INIT")
        self._raw(_LEAVE_CHINESE)
        self._raw(b"\x1bt" + bytes((_CODE_PAGE,)))

    def output(self) -> bytes:
        return bytes(self._printer.output)

    def add(self, element: Element) -> None:
        match element:
            case Text(line, align, bold, size):
                self._set(align, bold=bold, size=size)
                self._line(line)
            case Rule():
                self._set("left", bold=False, size=1)
                self._line(_RULE * self._profile.columns)
            case Qr(data):
                self._qr(data)
            case Image():
                self._image(element)
            case Dots(bitmap):
                self._raster(bitmap)
            case Feed(n):
                self._set("left", bold=False, size=1)
                self._printer.ln(n)
            case Cut():
                self._cut()
            case Kick():
                self._printer.cashdraw(self._pulse())
            case _:
                assert_never(element)

    def _line(self, line: str) -> None:
        # The layout's text is ASCII already, so the library's search for a code page is skipped.
        self._raw(line.encode("ascii", "replace") + b"\n")

    def _pulse(self) -> list[int]:
        # 50 x 2 ms on and off, for the pin the drawer's cable uses (0 is pin 2, 1 is pin 5).
        return [27, 112, 0 if self._profile.drawer_pin == 2 else 1, 50, 50]

    def _set(self, align: str, *, bold: bool, size: int) -> None:
        old_align, old_bold, old_size = self._style
        wanted: dict[str, Any] = {}
        if align != old_align:
            wanted["align"] = align
        if bold != old_bold:
            wanted["bold"] = bold
        if size != old_size:
            wanted |= {"custom_size": True, "width": size, "height": size}
        if wanted:
            self._printer.set(**wanted)
            self._style = (align, bold, size)

    def _qr(self, data: str) -> None:
        if self._profile.native_qr:
            self._set("center", bold=False, size=1)
            self._printer.qr(data, ec=1, size=NATIVE_QR_SIZE, native=True)
            self._printer.ln()
        else:
            self._raster(qr_bitmap(data, self._profile.dots))

    def _image(self, image: Image) -> None:
        path = self._pictures(image.name) if self._profile.prints_logo else None
        bitmap = logo_bitmap(path, self._profile.dots) if path else None
        if bitmap is not None:
            self._raster(bitmap)
        for text in image.fallback if bitmap is None else image.caption:
            self.add(text)

    def _raster(self, bitmap: Bitmap) -> None:
        """Send `GS v 0` ourselves: the library would take packed dots apart and pack them again."""
        self._set("left", bold=False, size=1)
        at = 0
        for height in strips(len(bitmap.rows)):
            size = bitmap.stride.to_bytes(2, "little") + height.to_bytes(2, "little")
            rows = b"".join(bitmap.rows[at : at + height])
            self._raw(b"\x1dv0\x00" + size + rows)
            at += height

    def _cut(self) -> None:
        self._set("left", bold=False, size=1)
        if self._profile.has_cut:
            self._printer.cut("PART")
        else:
            self._printer.ln(TEAR_OFF)
