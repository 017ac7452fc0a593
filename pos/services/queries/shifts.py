"""A shift's figures: the X report at any time, and what the Z is made of.

A Z covers everything since the Z before it, also what was sold before the drawer was counted: so
all of them together are the whole book. Ids are given in order within a till, so that "since" needs
no clock and no column for the shift. Cash that came before the opening lies in the opening float.
"""

import datetime as dt
from collections import Counter

import msgspec
from sqlalchemy import ColumnElement, Table, and_, bindparam, func, select

from pos.clock import local
from pos.ids import COUNTER_BITS
from pos.models.catalog import contact_cards
from pos.models.consignment import payout_undos, payouts, unrecorded_lines
from pos.models.engine import Book
from pos.models.ledger import balance
from pos.models.orders import order_cancellations
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import refunds, return_lines, returns
from pos.models.sales import payments, sale_lines, sales
from pos.models.shifts import cash_moves, drawer_openings, shift_closings, shifts
from pos.models.stands import staff
from pos.services.queries.prepaid import PAID_FOR, PAPER, Prepaid, advances, paid_paper, prepaid
from pos.tender import METHODS, Method


class OpenShift(msgspec.Struct, frozen=True):
    """The shift that is open (rupiah)."""

    shift_id: int
    opened_at: dt.datetime
    business_date: dt.date
    opened_by: str
    opening: int


class MethodFigures(msgspec.Struct, frozen=True):
    """One payment method over a shift (rupiah): taken in, given back, and how many payments."""

    method: Method
    taken: int
    refunded: int
    count: int

    @property
    def net(self) -> int:
        """What should be there."""
        return self.taken - self.refunded


class ShiftFigures(msgspec.Struct, frozen=True):
    """All figures since the last Z (rupiah, counts).

    `early_sales` and `early_paid` are part of them: sold before the shift was opened. `early_cash`
    is what that left in the drawer, where it was counted as opening float.
    """

    sales: int
    pieces: int
    subtotal: int
    seller_discounts: int
    stand_discounts: int
    rounding: int
    paid: int
    commission: int
    returns: int
    voids: int
    returned: int
    methods: tuple[MethodFigures, ...]
    payouts: int
    payouts_cash: int
    cash_in: int
    cash_out: int
    deposits: int
    drawer_openings: int
    opening: int
    expected_cash: int
    prepaid: Prepaid = Prepaid()
    early_sales: int = 0
    early_paid: int = 0
    early_cash: int = 0


class OpenPayment(msgspec.Struct, frozen=True):
    """A payment that nobody has seen arrive yet; after a close with the name it was left to."""

    payment_id: int
    number: str
    method: Method
    amount: int
    staff: str = ""


_open = Prepared(
    select(
        shifts.c.id,
        shifts.c.at,
        shifts.c.business_date,
        func.coalesce(contact_cards.c.name, ""),
        shifts.c.opening,
    )
    .select_from(
        shifts.join(staff, staff.c.id == shifts.c.staff_id).outerjoin(
            contact_cards, contact_cards.c.id == staff.c.contact_id
        )
    )
    .where(
        shifts.c.till_no == bindparam("till_no"),
        ~select(shift_closings.c.id).where(shift_closings.c.shift_id == shifts.c.id).exists(),
    )
    .order_by(shifts.c.id.desc())
    .limit(1)
)


_previous = Prepared(
    select(shift_closings.c.id)
    .where(
        shift_closings.c.till_no == bindparam("till_no"), shift_closings.c.id < bindparam("before")
    )
    .order_by(shift_closings.c.number.desc())
    .limit(1)
)


def _within(table: Table) -> ColumnElement[bool]:
    return and_(table.c.id > bindparam("after"), table.c.id < bindparam("before"))


def _total(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


_sales = Prepared(
    select(
        func.count(),
        _total(sales.c.pieces),
        _total(sales.c.subtotal),
        _total(sales.c.rounding),
        _total(sales.c.paid),
    ).where(_within(sales))
)
_lines = Prepared(
    select(
        _total(sale_lines.c.seller_discount),
        _total(sale_lines.c.stand_discount),
        _total(sale_lines.c.commission),
    ).where(_within(sale_lines))
)
_returned_commission = Prepared(
    select(_total(return_lines.c.commission)).where(_within(return_lines))
)
_other_commission = Prepared(
    select(
        select(_total(unrecorded_lines.c.commission))
        .where(_within(unrecorded_lines))
        .scalar_subquery()
        + select(_total(order_cancellations.c.commission))
        .where(_within(order_cancellations))
        .scalar_subquery()
    )
)
"""Of what a stock count found sold, and of deposits that stayed when orders were cancelled."""
_returns = Prepared(
    select(
        func.count(),
        _total(returns.c.void),
        _total(returns.c.refunded),
    ).where(_within(returns))
)
_taken = Prepared(
    select(payments.c.method, func.sum(payments.c.amount), func.count())
    .where(_within(payments))
    .group_by(payments.c.method)
)
_refunds = Prepared(
    select(refunds.c.method, func.sum(refunds.c.amount))
    .where(_within(refunds))
    .group_by(refunds.c.method)
)
_payouts = Prepared(
    select(payouts.c.method, func.sum(payouts.c.amount))
    .where(_within(payouts))
    .group_by(payouts.c.method)
)
_undone = Prepared(
    select(payouts.c.method, func.sum(payouts.c.amount))
    .select_from(payout_undos.join(payouts, payouts.c.id == payout_undos.c.payout_id))
    .where(_within(payout_undos))
    .group_by(payouts.c.method)
)
_moves = Prepared(
    select(cash_moves.c.kind, func.sum(cash_moves.c.amount))
    .where(_within(cash_moves))
    .group_by(cash_moves.c.kind)
)
_openings = Prepared(
    select(func.count()).select_from(drawer_openings).where(_within(drawer_openings))
)
_FIGURES = (
    (("sales", "pieces", "subtotal", "rounding", "paid"), _sales),
    (("seller_discounts", "stand_discounts", "commission"), _lines),
    (("commission_back",), _returned_commission),
    (("commission_besides",), _other_commission),
    (("back", "voids", "returned"), _returns),
    (("drawer_openings",), _openings),
)
_MOVES = {"in": "cash_in", "out": "cash_out", "deposit": "deposits"}
_PREPAID = Prepaid.__struct_fields__
_unchecked = Prepared(
    select(payments.c.id, *PAPER, payments.c.method, payments.c.amount)
    .select_from(PAID_FOR)
    .where(payments.c.checked == 0, _within(payments))
    .order_by(payments.c.id)
)


class ShiftQueries:
    """Reads about this till's shifts."""

    def __init__(self, book: Book, till_no: int, stand_id: int, zone: str) -> None:
        self._book = book
        self._till_no = till_no
        self._stand_id = stand_id
        self._zone = zone
        self._early: tuple[tuple[int, int], Counter[str]] | None = None

    def current(self, cursor: Cursor | None = None) -> OpenShift | None:
        """The open shift."""
        row = _open.one(cursor or self._book.reader(), till_no=self._till_no)
        if row is None:
            return None
        shift_id, at, date, name, opening = row
        return OpenShift(
            shift_id, local(at, self._zone), dt.date.fromisoformat(date), name, opening
        )

    def drawer(self, cursor: Cursor | None = None) -> int:
        """Cash that the book says is in the drawer."""
        return balance(cursor or self._book.reader(), "cash", self._stand_id, self._till_no)

    def figures(
        self, shift: OpenShift, *, before: int = 0, cursor: Cursor | None = None
    ) -> ShiftFigures:
        """The shift's figures, up to the document id `before` (0: up to now)."""
        at = cursor or self._book.reader()
        end = before or ((self._till_no + 1) << COUNTER_BITS)
        start = self._start(at, shift.shift_id)
        if before:
            early = _sums_of(at, {"after": start, "before": shift.shift_id})
        else:
            early = self._before_opening(at, start, shift.shift_id)
        sums = _sums_of(at, {"after": shift.shift_id, "before": end})
        sums.update(early)
        flow = sums["cash_in"] - sums["cash_out"] - sums["deposits"]
        early_cash = _cash_left(early)
        return ShiftFigures(
            sales=sums["sales"],
            pieces=sums["pieces"],
            subtotal=sums["subtotal"],
            seller_discounts=sums["seller_discounts"],
            stand_discounts=sums["stand_discounts"],
            rounding=sums["rounding"],
            paid=sums["paid"],
            commission=sums["commission"] + sums["commission_besides"] - sums["commission_back"],
            returns=sums["back"] - sums["voids"],
            voids=sums["voids"],
            returned=sums["returned"],
            methods=tuple(
                MethodFigures(m, sums[f"taken {m}"], sums[f"refunded {m}"], sums[f"payments {m}"])
                for m in METHODS
            ),
            payouts=sums["payouts"],
            payouts_cash=sums["payouts cash"],
            cash_in=sums["cash_in"],
            cash_out=sums["cash_out"],
            deposits=sums["deposits"],
            drawer_openings=sums["drawer_openings"],
            opening=shift.opening,
            prepaid=Prepaid(*(sums[f"prepaid {name}"] for name in _PREPAID)),
            expected_cash=shift.opening + _cash_left(sums) + flow - early_cash,
            early_sales=early["sales"],
            early_paid=early["paid"],
            early_cash=early_cash,
        )

    def _before_opening(self, cursor: Cursor, start: int, shift_id: int) -> Counter[str]:
        """What came between the Z before and the opening.

        Nothing is added there any more once a shift is open: so it is read once. On a book that
        never had a Z that is everything, and takes its time.
        """
        key = (start, shift_id)
        if self._early is None or self._early[0] != key:
            self._early = (key, _sums_of(cursor, {"after": start, "before": shift_id}))
        return self._early[1]

    def _start(self, cursor: Cursor, shift_id: int) -> int:
        """The id of the Z before this shift, or what lies before this till's first id."""
        row = _previous.one(cursor, till_no=self._till_no, before=shift_id)
        return int(row[0]) if row else self._till_no << COUNTER_BITS

    def unchecked(self, cursor: Cursor | None = None) -> tuple[OpenPayment, ...]:
        """This till's payments that the evening check must look at, whatever shift they are from.

        Those of other tills in the book are on their own Zs.
        """
        at = cursor or self._book.reader()
        first = self._till_no << COUNTER_BITS
        rows = _unchecked.all(at, after=first, before=first + (1 << COUNTER_BITS))
        return tuple(
            OpenPayment(payment_id, paid_paper(prefix, number, order_id), method, amount)
            for payment_id, prefix, number, order_id, method, amount in rows
        )


def _sums_of(cursor: Cursor, bounds: dict[str, int]) -> Counter[str]:
    """All sums over the documents with ids between the two."""
    sums = Counter[str]()
    for names, statement in _FIGURES:
        sums.update(dict(zip(names, statement.one(cursor, **bounds) or (), strict=True)))
    for method, amount, count in _taken.all(cursor, **bounds):
        sums[f"taken {method}"] += amount
        sums[f"payments {method}"] += count
    for method, amount in _refunds.all(cursor, **bounds):
        sums[f"refunded {method}"] += amount
    for kind, amount in _moves.all(cursor, **bounds):
        sums[_MOVES[kind]] += amount
    for sign, rows in (
        (1, _payouts.all(cursor, **bounds)),
        (1, advances(cursor, **bounds)),
        (-1, _undone.all(cursor, **bounds)),
    ):
        for method, amount in rows:
            sums["payouts"] += sign * amount
            sums[f"payouts {method}"] += sign * amount
    ahead = msgspec.structs.asdict(prepaid(cursor, **bounds))
    sums.update({f"prepaid {name}": amount for name, amount in ahead.items()})
    return sums


def _cash_left(sums: Counter[str]) -> int:
    """Cash taken, less what was given back and paid to sellers; money by hand is not in it."""
    return sums["taken cash"] - sums["refunded cash"] - sums["payouts cash"]
