"""A consignment note while it is being typed. No widgets, nothing from the book."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.services.intake import MAX_PIECES, IntakeLine
from pos.terms import Terms
from pos.ui.goods.days import parse_coming_day

if TYPE_CHECKING:
    from pos.cart import ItemKind

MAX_NAME = 80


@dataclass(frozen=True)
class LineFields:
    """A line as it stands in the fields. `item_id` with `code`: more pieces of a known item.

    `net` is what the seller gets a piece, where that is agreed for this item alone.
    """

    item_id: int = 0
    code: str = ""
    name: str = ""
    category_id: int = 0
    category: str = ""
    kind: "ItemKind" = "stock"
    price: int | None = None
    net: int | None = None
    qty: str = "1"
    return_by: str = ""
    picture: str = ""
    barcode: str = ""

    @property
    def pieces(self) -> int:
        """Pieces typed; 0 where that is no number."""
        digits = self.qty.strip().replace(".", "")
        return int(digits) if digits.isdecimal() else 0

    @property
    def shelf_pieces(self) -> int:
        """Pieces that come to the shelf: of what is made to order there are none."""
        return 0 if self.kind == "made_to_order" else self.pieces

    @property
    def value(self) -> int:
        """What the pieces come to, in rupiah."""
        return self.shelf_pieces * (self.price or 0)

    def following(self) -> "LineFields":
        """Empty fields for the next line, with what mostly stays the same."""
        return LineFields(
            category_id=self.category_id,
            category=self.category,
            kind=self.kind,
            return_by=self.return_by,
        )


def checked_line(fields: LineFields, today: dt.date) -> IntakeLine:
    """The line for the book. Raises UserError with the field that needs mending."""
    return_by = parse_coming_day(fields.return_by, today)
    if not fields.item_id:
        if not fields.name.strip():
            raise UserError(_("Type the item's name."), field="name")
        if not fields.price:
            raise UserError(_("Type the price."), field="price")
        if fields.net is not None and fields.net > fields.price:
            raise UserError(_("The net price is above the price."), field="net")
    if fields.kind != "made_to_order" and not 0 < fields.pieces <= MAX_PIECES:
        raise UserError(_("Type how many pieces came."), field="qty")
    if fields.kind == "unique" and fields.pieces != 1:
        raise UserError(_("There is only one of a unique piece."), field="qty")
    if fields.item_id:
        return IntakeLine(qty=fields.pieces, item_id=fields.item_id, return_by=return_by)
    return IntakeLine(
        qty=max(1, fields.pieces),
        name=fields.name.strip(),
        kind=fields.kind,
        price=fields.price or 0,
        category_id=fields.category_id or None,
        picture=fields.picture,
        return_by=return_by,
        barcode=fields.barcode.strip(),
        terms=Terms(kind="net", net_price=fields.net) if fields.net else None,
    )
