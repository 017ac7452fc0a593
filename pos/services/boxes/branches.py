"""Sales of a branch that was put aside, to be seen one by one and booked again in a manager's name.

A machine that was restored from an old backup and went on selling has given its ids and paper
numbers a second time, so its entries can't be added. What they say happened all the same: pieces
are gone, money lies in a drawer. Booking them again writes them as new sales of this till, at the
prices and shares of that day, with a note of which entry each stands for.
"""

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from pos.clock import local
from pos.errors import ApprovalNeededError, UserError
from pos.events import ConflictSettled, SaleCompleted, SaleLine, read_event
from pos.events.tills import BRANCH_SALE
from pos.i18n import _
from pos.models.catalog import items, sellers
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import stands, tills
from pos.models.tills import entries_aside, settlements
from pos.services.papers import paper_number

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.services.unit_of_work import Transaction

_aside = Prepared(
    select(
        entries_aside.c.hash,
        entries_aside.c.at,
        entries_aside.c.body,
        tills.c.prefix,
        stands.c.id,
        stands.c.name,
    )
    .select_from(
        entries_aside.join(tills, tills.c.till_no == entries_aside.c.till_no).join(
            stands, stands.c.id == tills.c.stand_id
        )
    )
    .where(entries_aside.c.why == "fork", entries_aside.c.kind == "sale_completed")
    .order_by(entries_aside.c.till_no, entries_aside.c.seq)
)
_booked = Prepared(select(settlements.c.subject_id).where(settlements.c.kind == BRANCH_SALE))
_items = Prepared(select(items.c.code, items.c.id, items.c.seller_id))
_sellers = Prepared(select(sellers.c.id))


class BranchSale(msgspec.Struct, frozen=True):
    """A sale that is nowhere in this book. `why_not` says why it can't be booked again here, or "".

    `key` names its entry; `number` is that of the receipt which the customer has.
    """

    key: int
    stand_name: str
    number: str
    at: dt.datetime
    what: str
    total: int
    event: SaleCompleted
    why_not: str


class Branches:
    """What the other branches sold, as far as it is not booked again yet."""

    def __init__(self, till: "Till") -> None:
        self._till = till

    def sales(self, cursor: Cursor | None = None) -> tuple[BranchSale, ...]:
        """The sales to be looked at, in the order in which they were made."""
        at = cursor or self._till.book.reader()
        rows = _aside.all(at)
        if not rows:
            return ()
        done = {row[0] for row in _booked.all(at)}
        known = {code: (item_id, seller_id) for code, item_id, seller_id in _items.all(at)}
        makers = {row[0] for row in _sellers.all(at)}
        found = []
        for digest, when, body, prefix, stand_id, stand_name in rows:
            event = read_event("sale_completed", body)
            key = key_of(digest)
            if key in done or not isinstance(event, SaleCompleted):
                continue
            why_not = self._why_not(event, stand_id, known, makers)
            found.append(
                BranchSale(
                    key=key,
                    stand_name=stand_name,
                    number=paper_number(prefix, event.number),
                    at=local(when, self._till.info.zone),
                    what=", ".join(f"{line.qty} x {line.name}" for line in event.lines),
                    total=sum(paid.amount for paid in event.payments),
                    event=event,
                    why_not=why_not,
                )
            )
        return tuple(found)

    def book(self, *, session: "Session", approver_id: int = 0) -> int:
        """Book all that can be booked here as sales of this till; how many there were.

        Raises ApprovalNeededError without a manager, UserError where there is none.
        """
        if not session.is_manager and not approver_id:
            raise ApprovalNeededError(_("Only a manager can do this."), action="stands")
        with self._till.unit.write() as tx:
            # Read again within the transaction: nothing is booked twice.
            waiting = [sale for sale in self.sales(tx.cursor) if not sale.why_not]
            if not waiting:
                raise UserError(_("None of these sales can be booked here."))
            for sale in waiting:
                self._book(tx, sale, session, approver_id)
            tx.changed("stands", "sales", "stock", "items", "payments", "sellers")
        return len(waiting)

    def _book(
        self, tx: "Transaction", sale: BranchSale, session: "Session", approver_id: int
    ) -> None:
        old = sale.event
        known = {code: item_id for code, item_id, _seller in _items.all(tx.cursor)}
        event = msgspec.structs.replace(
            old,
            sale_id=tx.new_id(),
            number=tx.next_number("sale"),
            lines=tuple(_again(tx, line, known) for line in old.lines),
            payments=tuple(
                msgspec.structs.replace(paid, payment_id=tx.new_id()) for paid in old.payments
            ),
        )
        tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
        new = paper_number(self._till.info.prefix, event.number)
        note = ConflictSettled(
            settlement_id=tx.new_id(),
            kind=BRANCH_SALE,
            subject_id=sale.key,
            decision=f"{sale.number} = {new}",
        )
        tx.append(note, staff_id=session.staff_id, approver_id=approver_id)

    def _why_not(
        self,
        event: SaleCompleted,
        stand_id: int,
        known: dict[str, tuple[int, int]],
        makers: set[int],
    ) -> str:
        """Ids of a branch may mean other things here: an item is known by its code and its seller."""
        if stand_id != self._till.info.stand_id:
            return _("at a till of that stand")
        if event.order_id:
            return _("an order: hand it over there")
        for line in event.lines:
            if line.unlisted and line.code not in known:
                if line.seller_id not in makers:
                    return _("its seller is not here")
            elif known.get(line.code, (0, 0))[1] != line.seller_id:
                return _("{code} is not here").format(code=line.code)
        return ""


def _again(tx: "Transaction", line: SaleLine, known: dict[str, int]) -> SaleLine:
    """The same line with ids of its own; a piece that was not in the book either is new here."""
    item_id = known.get(line.code, 0)
    return msgspec.structs.replace(
        line,
        line_id=tx.new_id(),
        item_id=item_id or tx.new_id(),
        unlisted=line.unlisted and not item_id,
    )


def key_of(digest: bytes) -> int:
    """An entry's hash as the number that its settlement bears."""
    return int.from_bytes(digest[:7], "big")
