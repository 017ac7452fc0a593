"""What of a sale can still come back, and what it was paid with."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.errors import UserError
from pos.i18n import _
from pos.models.catalog import items, sellers
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import refunds, return_lines, returns
from pos.models.sales import payments, sale_lines, sales
from pos.models.stands import tills
from pos.money import div_round, round_cash
from pos.services.papers import LETTERS, paper_number
from pos.tender import Method

_sale = Prepared(
    select(
        sales.c.stand_id,
        sales.c.business_date,
        sales.c.paid,
        tills.c.prefix,
        sales.c.number,
    )
    .select_from(sales.join(tills, tills.c.till_no == sales.c.till_no))
    .where(sales.c.id == bindparam("sale_id"))
)
_back = (
    select(func.coalesce(func.sum(return_lines.c.qty), 0))
    .where(return_lines.c.line_id == sale_lines.c.id)
    .scalar_subquery()
)
_lines = Prepared(
    select(
        sale_lines.c.id,
        sale_lines.c.item_id,
        sale_lines.c.seller_id,
        sellers.c.code,
        sale_lines.c.name,
        sale_lines.c.code,
        items.c.kind,
        sale_lines.c.qty,
        _back,
        sale_lines.c.seller_discount,
        sale_lines.c.stand_discount,
        sale_lines.c.paid,
        sale_lines.c.share,
    )
    .select_from(
        sale_lines.join(items, items.c.id == sale_lines.c.item_id).join(
            sellers, sellers.c.id == sale_lines.c.seller_id
        )
    )
    .where(sale_lines.c.sale_id == bindparam("sale_id"))
    .order_by(sale_lines.c.no)
)
_payments = Prepared(
    select(payments.c.method, payments.c.amount)
    .where(payments.c.sale_id == bindparam("sale_id"))
    .order_by(payments.c.id)
)
_refunds = Prepared(
    select(refunds.c.method, refunds.c.amount)
    .select_from(refunds.join(returns, returns.c.id == refunds.c.return_id))
    .where(returns.c.sale_id == bindparam("sale_id"))
)
_refunded = Prepared(
    select(func.coalesce(func.sum(returns.c.refunded), 0)).where(
        returns.c.sale_id == bindparam("sale_id")
    )
)


_of_sale = Prepared(
    select(
        returns.c.id, returns.c.number, returns.c.business_date, returns.c.void, returns.c.refunded
    )
    .where(returns.c.sale_id == bindparam("sale_id"))
    .order_by(returns.c.id)
)


class ReturnRow(msgspec.Struct, frozen=True):
    """A return of a sale, or its cancelling (`void`); rupiah."""

    return_id: int
    number: str
    day: dt.date
    void: bool
    refunded: int


class ReturnableLine(msgspec.Struct, frozen=True):
    """A line sold, with how many of its pieces can still come back (rupiah for the whole line)."""

    line_id: int
    item_id: int
    seller_id: int
    seller_code: str
    name: str
    code: str
    kind: str
    qty: int
    returned: int
    seller_discount: int
    stand_discount: int
    paid: int
    share: int

    @property
    def left(self) -> int:
        """Pieces that have not come back."""
        return self.qty - self.returned

    def figures(self, pieces: int) -> tuple[int, int, int, int]:
        """(seller_discount, stand_discount, paid, share) of the next `pieces` to come back.

        Each is the difference of two roundings of the line's own figure, so that all pieces
        together give exactly the line.
        """
        before, after = self.returned, self.returned + pieces
        whole = (self.seller_discount, self.stand_discount, self.paid, self.share)
        first, second, third, fourth = (
            div_round(figure * after, self.qty) - div_round(figure * before, self.qty)
            for figure in whole
        )
        return first, second, third, fourth


class Returnable(msgspec.Struct, frozen=True):
    """What of a sale can come back, and how it was paid."""

    sale_id: int
    number: str
    business_date: str
    lines: tuple[ReturnableLine, ...]
    payments: tuple[tuple[Method, int], ...]
    stand_id: int
    paid: int
    refunded: int

    @property
    def untouched(self) -> bool:
        """Whether nothing of it has come back."""
        return not any(line.returned for line in self.lines)

    def due(self, back: dict[int, int], *, cash: bool, step: int) -> int:
        """What to hand back for so many pieces by line (rupiah).

        In the end exactly what was paid for the sale; in cash rounded to what coins can pay.
        """
        rest = max(0, self.paid - self.refunded)
        paid = sum(line.figures(back.get(line.line_id, 0))[2] for line in self.lines)
        whole = all(line.left == back.get(line.line_id, 0) for line in self.lines)
        due = rest if whole else min(paid, rest)
        # Ties go to the buyer here too: what is handed back is rounded the other way round.
        return -round_cash(-due, step) if cash else due


def returnable(cursor: Cursor, sale_id: int) -> Returnable:
    """The sale and what of it can come back. Raises UserError for an unknown one."""
    row = _sale.one(cursor, sale_id=sale_id)
    if row is None:
        raise UserError(_("This sale is not in the book."))
    lines = tuple(ReturnableLine(*line) for line in _lines.all(cursor, sale_id=sale_id))
    paid = tuple((method, amount) for method, amount in _payments.all(cursor, sale_id=sale_id))
    done = int((_refunded.one(cursor, sale_id=sale_id) or (0,))[0])
    return Returnable(
        sale_id=sale_id,
        number=paper_number(row[3], row[4]),
        business_date=row[1],
        lines=lines,
        payments=paid,
        stand_id=row[0],
        paid=row[2],
        refunded=done,
    )


def returns_of(cursor: Cursor, sale_id: int) -> tuple[ReturnRow, ...]:
    """The returns of a sale, oldest first."""
    return tuple(
        ReturnRow(
            return_id,
            paper_number(LETTERS["return"], number),
            dt.date.fromisoformat(day),
            bool(void),
            refunded,
        )
        for return_id, number, day, void, refunded in _of_sale.all(cursor, sale_id=sale_id)
    )


def as_paid(cursor: Cursor, sale: Returnable, amount: int) -> list[tuple[Method, int]]:
    """Share a refund out over what each method still holds of the sale, cash last."""
    held: dict[Method, int] = {}
    for method, paid in sorted(sale.payments, key=lambda payment: payment[0] == "cash"):
        held[method] = held.get(method, 0) + paid
    for method, given in _refunds.all(cursor, sale_id=sale.sale_id):
        held[method] = held.get(method, 0) - given
    left, shares = amount, []
    for method, most in held.items():
        part = max(0, min(left, most))
        shares.append((method, part))
        left -= part
    # Earlier cash refunds can have used up more than was paid in cash; the rest is cash as well.
    return [*shares, ("cash", left)] if left else shares
