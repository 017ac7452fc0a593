"""The drawer's day: opening float, money in and out, the count at the end."""

from typing import Literal

import msgspec

from pos.events.base import Event
from pos.tender import Method

MoveKind = Literal["in", "out", "deposit"]


class Counted(msgspec.Struct, frozen=True):
    """How many notes or coins of one value there were; `coin` tells the two kinds of Rp 1.000 apart."""

    value: int
    coin: bool
    pieces: int


class MethodCount(msgspec.Struct, frozen=True):
    """A payment method at the close: what the book expected and what was counted (rupiah)."""

    method: Method
    expected: int
    counted: int


class LeftOpen(msgspec.Struct, frozen=True):
    """A payment that nobody had seen arrive at the close, and who will look after it."""

    payment_id: int
    by: int


class ShiftOpened(Event, frozen=True, kw_only=True):
    """A shift begins with `counted` in the drawer (rupiah `opening`).

    `brought` of it came from the office now; what else differs from the book is `over_short`.
    """

    shift_id: int
    stand_id: int
    counted: tuple[Counted, ...]
    opening: int
    brought: int
    over_short: int
    reason: str


class CashMoved(Event, frozen=True, kw_only=True):
    """Money into or out of the drawer without a sale; "deposit" goes to the office."""

    move_id: int
    shift_id: int
    stand_id: int
    number: int
    kind: MoveKind
    amount: int
    reason: str
    picture: str


class DrawerOpened(Event, frozen=True, kw_only=True):
    """The drawer was opened without a sale."""

    opening_id: int
    shift_id: int
    stand_id: int
    reason: str


class ShiftClosed(Event, frozen=True, kw_only=True):
    """The Z: the count, the difference with its reason, what stays and what goes to the office.

    `over_short` is counted less expected cash; `deposit` leaves the drawer, `left` stays as
    tomorrow's float.
    """

    closing_id: int
    shift_id: int
    stand_id: int
    number: int
    counted: tuple[Counted, ...]
    methods: tuple[MethodCount, ...]
    over_short: int
    reason: str
    deposit: int
    left: int
    left_open: tuple[LeftOpen, ...]
