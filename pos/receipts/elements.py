"""What a paper is made of once it is laid out: lines, rules, codes, pictures, feed and cut."""

from typing import Literal

import msgspec

from pos.receipts.images import Bitmap

Align = Literal["left", "center", "right"]


class Text(msgspec.Struct, frozen=True):
    """One line of ASCII. `size` 2 is twice as wide and high: half the columns."""

    line: str
    align: Align = "left"
    bold: bool = False
    size: Literal[1, 2] = 1


class Rule(msgspec.Struct, frozen=True):
    """A line across the paper."""


class Qr(msgspec.Struct, frozen=True):
    """A QR code, centred."""

    data: str


class Image(msgspec.Struct, frozen=True):
    """A picture by the SHA-256 of its file, with `caption` below; `fallback` is set without it."""

    name: str
    caption: tuple[Text, ...] = ()
    fallback: tuple[Text, ...] = ()


class Dots(msgspec.Struct, frozen=True):
    """A picture drawn for this paper, dot for dot; `says` is what it shows, in words."""

    bitmap: Bitmap
    says: str


class Feed(msgspec.Struct, frozen=True):
    """`n` empty lines."""

    n: int = 1


class Cut(msgspec.Struct, frozen=True):
    """The end of a paper: feed past the knife or the tear bar, cut where there is a knife."""


class Kick(msgspec.Struct, frozen=True):
    """The pulse that opens the cash drawer."""


Element = Text | Rule | Qr | Image | Dots | Feed | Cut | Kick
