"""Erasing somebody on their card: pressed twice, a manager's PIN, then no page shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pos.services.goods import NewSeller
from pos.terms import Terms
from pos.ui.orders.screen import OrdersScreen
from pos.ui.sellers.screen import CARD, SellersScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.staff_page import StaffPage
from pos.ui.window import Window
from tests.order_support import hand_over, order, taken
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.support import open_window, wait_for
from tests.ui.test_sellers_screen import current, keys_of

STAFF_PAGE = 5
NAME = "Ratna Kusumawardhani"


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        cluster = made.till.sellers.clusters()[0].cluster_id
        new = NewSeller(
            "RTN",
            "Rumah Tenun",
            cluster,
            Terms(),
            maker=NAME,
            phone="081277665544",
            bank="BCA 99887766",
        )
        made.till.sellers.add(new, by=manager_of(made.till).staff_id)
        made.desk.sign_in(kasir_of(made.till))
        made.desk.navigate.emit("sellers")
        yield made


def words(window: Window) -> str:
    said = [label.text() for label in window.findChildren(QLabel)]
    said += [field.text() for field in window.findChildren(QLineEdit)]
    return "\n".join(said)


def show_card(window: Window) -> SellersScreen:
    screen = current(window)
    keys = keys_of(window)
    keys.type("rtn")
    keys.key(Qt.Key.Key_Return, "\r")
    seller = next(r.seller_id for r in window.till.sellers.list_all() if r.code == "RTN")
    wait_for(lambda: screen.seller_id == seller, "the seller")
    screen.turn(CARD)
    wait_for(lambda: screen.card.maker.text() == NAME, "the card")
    return screen


def test_twice_and_with_a_managers_pin(window: Window) -> None:
    screen = show_card(window)
    assert NAME in words(window)
    screen.card.erase.click()
    assert window.till.office.erasing.find(NAME)
    screen.card.erase.click()
    assert screen.gate.asking
    assert window.till.office.erasing.find(NAME)
    keys = keys_of(window)
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: not window.till.office.erasing.find(NAME), "the erasing")
    wait_for(lambda: screen.card.maker.text() == "", "the empty card")
    for screen_id in ("sellers", "goods", "selling", "receipts"):
        window.desk.navigate.emit(screen_id)
        for word in (NAME, "7766", "99887766"):
            assert word not in words(window), (screen_id, word)


def test_another_card_takes_the_question_back(window: Window) -> None:
    screen = show_card(window)
    screen.card.erase.click()
    assert screen.card.card.erase_asked
    screen.card.card.open(screen.seller_id)
    assert not screen.card.card.erase_asked


def test_somebody_who_left_is_erased_on_their_card(window: Window) -> None:
    manager, staff = manager_of(window.till), window.till.staff
    yuni = staff.add("Yunita Prameswari", "kasir", "9753", by=manager.staff_id)
    window.desk.sign_in(manager)
    window.desk.navigate.emit("settings")
    screen = window.current
    assert isinstance(screen, SettingsScreen)
    screen.open(STAFF_PAGE)
    page = screen.page
    assert isinstance(page, StaffPage)
    page._open(yuni)
    assert page.erase.isHidden(), "somebody who works here is not erased"
    page.active.setChecked(False)
    page.save.click()
    wait_for(page.erase.isVisible, "the way to erase")
    assert "9 bulan" in page._stays.text()
    page.erase.click()
    assert "Yunita Prameswari" in {row.name for row in staff.list_all()}
    assert page.erase.text().startswith("Yakin")
    page.erase.click()
    wait_for(lambda: "Yunita Prameswari" not in {r.name for r in staff.list_all()}, "the erasing")
    wait_for(lambda: "orang dihapus" in words(window), "the list anew")
    assert page.erase.isHidden()
    for screen_id in ("settings", "receipts", "closing", "reports"):
        window.desk.navigate.emit(screen_id)
        assert "Yunita" not in words(window), screen_id


def test_a_customer_is_erased_once_their_order_is_over(window: Window) -> None:
    manager = manager_of(window.till)
    placed = taken(window.till, manager)
    window.desk.sign_in(kasir_of(window.till))
    window.desk.navigate.emit("orders")
    screen = window.current
    assert isinstance(screen, OrdersScreen)
    screen.card.open(placed)
    screen.page.show_work()
    assert screen.page._erasing.isHidden(), "an open order needs its customer"
    hand_over(window.till, placed, manager, 1)
    with window.till.unit.write() as tx:
        tx.cursor.execute("UPDATE print_jobs SET status = 'done'")
    screen.card.open(placed)
    screen.page.show_work()
    assert "Ibu Wati" in words(window)
    screen.page.erase.click()
    assert screen.card.erase_asked
    screen.page.erase.click()
    assert screen.gate.asking
    screen.gate.approved(manager.staff_id)
    wait_for(lambda: not order(window.till, placed).customer.name, "the erasing")
    wait_for(lambda: "dihapus" in screen.page._customer.text_in_full(), "the card anew")
    assert screen.page._erasing.isHidden()
    for screen_id in ("orders", "receipts", "reports"):
        window.desk.navigate.emit(screen_id)
        assert "Wati" not in words(window), screen_id
