"""What a paper is made of once it is laid out: lines, rules, codes, pictures, feed and cut."""

from dataclasses import dataclass
from typing import Literal

from pos.receipts.images import Bitmap

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Text:
    """One line of ASCII. `size` 2 is twice as wide and high: half the columns."""

    line: str
    align: Align = "left"
    bold: bool = False
    size: Literal[1, 2] = 1


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Qr:
    """A QR code, centred."""

    data: str


@dataclass(frozen=True)
class Image:
    """A picture by the SHA-256 of its file, with `caption` below; `fallback` is set without it."""

    name: str
    caption: tuple[Text, ...] = ()
    fallback: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Dots:
    """A picture drawn for this paper, dot for dot; `says` is what it shows, in words."""

    bitmap: Bitmap
    says: str


@dataclass(frozen=True)
class Feed:
    """`n` empty lines."""

    n: int = 1


@dataclass(frozen=True)
class Cut:
    """The end of a paper: feed past the knife or the tear bar, cut where there is a knife."""


@dataclass(frozen=True)
class Kick:
    """The pulse that opens the cash drawer."""


Element = Text | Rule | Qr | Image | Dots | Feed | Cut | Kick
