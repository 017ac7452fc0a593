"""What this book knows of all stands, each with the moment up to which it is known."""

import datetime as dt

import msgspec
from sqlalchemy import BindParameter, bindparam, case, func, select

from pos.clock import local
from pos.models.catalog import items, sellers, stock
from pos.models.consignment import payouts
from pos.models.engine import Book
from pos.models.entries import read_head
from pos.models.ledger import balances
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import stands, tills
from pos.models.tills import shared_settings


class OtherTill(msgspec.Struct, frozen=True):
    """A till of a stand; `known_until` is when its last entry here was written."""

    till_no: int
    code: str
    prefix: str
    entries: int
    known_until: dt.datetime | None


class StandFacts(msgspec.Struct, frozen=True):
    """A stand as this book knows it; money in rupiah, `pieces` on its shelf.

    `sold` is what was paid for goods there, less what came back.
    """

    stand_id: int
    code: str
    name: str
    kind: str
    place: str
    first_day: dt.date | None
    last_day: dt.date | None
    mine: bool
    pieces: int
    receipts: int
    sold: int
    due: int
    tills: tuple[OtherTill, ...]

    @property
    def known_until(self) -> dt.datetime | None:
        """Up to when all of its tills are known; None before any has been heard of."""
        moments = [till.known_until for till in self.tills if till.known_until]
        return min(moments) if moments else None


class SellerDue(msgspec.Struct, frozen=True):
    """What one stand owes one seller (rupiah; negative: the seller owes)."""

    seller_id: int
    code: str
    workshop: str
    stand_id: int
    due: int


class SoldAt(msgspec.Struct, frozen=True):
    """A seller's account at one stand: pieces and money (rupiah), less what came back."""

    stand_id: int
    stand_name: str
    pieces: int
    paid: int
    share: int
    paid_out: int
    due: int
    on_shelf: int
    known_until: dt.datetime | None


_stand: BindParameter[int] = bindparam("stand_id")
_stands = Prepared(
    select(
        stands.c.id,
        stands.c.code,
        stands.c.name,
        stands.c.kind,
        stands.c.address,
        stands.c.first_day,
        stands.c.last_day,
    ).order_by(stands.c.first_day.desc(), stands.c.name, stands.c.id)
)
_tills = Prepared(
    select(tills.c.till_no, tills.c.code, tills.c.prefix)
    .where(tills.c.stand_id == _stand)
    .order_by(tills.c.till_no)
)
_pieces = Prepared(
    select(func.coalesce(func.sum(stock.c.on_hand), 0)).where(
        stock.c.stand_id == _stand, stock.c.on_hand > 0
    )
)
_sold = Prepared(
    select(func.count(), func.coalesce(func.sum(sales.c.paid), 0)).where(sales.c.stand_id == _stand)
)
_back = Prepared(
    select(func.coalesce(func.sum(returns.c.refunded), 0)).where(returns.c.stand_id == _stand)
)
_due = Prepared(
    select(func.coalesce(-func.sum(balances.c.amount), 0)).where(
        balances.c.account == "seller", balances.c.stand_id == _stand
    )
)
_dues = Prepared(
    select(
        sellers.c.id, sellers.c.code, sellers.c.workshop, balances.c.stand_id, -balances.c.amount
    )
    .select_from(balances.join(sellers, sellers.c.id == balances.c.subject_id))
    .where(balances.c.account == "seller", balances.c.amount != 0)
    .order_by(func.lower(sellers.c.workshop), sellers.c.id, balances.c.stand_id)
)
_payer = Prepared(select(shared_settings.c.value).where(shared_settings.c.name == "payer"))
_seller: BindParameter[int] = bindparam("seller_id")
_sold_by_stand = Prepared(
    select(
        sales.c.stand_id,
        func.sum(sale_lines.c.qty),
        func.sum(sale_lines.c.paid),
        func.sum(sale_lines.c.share),
    )
    .select_from(sale_lines.join(sales, sales.c.id == sale_lines.c.sale_id))
    .where(sale_lines.c.seller_id == _seller)
    .group_by(sales.c.stand_id)
)
_back_by_stand = Prepared(
    select(
        returns.c.stand_id,
        func.sum(return_lines.c.qty),
        func.sum(return_lines.c.paid),
        func.sum(return_lines.c.share),
    )
    .select_from(return_lines.join(returns, returns.c.id == return_lines.c.return_id))
    .where(return_lines.c.seller_id == _seller)
    .group_by(returns.c.stand_id)
)
_paid_by_stand = Prepared(
    select(payouts.c.stand_id, func.sum(case((payouts.c.undone == 0, payouts.c.amount), else_=0)))
    .where(payouts.c.seller_id == _seller)
    .group_by(payouts.c.stand_id)
)
_due_by_stand = Prepared(
    select(balances.c.stand_id, -balances.c.amount).where(
        balances.c.account == "seller", balances.c.subject_id == _seller
    )
)
_shelf_by_stand = Prepared(
    select(stock.c.stand_id, func.sum(stock.c.on_hand))
    .where(
        stock.c.on_hand > 0,
        stock.c.item_id.in_(select(items.c.id).where(items.c.seller_id == _seller)),
    )
    .group_by(stock.c.stand_id)
)


class OtherQueries:
    """Reads about all stands and tills."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def stands(self) -> tuple[StandFacts, ...]:
        """Every stand in this book: this one first, then bazaars, the latest first."""
        cursor = self._book.reader()
        found = [self._facts(cursor, row) for row in _stands.all(cursor)]
        return tuple(sorted(found, key=lambda stand: not stand.mine))

    def payer(self, cursor: Cursor | None = None) -> int:
        """The till that pays for all stands; 0: each pays what it sold."""
        row = _payer.one(cursor or self._book.reader())
        return int(row[0]) if row else 0

    def dues(self) -> tuple[SellerDue, ...]:
        """What each stand owes each seller, where it is not nothing."""
        return tuple(SellerDue(*row) for row in _dues.all(self._book.reader()))

    def seller_by_stand(self, seller_id: int) -> tuple[SoldAt, ...]:
        """A seller's account stand by stand, this one first."""
        cursor = self._book.reader()
        sold = {row[0]: row[1:] for row in _sold_by_stand.all(cursor, seller_id=seller_id)}
        back = {row[0]: row[1:] for row in _back_by_stand.all(cursor, seller_id=seller_id)}
        paid: dict[int, int] = dict(_paid_by_stand.all(cursor, seller_id=seller_id))
        due: dict[int, int] = dict(_due_by_stand.all(cursor, seller_id=seller_id))
        shelf: dict[int, int] = dict(_shelf_by_stand.all(cursor, seller_id=seller_id))
        found = []
        for stand in self.stands():
            about = stand.stand_id
            if about not in sold.keys() | back.keys() | due.keys() | shelf.keys():
                continue
            plus, minus = sold.get(about, (0, 0, 0)), back.get(about, (0, 0, 0))
            found.append(
                SoldAt(
                    stand_id=about,
                    stand_name=stand.name,
                    pieces=plus[0] - minus[0],
                    paid=plus[1] - minus[1],
                    share=plus[2] - minus[2],
                    paid_out=paid.get(about, 0),
                    due=due.get(about, 0),
                    on_shelf=shelf.get(about, 0),
                    known_until=None if stand.mine else stand.known_until,
                )
            )
        return tuple(found)

    def _facts(self, cursor: Cursor, row: Row) -> StandFacts:
        stand_id, code, name, kind, address, first, last = row
        found = []
        for till_no, till_code, prefix in _tills.all(cursor, stand_id=stand_id):
            head = read_head(cursor, till_no)
            until = local(head.at, self._zone) if head.seq else None
            found.append(OtherTill(till_no, till_code, prefix, head.seq, until))
        receipts, sold = _sold.one(cursor, stand_id=stand_id) or (0, 0)
        back = (_back.one(cursor, stand_id=stand_id) or (0,))[0]
        return StandFacts(
            stand_id=stand_id,
            code=code,
            name=name,
            kind=kind,
            place=", ".join(address.splitlines()),
            first_day=dt.date.fromisoformat(first) if first else None,
            last_day=dt.date.fromisoformat(last) if last else None,
            mine=stand_id == self._stand_id,
            pieces=(_pieces.one(cursor, stand_id=stand_id) or (0,))[0],
            receipts=receipts,
            sold=sold - back,
            due=(_due.one(cursor, stand_id=stand_id) or (0,))[0],
            tills=tuple(found),
        )
