"""Reads a print job back: what a printer would show. For tests; knows the commands we send.

It raises on any byte that it does not know, so that nothing unexpected goes to a printer.
"""

from dataclasses import dataclass, field

import zxingcpp
from PIL import Image

QUIET = 16
"""White dots put around a picture before it is read."""


@dataclass
class Paper:
    """`lines` of text as printed, with centred and large ones as they were sent."""

    lines: list[str] = field(default_factory=list)
    bold: set[str] = field(default_factory=set)
    large: set[str] = field(default_factory=set)
    centred: set[str] = field(default_factory=set)
    rows: list[list[bytes]] = field(default_factory=list)
    strips: list[int] = field(default_factory=list)
    native_qr: list[str] = field(default_factory=list)
    cuts: int = 0
    drawers: list[int] = field(default_factory=list)
    code_pages: list[int] = field(default_factory=list)
    starts: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def pictures(self) -> list[Image.Image]:
        """Each picture, with its strips put together."""
        out = []
        for rows in self.rows:
            width = len(rows[0]) * 8
            ink = Image.frombytes("1", (width, len(rows)), b"".join(rows))
            page = Image.new("L", (width + 2 * QUIET, len(rows) + 2 * QUIET), 255)
            page.paste(0, (QUIET, QUIET), ink)
            out.append(page)
        return out

    def qr(self) -> list[str]:
        """What the pictures' QR codes say, read by zxing-cpp."""
        return [
            found.text for picture in self.pictures() for found in zxingcpp.read_barcodes(picture)
        ]


class Decoder:
    """One job's bytes on their way to a Paper."""

    def __init__(self, job: bytes) -> None:
        self.job = job
        self.at = 0
        self.paper = Paper()
        self.line = b""
        self.align = 0
        self.emphasis = 0
        self.size = 0
        self.was_picture = False

    def take(self, count: int) -> bytes:
        got = self.job[self.at : self.at + count]
        assert len(got) == count, "the job ends in mid-command"
        self.at += count
        return got

    def run(self) -> Paper:
        while self.at < len(self.job):
            byte = self.take(1)[0]
            picture = False
            if byte == 0x0A:
                self.end_line()
            elif byte == 0x1B:
                self.escape(self.take(1))
            elif byte == 0x1D:
                picture = self.group(self.take(1))
            elif byte == 0x1C:
                assert self.take(1) == b"."
            else:
                assert 32 <= byte < 127, f"byte {byte:#x} at {self.at}"
                self.line += bytes((byte,))
            self.was_picture = picture
        assert not self.line, "the job ends in mid-line"
        return self.paper

    def end_line(self) -> None:
        text = self.line.decode("ascii")
        self.line = b""
        self.paper.lines.append(text)
        for on, where in (
            (self.emphasis, self.paper.bold),
            (self.size, self.paper.large),
            (self.align == 1, self.paper.centred),
        ):
            if on:
                where.add(text)

    def escape(self, command: bytes) -> None:
        match command:
            case b"@":
                self.paper.starts += 1
            case b"t":
                self.paper.code_pages.append(self.take(1)[0])
            case b"a":
                self.align = self.take(1)[0] & 3
            case b"E":
                self.emphasis = self.take(1)[0]
            case b"!":
                self.take(1)
            case b"d":
                self.paper.lines += [""] * self.take(1)[0]
            case b"p":
                self.paper.drawers.append(5 if self.take(3)[0] else 2)
            case _:
                raise AssertionError(f"ESC {command!r}")

    def group(self, command: bytes) -> bool:
        match command:
            case b"!":
                self.size = self.take(1)[0]
            case b"V":
                self.paper.cuts += 1
                if self.take(1)[0] > 49:
                    self.take(1)
            case b"(":
                self.function()
            case b"v":
                self.raster()
                return True
            case _:
                raise AssertionError(f"GS {command!r}")
        return False

    def function(self) -> None:
        assert self.take(1) == b"k"
        content = self.take(int.from_bytes(self.take(2), "little"))
        if content[:2] == b"1P":
            self.paper.native_qr.append(content[3:].decode())

    def raster(self) -> None:
        assert self.take(2) == b"0\x00"
        width = int.from_bytes(self.take(2), "little")
        height = int.from_bytes(self.take(2), "little")
        rows = [self.take(width) for _row in range(height)]
        self.paper.strips.append(height)
        if self.was_picture:
            self.paper.rows[-1] += rows
        else:
            self.paper.rows.append(rows)


def decode_job(job: bytes) -> Paper:
    """What the job puts on paper."""
    return Decoder(job).run()
