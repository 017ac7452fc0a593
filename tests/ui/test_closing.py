"""The drawer's day through the window: by keys alone, and by fingers alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.cart import Cart
from pos.receipts.documents_shift import CashMoveSlip, ShiftPaper
from pos.services.shifts import DENOMINATIONS, Closing
from pos.services.till import Till
from pos.tender import Method, Tender
from pos.ui.closing.screen import ClosingScreen
from pos.ui.widgets.button import Button
from pos.ui.window import Window
from tests.shifts_support import in_money
from tests.support import MANAGER_PIN, FakeClock, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, settle, wait_for, window_on

FLOAT = 202_000


def open_shift(till: Till) -> None:
    till.shifts.open(in_money(FLOAT), brought=FLOAT, session=kasir_of(till))


def sell(till: Till, method: Method, code: str = "DKR-3001", *, checked: bool = False) -> None:
    cart = Cart().add(till.catalog.find(code), 1)
    paid = (Tender(method, 15_000, checked=checked),)
    till.selling.complete(cart, paid, session=kasir_of(till))


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


def drawer(window: Window, role: str = "kasir") -> ClosingScreen:
    """The drawer's screen with somebody signed in."""
    of = kasir_of if role == "kasir" else manager_of
    window.desk.sign_in(of(window.till))
    window.desk.navigate.emit("closing")
    screen = window.current
    assert isinstance(screen, ClosingScreen)
    return screen


def at_step(screen: ClosingScreen, step: str) -> None:
    wait_for(lambda: screen.presenter.state.step == step and not screen.presenter.state.busy, step)


def count_by_keys(keys: Keyboard, amount: int) -> None:
    """Type a whole sheet, an Enter a row; the last Enter is left to the test."""
    pieces = {(line.value, line.coin): line.pieces for line in in_money(amount)}
    for at, note in enumerate(DENOMINATIONS):
        if note in pieces:
            keys.type(str(pieces[note]))
        if at < len(DENOMINATIONS) - 1:
            keys.key(Qt.Key.Key_Return)


def enter(keys: Keyboard) -> None:
    keys.key(Qt.Key.Key_Return)


def texts(facts: object) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts.facts}  # type: ignore[attr-defined]


def test_a_shift_is_opened_by_keys_alone(window: Window, keys: Keyboard) -> None:
    screen = drawer(window)
    assert screen.presenter.state.step == "open"
    count_by_keys(keys, FLOAT)
    assert screen.right.amount.amount == FLOAT
    enter(keys)  # the last coin: on to what came from the office
    assert screen.left_card.opening.brought.hasFocus()
    assert screen.left_card.opening.brought.amount == FLOAT
    enter(keys)
    at_step(screen, "day")
    shift = window.till.shifts.current()
    assert shift is not None
    assert (shift.opening, shift.opened_by) == (FLOAT, "Rina")


def test_an_empty_drawer_is_opened_only_when_confirmed(window: Window, keys: Keyboard) -> None:
    screen = drawer(window)
    keys.press(Qt.Key.Key_F12)
    assert screen.presenter.state.sure_empty
    assert window.till.shifts.current() is None
    keys.press(Qt.Key.Key_F12)
    at_step(screen, "day")


def test_the_keypad_counts_by_fingers_alone(window: Window) -> None:
    screen = drawer(window)
    pad = {b.text() or "back": b for b in screen.right.pad.findChildren(Button)}

    def touch(*names: str) -> None:
        for name in names:
            QTest.mouseClick(pad[name], Qt.MouseButton.LeftButton)

    QTest.mouseClick(screen.sheet.rows[1], Qt.MouseButton.LeftButton)  # 50.000
    touch("4")
    QTest.mouseClick(screen.sheet.rows[7], Qt.MouseButton.LeftButton)  # coins of 1.000
    touch("2", "0", "back", "1", "00", "back", "back")
    assert screen.presenter.state.pieces[1] == 4
    assert screen.presenter.state.pieces[7] == 21
    assert screen.right.amount.amount == 221_000
    QTest.mouseClick(screen.right.main, Qt.MouseButton.LeftButton)
    at_step(screen, "day")


def test_letters_never_get_into_a_count(window: Window, keys: Keyboard) -> None:
    screen = drawer(window)
    keys.type("1a-.,2")
    wait_for(lambda: screen.presenter.state.pieces[0] == 12, "the digits alone")
    assert screen.sheet.rows[0].input.text() == "12"


def test_a_drawer_that_differs_from_the_book_needs_a_reason(window: Window, keys: Keyboard) -> None:
    sell(window.till, "cash")
    screen = drawer(window)
    count_by_keys(keys, 10_000)
    enter(keys)
    enter(keys)
    assert screen.left_card.opening.reason.hasFocus()
    assert window.till.shifts.current() is None
    keys.type("uang kecil hilang")
    enter(keys)
    at_step(screen, "day")


def test_money_by_hand_is_noted_with_reason_picture_and_slip(
    window: Window, keys: Keyboard, tmp_path: Path
) -> None:
    till = window.till
    open_shift(till)
    screen = drawer(window)
    photograph = tmp_path / "nota.jpg"
    Image.new("RGB", (40, 30), "white").save(photograph)
    screen.moving.choose_open = lambda: photograph
    keys.press(Qt.Key.Key_F4)
    keys.type("20000")
    enter(keys)
    enter(keys)
    wait_for(lambda: screen.presenter.state.field == "reason", "the word that a reason is missing")
    assert till.shifts.figures().cash_out == 0
    keys.type("lakban")
    keys.press(Qt.Key.Key_F8)
    wait_for(lambda: bool(screen.presenter.state.picture), "the picture")
    enter(keys)
    at_step(screen, "day")
    (moved,) = screen.presenter.state.moves
    assert (moved.kind, moved.amount, moved.reason) == ("out", 20_000, "lakban")
    assert till.catalog.picture_path(moved.picture) is not None
    slip = till.printing.last_preview()
    assert isinstance(slip, CashMoveSlip)
    assert (slip.head.number, slip.amount) == ("M-000001", 20_000)


def test_cash_in_to_the_office_and_the_drawer_opened(window: Window, keys: Keyboard) -> None:
    till = window.till
    open_shift(till)
    screen = drawer(window)
    for key, amount in ((Qt.Key.Key_F3, "50000"), (Qt.Key.Key_F5, "100000")):
        keys.press(key)
        keys.type(amount)
        enter(keys)
        keys.type("x")
        enter(keys)
        at_step(screen, "day")
    keys.press(Qt.Key.Key_F6)
    keys.type("tukar uang")
    enter(keys)
    at_step(screen, "day")
    figures = till.shifts.figures()
    assert (figures.cash_in, figures.deposits, figures.drawer_openings) == (50_000, 100_000, 1)
    assert [move.kind for move in screen.pages["day"].moved.moves] == ["in", "deposit", "drawer"]  # type: ignore[attr-defined]


def test_the_whole_close_by_keys_alone(window: Window, keys: Keyboard) -> None:
    till = window.till
    open_shift(till)
    sell(till, "cash")
    sell(till, "qris")
    sell(till, "transfer")
    sell(till, "card")
    screen = drawer(window)
    keys.press(Qt.Key.Key_F12)
    assert screen.presenter.state.step == "payments"
    page = screen.pages["payments"]
    assert [tick.hasFocus() for tick in page.ticks] == [True, False]  # type: ignore[attr-defined]
    keys.key(Qt.Key.Key_Space, " ")
    wait_for(lambda: len(screen.presenter.state.ticked) == 1, "the tick")
    sari = next(t.staff_id for t in till.staff.tiles() if t.name == "Sari")
    screen.presenter.leave_to(sari)
    enter(keys)
    at_step(screen, "count")
    count_by_keys(keys, FLOAT + 15_000 - 2_000)
    enter(keys)
    at_step(screen, "difference")
    assert screen.presenter.state.difference == -2_000
    enter(keys)
    assert screen.presenter.state.field == "reason"
    keys.type("salah kembalian")
    enter(keys)
    at_step(screen, "deposit")
    assert screen.presenter.state.kept_now == FLOAT
    keys.type("200000")
    wait_for(lambda: screen.right.amount.amount == 15_000, "what goes to the office")
    enter(keys)
    at_step(screen, "done")
    closed = screen.presenter.state.closed
    assert closed is not None
    assert (closed.number, closed.over_short, closed.deposit, closed.kept) == (
        1,
        -2_000,
        15_000,
        200_000,
    )
    paper = till.printing.last_preview()
    assert isinstance(paper, ShiftPaper)
    assert [(left.amount, left.staff) for left in paper.left_open] == [(15_000, "Sari")]
    keys.press(Qt.Key.Key_F10)
    wait_for(lambda: bool(screen.presenter.state.note), "the copy")
    again = till.printing.last_preview()
    assert isinstance(again, ShiftPaper)
    assert again.head.copy
    enter(keys)
    at_step(screen, "open")


def test_a_terminal_that_says_something_else_needs_a_reason(window: Window, keys: Keyboard) -> None:
    open_shift(window.till)
    sell(window.till, "card")
    screen = drawer(window)
    keys.press(Qt.Key.Key_F12)
    enter(keys)
    at_step(screen, "count")
    count_by_keys(keys, FLOAT)
    enter(keys)
    at_step(screen, "difference")
    screen.presenter.tell("card", 14_000)
    enter(keys)
    assert (screen.presenter.state.step, screen.presenter.state.field) == ("difference", "reason")
    keys.type("struk kurang")
    enter(keys)
    at_step(screen, "deposit")


def test_a_kasir_counts_blind(window: Window, keys: Keyboard) -> None:
    till = window.till
    open_shift(till)
    sell(till, "cash")
    sell(till, "card")
    screen = drawer(window)
    known = " ".join(texts(screen.pages["day"].facts).values())  # type: ignore[attr-defined]
    for secret in ("30.000", "202.000", "217.000", "10.000"):
        assert secret not in known
    assert not screen.right.amount.isVisible()
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(screen.presenter.state.note), "the X report")
    paper = till.printing.last_preview()
    assert isinstance(paper, ShiftPaper)
    assert paper.blind


def test_a_saved_count_stands_until_a_manager_says_otherwise(
    window: Window, keys: Keyboard
) -> None:
    till = window.till
    open_shift(till)
    screen = drawer(window)
    keys.press(Qt.Key.Key_F12)
    enter(keys)
    count_by_keys(keys, 100_000)
    enter(keys)
    at_step(screen, "difference")
    keys.key(Qt.Key.Key_Escape)
    assert screen.presenter.state.step == "difference"
    # Neither another sign-in nor another screen brings the count back.
    window.desk.sign_out()
    screen = drawer(window)
    assert screen.presenter.state.step == "difference"
    keys.press(Qt.Key.Key_F7)
    wait_for(screen.approval.isVisible, "the PIN panel")
    keys.type(MANAGER_PIN)
    enter(keys)
    at_step(screen, "count")
    assert screen.presenter.state.total == 0
    count_by_keys(keys, FLOAT)
    enter(keys)
    at_step(screen, "difference")
    enter(keys)
    at_step(screen, "deposit")
    enter(keys)
    at_step(screen, "done")
    cursor = till.book.reader()
    cursor.execute("SELECT approver_id FROM shift_closings")
    assert cursor.fetchone() == (manager_of(till).staff_id,)


def test_a_manager_may_let_the_kasir_see_what_should_be_there(window: Window) -> None:
    till = window.till
    open_shift(till)
    till.settings.set_setting("blind_count", "0", by=manager_of(till).staff_id)
    screen = drawer(window)
    facts = texts(screen.pages["day"].facts)  # type: ignore[attr-defined]
    assert "Rp 202.000" in facts.values()
    assert screen.right.amount.amount == FLOAT


def test_a_count_that_was_moved_since_says_so(window: Window, keys: Keyboard) -> None:
    till = window.till
    open_shift(till)
    screen = drawer(window)
    keys.press(Qt.Key.Key_F12)
    enter(keys)
    count_by_keys(keys, FLOAT)
    enter(keys)
    at_step(screen, "difference")
    sell(till, "cash")
    settle(till)
    wait_for(lambda: screen.presenter.state.moved_since == 15_000, "the sale")
    assert screen.presenter.state.difference == -15_000


def test_an_earlier_z_can_be_printed_again(window: Window, keys: Keyboard) -> None:
    till = window.till
    for _shift in range(3):
        had = till.shifts.drawer()
        till.shifts.open(in_money(FLOAT), brought=FLOAT - had, session=kasir_of(till))
        till.shifts.close(Closing(in_money(FLOAT), kept=FLOAT), session=kasir_of(till))
    screen = drawer(window)
    chooser = screen.left_card.opening.earlier
    assert [chooser.itemText(at)[:8] for at in range(chooser.count())] == [
        "Z-000003",
        "Z-000002",
        "Z-000001",
    ]
    chooser.setCurrentIndex(2)
    chooser.activated.emit(2)
    keys.press(Qt.Key.Key_F10)
    wait_for(lambda: bool(screen.presenter.state.note), "the copy")
    paper = till.printing.last_preview()
    assert isinstance(paper, ShiftPaper)
    assert (paper.head.number, paper.head.copy) == ("Z-000001", True)
