"""Pieces scanned out to another stand, and what came from one scanned in. No widgets."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.events import TransferLine
from pos.i18n import _
from pos.money import thousands
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.receipts.documents_transfer import TransferSlip
    from pos.services.queries.others import StandFacts
    from pos.services.queries.transfers import Transfer, TransferRow
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


@dataclass(frozen=True)
class MovingLine:
    """Pieces of one item on the slip; `most` is how many there can be."""

    item_id: int
    code: str
    name: str
    price: int
    most: int
    qty: int


class MovingWork(Work):
    """Without `arriving` a slip is put together; with it, one that came is scanned in."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.stands: tuple[StandFacts, ...] = ()
        self.to_stand = 0
        self.lines: tuple[MovingLine, ...] = ()
        self.at = -1
        self.arriving: Transfer | None = None
        self.waiting: tuple[TransferRow, ...] = ()
        self.slips: tuple[TransferRow, ...] = ()

    def refresh(self) -> None:
        """See Section; what is being put together stays."""
        office = self._till.office
        self.stands = tuple(stand for stand in office.bazaars.stands() if not stand.mine)
        self.waiting = office.transfers.unchecked()
        self.slips = office.transfers.transfers(limit=30)
        if not any(stand.stand_id == self.to_stand for stand in self.stands):
            self.to_stand = self.stands[0].stand_id if self.stands else 0
        super().refresh()

    @property
    def pieces(self) -> int:
        """Pieces on the slip."""
        return sum(line.qty for line in self.lines)

    @property
    def value(self) -> int:
        """What they come to at today's prices."""
        return sum(line.qty * line.price for line in self.lines)

    def choose_stand(self, stand_id: int) -> None:
        """Where the pieces go."""
        self.to_stand = stand_id
        self.tell()

    def add_code(self, code: str) -> bool:
        """One more piece of the item with this code; refused with a sentence."""
        item_id = is_code(self._till, code)
        if not item_id:
            self.tell(errors={"item": _("No item has the code {code}.").format(code=code)})
            return False
        return self.add(item_id)

    def add(self, item_id: int, qty: int = 1) -> bool:
        """More pieces of an item."""
        at = next((n for n, line in enumerate(self.lines) if line.item_id == item_id), -1)
        line = self.lines[at] if at >= 0 else self._new(item_id)
        if line is None:
            said = _("This item is not on the slip {number}.")
            number = self.arriving.number if self.arriving else ""
            self.tell(errors={"item": said.format(number=number)})
            return False
        if line.qty + qty > line.most:
            said = _("Only {count} of {name} are on hand.")
            if self.arriving is not None:
                said = _("Only {count} of {name} are on the slip.")
            words = said.format(count=thousands(max(0, line.most)), name=line.name)
            self.tell(errors={"item": words})
            return False
        line = replace(line, qty=line.qty + qty)
        if at >= 0:
            self.lines = (*self.lines[:at], line, *self.lines[at + 1 :])
        else:
            self.lines, at = (*self.lines, line), len(self.lines)
        self.at = at
        self.tell()
        return True

    def _new(self, item_id: int) -> MovingLine | None:
        if self.arriving is not None:
            sent = next((one for one in self.arriving.lines if one.item_id == item_id), None)
            if sent is None:
                return None
            return MovingLine(item_id, sent.code, sent.name, sent.price, sent.qty, 0)
        item = self._till.intake.item(item_id)
        return MovingLine(item_id, item.code, item.name, item.price, item.on_hand, 0)

    def mark(self, at: int) -> None:
        """A line is chosen."""
        self.at = at if 0 <= at < len(self.lines) else -1
        self.tell()

    def set_qty(self, qty: int) -> None:
        """So many pieces of the chosen line."""
        if 0 <= self.at < len(self.lines):
            line = self.lines[self.at]
            if not 0 < qty <= line.most:
                said = _("Type a number from 1 to {most}.").format(most=thousands(line.most))
                self.tell(errors={"qty": said})
                return
            changed = replace(line, qty=qty)
            self.lines = (*self.lines[: self.at], changed, *self.lines[self.at + 1 :])
            self.tell()

    def remove(self, at: int) -> None:
        """Take a line off."""
        if 0 <= at < len(self.lines):
            self.lines = (*self.lines[:at], *self.lines[at + 1 :])
            self.at = min(at, len(self.lines) - 1)
            self.tell()

    def arrive(self, transfer_id: int) -> None:
        """Scan in what came with this slip."""
        self.arriving = self._till.office.transfers.transfer(transfer_id)
        self.lines, self.at = (), -1
        self.tell()

    def all_here(self) -> None:
        """Everything on the slip has come."""
        if self.arriving is not None:
            self.lines = tuple(
                MovingLine(one.item_id, one.code, one.name, one.price, one.qty, one.qty)
                for one in self.arriving.lines
            )
            self.tell()

    def give_up(self) -> None:
        """An empty slip; nothing was written."""
        self.arriving, self.lines, self.at = None, (), -1
        self.tell()

    def save(self) -> None:
        """Send the pieces and print the slip, or record what has come."""
        if self.arriving is not None:
            self._save_arrival(self.arriving)
            return
        if not self.to_stand:
            self.tell(errors={"stand": _("Plan the bazaar first, under Stands.")})
            return
        till, by, to_stand, lines = self._till, self.session.staff_id, self.to_stand, self._moved()

        def work() -> "Transfer":
            from pos.services.goods_papers import queue_paper
            from pos.services.transfer_papers import transfer_paper

            made = till.office.transfers.send(to_stand, lines, by=by)
            paper = transfer_paper(made, till.letterhead())
            queue_paper(till.unit, till.printing, "transfer", paper, title=made.number)
            return made

        def sent(made: "Transfer") -> None:
            self.lines, self.at = (), -1
            self.refresh()
            said = _("{number}: {count} pieces are {stand}'s now. The slip goes to the printer.")
            self.tell(
                note=said.format(
                    number=made.number, count=thousands(made.pieces), stand=made.to_name
                )
            )

        self.do(work, sent)

    def reprint(self, transfer_id: int) -> None:
        """An earlier slip again, marked as a copy."""
        made = self._till.office.transfers.transfer(transfer_id)
        said = _("A copy of {number} goes to the printer.").format(number=made.number)
        paper = self._paper(made, copied=True)
        self.print_paper("transfer", paper, made.number, said=said, copy=True)

    def save_slip_pdf(self, transfer_id: int, target: Path) -> None:
        """An earlier slip as A4."""
        made = self._till.office.transfers.transfer(transfer_id)
        self.save_pdf(self._paper(made, copied=False), target)

    def _paper(self, made: "Transfer", *, copied: bool) -> "TransferSlip":
        from pos.services.transfer_papers import transfer_paper

        return transfer_paper(made, self._till.letterhead(), self._till.now() if copied else None)

    def _save_arrival(self, transfer: "Transfer") -> None:
        till, by, lines = self._till, self.session.staff_id, self._moved()

        def checked(missing: tuple[TransferLine, ...]) -> None:
            self.arriving, self.lines, self.at = None, (), -1
            self.refresh()
            count = sum(line.qty for line in missing)
            said = _("{number}: everything has come.").format(number=transfer.number)
            if count:
                said = _("{number}: {count} pieces are missing. They show when goods come home.")
                said = said.format(number=transfer.number, count=thousands(count))
            self.tell(note=said)

        self.do(lambda: till.office.transfers.check(transfer.transfer_id, lines, by=by), checked)

    def _moved(self) -> tuple[TransferLine, ...]:
        return tuple(TransferLine(line.item_id, line.qty) for line in self.lines)
