"""Coming home from a bazaar: what was sold, came back and is missing. No widgets."""

from typing import TYPE_CHECKING

from pos.events import TransferLine
from pos.formats import format_datetime
from pos.i18n import _
from pos.money import thousands
from pos.services.stock import LossAsked
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.queries.others import StandFacts
    from pos.services.queries.transfers import Transfer, Whereabouts
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


class HomeWork(Work):
    """`scanned` is what has been scanned in and not yet saved, pieces by item."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.stands: tuple[StandFacts, ...] = ()
        self.stand_id = 0
        self.rows: tuple[Whereabouts, ...] = ()
        self.scanned: dict[int, int] = {}
        self.reason = ""

    def refresh(self) -> None:
        """See Section; what was scanned stays."""
        office = self._till.office
        self.stands = tuple(stand for stand in office.bazaars.stands() if not stand.mine)
        if not any(stand.stand_id == self.stand_id for stand in self.stands):
            self.stand_id = self.stands[0].stand_id if self.stands else 0
        self.rows = office.transfer_queries.whereabouts(self.stand_id) if self.stand_id else ()
        super().refresh()

    @property
    def stand(self) -> "StandFacts | None":
        """The stand from which goods come home."""
        return next((one for one in self.stands if one.stand_id == self.stand_id), None)

    @property
    def known_until(self) -> str:
        """Up to when its book is known here; "" when no box has come from there yet."""
        stand = self.stand
        return format_datetime(stand.known_until) if stand and stand.known_until else ""

    def left(self, row: "Whereabouts") -> int:
        """Pieces that are still there by the book, less what has just been scanned in."""
        return row.left - self.scanned.get(row.item_id, 0)

    @property
    def missing(self) -> int:
        """Pieces that have not come home and were not sold."""
        return sum(max(0, self.left(row)) for row in self.rows)

    @property
    def pieces(self) -> int:
        """Pieces scanned in and not saved yet."""
        return sum(self.scanned.values())

    def choose_stand(self, stand_id: int) -> None:
        """Which stand."""
        self.stand_id, self.scanned = stand_id, {}
        self.refresh()

    def add_code(self, code: str) -> bool:
        """A piece has come home."""
        item_id = is_code(self._till, code)
        if not item_id:
            self.tell(errors={"item": _("No item has the code {code}.").format(code=code)})
            return False
        self.scanned[item_id] = self.scanned.get(item_id, 0) + 1
        self.tell()
        return True

    def take_off(self, item_id: int) -> None:
        """One piece fewer of what was scanned."""
        if self.scanned.get(item_id):
            self.scanned[item_id] -= 1
            if not self.scanned[item_id]:
                del self.scanned[item_id]
            self.tell()

    def everything(self) -> None:
        """All that is left there by the book has come home."""
        for row in self.rows:
            if row.left > 0:
                self.scanned[row.item_id] = row.left
        self.tell()

    def save(self) -> None:
        """Put what was scanned onto this stand's shelf."""
        if not self.scanned:
            self.tell(errors={"item": _("Scan what has come home.")})
            return
        lines = tuple(TransferLine(item, qty) for item, qty in self.scanned.items())
        till, by, stand_id = self._till, self.session.staff_id, self.stand_id

        def done(made: "Transfer") -> None:
            self.scanned = {}
            self.refresh()
            said = _("{number}: {count} pieces are on the shelf again.")
            self.tell(note=said.format(number=made.number, count=thousands(made.pieces)))

        self.do(lambda: till.office.transfers.bring_home(stand_id, lines, by=by), done)

    def write_off(self) -> None:
        """What is missing is lost; its sellers are owed what their rule says. For a manager."""
        lines = tuple(
            LossAsked(row.item_id, self.left(row)) for row in self.rows if self.left(row) > 0
        )
        if self.scanned:
            self.tell(errors={"item": _("Save what was scanned first.")})
            return
        till, stand_id, reason, session = self._till, self.stand_id, self.reason, self.session

        def done(_loss: int) -> None:
            self.reason = ""
            self.refresh()
            self.tell(note=_("{count} pieces are written off.").format(count=thousands(count)))

        count = sum(line.qty for line in lines)
        self.do_allowed(
            lambda approver: till.office.bazaars.write_off(
                stand_id, lines, reason=reason, session=session, approver_id=approver
            ),
            done,
        )
