"""Stock count (opname): scan what is on the shelf, explain what is not, close.

A count is kept on this machine until it is closed: it survives a restart, and days. Only what
somebody said of a piece changes the book; what nobody explained stays in it.
"""

from typing import Literal

import msgspec
from sqlalchemy import BindParameter, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from pos.clock import to_ms
from pos.errors import UserError
from pos.events import CorrectedLine, LostLine, MissingLine, StockCounted, UnrecordedLine
from pos.i18n import _
from pos.ids import COUNTER_BITS
from pos.models.catalog import items
from pos.models.consignment import count_answers, count_scans, open_counts
from pos.models.entries import read_head
from pos.models.prepared import Prepared
from pos.services.losses import Losses
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.counts import CountLine, CountQueries, CountResult, OpenCount
from pos.services.staff import Session
from pos.services.stock import MAX_PIECES, needs_manager
from pos.services.unit_of_work import Transaction, UnitOfWork

Answer = Literal["found", "lost", "damaged", "sold", "added"]
_by_code = Prepared(
    select(items.c.id, items.c.code, items.c.name, items.c.picture, items.c.kind).where(
        items.c.code == bindparam("code")
    )
)
_by_barcode = Prepared(
    select(items.c.id, items.c.code, items.c.name, items.c.picture, items.c.kind).where(
        (items.c.barcode == bindparam("code")) & (items.c.barcode != "")
    )
)
_start = Prepared(
    open_counts.insert().values(
        started_at=bindparam("started_at"),
        staff_id=bindparam("staff_id"),
        seller_id=bindparam("seller_id"),
        start_entry=bindparam("start_entry"),
    )
)
_put_scan = insert(count_scans)
_scan = Prepared(
    _put_scan.on_conflict_do_update(
        index_elements=[count_scans.c.count_id, count_scans.c.item_id],
        set_={"qty": _put_scan.excluded.qty, "last_entry": _put_scan.excluded.last_entry},
    )
)
_scanned = Prepared(
    select(count_scans.c.qty).where(
        count_scans.c.count_id == bindparam("count_id"),
        count_scans.c.item_id == bindparam("item_id"),
    )
)
_put_answer = insert(count_answers)
_answer = Prepared(
    _put_answer.on_conflict_do_update(
        index_elements=[
            count_answers.c.count_id,
            count_answers.c.item_id,
            count_answers.c.outcome,
        ],
        set_={"qty": _put_answer.excluded.qty},
    )
)
_of_count: BindParameter[int] = bindparam("of_count")
_unanswer = Prepared(
    delete(count_answers).where(
        count_answers.c.count_id == _of_count,
        count_answers.c.item_id == bindparam("of_item"),
        count_answers.c.outcome == bindparam("of_outcome"),
    )
)
_unscan = Prepared(
    delete(count_scans).where(
        count_scans.c.count_id == _of_count, count_scans.c.item_id == bindparam("of_item")
    )
)
_end = tuple(
    Prepared(delete(table).where(column == _of_count))
    for table, column in (
        (count_answers, count_answers.c.count_id),
        (count_scans, count_scans.c.count_id),
        (open_counts, open_counts.c.id),
    )
)


class Scanned(msgspec.Struct, frozen=True):
    """What a scan came to: `scanned` of the item so far, of `expected` in the book."""

    item_id: int
    code: str
    name: str
    picture: str
    scanned: int
    expected: int
    extra: bool


class ClosedCount(msgspec.Struct, frozen=True):
    """A count that is in the book; `owed` is what its losses and unrecorded sales cost (rupiah)."""

    count_id: int
    number: str
    counted: int
    missing: int
    owed: int


class Stocktake:
    """Commands and reads of the stock count; there is one at a time."""

    def __init__(
        self, unit: UnitOfWork, queries: CountQueries, losses: Losses, *, stand_id: int
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._losses = losses
        self._stand_id = stand_id
        self.open_count = queries.open_count
        self.counts = queries.counts

    def start(self, *, session: Session, seller_id: int = 0) -> int:
        """Begin a count of the whole stand or of one seller. Raises UserError while one goes on."""
        with self._unit.write() as tx:
            if self._queries.open_count(tx.cursor) is not None:
                raise UserError(_("A stock count is going on already. Close or cancel it first."))
            _start.run(
                tx.cursor,
                started_at=tx.at,
                staff_id=session.staff_id,
                seller_id=seller_id,
                start_entry=self._last_entry(tx),
            )
            tx.changed("counts")
            return self._count(tx).count_id

    def scan(self, count_id: int, code: str, qty: int = 1) -> Scanned:
        """Count a piece. Raises UserError for an unknown code or another seller's goods."""
        asked = code.strip().upper()[:64]
        with self._unit.write() as tx:
            count = self._count(tx, count_id)
            found = _by_code.one(tx.cursor, code=asked) or _by_barcode.one(tx.cursor, code=asked)
            if found is None:
                raise UserError(_("No item has the code {code}.").format(code=asked), field="code")
            item_id, own_code, name, picture, kind = found
            if kind == "made_to_order":
                raise UserError(
                    _("{name} is made to order and is not counted.").format(name=name),
                    field="code",
                )
            if not 0 < qty <= MAX_PIECES:
                raise UserError(_("Type how many pieces."), field="qty")
            row = _scanned.one(tx.cursor, count_id=count.count_id, item_id=item_id)
            self._put(tx, count, item_id, (row[0] if row else 0) + qty)
            line = self._line(tx, count, item_id)
        return Scanned(item_id, own_code, name, picture, line.scanned, line.on_hand, line.extra > 0)

    def set_scanned(self, count_id: int, item_id: int, qty: int) -> None:
        """Say how many pieces of an item were counted; 0 takes it out of the count."""
        if not 0 <= qty <= MAX_PIECES:
            raise UserError(_("Type how many pieces."), field="qty")
        with self._unit.write() as tx:
            count = self._count(tx, count_id)
            if qty:
                self._put(tx, count, item_id, qty)
            else:
                _unscan.run(tx.cursor, of_count=count_id, of_item=item_id)
                tx.changed("counts")

    def result(self, count_id: int) -> CountResult:
        """The count as it stands now."""
        with self._unit.book.snapshot() as cursor:
            count = self._queries.open_count(cursor)
            if count is None or count.count_id != count_id:
                raise UserError(_("This count was closed or cancelled."))
            return self._queries.result(count, cursor)

    def answer(self, count_id: int, item_id: int, outcome: Answer, qty: int) -> None:
        """Say of how many pieces what became of them; 0 takes the answer back.

        "found", "lost", "damaged" and "sold" (unrecorded) explain missing pieces, "added" takes
        pieces that were too many into the book. Raises UserError for more than there are.
        """
        with self._unit.write() as tx:
            count = self._count(tx, count_id)
            _unanswer.run(tx.cursor, of_count=count_id, of_item=item_id, of_outcome=outcome)
            line = self._line(tx, count, item_id)
            most = line.extra if outcome == "added" else line.missing
            if not 0 <= qty <= most:
                raise UserError(
                    _("There are only {count} pieces to explain.").format(count=most), field="qty"
                )
            if qty:
                tx.cursor.execute(_answer.sql, (count_id, item_id, outcome, qty))
            tx.changed("counts")

    def close(self, count_id: int, *, session: Session, approver_id: int = 0) -> ClosedCount:
        """Write what came out of the count; unexplained pieces stay in the book.

        Raises ApprovalNeededError when a kasir's count would change the book.
        """
        with self._unit.write() as tx:
            count = self._count(tx, count_id)
            result = self._queries.result(count, tx.cursor)
            if any(ln.lost or ln.damaged or ln.sold or ln.added for ln in result.lines):
                needs_manager(session, approver_id)
            event = self._event(tx, count, result)
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            self._drop(tx, count_id)
            tx.changed("stock", "items", "sellers")
        return ClosedCount(
            count_id=event.count_id,
            number=paper_number(LETTERS["stock_count"], event.number),
            counted=event.counted,
            missing=result.missing,
            owed=sum(line.owed for line in event.lost)
            + sum(line.share for line in event.unrecorded),
        )

    def cancel(self, count_id: int) -> None:
        """Forget the count; the book is as it was."""
        with self._unit.write() as tx:
            self._count(tx, count_id)
            self._drop(tx, count_id)

    # -- inside ----------------------------------------------------------------------

    def _event(self, tx: Transaction, count: OpenCount, result: CountResult) -> StockCounted:
        lost: list[LostLine] = []
        added: list[CorrectedLine] = []
        sold: list[UnrecordedLine] = []
        for line in result.lines:
            if line.lost:
                lost.append(self._losses.line(tx, line.item_id, line.lost, "loss"))
            if line.damaged:
                lost.append(self._losses.line(tx, line.item_id, line.damaged, "damage"))
            if line.sold:
                sold.append(self._unrecorded(tx, line.item_id, line.sold))
            if line.added:
                added.append(CorrectedLine(line.item_id, line.added))
        return StockCounted(
            count_id=tx.new_id(),
            stand_id=self._stand_id,
            number=tx.next_number("stock_count"),
            started_at=to_ms(count.started_at),
            seller_id=count.seller_id or None,
            counted=result.counted,
            lost=tuple(lost),
            corrected=tuple(added),
            unrecorded=tuple(sold),
            missing=tuple(
                MissingLine(line.item_id, line.missing) for line in result.lines if line.missing
            ),
        )

    def _unrecorded(self, tx: Transaction, item_id: int, qty: int) -> UnrecordedLine:
        """What a sale at today's price and terms would have come to."""
        seller_id, split = self._losses.split(tx, item_id, qty)
        return UnrecordedLine(
            line_id=tx.new_id(),
            item_id=item_id,
            seller_id=seller_id,
            qty=qty,
            share=split.share,
            commission=split.commission,
        )

    def _put(self, tx: Transaction, count: OpenCount, item_id: int, qty: int) -> None:
        if count.seller_id:
            tx.cursor.execute("SELECT seller_id FROM items WHERE id = ?", (item_id,))
            if tx.cursor.fetchone()[0] != count.seller_id:
                raise UserError(
                    _("This piece belongs to another seller. Only {workshop} is counted.").format(
                        workshop=count.workshop
                    ),
                    field="code",
                )
        if qty > MAX_PIECES:
            raise UserError(_("Type how many pieces."), field="qty")
        now = self._last_entry(tx)
        tx.cursor.execute(_scan.sql, (count.count_id, item_id, qty, now, now))
        tx.changed("counts")

    def _line(self, tx: Transaction, count: OpenCount, item_id: int) -> CountLine:
        return self._queries.line(count, tx.cursor, item_id)

    def _count(self, tx: Transaction, count_id: int | None = None) -> OpenCount:
        count = self._queries.open_count(tx.cursor)
        if count is None or count_id not in {None, count.count_id}:
            raise UserError(_("This count was closed or cancelled."))
        return count

    def _last_entry(self, tx: Transaction) -> int:
        till_no = self._unit.till_no
        return (till_no << COUNTER_BITS) + read_head(tx.cursor, till_no).seq

    @staticmethod
    def _drop(tx: Transaction, count_id: int) -> None:
        for statement in _end:
            statement.run(tx.cursor, of_count=count_id)
        tx.changed("counts")
