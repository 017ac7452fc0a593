"""The screens of a stand that has just been set up: no sellers, no goods, no sales."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.services.goods import NewSeller, add_cluster, add_seller
from pos.terms import Terms
from pos.ui import actions
from pos.ui.goods.kinds import KindPick
from pos.ui.receipts import presenter as receipts
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.sellers import directory
from pos.ui.sellers.screen import SellersScreen
from pos.ui.selling.screen import SellingScreen
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import Chip
from pos.ui.widgets.label import Label
from pos.ui.window import Window
from tests.support import make_till, manager_of
from tests.ui.support import wait_for, window_on


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with window_on(make_till(tmp_path, goods=False)) as made:
        made.desk.sign_in(manager_of(made.till))
        yield made


def words(window: Window) -> list[str]:
    assert window.current is not None
    return [label.text() for label in window.current.findChildren(Label) if label.isVisible()]


def chips(window: Window) -> list[str]:
    assert window.current is not None
    return [chip.text() for chip in window.current.findChildren(Chip) if chip.isVisible()]


def test_the_shelf_says_where_goods_come_from(window: Window) -> None:
    screen = window.current
    assert isinstance(screen, SellingScreen)
    goods, sellers = actions.text("go-goods"), actions.text("go-sellers")
    assert sellers in screen.tiles.empty_text()
    assert goods in screen.tiles.empty_text()
    manager = manager_of(window.till).staff_id
    with window.till.unit.write() as tx:
        cluster = add_cluster(tx, "Craft", by=manager)
        add_seller(tx, NewSeller("SRI", "Anyaman Sri", cluster, Terms()), by=manager)
        tx.changed("sellers")
    wait_for(lambda: sellers not in screen.tiles.empty_text(), "the seller in the filter")
    assert goods in screen.tiles.empty_text()


def test_the_receipts_of_an_empty_book_are_drawn_all_the_same(window: Window) -> None:
    window.desk.navigate.emit("receipts")
    screen = window.current
    assert isinstance(screen, ReceiptsScreen)
    wait_for(lambda: not screen.presenter.state.searching, "the empty list")
    assert receipts.empty_sentence(screen.presenter.state) in words(window)
    assert len(chips(window)) >= 3
    # Without a receipt there is nothing to copy and nothing to take back.
    keys = {actions.text("reprint"), actions.text("return")}
    shown = [b.text() for b in screen.paper.findChildren(Button) if b.isVisible()]
    assert not keys & set(shown)


def test_the_sellers_of_an_empty_book_are_drawn_all_the_same(window: Window) -> None:
    window.desk.navigate.emit("sellers")
    screen = window.current
    assert isinstance(screen, SellersScreen)
    assert directory.empty_sentence(screen.directory.state) in words(window)
    assert len(chips(window)) == 2


def test_the_kinds_of_goods_are_not_cut_off_on_a_small_screen(window: Window) -> None:
    window.resize(1024, 768)
    window.desk.navigate.emit("goods")
    kinds = window.current.findChild(KindPick) if window.current else None
    assert kinds is not None
    shown = [button for button in kinds.findChildren(Button) if button.isVisible()]
    assert len(shown) == 3
    for button in shown:
        assert button.width() >= button.sizeHint().width(), button.text()
