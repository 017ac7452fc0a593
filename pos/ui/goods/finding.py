"""What the fields of the goods screen find: sellers, items, categories."""

from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.services.queries.catalog import SoldError
from pos.ui.goods.type_ahead import Found, matching

if TYPE_CHECKING:
    from pos.services.queries.catalog import SellerChoice, Tile
    from pos.services.till import Till

_MOST = 40


def find_sellers(till: "Till", typed: str) -> list[Found]:
    """Active sellers by code, workshop or cluster."""
    return matching(
        [
            Found(
                seller.seller_id,
                seller_text(seller),
                seller.cluster,
                keys=f"{seller.code} {seller.workshop} {seller.cluster}",
            )
            for seller in till.catalog.sellers()
        ],
        typed,
    )


def seller_text(seller: "SellerChoice") -> str:
    """As a field shows a seller: "SRI · Anyaman Sri"."""
    return f"{seller.code} · {seller.workshop}"


def find_categories(till: "Till", typed: str) -> list[Found]:
    """Categories by name."""
    found = [Found(shelf.category_id, shelf.name) for shelf in till.catalog.categories()]
    return matching(found, typed)


def find_items(
    till: "Till", typed: str, seller_id: int = 0, *, on_shelf: bool = False
) -> list[Found]:
    """Items by name, code or seller, the newest first; `on_shelf`: only those with pieces."""
    tiles = till.catalog.search(typed, seller_id=seller_id, limit=_MOST)
    return [item_found(tile) for tile in tiles if tile.on_hand > 0 or not on_shelf]


def item_found(tile: "Tile") -> Found:
    """A row of the list below a field."""
    detail = " · ".join((tile.code, tile.seller_code, pieces(tile.on_hand)))
    return Found(tile.item_id, tile.name, detail, rupiah(tile.price))


def pieces(count: int) -> str:
    """How many, in words."""
    return _("{count} pcs").format(count=thousands(count))


def item_id_of(till: "Till", code: str) -> int:
    """The item with this code or barcode, also where none is left; raises UserError."""
    asked = code.strip().upper()
    try:
        return till.catalog.find(asked).item_id
    except SoldError:
        for tile in till.catalog.search(asked, limit=_MOST):
            if tile.code == asked:
                return tile.item_id
        raise


def is_code(till: "Till", text: str) -> int:
    """The id of the item of which this is the code, or 0."""
    if not text.strip() or " " in text.strip():
        return 0
    try:
        return item_id_of(till, text)
    except UserError:
        return 0
