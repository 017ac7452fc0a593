"""The selling screen in the real window, driven by keys."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from pos.i18n import set_language
from pos.ui.selling.cart_panel import CartPanel
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.hold_panels import HeldPanel, HoldPanel
from pos.ui.selling.panels import ApprovalHolder
from pos.ui.selling.quantity_panel import QuantityPanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.selling.side import SidePanel
from tests.support import MANAGER_PIN, manager_of
from tests.ui.selling.counter import Counter
from tests.ui.support import settle, wait_for


def test_typing_searches_and_enter_adds_the_highlighted_one(counter: Counter) -> None:
    counter.keys.type("bros")
    assert [tile.code for tile in counter.screen.goods.tiles] == ["DKR-1187"]
    counter.enter()
    assert counter.codes == [(1, "DKR-1187")]
    assert counter.screen.search.input.text() == ""
    assert len(counter.screen.goods.tiles) == 5


def test_down_moves_the_highlight_while_searching(counter: Counter) -> None:
    counter.keys.type("k")
    tiles = counter.screen.goods.tiles
    assert len(tiles) > 1
    first = counter.screen.tiles.chosen
    counter.screen.tiles.step(1, 0)
    second = counter.screen.tiles.chosen
    assert (first, second) == (tiles[0], tiles[1])


def test_a_quick_scan_is_not_searched_letter_by_letter(counter: Counter) -> None:
    searched: list[str] = []
    counter.screen.search.input.typed.connect(searched.append)
    counter.keys.scan("DKR-1187")
    assert counter.codes == [(1, "DKR-1187")]
    assert len(searched) <= 1


def test_plus_minus_delete_and_undo(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.type("+")
    counter.keys.type("+")
    counter.keys.type("-")
    assert counter.codes == [(2, "DKR-1187")]
    counter.keys.key(Qt.Key.Key_Delete)
    assert counter.codes == []
    counter.keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.codes == [(2, "DKR-1187")]


def test_a_minus_within_a_word_is_typed(counter: Counter) -> None:
    counter.keys.type("dkr-11")
    assert counter.screen.search.input.text() == "dkr-11"


def test_what_was_refused_is_said_and_goes_with_the_next_thing(counter: Counter) -> None:
    counter.keys.scan("NO-SUCH")
    assert "NO-SUCH" in counter.screen.notice.text
    counter.keys.scan("DKR-1187")
    assert counter.screen.notice.text == ""


def test_hold_and_resume_by_keys(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F7)
    assert counter.shows(HoldPanel)
    counter.keys.type("Bu Ani")
    counter.enter()
    settle(counter.till)
    assert counter.shows(CartPanel)
    assert counter.codes == []
    counter.keys.press(Qt.Key.Key_F8)
    assert counter.shows(HeldPanel)
    counter.enter()
    wait_for(lambda: counter.codes == [(1, "DKR-1187")], "the resumed cart")


def test_typing_after_a_sale_begins_the_next_search(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")
    counter.keys.type("vas")
    wait_for(lambda: counter.screen.search.input.text() == "vas", "the typed word")
    assert counter.shows(CartPanel)


def test_what_was_left_in_the_search_is_not_the_next_customers(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.type("3*no")
    counter.keys.press(Qt.Key.Key_F12)
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the change")
    assert counter.screen.search.input.text() == ""
    counter.keys.type("bros")
    counter.enter()
    assert counter.codes == [(1, "DKR-1187")]


def test_back_from_a_panel_the_next_letter_begins_another_search(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.type("no-such")
    counter.keys.press(Qt.Key.Key_F3)
    counter.keys.press(Qt.Key.Key_Escape)
    assert counter.screen.search.input.text() == "no-such"
    counter.keys.type("bros")
    assert counter.screen.search.input.text() == "bros"


def test_alt_and_a_digit_type_nothing_into_the_search(counter: Counter) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    counter.keys.key(Qt.Key.Key_2, "2", alt)
    assert counter.screen.search.input.text() == ""


def test_a_large_discount_asks_for_a_managers_pin_in_place(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F3)
    counter.keys.type("50")
    counter.enter()
    assert counter.shows(ApprovalHolder)
    counter.keys.type("0000")
    counter.enter()
    settle(counter.till)
    assert counter.screen.presenter.priced.total == 35_000
    counter.keys.type(MANAGER_PIN)
    counter.enter()
    wait_for(lambda: counter.screen.presenter.priced.total == 17_500, "the discount")
    assert counter.shows(CartPanel)


def test_something_unlisted_is_sold_with_a_managers_pin(counter: Counter) -> None:
    counter.keys.press(Qt.Key.Key_F6)
    panel = counter.screen.panels.unlisted
    counter.keys.type("Tatakan")
    wait_for(lambda: panel.name.text() == "Tatakan", "the name")
    panel.price.set_amount(12_000)
    panel.seller.setCurrentIndex(0)
    counter.enter()
    counter.keys.type(MANAGER_PIN)
    counter.enter()
    wait_for(lambda: len(counter.codes) == 1, "the line")
    assert (
        counter.screen.presenter.cart.lines[0].item.approved_by == manager_of(counter.till).staff_id
    )


def test_tapping_a_tile_after_a_star_takes_so_many(counter: Counter) -> None:
    counter.keys.type("4*")
    tile = next(tile for tile in counter.screen.goods.tiles if tile.code == "DKR-3001")
    counter.screen.tiles.picked.emit(tile.item_id)
    assert counter.codes == [(4, "DKR-3001")]


def test_the_category_and_the_seller_filter_the_tiles(counter: Counter) -> None:
    goods = counter.screen.goods
    house = next(c for c in goods.categories() if c.name == "Rumah")
    goods.show_category(house.category_id)
    assert [tile.code for tile in goods.tiles] == ["DKR-2210"]
    goods.show_category(0)
    seller = next(s for s in goods.sellers() if s.code == "BBU")
    goods.show_seller(seller.seller_id)
    assert [tile.code for tile in goods.tiles] == ["DKR-3001"]


def test_another_language_keeps_the_cart(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    set_language("en")
    counter.window.desk.language.emit()
    screen = counter.window.current
    assert isinstance(screen, SellingScreen)
    assert screen is not counter.screen
    assert len(screen.presenter.cart.lines) == 1
    counter.keys.scan("DKR-3001")
    assert len(screen.presenter.cart.lines) == 2


def test_escape_leaves_a_panel_even_from_the_search_field(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.screen.search.input.setFocus()
    counter.keys.key(Qt.Key.Key_Escape)
    assert counter.shows(CartPanel)
    counter.keys.type("bros")
    counter.keys.key(Qt.Key.Key_Escape)
    assert counter.screen.search.input.text() == ""


def test_every_target_is_large_enough_for_a_finger(counter: Counter) -> None:
    """44 px and more, in the cart and in every panel, also in a low window."""
    window = counter.window
    counter.keys.scan("DKR-1187")
    for size in ((1366, 768), (1024, 768), (911, 512)):
        window.resize(*size)
        for action in ("pay", "line-discount", "price", "quantity", "unlisted", "hold", "held"):
            counter.screen.panels.open(action)
            QCoreApplication.processEvents()
            for button in window.findChildren(QAbstractButton):
                if button.isVisible():
                    named = f"{button.text()!r} in {action} at {size}: {button.size()}"
                    assert button.height() >= 44, named
                    assert button.width() >= 44, named
            counter.screen.panels.close()


def test_nothing_is_wider_than_its_panel(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    for size in ((1366, 768), (1024, 768), (700, 512)):
        counter.window.resize(*size)
        for action in ("pay", "line-discount", "price", "quantity", "unlisted", "hold", "held"):
            counter.screen.panels.open(action)
            QCoreApplication.processEvents()
            panel = counter.panel
            assert isinstance(panel, SidePanel)
            assert panel.area.horizontalScrollBar().maximum() == 0, f"{action} at {size}"
            counter.screen.panels.close()


def test_a_number_and_a_star_set_the_count_of_the_chosen_line(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.type("7*")
    counter.enter()
    assert counter.codes == [(7, "DKR-1187")]
    assert counter.screen.search.input.text() == ""


def test_a_tap_on_the_count_asks_for_it(counter: Counter) -> None:
    counter.keys.scan("DKR-3001")
    lines = counter.screen.cart.lines
    spot = lines.visualRect(lines.model().index(0, 0)).center()
    spot.setX(30)
    QTest.mouseClick(
        lines.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    assert counter.shows(QuantityPanel)
    counter.keys.type("12")
    counter.enter()
    assert counter.shows(CartPanel)
    assert counter.codes == [(12, "DKR-3001")]


def test_a_count_that_does_not_fit_is_said_beside_the_field(counter: Counter) -> None:
    counter.keys.scan("DKR-2041")
    counter.keys.press(Qt.Key.Key_F9)
    counter.keys.type("2")
    counter.enter()
    assert counter.shows(QuantityPanel)
    assert counter.codes == [(1, "DKR-2041")]
