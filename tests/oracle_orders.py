"""What orders do to the money, once more: the rules with arithmetic of their own. Nothing of pos."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def coins(amount: int) -> int:
    """Rounded to a hundred, a tie in the buyer's favour."""
    return ceil(Fraction(amount - 50, 100)) * 100


@dataclass
class Piece:
    qty: int
    price: int
    rate: Fraction
    handed: int = 0

    @property
    def left(self) -> int:
        return self.qty - self.handed

    def share(self, qty: int) -> int:
        return half_up(qty * self.price * (1 - self.rate))


@dataclass
class Ordered:
    seller: str
    pieces: list[Piece]
    held: int = 0
    lent: int = 0
    over: str = ""

    @property
    def worth_left(self) -> int:
        return sum(piece.left * piece.price for piece in self.pieces)

    @property
    def state(self) -> str:
        if all(not piece.left for piece in self.pieces):
            return "handed"
        return self.over or "open"


@dataclass
class Money:
    """Balances as a book has them: what the stand has is positive, what it owes negative."""

    orders: dict[int, Ordered] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    earned: dict[str, int] = field(default_factory=dict)

    def move(self, account: str, amount: int) -> None:
        self.accounts[account] = self.accounts.get(account, 0) + amount

    def owe(self, seller: str, amount: int) -> None:
        self.move("seller", -amount)
        self.earned[seller] = self.earned.get(seller, 0) + amount

    def ahead(self, order_id: int, method: str, amount: int) -> None:
        self.orders[order_id].held += amount
        self.move(method, amount)
        self.move("deposits", -amount)

    def back(self, order_id: int, method: str, amount: int) -> None:
        self.ahead(order_id, method, -amount)

    def lend(self, order_id: int, amount: int) -> None:
        order = self.orders[order_id]
        order.lent += amount
        self.move("cash", -amount)
        self.owe(order.seller, -amount)

    def part(self, order: Ordered, asked: list[int]) -> tuple[int, int]:
        """(worth, deposit that pays for it) of so many of each piece."""
        worth = sum(qty * piece.price for qty, piece in zip(asked, order.pieces, strict=True))
        if worth == order.worth_left:
            return worth, min(order.held, worth)
        used = floor(Fraction(order.held * worth, order.worth_left) / 100) * 100
        later = order.worth_left - worth
        return worth, min(worth, max(used, order.held - later))

    def hand_over(self, order_id: int, asked: list[int]) -> tuple[int, int]:
        """The rest in cash; (what the drawer gets, the deposit that was used)."""
        order = self.orders[order_id]
        worth, used = self.part(order, asked)
        cash = coins(worth - used)
        self.move("cash", cash)
        self.move("rounding", worth - used - cash)
        self.move("deposits", used)
        order.held -= used
        for qty, piece in zip(asked, order.pieces, strict=True):
            share = piece.share(qty)
            self.owe(order.seller, share)
            self.move("commission", -(qty * piece.price - share))
            piece.handed += qty
        return cash, used

    def undo(self, order_id: int, asked: list[int], cash: int, used: int) -> None:
        order = self.orders[order_id]
        for qty, piece in zip(asked, order.pieces, strict=True):
            share = piece.share(qty)
            self.owe(order.seller, -share)
            self.move("commission", qty * piece.price - share)
            piece.handed -= qty
        worth = sum(qty * piece.price for qty, piece in zip(asked, order.pieces, strict=True))
        self.move("cash", -cash)
        self.move("rounding", -(worth - used - cash))
        self.move("deposits", -used)
        order.held += used

    def cancel(self, order_id: int, kept: int) -> None:
        order = self.orders[order_id]
        worth = order.worth_left
        shares = sum(piece.share(piece.left) for piece in order.pieces)
        share = half_up(Fraction(kept * shares, worth)) if kept else 0
        self.move("cash", -(order.held - kept))
        self.move("deposits", order.held)
        self.owe(order.seller, share)
        self.move("commission", -(kept - share))
        order.held, order.over = 0, "cancelled"
