"""The design's money rules once more, written from its text alone, in exact fractions.

Nothing of pos is used here: where this and the product differ, one of them misreads the design.
"""

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

Bearer = Literal["seller", "stand", "shared"]
HALF = Fraction(1, 2)
LARGEST_QTY = 9_999
LARGEST_AMOUNT = 9_999_999_999


class RefusedError(Exception):
    """The till must refuse this."""


@dataclass(frozen=True)
class Agreement:
    """What the stand keeps: a rate of the price paid or listed, or all above a net price."""

    rate: Fraction = Fraction(1, 5)
    on_list_price: bool = False
    net_price: int | None = None


@dataclass(frozen=True)
class Off:
    """A discount: a part of the whole, or rupiah."""

    part: Fraction | None
    amount: int
    bearer: Bearer
    approved: bool

    def of(self, base: int) -> int:
        return self.amount if self.part is None else half_up(base * self.part)


@dataclass(frozen=True)
class Ware:
    """Something for sale. `item_id` is 0 for what is not in the book."""

    item_id: int
    kind: str
    price: int
    seller: str


@dataclass(frozen=True)
class Row:
    """A line of the cart."""

    ware: Ware
    qty: int
    price: int
    agreement: Agreement
    off: Off | None = None
    price_marked: bool = False

    @property
    def gross(self) -> int:
        return self.qty * self.price

    @property
    def own_discount(self) -> int:
        return self.off.of(self.gross) if self.off else 0

    @property
    def needs_price_approval(self) -> bool:
        return self.price != self.ware.price and not self.price_marked


@dataclass(frozen=True)
class Outcome:
    """A line worked out."""

    own: int
    over_cart: int
    by_seller: int
    by_stand: int
    share: int
    commission: int


@dataclass(frozen=True)
class Paid:
    """Who paid how: what stays with the stand by method."""

    kept: dict[str, int]
    rounding: int
    change: int


def half_up(exact: Fraction) -> int:
    return math.floor(exact + HALF)


def nearest(amount: int, step: int) -> int:
    """The nearest multiple; a tie goes to the smaller one, which is the buyer's favour."""
    below = amount - amount % step
    return below if amount - below <= below + step - amount else below + step


def largest_remainder(total: int, weights: list[int]) -> list[int]:
    if total == 0:
        return [0 for _ in weights]
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [math.floor(part) for part in exact]
    places = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for place in places[: total - sum(parts)]:
        parts[place] += 1
    return parts


def borne(amount: int, bearer: Bearer) -> tuple[int, int]:
    """(by the seller, by the stand); the stand has the larger half of an odd shared one."""
    by_seller = {"seller": amount, "stand": 0, "shared": math.floor(Fraction(amount, 2))}[bearer]
    return by_seller, amount - by_seller


def share_of(row: Row, by_seller: int) -> int:
    agreement = row.agreement
    if agreement.net_price is not None:
        return agreement.net_price * row.qty - by_seller
    keeps = 1 - agreement.rate
    if agreement.on_list_price:
        return half_up(row.gross * keeps) - by_seller
    return half_up((row.gross - by_seller) * keeps)


@dataclass(frozen=True)
class Basket:
    """The cart of the oracle."""

    rows: tuple[Row, ...] = ()
    off: Off | None = None

    @property
    def pieces(self) -> int:
        return sum(row.qty for row in self.rows)

    def outcomes(self) -> list[Outcome]:
        left = [row.gross - row.own_discount for row in self.rows]
        off = self.off.of(sum(left)) if self.off else 0
        if off > sum(left):
            raise RefusedError
        found = []
        for row, over_cart in zip(self.rows, largest_remainder(off, left), strict=True):
            own = row.own_discount
            first = borne(own, row.off.bearer) if row.off else (0, 0)
            second = borne(over_cart, self.off.bearer) if self.off else (0, 0)
            by_seller, by_stand = first[0] + second[0], first[1] + second[1]
            share = share_of(row, by_seller)
            if share < 0:
                raise RefusedError
            # What is paid and what the stand pays in itself, less the seller's share.
            commission = row.gross - own - over_cart + by_stand - share
            found.append(Outcome(own, over_cart, by_seller, by_stand, share, commission))
        return found

    @property
    def total(self) -> int:
        gone = sum(outcome.own + outcome.over_cart for outcome in self.outcomes())
        return sum(row.gross for row in self.rows) - gone

    # -- changes ---------------------------------------------------------------------

    def add(self, ware: Ware, qty: int, agreement: Agreement) -> "Basket":
        if not 1 <= qty <= LARGEST_QTY:
            raise RefusedError
        same = [i for i, row in enumerate(self.rows) if ware.item_id and row.ware == ware]
        if ware.kind == "unique" and (same or qty > 1):
            raise RefusedError
        for i in same:
            if self.rows[i].price == ware.price and not self.rows[i].price_marked:
                more = self.rows[i].qty + qty
                if more > LARGEST_QTY:
                    raise RefusedError
                return self._with(i, replace(self.rows[i], qty=more))._fitting()
        return replace(self, rows=(*self.rows, Row(ware, qty, ware.price, agreement)))._fitting()

    def quantity(self, i: int, qty: int) -> "Basket":
        if qty == 0:
            rows = self.rows[:i] + self.rows[i + 1 :]
            return Basket(rows, self.off if rows else None)._without_misfit()
        unique = self.rows[i].ware.kind == "unique"
        if not 1 <= qty <= LARGEST_QTY or (unique and qty > 1):
            raise RefusedError
        return self._with(i, _sound(replace(self.rows[i], qty=qty)))._without_misfit()

    def price(self, i: int, price: int, *, approved: bool) -> "Basket":
        if not 0 <= price <= LARGEST_AMOUNT:
            raise RefusedError
        row = self.rows[i]
        marked = approved and price != row.ware.price
        return self._with(
            i, _sound(replace(row, price=price, price_marked=marked))
        )._without_misfit()

    def discount_row(self, i: int, off: Off | None) -> "Basket":
        return self._with(i, _sound(replace(self.rows[i], off=off)))._without_misfit()

    def discount(self, off: Off | None) -> "Basket":
        return replace(self, off=off)._fitting()

    def _with(self, i: int, row: Row) -> "Basket":
        return replace(self, rows=(*self.rows[:i], row, *self.rows[i + 1 :]))

    def _fitting(self) -> "Basket":
        self.outcomes()
        return self

    def _without_misfit(self) -> "Basket":
        try:
            return self._fitting()
        except RefusedError:
            return replace(self, off=None)


def _sound(row: Row) -> Row:
    """A row whose own discount it can bear."""
    if row.own_discount > row.gross:
        raise RefusedError
    Basket((row,)).outcomes()
    return row


def pay(total: int, tenders: list[tuple[str, int]], step: int) -> Paid:
    """Several payments; only a rest in cash is rounded, and only cash gives change."""
    if any(amount <= 0 for _method, amount in tenders):
        raise RefusedError
    kept: dict[str, int] = {}
    for method, amount in tenders:
        kept[method] = kept.get(method, 0) + amount
    cash = kept.pop("cash", 0)
    rest = total - sum(kept.values())
    if rest < 0 or (rest == 0 and cash):
        raise RefusedError
    due = nearest(rest, step)
    if kept and due == 0:
        due = rest
    if cash < due:
        raise RefusedError
    if cash:
        kept["cash"] = due
    return Paid(kept, due - rest, cash - due)


@dataclass
class Ledger:
    """What the stand's books must say. Debits positive; sellers by their code."""

    balances: dict[tuple[str, str], int] = field(default_factory=dict)

    def book(self, rows: tuple[Row, ...], outcomes: list[Outcome], paid: Paid) -> None:
        for method, amount in paid.kept.items():
            self._post(method, "", amount)
        self._post("rounding", "", -paid.rounding)
        for row, outcome in zip(rows, outcomes, strict=True):
            self._post("seller", row.ware.seller, -outcome.share)
            self._post("commission", "", -outcome.commission)
            self._post("stand_discounts", "", outcome.by_stand)

    def _post(self, account: str, subject: str, amount: int) -> None:
        place = (account, subject)
        self.balances[place] = self.balances.get(place, 0) + amount

    def nonzero(self) -> dict[tuple[str, str], int]:
        return {place: amount for place, amount in self.balances.items() if amount}
