"""Paying in the real window, driven by keys."""

from PySide6.QtCore import Qt

from pos.cart import Discount
from pos.i18n import set_language
from pos.ui.selling.cart_panel import CartPanel
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.hold_panels import HoldPanel
from pos.ui.selling.panels import ApprovalHolder
from pos.ui.selling.payment_panel import PaymentPanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.widgets.button import Button
from pos.ui.widgets.numpad import NumPad, PadToggle
from tests.services.ringing import last_entry, last_sale
from tests.support import MANAGER_PIN, manager_of
from tests.ui.selling.counter import Counter
from tests.ui.support import settle, wait_for


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
