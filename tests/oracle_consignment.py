"""What the stand owes its sellers, once more: the design's rules with arithmetic of their own.

Nothing of pos is used here. An account is a plain list of what moved it; what is due is its sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from tests.oracle import (
    Agreement,
    Bearer,
    Ledger,
    Outcome,
    Paid,
    Row,
    Ware,
    half_up,
    nearest,
)

Basis = Literal["price", "share"]
Kind = Literal["sale", "return", "void", "loss", "damage", "unrecorded", "payout", "undo"]
SETTLED_BY_PAYOUTS = {"sale", "return", "void", "loss", "damage", "unrecorded"}


@dataclass
class Moved:
    """Something that moved a seller's account by `amount` rupiah."""

    kind: Kind
    qty: int
    amount: int
    settled: bool = False


@dataclass
class Payout:
    """A payout, and what it settled."""

    amount: int
    day: int
    method: str
    settled: list[Moved]
    undone: bool = False


@dataclass
class Account:
    """One seller's account."""

    moves: list[Moved] = field(default_factory=list)
    payouts: list[Payout] = field(default_factory=list)

    @property
    def due(self) -> int:
        return sum(move.amount for move in self.moves)

    @property
    def open(self) -> list[Moved]:
        return [m for m in self.moves if m.kind in SETTLED_BY_PAYOUTS and not m.settled]

    @property
    def carried(self) -> int:
        """What settled lines and payments left over."""
        settled = sum(m.amount for m in self.moves if m.settled)
        return settled - sum(p.amount for p in self.payouts if not p.undone)

    @property
    def last_payout(self) -> Payout | None:
        standing = [payout for payout in self.payouts if not payout.undone]
        return standing[-1] if standing else None

    def add(self, kind: Kind, qty: int, amount: int) -> None:
        self.moves.append(Moved(kind, qty, amount))

    def owed_for(self, chosen: Iterable[Moved]) -> int:
        """What may be paid for some of the open lines: never more than is due in all."""
        return max(0, min(self.carried + sum(m.amount for m in chosen), self.due))

    def pay(self, amount: int, chosen: list[Moved], day: int, method: str) -> None:
        for move in chosen:
            move.settled = True
        self.add("payout", 0, -amount)
        self.payouts.append(Payout(amount, day, method, chosen))

    def undo(self) -> Payout:
        last = self.last_payout
        assert last is not None
        last.undone = True
        for move in last.settled:
            move.settled = False
        self.add("undo", 0, last.amount)
        return last

    def running(self) -> list[tuple[Kind, int, int, int]]:
        """(kind, pieces, amount, balance after it), the oldest first."""
        balance, found = 0, []
        for move in self.moves:
            balance += move.amount
            found.append((move.kind, move.qty, move.amount, balance))
        return found


@dataclass
class Sold:
    """A line sold, with how many of its pieces came back."""

    row: Row
    outcome: Outcome
    back: int = 0

    @property
    def left(self) -> int:
        return self.row.qty - self.back

    def take_back(self, pieces: int) -> tuple[int, int, int, int]:
        """(paid, share, commission, the stand's discount) of the next pieces: the whole line's
        figure rounded half up for all pieces back so far, less what went before.
        """
        row, outcome = self.row, self.outcome
        discount = outcome.own + outcome.over_cart
        whole = (row.gross - discount, outcome.share, outcome.by_stand)
        before, self.back = self.back, self.back + pieces
        paid, share, by_stand = (
            half_up(Fraction(figure * self.back, row.qty))
            - half_up(Fraction(figure * before, row.qty))
            for figure in whole
        )
        return paid, share, paid + by_stand - share, by_stand


@dataclass
class Receipt:
    """A sale: its lines, what was paid by which method, what was handed back."""

    lines: list[Sold]
    kept: dict[str, int]
    day: int
    refunded: dict[str, int] = field(default_factory=dict)

    def refund(self, paid: int, step: int, *, cash: bool) -> dict[str, int]:
        """What is handed back by method for pieces that cost `paid`.

        In the end what came in; cash is rounded in the buyer's favour, since nobody can hand out
        less than a coin. As it was paid means cash last; what was paid in cash and is gone already
        is cash nonetheless.
        """
        left_over = max(0, sum(self.kept.values()) - sum(self.refunded.values()))
        amount = left_over if not any(line.left for line in self.lines) else min(paid, left_over)
        if cash:
            amount = -nearest(-amount, step)
        given: dict[str, int] = {}
        if not cash:
            rest = amount
            for method in sorted(self.kept, key=lambda method: method == "cash"):
                holds = max(0, self.kept[method] - self.refunded.get(method, 0))
                given[method] = min(rest, holds)
                rest -= given[method]
            given["cash"] = given.get("cash", 0) + rest
        else:
            given["cash"] = amount
        for method, part in given.items():
            self.refunded[method] = self.refunded.get(method, 0) + part
        return given


def share_today(agreement: Agreement, price: int, qty: int) -> int:
    """A seller's share of pieces at their price, without any discount."""
    if agreement.net_price is not None:
        return agreement.net_price * qty
    return half_up(price * qty * (1 - agreement.rate))


def owed_for_loss(value: int, bearer: Bearer) -> int:
    """Of lost pieces worth `value` the stand owes all, nothing, or the larger half."""
    return {"seller": 0, "stand": value, "shared": value - value // 2}[bearer]


class Books(Ledger):
    """The stand's ledger, with what happens between stand and sellers."""

    def post(self, account: str, amount: int, subject: str = "") -> None:
        self._post(account, subject, amount)

    def book_return(self, seller: str, share: int, commission: int, by_stand: int) -> None:
        self.post("seller", share, seller)
        self.post("commission", commission)
        self.post("stand_discounts", -by_stand)


@dataclass
class Stand:
    """Everything that the stand's book must say. Days are numbers that rise."""

    accounts: dict[str, Account]
    wares: list[Ware]
    on_hand: dict[int, int]
    agreed: list[tuple[int, str, int | None, Agreement]]
    loss_rules: dict[str, tuple[Bearer, Basis]]
    books: Books = field(default_factory=Books)
    over: dict[int, int] = field(default_factory=dict)
    receipts: dict[int, Receipt] = field(default_factory=dict)
    day: int = 0

    def agreement(self, ware: Ware) -> Agreement:
        """An item's own before its seller's; of several the latest day, then the latest word."""
        for item_id in (ware.item_id, None):
            held = [
                (day, order, agreement)
                for order, (day, seller, item, agreement) in enumerate(self.agreed)
                if seller == ware.seller and item == item_id and day <= self.day
            ]
            if held:
                return max(held, key=lambda found: found[:2])[2]
        raise AssertionError(ware)

    def sell(
        self, sale_id: int, rows: tuple[Row, ...], outcomes: list[Outcome], paid: Paid
    ) -> None:
        self.books.book(rows, outcomes, paid)
        sold = [Sold(row, outcome) for row, outcome in zip(rows, outcomes, strict=True)]
        self.receipts[sale_id] = Receipt(sold, paid.kept, self.day)
        for row, outcome in zip(rows, outcomes, strict=True):
            had = self.on_hand[row.ware.item_id]
            before = self.over.get(row.ware.item_id, 0)
            self.over[row.ware.item_id] = before + max(0, row.qty - max(0, had))
            self.on_hand[row.ware.item_id] -= row.qty
            self.accounts[row.ware.seller].add("sale", row.qty, outcome.share)

    def take_back(
        self, sale_id: int, pieces: int, step: int, *, cash: bool, shelf: bool, kind: Kind
    ) -> int:
        """So many pieces of each line come back; what is handed back for them."""
        receipt, paid_back = self.receipts[sale_id], 0
        for line in receipt.lines:
            qty, ware = min(pieces, line.left), line.row.ware
            if not qty:
                continue
            paid, share, commission, by_stand = line.take_back(qty)
            self.books.book_return(ware.seller, share, commission, by_stand)
            self.accounts[ware.seller].add(kind, -qty, -share)
            self.on_hand[ware.item_id] += qty if shelf else 0
            paid_back += paid
        given = receipt.refund(paid_back, step, cash=cash)
        for method, amount in given.items():
            self.books.post(method, -amount)
        self.books.post("rounding", sum(given.values()) - paid_back)
        return sum(given.values())

    def lose(self, ware: Ware, qty: int, kind: Kind) -> None:
        bearer, basis = self.loss_rules[ware.seller]
        value = ware.price * qty
        if basis == "share":
            value = share_today(self.agreement(ware), ware.price, qty)
        owed = owed_for_loss(value, bearer)
        self.on_hand[ware.item_id] -= qty
        self.accounts[ware.seller].add(kind, qty, owed)
        self.books.post("seller", -owed, ware.seller)
        self.books.post("losses", owed)

    def sold_unrecorded(self, ware: Ware, qty: int) -> None:
        """The money is in the drawer already, as too much."""
        gross = ware.price * qty
        share = share_today(self.agreement(ware), ware.price, qty)
        self.on_hand[ware.item_id] -= qty
        self.accounts[ware.seller].add("unrecorded", qty, share)
        self.books.post("seller", -share, ware.seller)
        self.books.post("commission", share - gross)
        self.books.post("over_short", gross)

    def pay(self, seller: str, amount: int, chosen: list[Moved], method: str) -> None:
        self.accounts[seller].pay(amount, chosen, self.day, method)
        self.books.post("seller", amount, seller)
        self.books.post(method, -amount)

    def undo(self, seller: str) -> None:
        last = self.accounts[seller].undo()
        self.books.post("seller", -last.amount, seller)
        self.books.post(last.method, last.amount)
