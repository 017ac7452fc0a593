"""What may be done with an order, in the real window: its forms, a manager's word, messages."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos.services.orders import NewPiece
from pos.ui.orders.card_page import ADVANCE, BACK, CANCEL, CHANGE, DEPOSIT, REFUND
from pos.ui.orders.screen import OrdersScreen
from pos.ui.window import Window
from tests.order_support import order, seller, taken
from tests.support import MANAGER_PIN, kasir_of
from tests.ui.support import Keyboard, open_window, settle, wait_for

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        made.desk.sign_in(kasir_of(made.till))
        yield made


@pytest.fixture
def order_id(window: Window) -> int:
    souvenirs = NewPiece("Souvenir", 3, 100_000)
    return taken(window.till, kasir_of(window.till), 150_000, pieces=(souvenirs,))


@pytest.fixture
def screen(window: Window, order_id: int) -> OrdersScreen:
    window.desk.navigate.emit("orders")
    found = window.shop.current
    assert isinstance(found, OrdersScreen)
    found.open(order_id)
    found.page.focus_first()
    return found


@pytest.fixture
def keys(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def shown(screen: OrdersScreen, part: QWidget) -> bool:
    return screen.right.currentWidget() is part


def see(screen: OrdersScreen, part: QWidget) -> None:
    wait_for(partial(shown, screen, part), type(part).__name__)


def type_into(keys: Keyboard, field: QWidget, text: str) -> None:
    field.setFocus()
    wait_for(lambda: QApplication.focusWidget() is field, text)
    keys.type(text)
    wait_for(lambda: text in field.text().replace(".", ""), text)  # type: ignore[attr-defined]  # a line of text


def test_a_deposit_more(window: Window, screen: OrdersScreen, keys: Keyboard) -> None:
    form = screen.forms[DEPOSIT]
    keys.press(Qt.Key.Key_F4)
    see(screen, form)
    type_into(keys, form.fields["deposit"].input, "150001")
    keys.press(Qt.Key.Key_Return)
    assert "150.000" in form.fields["deposit"].error
    form.fields["deposit"].input.clear()  # type: ignore[attr-defined]  # a line of text
    type_into(keys, form.fields["deposit"].input, "50000")
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.payment)
    keys.press(Qt.Key.Key_Escape)
    see(screen, form)
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.payment)
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.done)
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.page)
    assert screen.card.shown.deposit == 200_000


def test_an_advance_asks_for_a_managers_pin_in_place(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    form = screen.forms[ADVANCE]
    keys.press(Qt.Key.Key_F11)
    see(screen, form)
    type_into(keys, form.fields["amount"].input, "100000")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(screen.gate.asking), "the question")
    keys.type(MANAGER_PIN)
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.card.shown.advance == 100_000, "the advance")
    see(screen, screen.page)
    assert "B-000001" in screen.card.note
    keys.press(Qt.Key.Key_F11)
    see(screen, form)
    keys.press(Qt.Key.Key_Escape)
    see(screen, screen.page)


def test_another_price_with_the_customers_word(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    form = screen.forms[CHANGE]
    keys.press(Qt.Key.Key_F5)
    see(screen, form)
    price = form.fields["price"].input
    price.clear()  # type: ignore[attr-defined]  # a line of text
    type_into(keys, price, "120000")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(form.fields["agreement"].error), "the sentence")
    type_into(keys, form.fields["agreement"].input, "WA")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: screen.card.shown.version == 2, "the new version")
    see(screen, screen.page)
    assert screen.card.shown.total == 360_000


def test_some_of_the_pieces_by_minus_and_plus(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    wait_for(lambda: QApplication.focusWidget() is screen.page.lines, "the list")
    keys.type("---+", gap=300)
    wait_for(lambda: list(screen.card.pieces.values()) == [1], "one piece")
    assert screen.card.quoted().worth == 100_000
    keys.press(Qt.Key.Key_F12)
    see(screen, screen.payment)
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.done)
    keys.press(Qt.Key.Key_P, CTRL)
    keys.press(Qt.Key.Key_Return)
    see(screen, screen.page)
    now = screen.card.shown
    assert (now.lines[0].handed, now.deposit, now.state) == (1, 100_000, "ordered")


def test_nothing_chosen_is_said(window: Window, screen: OrdersScreen, keys: Keyboard) -> None:
    keys.type("---", gap=300)
    wait_for(lambda: list(screen.card.pieces.values()) == [0], "none")
    keys.press(Qt.Key.Key_F12)
    assert shown(screen, screen.page)
    assert screen.page.said.text()


def test_cancelling_by_what_the_slip_says(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    form = screen.forms[CANCEL]
    keys.press(Qt.Key.Key_Delete, CTRL)
    see(screen, form)
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(form.fields["reason"].error), "the sentence")
    type_into(keys, form.fields["reason"].input, "pindah rumah")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: screen.card.shown.state == "cancelled", "the end")
    assert screen.card.shown.deposit == 0
    assert window.till.statements.due(seller(window.till)) == 127_500


def test_money_back_and_a_step_back(window: Window, screen: OrdersScreen, keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_F8)
    wait_for(lambda: screen.card.shown.state == "confirmed", "the step")
    for name, field, text in ((BACK, "note", "salah pesanan"), (REFUND, "reason", "kain murah")):
        screen.page.forms[name].click()
        form = screen.forms[name]
        see(screen, form)
        if name == REFUND:
            type_into(keys, form.fields["amount"].input, "50000")
        type_into(keys, form.fields[field].input, text)
        keys.press(Qt.Key.Key_Return)
        see(screen, screen.page)
        settle(window.till)
    assert (screen.card.shown.state, screen.card.shown.deposit) == ("ordered", 100_000)


def test_messages_for_customer_and_maker(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    window.till.office.orders.move(
        screen.card.shown.order_id, "ready", session=kasir_of(window.till)
    )
    screen.card.refresh()
    keys.press(Qt.Key.Key_F6)
    see(screen, screen.messages)
    link = screen.messages.link
    assert link.startswith("https://wa.me/6281234567890?text=")
    assert "PS-DKR-000001" in link
    assert "Rp 150.000" in unquote(link)
    assert len(link) <= 408
    opened: list[object] = []
    screen.messages.open_link = opened.append  # type: ignore[assignment]  # it takes any address
    screen.messages.open_here.click()
    assert len(opened) == 1
    screen.messages.to.button("maker").click()
    assert "3x Souvenir" in unquote(screen.messages.link)
    screen.messages.print_list.click()
    settle(window.till)
    keys.press(Qt.Key.Key_Escape)
    see(screen, screen.page)


def test_the_qr_of_a_slip_opens_its_order(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    other = taken(window.till, kasir_of(window.till), 0, customer="Pak Joko")
    keys.scan("TITIP|PS-DKR-000002|1")
    wait_for(lambda: screen.card.shown.order_id == other, "the order")
    keys.press(Qt.Key.Key_F3)
    settle(window.till)
    assert screen.card.note


def test_the_board_filters_and_searches(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    till = window.till
    late = taken(till, kasir_of(till), 0, customer="Pak Joko", promised=till.business_date())
    till.clock.pass_seconds(2 * 86_400)  # type: ignore[attr-defined]  # the tests' own clock
    screen.entered()
    assert [row.right for row in screen.finder.list.rows] == ["22 Nov", "5 Des"]
    assert screen.finder.list.rows[0].badge_tone == "bad"
    for only, count in (("late", 1), ("ready", 0), ("closed", 0), ("open", 2)):
        screen.board.show_only(only)  # type: ignore[arg-type]
        assert len(screen.board.rows) == count
    keys.press(Qt.Key.Key_F2)
    keys.type("joko")
    wait_for(lambda: [row.order_id for row in screen.board.rows] == [late], "Pak Joko")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.card.shown.order_id == late, "the order")


def test_what_is_missing_is_said_beside_its_field(
    window: Window, screen: OrdersScreen, keys: Keyboard
) -> None:
    take = screen.take
    keys.press(Qt.Key.Key_F7)
    see(screen, take)
    keys.press(Qt.Key.Key_F9)
    assert take.fields["what"].error
    take.take.put_piece(name="Tas", price=100_000)
    keys.press(Qt.Key.Key_F9)
    assert take.fields["customer"].error
    assert len(take.take.draft.pieces) == 1, "the piece is on the order now"
    take.take.put(customer="Pak Joko", deposit=100_001)
    take.take.choose_seller(seller(window.till))
    keys.press(Qt.Key.Key_F9)
    assert take.fields["deposit"].error
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_F7)
    see(screen, take)
    assert take.customer.text() == "Pak Joko", "what was typed stays"
    take.take.put(deposit=None)
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: screen.card.shown.customer.name == "Pak Joko", "the order")
    assert order(window.till, screen.card.shown.order_id).deposit == 0


def test_a_model_a_picture_and_the_stands_own_details(
    window: Window, screen: OrdersScreen, keys: Keyboard, tmp_path: Path
) -> None:
    take, work = screen.take, screen.take.take
    screen.begin()
    work.choose_model(window.till.catalog.find("DKR-3001").item_id)
    assert (work.piece.name, work.piece.price) == ("Gantungan kunci bambu", 15_000)
    assert work.seller is not None
    assert work.seller.code == "BBU"
    Image.new("RGB", (40, 30), "teal").save(tmp_path / "sketch.png")
    take.choose_open = lambda _kinds: tmp_path / "sketch.png"
    take.picture.click()
    wait_for(lambda: bool(work.piece.picture), "the picture")
    take.no_picture.click()
    assert work.piece.picture == ""
    take.edit_names.click()
    take.names.setText("Panjang, Ukiran")
    take.names.returnPressed.emit()
    wait_for(lambda: bool(screen.gate.asking), "the question")
    keys.type(MANAGER_PIN)
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: work.field_names == ("Panjang", "Ukiran"), "the details")
    wait_for(lambda: not work.busy, "the end of it")
    see(screen, take)
    work.put_piece(details=("12 cm", "nama"))
    work.put(customer="Pak Joko")
    take.save()
    wait_for(lambda: screen.card.shown.customer.name == "Pak Joko", "the order")
    line = screen.card.shown.lines[0]
    assert [(one.name, one.value) for one in line.fields] == [
        ("Panjang", "12 cm"),
        ("Ukiran", "nama"),
    ]
    assert take.customer.search("jok")[0].text == "Pak Joko"
