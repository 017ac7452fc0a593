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
    `room()` asks how many are worth reading at first: a keystroke waits for them.
    """

    def __init__(self, till: "Till") -> None:
        self._catalog = till.catalog
        self.text = ""
        self.category_id = 0
        self.seller_id = 0
        self.tiles: tuple[Tile, ...] = ()
        self.more = False
        self.room: Callable[[], int] = lambda: PAGE
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
        """Read anew what the view has room for."""
        count = self.room()
        self._show(self._found(count) if self.text else self._page(0, count), count, kept=0)

    def read_more(self) -> None:
        """The next page, where there is one."""
        if not self.more:
            return
        kept = len(self.tiles)
        # What matches is ordered anew with each reading; what is on the shelf is by age.
        shown = self._found(kept + PAGE) if self.text else self.tiles + self._page(kept, PAGE)
        self._show(shown, kept + PAGE, kept if shown[:kept] == self.tiles else 0)

    def _show(self, tiles: "tuple[Tile, ...]", asked: int, kept: int) -> None:
        self.tiles = tiles
        self.more = len(tiles) == asked
        self.changed(kept)

    def _found(self, limit: int) -> "tuple[Tile, ...]":
        return self._catalog.search(
            self.text, category_id=self.category_id, seller_id=self.seller_id, limit=limit
        )

    def _page(self, offset: int, limit: int) -> "tuple[Tile, ...]":
        return self._catalog.browse(
            category_id=self.category_id, seller_id=self.seller_id, offset=offset, limit=limit
        )
