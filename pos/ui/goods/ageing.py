"""What has stood on the shelf for long, and the slips that call its sellers. No widgets."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pos.i18n import _
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.receipts.documents_consignment import PickupSlip
    from pos.services.queries.ageing import AgeRow
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

Age = Literal[0, 30, 60, 90, -1]
OVERDUE: Age = -1


class AgeingWork(Work):
    """`age` is the least days, or OVERDUE; `chosen` the row whose seller the panel is about."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.age: Age = 30
        self.seller_id = 0
        self.all_rows: tuple[AgeRow, ...] = ()
        self.chosen = 0

    def refresh(self) -> None:
        """See Section."""
        self.all_rows = self._till.stock.ageing(seller_id=self.seller_id)
        if self.row is None:
            self.chosen = self.rows[0].item_id if self.rows else 0
        super().refresh()

    @property
    def rows(self) -> "tuple[AgeRow, ...]":
        """What the list shows, the oldest first."""
        return tuple(row for row in self.all_rows if self._is_shown(row))

    def _is_shown(self, row: "AgeRow") -> bool:
        return row.overdue if self.age == OVERDUE else row.days >= self.age

    def count(self, age: Age) -> int:
        """How many items a filter has."""
        if age == OVERDUE:
            return sum(row.overdue for row in self.all_rows)
        return sum(row.days >= age for row in self.all_rows)

    @property
    def row(self) -> "AgeRow | None":
        """The chosen row."""
        return next((row for row in self.rows if row.item_id == self.chosen), None)

    @property
    def own(self) -> "tuple[AgeRow, ...]":
        """What is shown of the chosen row's seller."""
        row = self.row
        return tuple(r for r in self.rows if row is not None and r.seller_id == row.seller_id)

    def choose_age(self, age: Age) -> None:
        """Only what is at least so old, or past its day of return."""
        self.age = age
        self.refresh()

    def choose_seller(self, seller_id: int) -> None:
        """Only one seller's goods; 0 for all."""
        self.seller_id = seller_id
        self.refresh()

    def choose(self, item_id: int) -> None:
        """A row."""
        self.chosen = item_id
        self.tell()

    # -- the slip ----------------------------------------------------------------------------

    def slip(self) -> "PickupSlip | None":
        """What the chosen row's seller should come for."""
        from pos.services.goods_papers import pickup_paper

        row = self.row
        if row is None:
            return None
        maker = self._till.sellers.card(row.seller_id).card.maker
        return pickup_paper(
            self.own,
            self._till.letterhead(),
            maker=maker,
            staff=self.session.name,
            at=self._till.now(),
        )

    def print_slip(self) -> None:
        """On the receipt printer."""
        slip = self.slip()
        if slip is not None:
            title = _("To be picked up: {code}").format(code=slip.seller.code)
            self.print_paper("pickup", slip, title, said=_("The slip goes to the printer."))

    def save_slip(self, target: Path) -> None:
        """As A4."""
        slip = self.slip()
        if slip is not None:
            self.save_pdf(slip, target)
