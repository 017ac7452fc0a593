"""What a box says of itself, and what can be wrong with one."""

from collections.abc import Callable

import msgspec

from pos.errors import UserError
from pos.i18n import _

FORMAT = 1
SUFFIX = ".titipbox"
Tick = Callable[[str, int, int], None]
"""Told (what, done, total) as the work goes on; may raise CancelledError."""


class CancelledError(Exception):
    """A person stopped the work; what was done so far is whole and stays."""


class BoxError(UserError):
    """A box that can't be used; the sentence says why and what to do."""


class Tail(msgspec.Struct, frozen=True):
    """A till's journal in a box: the entries behind `after`, up to `seq`.

    `previous` is the hash of entry `after`, `hash` that of entry `seq` (hex); `at` is when that
    one was written (UTC milliseconds).
    """

    till_no: int
    after: int
    previous: str
    seq: int
    hash: str
    at: int
    till_code: str
    stand_id: int
    stand_code: str
    stand_name: str


class Manifest(msgspec.Struct, frozen=True):
    """The first page of a box. `meant_for` is a till's number, or 0 for any till: then it is whole."""

    format: int
    schema: int
    program: str
    written_at: int
    zone: str
    till_no: int
    meant_for: int
    tails: tuple[Tail, ...]
    aside: int
    cards: int
    pictures: tuple[str, ...]

    @property
    def entries(self) -> int:
        """How many journal entries there are in it."""
        return sum(tail.seq - tail.after for tail in self.tails)

    @property
    def writer(self) -> Tail | None:
        """The till that wrote it."""
        return next((tail for tail in self.tails if tail.till_no == self.till_no), None)


class Card(msgspec.Struct, frozen=True):
    """A contact card as it travels."""

    id: int
    name: str
    phone: str
    bank: str
    updated_at: int
    updated_by: int


def damaged(why: str = "") -> BoxError:
    """What is said of a file that is not as it was written."""
    said = _("This box is damaged: it was cut short or changed on its way. Write it again.")
    return BoxError(f"{said} ({why})" if why else said, field="box")


def no_box() -> BoxError:
    """What is said of a file that never was a box."""
    return BoxError(_("This file is not a box of Titip."), field="box")


def too_new() -> BoxError:
    """What is said of a box from a program newer than this one."""
    return BoxError(
        _("This box was written by a newer version of Titip. Install that version here first."),
        field="box",
    )
