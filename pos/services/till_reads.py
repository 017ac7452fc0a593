"""What a till tells of its goods and its sales, on today's date and with its own letterhead."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos.cart import Cart, CartItem
from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.receipts.documents import Receipt
from pos.services.goods import Goods
from pos.services.pictures import picture_path
from pos.services.queries.catalog import CatalogQueries
from pos.services.queries.receipts import ReceiptQueries

if TYPE_CHECKING:
    from pos.services.till import Till


class Catalog:
    """The catalogue on today's date, with its pictures."""

    def __init__(self, till: "Till", queries: CatalogQueries, goods: Goods) -> None:
        self._till = till
        self._queries = queries
        self._goods = goods
        self.categories = queries.categories
        self.sellers = queries.sellers
        self.browse = queries.browse
        self.search = queries.search
        self.to_complete = queries.to_complete
        self.complete_item = goods.complete_item

    def find(self, code: str) -> CartItem:
        """The item with this code; raises UnknownCodeError or SoldError."""
        return self._queries.find(code, self._till.business_date())

    def item(self, item_id: int) -> CartItem:
        """The item with this id; raises like find."""
        return self._queries.item(item_id, self._till.business_date())

    def changed_since(self, cart: Cart) -> tuple[str, ...]:
        """What is other than when a cart was filled: pieces that went, prices that were changed.

        The cart keeps its prices: they are what the customer was told.
        """
        found: dict[str, None] = {}
        for line in cart.lines:
            if line.item.unlisted:
                continue
            try:
                now = self.item(line.item.item_id)
            except UserError as error:
                found[error.sentence] = None
                continue
            if now.price != line.item.price:
                sentence = _("{name} costs {now} by now; this cart keeps {price}.").format(
                    name=now.name, now=rupiah(now.price), price=rupiah(line.price)
                )
                found[sentence] = None
        return tuple(found)

    def unlisted(self, name: str, price: int, seller_id: int, *, approved_by: int) -> CartItem:
        """Something not in the book yet; see Selling.unlisted."""
        today = self._till.business_date()
        return self._till.selling.unlisted(name, price, seller_id, today, approved_by=approved_by)

    def picture_path(self, picture: str) -> Path | None:
        """The file of a picture, if this machine has it."""
        path = picture_path(self._till.folder, picture)
        return path if picture and path.is_file() else None


class Receipts:
    """Earlier sales and their papers."""

    def __init__(self, till: "Till", queries: ReceiptQueries) -> None:
        self._till = till
        self._queries = queries
        self.search = queries.search
        self.by_number = queries.by_number
        self.unchecked = queries.unchecked
        self.check_payment = till.selling.check_payment

    def document(self, sale_id: int) -> Receipt:
        """The paper of a sale as it was."""
        return self._queries.document(sale_id, self._till.letterhead())

    def reprint(self, sale_id: int) -> None:
        """Queue a copy, marked as one."""
        now = self._till.now()
        paper = self._queries.document(sale_id, self._till.letterhead(), copied_at=now)
        self._till.printing.copy(paper, sale_id)
