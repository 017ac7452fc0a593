"""Giving goods back to their seller. No widgets."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.events import WithdrawnLine
from pos.i18n import _
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.events.consignment import Channel, WithdrawalReason
    from pos.services.queries.catalog import SellerChoice
    from pos.services.queries.notes import ItemDetail
    from pos.services.queries.slips import WithdrawalRow, WithdrawalSlip
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


@dataclass(frozen=True)
class BackLine:
    """Pieces that go back; `online` is the told price a piece, None where none was told."""

    item_id: int
    code: str
    name: str
    price: int
    on_hand: int
    qty: int = 1
    online: int | None = None


class WithdrawalWork(Work):
    """`at` is the line being changed, -1 for none; `done` the slip just written."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller: SellerChoice | None = None
        self.lines: tuple[BackLine, ...] = ()
        self.at = -1
        self.reason: WithdrawalReason = "unsold"
        self.channel: Channel = "shopee"
        self.remark = ""
        self.done: WithdrawalSlip | None = None
        self.slips: tuple[WithdrawalRow, ...] = ()

    def refresh(self) -> None:
        """See Section; what is being put together stays."""
        self.slips = self._till.stock.withdrawals(limit=30)
        super().refresh()

    @property
    def pieces(self) -> int:
        """Pieces that go back."""
        return sum(line.qty for line in self.lines)

    @property
    def value(self) -> int:
        """What they come to at today's prices."""
        return sum(line.qty * line.price for line in self.lines)

    def choose_seller(self, seller_id: int) -> bool:
        """Whose goods go back; lines of another seller have to go first."""
        if self.seller is not None and self.seller.seller_id != seller_id and self.lines:
            said = _("These lines are {workshop}'s. Save them first, or remove them.")
            self.tell(errors={"seller": said.format(workshop=self.seller.workshop)})
            return False
        found = [s for s in self._till.catalog.sellers() if s.seller_id == seller_id]
        self.seller = found[0] if found else None
        self.tell()
        return self.seller is not None

    def add_code(self, code: str) -> bool:
        """One more piece of the item with this code; refused with a sentence."""
        item_id = is_code(self._till, code)
        if not item_id:
            self.tell(errors={"item": _("No item has the code {code}.").format(code=code)})
            return False
        return self.add(item_id)

    def add(self, item_id: int, qty: int = 1) -> bool:
        """More pieces of an item; chooses its seller where none was chosen."""
        if self.done is not None:
            self.next_slip()
        item = self._till.intake.item(item_id)
        try:
            self._check(item)
            at = next((n for n, line in enumerate(self.lines) if line.item_id == item_id), -1)
            have = self.lines[at].qty if at >= 0 else 0
            if have + qty > item.on_hand:
                raise UserError(
                    _("Only {count} of {name} are on hand.").format(
                        count=max(0, item.on_hand), name=item.name
                    ),
                    field="item",
                )
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return False
        if at >= 0:
            self._put(at, replace(self.lines[at], qty=have + qty))
            self.at = at
        else:
            line = BackLine(item_id, item.code, item.name, item.price, item.on_hand, qty)
            self.lines = (*self.lines, line)
            self.at = len(self.lines) - 1
        self.tell()
        return True

    def _check(self, item: "ItemDetail") -> None:
        if self.seller is None:
            self.choose_seller(item.seller_id)
        if self.seller is None:
            raise UserError(_("This seller is no longer active."), field="item")
        if item.seller_id != self.seller.seller_id:
            said = _("{name} belongs to {code}.").format(name=item.name, code=item.seller_code)
            raise UserError(said, field="item")

    def _put(self, at: int, line: BackLine) -> None:
        self.lines = (*self.lines[:at], line, *self.lines[at + 1 :])

    def mark(self, at: int) -> None:
        """A line is chosen, so that its count and its price can be changed."""
        self.at = at if 0 <= at < len(self.lines) else -1
        self.tell()

    def set_qty(self, qty: int) -> None:
        """So many pieces of the chosen line; never more than there are."""
        if 0 <= self.at < len(self.lines):
            line = self.lines[self.at]
            if not 0 < qty <= line.on_hand:
                said = _("Only {count} of {name} are on hand.")
                words = said.format(count=line.on_hand, name=line.name)
                self.tell(errors={"qty": words if qty else _("Type how many pieces.")})
                return
            self._put(self.at, replace(line, qty=qty))
            self.tell()

    def set_online(self, price: int | None) -> None:
        """What the seller told to have got for a piece of the chosen line."""
        if 0 <= self.at < len(self.lines):
            self._put(self.at, replace(self.lines[self.at], online=price))

    def remove(self, at: int) -> None:
        """Take a line off."""
        if 0 <= at < len(self.lines):
            self.lines = (*self.lines[:at], *self.lines[at + 1 :])
            self.at = min(at, len(self.lines) - 1)
            self.tell()

    def set_reason(self, reason: "WithdrawalReason") -> None:
        """Why they go back."""
        self.reason = reason
        self.tell()

    def save(self) -> None:
        """Write it, and print its slip."""
        if self.seller is None or not self.lines:
            field = "item" if self.seller else "seller"
            self.tell(errors={field: _("Choose what goes back.")})
            return
        from pos.services.goods_papers import queue_paper, withdrawal_paper

        till, by, seller_id = self._till, self.session.staff_id, self.seller.seller_id
        online = self.reason == "online"
        lines = tuple(
            WithdrawnLine(line.item_id, line.qty, (line.online or 0) if online else 0)
            for line in self.lines
        )
        reason, channel, remark = self.reason, self.channel if online else "", self.remark

        def work() -> "WithdrawalSlip":
            slip = till.stock.withdraw(
                seller_id, lines, reason=reason, channel=channel, note=remark, by=by
            )
            paper = withdrawal_paper(slip, till.letterhead())
            queue_paper(till.unit, till.printing, "withdrawal", paper, title=slip.number)
            return slip

        def written(slip: "WithdrawalSlip") -> None:
            self.done, self.lines, self.at = slip, (), -1
            self.slips = till.stock.withdrawals(limit=30)
            self.tell(note=_("The slip goes to the printer."))

        self.do(work, written)

    def show_slip(self, withdrawal_id: int) -> None:
        """An earlier slip, for another print or a PDF."""
        self.done = self._till.stock.withdrawal(withdrawal_id)
        self.tell()

    def next_slip(self) -> None:
        """An empty slip."""
        self.done, self.seller, self.lines, self.at = None, None, (), -1
        self.reason, self.remark = "unsold", ""
        self.tell()

    def reprint(self) -> None:
        """The slip again, marked as a copy."""
        if self.done is not None:
            from pos.services.goods_papers import withdrawal_paper

            paper = withdrawal_paper(self.done, self._till.letterhead(), self._till.now())
            said = _("A copy of {number} goes to the printer.").format(number=self.done.number)
            self.print_paper("withdrawal", paper, self.done.number, said=said, copy=True)

    def save_slip_pdf(self, target: Path) -> None:
        """The slip as A4."""
        if self.done is not None:
            from pos.services.goods_papers import withdrawal_paper

            self.save_pdf(withdrawal_paper(self.done, self._till.letterhead()), target)
