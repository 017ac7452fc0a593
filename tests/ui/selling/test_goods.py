"""The goods on offer: a first page as large as the view, and the rest when it is asked for."""

import pytest

from pos.services.goods import NewItem, add_item
from pos.services.till import Till
from pos.ui.selling.goods import GoodsPresenter


@pytest.fixture
def goods(till: Till) -> GoodsPresenter:
    """A shelf of 5 things and 90 cups, the newest last; the view has room for 4."""
    seller = till.catalog.sellers()[0].seller_id
    with till.unit.write() as tx:
        for number in range(90):
            cup = NewItem(f"CUP-{number:04}", "Cangkir", "made_to_order", 1_000, seller)
            add_item(tx, cup, by=1)
    presenter = GoodsPresenter(till)
    presenter.room = lambda: 4
    return presenter


@pytest.mark.parametrize(("text", "all_of_them"), [("", 95), ("cangkir", 90)])
def test_more_is_read_page_by_page(goods: GoodsPresenter, text: str, all_of_them: int) -> None:
    told: list[tuple[int, int]] = []
    goods.changed = lambda kept: told.append((kept, len(goods.tiles)))
    goods.search(text)
    while goods.more:
        goods.read_more()
    goods.read_more()
    assert told == [(0, 4), (4, 64), (64, all_of_them)]
    codes = [tile.code for tile in goods.tiles]
    assert codes[:90] == [f"CUP-{number:04}" for number in reversed(range(90))]
    assert len(set(codes)) == all_of_them


def test_what_matches_by_now_is_shown_anew(goods: GoodsPresenter, till: Till) -> None:
    goods.search("cangkir")
    seller = till.catalog.sellers()[0].seller_id
    with till.unit.write() as tx:
        add_item(tx, NewItem("CUP-9999", "Cangkir", "made_to_order", 1_000, seller), by=1)
    told: list[int] = []
    goods.changed = told.append
    goods.read_more()
    assert told == [0], "no tile is where it was"
    assert goods.tiles[0].code == "CUP-9999"
