"""The shelf: finding an item, its card and its history, what may be done with it. No widgets."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pos.errors import TitipError, UserError
from pos.events import CorrectedLine
from pos.i18n import _
from pos.receipts.labels import ItemLabel
from pos.services.intake import ItemEdit
from pos.services.stock import LossAsked
from pos.ui.goods.days import parse_coming_day, typed_day
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.cart import ItemKind
    from pos.events.consignment import LossKind
    from pos.services.losses import LossValue
    from pos.services.queries.catalog import Tile
    from pos.services.queries.notes import ItemDetail
    from pos.services.queries.slips import LossSlip
    from pos.services.queries.stock import ShelfRow, StockMove
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

MOST = 300
"""Rows at a time; more come as the end of the list comes near."""
Mode = Literal["detail", "edit", "lose", "correct"]


@dataclass(frozen=True)
class ItemFields:
    """An item's card as typed."""

    name: str = ""
    kind: "ItemKind" = "stock"
    price: int | None = None
    category_id: int = 0
    barcode: str = ""
    return_by: str = ""
    picture: str = ""


class ShelfWork(Work):
    """`rows` is what was found; `item` the chosen one's card; `mode` what is done with it."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.text = ""
        self.seller_id = 0
        self.all_rows: tuple[ShelfRow | Tile, ...] = ()
        self.item: ItemDetail | None = None
        self.moves: tuple[StockMove, ...] = ()
        self.mode: Mode = "detail"
        self.fields = ItemFields()
        self.slip: LossSlip | None = None
        self._shown = MOST

    @property
    def rows(self) -> "tuple[ShelfRow | Tile, ...]":
        """What the list shows."""
        return self.all_rows[: self._shown]

    def load_more(self) -> None:
        """The next rows."""
        if self._shown < len(self.all_rows):
            self._shown += MOST
            self.on_change()

    @property
    def pieces(self) -> int:
        """Pieces on hand of what was found."""
        return sum(max(0, row.on_hand) for row in self.all_rows)

    # -- finding -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """See Section; the chosen item stays chosen."""
        self._find()
        if self.item is not None:
            self._read(self.item.item_id)
        super().refresh()

    def type(self, text: str) -> None:
        """Another text in the search field."""
        self.text = text
        self._find()
        self.tell()

    def choose_seller(self, seller_id: int) -> None:
        """Only one seller's goods; 0 for all."""
        self.seller_id = seller_id
        self._find()
        self.tell()

    def _find(self) -> None:
        self._shown = MOST
        if self.text.strip():
            self.all_rows = self._till.catalog.search(
                self.text, seller_id=self.seller_id, limit=MOST
            )
        else:
            self.all_rows = self._till.stock.on_shelf(seller_id=self.seller_id)

    def choose(self, item_id: int) -> None:
        """Show an item; what was being done with another one is given up."""
        if self.item is None or item_id != self.item.item_id or self.mode != "detail":
            self.mode, self.slip = "detail", None
            self._read(item_id)
            self.tell()

    def open_code(self, code: str) -> bool:
        """Show the item with this code or barcode."""
        item_id = is_code(self._till, code)
        if not item_id:
            self.tell(errors={"search": _("No item has the code {code}.").format(code=code)})
            return False
        self.text = self._till.intake.item(item_id).code
        self._find()
        self.choose(item_id)
        return True

    def _read(self, item_id: int) -> None:
        self.item = self._till.intake.item(item_id)
        self.moves = self._till.stock.moves(item_id, limit=40)

    def category_of(self, category_id: int | None) -> str:
        """The name of a shelf."""
        names = {c.category_id: c.name for c in self._till.catalog.categories()}
        return names.get(category_id or 0, "")

    # -- what may be done --------------------------------------------------------------------

    def begin(self, mode: Mode) -> None:
        """Open the card's fields, or the form for what was lost, or for a correction."""
        item = self.item
        if item is None:
            return
        self.mode = mode
        self.fields = ItemFields(
            name=item.name,
            kind=item.kind,
            price=item.price,
            category_id=item.category_id or 0,
            barcode=item.barcode,
            return_by=typed_day(item.return_by),
            picture=item.picture,
        )
        self.tell()

    def give_up(self) -> None:
        """Back to the item."""
        self.mode = "detail"
        self.tell()

    def save_card(self) -> None:
        """Write what was changed on the card."""
        item = self.item
        if item is None or self.busy:
            return
        try:
            edit, until = self._checked(item)
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return
        till, by = self._till, self.session.staff_id
        as_it_was = ItemEdit(
            item.item_id,
            item.name,
            item.kind,
            item.price,
            item.category_id,
            item.picture,
            item.barcode,
        )

        def work() -> None:
            if edit != as_it_was:
                till.intake.change_item(edit, by=by)
            if until != item.return_by:
                till.intake.change_return_by(item.item_id, until, by=by)

        self.do(work, lambda _done: self._written(_("Saved.")))

    def _checked(self, item: "ItemDetail") -> tuple[ItemEdit, dt.date | None]:
        fields = self.fields
        if not fields.name.strip():
            raise UserError(_("Type the item's name."), field="name")
        if not fields.price:
            raise UserError(_("Type the price."), field="price")
        until = item.return_by
        if fields.return_by.strip() != typed_day(item.return_by):
            until = parse_coming_day(fields.return_by, self._till.business_date())
        edit = ItemEdit(
            item_id=item.item_id,
            name=fields.name.strip(),
            kind=fields.kind,
            price=fields.price,
            category_id=fields.category_id or None,
            picture=fields.picture,
            barcode=fields.barcode.strip().upper(),
        )
        return edit, until

    def take_picture(self, source: Path, *, discard: bool = False) -> None:
        """Put another picture on the card that is being changed."""
        from pos.services.pictures import add_picture

        folder = self._till.folder

        def work() -> str:
            try:
                return add_picture(folder, source)
            finally:
                if discard:
                    source.unlink(missing_ok=True)

        def taken(name: str) -> None:
            self.fields = replace(self.fields, picture=name)
            self.tell()

        def failed(error: TitipError) -> None:
            self.tell(errors={"picture": error.sentence})

        self._desk.run_aside(work, taken, failed, failed)

    def loss_value(self, qty: int) -> "LossValue | None":
        """What losing so many would come to today."""
        if self.item is None or not 0 < qty <= max(0, self.item.on_hand):
            return None
        return self._till.stock.loss_value(self.item.item_id, qty)

    def lose(self, qty: int, kind: "LossKind", reason: str) -> None:
        """Write pieces off; a manager's word is asked for where it is needed."""
        item = self.item
        if item is None:
            return
        from pos.services.goods_papers import loss_paper, queue_paper

        till, session = self._till, self.session
        asked = (LossAsked(item.item_id, qty, kind),)

        def work(approver_id: int) -> "LossSlip":
            slip = till.stock.lose(
                asked,
                reason=reason,
                session=session,
                approver_id=_other(session.staff_id, approver_id),
            )
            paper = loss_paper(slip, till.letterhead())
            queue_paper(till.unit, till.printing, "loss", paper, title=slip.number)
            return slip

        def done(slip: "LossSlip") -> None:
            self.slip = slip
            self._written(
                _("{number} is in the book; its paper goes to the printer.").format(
                    number=slip.number
                )
            )

        self.do_allowed(work, done)

    def correct(self, qty: int, reason: str) -> None:
        """Set the count right by so many, up or down."""
        item = self.item
        if item is None:
            return
        till, session = self._till, self.session
        lines = (CorrectedLine(item.item_id, qty),)

        def work(approver_id: int) -> None:
            till.stock.correct(
                lines,
                reason=reason,
                session=session,
                approver_id=_other(session.staff_id, approver_id),
            )

        self.do_allowed(work, lambda _done: self._written(_("The count is set right.")))

    def _written(self, note: str) -> None:
        self.mode = "detail"
        self._find()
        if self.item is not None:
            self._read(self.item.item_id)
        self.tell(note=note)

    def label(self) -> ItemLabel | None:
        """Labels for what is on hand of the chosen item, one at least."""
        item = self.item
        if item is None:
            return None
        return ItemLabel(item.name, item.price, item.code, item.seller_code, max(1, item.on_hand))


def _other(own_id: int, approver_id: int) -> int:
    """A manager needs nobody else's word."""
    return 0 if approver_id == own_id else approver_id
