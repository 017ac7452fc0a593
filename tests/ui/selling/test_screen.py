"""The selling screen in the real window, driven by keys."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.cart import Discount
from pos.i18n import set_language
from pos.ui.selling.cart_panel import CartPanel
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.hold_panels import HeldPanel, HoldPanel
from pos.ui.selling.panels import ApprovalHolder
from pos.ui.selling.payment_panel import PaymentPanel
from pos.ui.selling.quantity_panel import QuantityPanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.button import Button
from pos.ui.widgets.numpad import NumPad, PadToggle
from pos.ui.window import Window
from tests.services.ringing import last_entry, last_sale
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.support import Keyboard, settle, wait_for

ENTER = Qt.Key.Key_Return


class Counter:
    """The window with Rina signed in."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.till = window.till
        window.desk.sign_in(kasir_of(self.till))
        screen = window.current
        assert isinstance(screen, SellingScreen)
        self.screen = screen
        self.keys = Keyboard(window.windowHandle())
        assert screen.search.input.hasFocus()

    def enter(self) -> None:
        self.keys.key(ENTER, "\r")

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(line.qty, line.item.code) for line in self.screen.presenter.cart.lines]

    def shows(self, kind: type[QWidget]) -> bool:
        """Whether the panel in view is of this kind."""
        return isinstance(self.panel, kind)

    @property
    def panel(self) -> QWidget | None:
        return self.screen.side.currentWidget()


@pytest.fixture
def counter(window: Window) -> Counter:
    return Counter(window)


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


def test_payment_by_several_methods_with_keys(counter: Counter) -> None:
    counter.keys.scan("DKR-2041")
    counter.keys.press(Qt.Key.Key_F12)
    assert counter.shows(PaymentPanel)
    counter.keys.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    counter.keys.type("100000")
    counter.keys.press(Qt.Key.Key_F10)
    counter.enter()
    paying = counter.screen.panels.paying
    assert paying is not None
    assert [(p.method, p.amount, p.checked) for p in paying.parts] == [("qris", 100_000, True)]
    counter.keys.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    counter.keys.type("100000")
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")
    assert counter.till.receipts.unchecked() == ()


def test_the_change_stays_until_the_next_scan(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.type("50000")
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")
    settle(counter.till)
    assert counter.shows(DonePanel)
    counter.keys.scan("DKR-3001")
    assert counter.shows(CartPanel)
    assert counter.codes == [(1, "DKR-3001")]


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


def test_a_scan_while_paying_goes_back_to_the_cart(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.scan("DKR-3001")
    assert counter.shows(CartPanel)
    assert len(counter.codes) == 2


def test_a_scan_after_a_part_was_paid_changes_nothing(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.type("10000")
    counter.enter()
    counter.keys.scan("DKR-3001")
    assert counter.shows(PaymentPanel)
    assert counter.codes == [(1, "DKR-1187")]
    counter.keys.key(Qt.Key.Key_Escape)
    assert counter.shows(CartPanel)
    counter.keys.press(Qt.Key.Key_F12)
    paying = counter.screen.panels.paying
    assert paying is not None
    assert paying.due == 25_000


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


def test_a_discount_that_grew_beyond_the_limit_is_asked_about_when_paying(
    counter: Counter,
) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.type("+")
    line = counter.screen.presenter.line
    assert line is not None
    discount = Discount(amount=7_000, bearer="seller")
    counter.screen.presenter.discount(line.key, discount, lambda: None)
    counter.keys.type("-")
    counter.keys.press(Qt.Key.Key_F12)
    counter.enter()
    wait_for(lambda: counter.shows(ApprovalHolder), "the question for a manager")
    counter.keys.type(MANAGER_PIN)
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")


def test_a_price_of_a_manager_who_has_left_is_asked_about_anew(counter: Counter) -> None:
    """A cart that waited for days must not leave the cashier with a question that never ends."""
    till, sari = counter.till, manager_of(counter.till)
    dewi = till.staff.add("Dewi", "manajer", "975310", by=sari.staff_id)
    counter.keys.scan("DKR-1187")
    cart = counter.screen.presenter.cart
    allowed = cart.set_price(1, 30_000, approved_by=dewi, reason="")
    counter.screen.presenter.take_up(allowed.discount_line(1, Discount(5_000, approved_by=dewi)))
    till.staff.change(dewi, role="kasir", active=True, by=sari.staff_id)
    counter.keys.press(Qt.Key.Key_F12)
    counter.enter()
    wait_for(lambda: counter.shows(ApprovalHolder), "the question for a manager")
    counter.keys.type(MANAGER_PIN)
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")
    assert last_entry(till).approver_id == sari.staff_id
    line = last_sale(till).lines[0]
    assert (line.price_approved_by, line.discounts[0].approved_by) == (sari.staff_id,) * 2


def test_what_was_paid_stays_paid_when_the_cart_changes(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.type("10000")
    counter.enter()
    counter.keys.key(Qt.Key.Key_Escape)
    counter.keys.scan("DKR-3001")
    counter.keys.press(Qt.Key.Key_F12)
    paying = counter.screen.panels.paying
    assert paying is not None
    assert [part.amount for part in paying.parts] == [10_000]
    assert paying.due == 40_000


def test_a_part_that_was_paid_is_never_the_next_customers(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.type("10000")
    counter.enter()
    counter.keys.key(Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_Delete):
        counter.keys.press(key)
        assert counter.shows(CartPanel)
        assert counter.codes == [(1, "DKR-1187")]
        assert "10.000" in counter.screen.notice.text
    counter.screen.act("clear")
    assert counter.codes == [(1, "DKR-1187")]

    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.key(Qt.Key.Key_Backspace)
    counter.keys.key(Qt.Key.Key_Escape)
    counter.keys.press(Qt.Key.Key_F7)
    assert counter.shows(HoldPanel)


def test_what_was_paid_in_part_outlives_another_language(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    counter.keys.type("10000")
    counter.enter()
    set_language("en")
    counter.window.desk.language.emit()
    screen = counter.window.current
    assert isinstance(screen, SellingScreen)
    counter.screen = screen
    counter.keys.press(Qt.Key.Key_F12)
    paying = screen.panels.paying
    assert paying is not None
    assert paying.due == 25_000
    counter.enter()
    wait_for(lambda: counter.shows(DonePanel), "the end of the sale")


def test_digits_by_touch(counter: Counter) -> None:
    counter.keys.scan("DKR-1187")
    counter.keys.press(Qt.Key.Key_F12)
    panel = counter.screen.panels.payment
    panel.findChildren(PadToggle)[0].click()
    keys = {button.text(): button for button in panel.findChildren(NumPad)[0].findChildren(Button)}
    for text in ("5", "0", "000"):
        keys[text].click()
    paying = counter.screen.panels.paying
    assert paying is not None
    assert paying.amount == 50_000


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
