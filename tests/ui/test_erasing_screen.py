"""Erasing a maker on their card: pressed twice, a manager's PIN, then no page shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pos.services.goods import NewSeller
from pos.terms import Terms
from pos.ui.sellers.screen import CARD, SellersScreen
from pos.ui.window import Window
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.support import open_window, wait_for
from tests.ui.test_sellers_screen import current, keys_of

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
