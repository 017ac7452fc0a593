"""The goods on offer as tiles: what was searched or filtered, page by page. No widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pos.errors import UserError
from pos.ui.selling.entry import read_entry

if TYPE_CHECKING:
    from pos.services.queries.catalog import Category, SellerChoice, Tile
    from pos.services.till import Till

PAGE: Final = 60


class GoodsPresenter:
    """Reads the catalogue in the caller's thread: each read takes well under a millisecond.

    `changed(kept)` tells of other tiles; `kept` of them are the same as before (a page was added).
    """

    def __init__(self, till: "Till") -> None:
        self._catalog = till.catalog
        self.text = ""
        self.category_id = 0
        self.seller_id = 0
        self.tiles: tuple[Tile, ...] = ()
        self.more = False
        self.changed: Callable[[int], None] = lambda kept: None  # noqa: ARG005

    def categories(self) -> "tuple[Category, ...]":
        """For the chips."""
        return self._catalog.categories()

    def sellers(self) -> "tuple[SellerChoice, ...]":
        """For the filter."""
        return self._catalog.sellers()

    def search(self, text: str) -> None:
        """Show what matches; an empty text shows what is on the shelf."""
        try:
            words = read_entry(text).what
        except UserError:
            words = ""
        self.text = words
        self.read()

    def show_category(self, category_id: int) -> None:
        """Only this category; 0 for all."""
        self.category_id = category_id
        self.read()

    def show_seller(self, seller_id: int) -> None:
        """Only this seller; 0 for all."""
        self.seller_id = seller_id
        self.read()

    def read(self) -> None:
        """Read the first page anew."""
        if self.text:
            self.tiles = self._catalog.search(
                self.text, category_id=self.category_id, seller_id=self.seller_id, limit=PAGE
            )
            self.more = False
        else:
            self.tiles = self._page(0)
            self.more = len(self.tiles) == PAGE
        self.changed(0)

    def read_more(self) -> None:
        """The next page, where there is one."""
        if not self.more:
            return
        kept = len(self.tiles)
        page = self._page(kept)
        self.more = len(page) == PAGE
        self.tiles += page
        self.changed(kept)

    def _page(self, offset: int) -> "tuple[Tile, ...]":
        return self._catalog.browse(
            category_id=self.category_id, seller_id=self.seller_id, offset=offset, limit=PAGE
        )
