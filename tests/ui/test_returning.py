"""Taking something back, through the window: by receipt number, by scan, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.cart import Cart, price_cart
from pos.receipts.documents_shift import ReturnSlip
from pos.services.selling import CompletedSale
from pos.services.till import Till
from pos.tender import Method, Tender
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.window import Window
from tests.support import MANAGER_PIN, FakeClock, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, wait_for, window_on


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Till:
    return make_till(tmp_path, clock=clock)


@pytest.fixture
def window(qapp: object, till: Till) -> Iterator[Window]:
    with window_on(till) as made:
        yield made


@pytest.fixture
def keys(window: Window) -> Keyboard:
    return Keyboard(window.windowHandle())


THREE_AND_A_BAG = {"DKR-1187": 3, "DKR-2041": 1}


def sell(
    till: Till, pieces: dict[str, int] = THREE_AND_A_BAG, *, method: Method = "cash"
) -> CompletedSale:
    cart = Cart()
    for code, qty in pieces.items():
        cart = cart.add(till.catalog.find(code), qty)
    paid = (Tender(method, price_cart(cart).total, checked=True),)
    return till.selling.complete(cart, paid, session=kasir_of(till))


def receipts(window: Window, *, role: str = "kasir") -> ReceiptsScreen:
    window.desk.sign_in((kasir_of if role == "kasir" else manager_of)(window.till))
    window.desk.navigate.emit("receipts")
    screen = window.current
    assert isinstance(screen, ReceiptsScreen)
    return screen


def take_back(screen: ReceiptsScreen, sale: CompletedSale, keys: Keyboard) -> None:
    """By number, as it is typed."""
    screen.presenter.open_number(sale.number)
    keys.press(Qt.Key.Key_F8)
    assert screen.returns.isVisible()


def done(screen: ReceiptsScreen) -> None:
    wait_for(lambda: screen.returning.state.done is not None, "the return")


def test_part_of_a_line_comes_back_by_keys_alone(window: Window, keys: Keyboard) -> None:
    till = window.till
    sale = sell(till)
    screen = receipts(window)
    take_back(screen, sale, keys)
    assert screen.returns.rows[0].hasFocus()
    keys.type("9")  # more than were sold: as many as were
    wait_for(lambda: screen.returning.state.chosen[0].qty == 3, "all three")
    keys.type("-")
    wait_for(lambda: screen.returning.state.chosen[0].qty == 2, "two of them")
    keys.press(Qt.Key.Key_F5)
    assert screen.returning.state.chosen[0].damaged
    assert screen.returns.amount.amount == 70_000
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.returning.state.field == "reason", "the word that a reason is missing")
    assert screen.returns.reason.hasFocus()
    keys.type("sobek")
    keys.key(Qt.Key.Key_Return)
    done(screen)
    slip = till.printing.last_preview()
    assert isinstance(slip, ReturnSlip)
    assert (slip.sale_number, slip.refunded, slip.reason) == (sale.number, 70_000, "sobek")
    assert [(line.qty, line.to_shelf) for line in slip.lines] == [(2, False)]
    keys.key(Qt.Key.Key_Return)
    assert screen.paper.isVisible()
    (row,) = screen.presenter.state.came_back
    assert (row.number, row.refunded, row.void) == ("R-000001", 70_000, False)
    QTest.mouseClick(screen.paper.slip, Qt.MouseButton.LeftButton)
    wait_for(lambda: "R-000001" in screen.presenter.state.note, "the copy of the slip")
    copy = till.printing.last_preview()
    assert isinstance(copy, ReturnSlip)
    assert (copy.head.copy, copy.refunded) == (True, 70_000)
    # What is left: one brooch and the bag.
    keys.press(Qt.Key.Key_F8)
    keys.press(Qt.Key.Key_F3)
    assert [choice.qty for choice in screen.returning.state.chosen] == [1, 1]


def test_tab_stays_among_what_is_taken_back(window: Window, keys: Keyboard) -> None:
    sale = sell(window.till)
    screen = receipts(window)
    take_back(screen, sale, keys)
    side = screen.returns
    assert side.rows[0].hasFocus()
    wanted = [side.rows[1], side.way.button("cash"), side.reason]
    for widget in wanted:
        # The two ways are one group, of which Tab visits the chosen one.
        keys.press(Qt.Key.Key_Tab)
        assert widget.hasFocus()


def test_a_receipts_qr_opens_it_from_the_selling_screen_and_labels_choose_pieces(
    window: Window, keys: Keyboard
) -> None:
    sale = sell(window.till)
    window.desk.sign_in(kasir_of(window.till))
    keys.scan(f"TITIP|{sale.number}|{sale.total}|abcd")
    wait_for(lambda: isinstance(window.current, ReceiptsScreen), "the receipts")
    screen = window.current
    assert isinstance(screen, ReceiptsScreen)
    assert screen.presenter.state.chosen == sale.sale_id
    keys.press(Qt.Key.Key_F8)
    keys.scan("DKR-2041")
    wait_for(lambda: screen.returning.state.pieces == 1, "the bag")
    assert window.current is screen
    assert screen.returning.state.amount == 185_000
    keys.scan("DKR-1187")
    keys.scan("DKR-1187")
    wait_for(lambda: screen.returning.state.pieces == 3, "two brooches")
    # Another receipt's code begins that one's return.
    other = sell(window.till, {"DKR-3001": 1})
    keys.scan(f"TITIP|{other.number}|{other.total}|abcd")
    wait_for(lambda: screen.returning.state.sale is not None, "the other receipt")
    assert screen.returning.state.sale is not None
    assert screen.returning.state.sale.number == other.number


def test_as_paid_goes_back_the_way_it_came(window: Window, keys: Keyboard) -> None:
    till = window.till
    sale = sell(till, {"DKR-1187": 2}, method="qris")
    screen = receipts(window)
    take_back(screen, sale, keys)
    keys.press(Qt.Key.Key_F3)
    assert screen.returning.state.quote == (("cash", 70_000),)
    keys.press(Qt.Key.Key_F7)
    assert screen.returning.state.quote == (("qris", 70_000),)
    screen.returning.type_reason("tidak cocok")
    QTest.mouseClick(screen.returns.main, Qt.MouseButton.LeftButton)
    done(screen)
    finished = screen.returning.state.done
    assert finished is not None
    assert finished.refunds == (("qris", 70_000),)


def test_a_void_needs_a_manager_and_is_printed_with_the_name(
    window: Window, keys: Keyboard
) -> None:
    till = window.till
    sale = sell(till, {"DKR-2041": 1})
    screen = receipts(window)
    take_back(screen, sale, keys)
    assert screen.returns.void.isVisible()
    screen.returning.type_reason("salah ketik")
    keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    wait_for(screen.returns.approval.isVisible, "the PIN panel")
    assert till.catalog.to_complete() == ()
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return)
    done(screen)
    slip = till.printing.last_preview()
    assert isinstance(slip, ReturnSlip)
    assert (slip.void, slip.approved_by, slip.refunded) == (True, "Sari", 185_000)
    assert till.catalog.find("DKR-2041").on_hand == 1
    keys.key(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_F8)
    assert not screen.returns.void.isVisible()
    assert not any(row.isEnabled() for row in screen.returns.rows)


def test_yesterdays_sale_is_no_void(window: Window, keys: Keyboard, clock: FakeClock) -> None:
    sale = sell(window.till)
    clock.pass_seconds(24 * 3600)
    screen = receipts(window, role="manajer")
    take_back(screen, sale, keys)
    assert not screen.returns.void.isVisible()


def test_leaving_the_screen_forgets_what_was_chosen(window: Window, keys: Keyboard) -> None:
    sale = sell(window.till)
    screen = receipts(window)
    take_back(screen, sale, keys)
    keys.press(Qt.Key.Key_F3)
    window.desk.navigate.emit("selling")
    window.desk.navigate.emit("receipts")
    assert screen.returning.state.sale is None
    keys.press(Qt.Key.Key_F8)
    keys.key(Qt.Key.Key_Escape)
    assert screen.returning.state.sale is None
    assert not screen.returns.isVisible()


def test_the_reason_comes_into_view_in_a_low_window(window: Window, keys: Keyboard) -> None:
    sale = sell(window.till, {"DKR-1187": 1, "DKR-2041": 1, "DKR-2210": 1, "DKR-3001": 1})
    screen = receipts(window)
    window.resize(1024, 600)
    take_back(screen, sale, keys)
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_F12)
    reason = screen.returns.reason
    wait_for(lambda: screen.returning.state.field == "reason", "the word that a reason is missing")
    wait_for(lambda: not reason.visibleRegion().isEmpty(), "the field")
    assert reason.hasFocus()
