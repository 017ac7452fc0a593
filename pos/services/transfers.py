"""Goods between stands: scanned out, scanned in, brought home."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from pos.errors import UserError
from pos.events import GoodsTransferred, TransferChecked, TransferLine
from pos.i18n import _
from pos.models.catalog import items, stock
from pos.models.prepared import Prepared
from pos.models.stands import stands
from pos.models.tills import transfer_lines, transfers
from pos.services.queries.transfers import Transfer, TransferQueries
from pos.services.stock import checked_note, not_so_many
from pos.services.unit_of_work import Transaction, UnitOfWork

MAX_LINES = 2_000
_on_hand = Prepared(
    select(stock.c.on_hand).where(
        stock.c.stand_id == bindparam("stand_id"), stock.c.item_id == bindparam("item_id")
    )
)
_item = Prepared(select(items.c.name, items.c.kind).where(items.c.id == bindparam("item_id")))
_stand = Prepared(select(stands.c.id).where(stands.c.id == bindparam("stand_id")))
_sent = Prepared(
    select(transfer_lines.c.item_id, transfer_lines.c.qty).where(
        transfer_lines.c.transfer_id == bindparam("transfer_id")
    )
)
_to = Prepared(select(transfers.c.to_stand).where(transfers.c.id == bindparam("transfer_id")))


class Transfers:
    """Commands and reads about goods between stands."""

    def __init__(self, unit: UnitOfWork, queries: TransferQueries, stand_id: int) -> None:
        self._unit = unit
        self._queries = queries
        self._stand_id = stand_id
        self.transfer = queries.transfer
        self.transfers = queries.transfers
        self.unchecked = queries.unchecked

    def send(
        self, to_stand: int, lines: Iterable[TransferLine], *, by: int, note: str = ""
    ) -> Transfer:
        """Pieces leave this stand for another. Raises UserError for more than is on hand."""
        return self._move(self._stand_id, to_stand, tuple(lines), by=by, note=note)

    def bring_home(
        self, from_stand: int, lines: Iterable[TransferLine], *, by: int, note: str = ""
    ) -> Transfer:
        """Pieces of another stand are scanned in here, as after a bazaar.

        They are here, whatever this book knows of that stand: what it had fewer of shows in the
        reconciliation.
        """
        return self._move(from_stand, self._stand_id, tuple(lines), by=by, note=note)

    def check(
        self, transfer_id: int, lines: Iterable[TransferLine], *, by: int
    ) -> tuple[TransferLine, ...]:
        """Record what was scanned where a transfer arrived; what of it is missing."""
        scanned = _merged(lines)
        with self._unit.write() as tx:
            row = _to.one(tx.cursor, transfer_id=transfer_id)
            if row is None or row[0] != self._stand_id:
                raise UserError(_("This transfer is not for this stand."), field="transfer")
            sent: dict[int, int] = dict(_sent.all(tx.cursor, transfer_id=transfer_id))
            for line in scanned:
                if line.qty > sent.get(line.item_id, 0):
                    name, _kind = _item.one(tx.cursor, item_id=line.item_id) or ("?", "")
                    raise UserError(
                        _("{name} is not on the slip, or not as often.").format(name=name),
                        field="lines",
                    )
            event = TransferChecked(
                check_id=tx.new_id(),
                transfer_id=transfer_id,
                stand_id=self._stand_id,
                lines=scanned,
            )
            tx.append(event, staff_id=by)
            tx.changed("stock")
        came = {line.item_id: line.qty for line in scanned}
        return tuple(
            TransferLine(item, qty - came.get(item, 0))
            for item, qty in sent.items()
            if qty > came.get(item, 0)
        )

    def _move(
        self, source: int, target: int, lines: tuple[TransferLine, ...], *, by: int, note: str
    ) -> Transfer:
        merged = _merged(lines)
        if not merged:
            raise UserError(_("Scan the pieces first."), field="lines")
        if len(merged) > MAX_LINES:
            raise UserError(
                _("At most {count} items fit on one slip.").format(count=MAX_LINES), field="lines"
            )
        said = checked_note(note, "note")
        with self._unit.write() as tx:
            other = target if source == self._stand_id else source
            if other == self._stand_id or _stand.one(tx.cursor, stand_id=other) is None:
                raise UserError(_("Choose the other stand."), field="stand")
            for line in merged:
                self._check_line(tx, source, line)
            event = GoodsTransferred(
                transfer_id=tx.new_id(),
                from_stand=source,
                to_stand=target,
                number=tx.next_number("transfer"),
                lines=merged,
                note=said,
            )
            tx.append(event, staff_id=by)
            tx.changed("stock", "items")
        return self._queries.transfer(event.transfer_id)

    def _check_line(self, tx: Transaction, source: int, line: TransferLine) -> None:
        row = _item.one(tx.cursor, item_id=line.item_id)
        if row is None:
            raise KeyError(line.item_id)
        name, kind = row
        if kind == "made_to_order":
            raise UserError(
                _("{name} is made to order: there are no pieces of it.").format(name=name),
                field="lines",
            )
        if kind == "unique" and line.qty > 1:
            raise UserError(_("There is only one of a unique piece."), field="lines")
        found = _on_hand.one(tx.cursor, stand_id=source, item_id=line.item_id)
        on_hand = found[0] if found else 0
        if source == self._stand_id and line.qty > on_hand:
            raise not_so_many(name, on_hand)


def _merged(lines: Iterable[TransferLine]) -> tuple[TransferLine, ...]:
    """Each item once, in the order of the first scan. Raises UserError for no pieces."""
    found: dict[int, int] = {}
    for line in lines:
        if line.qty <= 0:
            raise UserError(_("Type how many pieces."), field="qty")
        found[line.item_id] = found.get(line.item_id, 0) + line.qty
    return tuple(TransferLine(item_id, qty) for item_id, qty in found.items())
