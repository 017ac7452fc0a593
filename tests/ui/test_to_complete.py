"""Completing what was sold before it was in the book."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.cart import Cart
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.ui.tocomplete.presenter import ToCompletePresenter
from pos.ui.tocomplete.screen import ToCompleteScreen
from pos.ui.window import Window
from tests.services.ringing import last_entry
from tests.support import MANAGER_PIN, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, open_window, run_now, wait_for


def sell_unlisted(till: Till, name: str, price: int) -> None:
    seller = till.catalog.sellers()[0].seller_id
    by = manager_of(till).staff_id
    item = till.catalog.unlisted(name, price, seller, approved_by=by)
    tenders = (Tender("cash", price),)
    till.worker.call(till.selling.complete, Cart().add(item), tenders, session=kasir_of(till))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    sell_unlisted(made, "Topi pandan", 90_000)
    sell_unlisted(made, "Tempat pensil", 5_000)
    yield made
    made.close()


def presenter_of(till: Till, session: Session) -> ToCompletePresenter:
    made = ToCompletePresenter(till, run_now, lambda: session)
    made.refresh()
    return made


def test_the_card_begins_with_what_was_sold(till: Till) -> None:
    presenter = presenter_of(till, manager_of(till))
    assert [item.name for item in presenter.state.items] == ["Topi pandan", "Tempat pensil"]
    card = presenter.state.card
    assert (card.name, card.price) == ("Topi pandan", "90.000")
    assert card.seller_id == till.catalog.sellers()[0].seller_id


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("price", ""), ("price", "cheap"), ("category_id", 0)]
)
def test_each_mistake_is_said_beside_its_field(till: Till, field: str, value: object) -> None:
    presenter = presenter_of(till, manager_of(till))
    good = replace(presenter.state.card, category_id=till.catalog.categories()[0].category_id)
    presenter.edit(replace(good, **{field: value}))  # type: ignore[arg-type]
    presenter.save()
    assert presenter.state.error(field)
    presenter.edit(replace(good, name="Topi"))
    assert not presenter.state.error(field) or field == "name"
    assert len(till.catalog.to_complete()) == 2


def test_a_manager_completes_one_after_the_other(till: Till) -> None:
    presenter = presenter_of(till, manager_of(till))
    shelf = till.catalog.categories()[0].category_id
    presenter.edit(replace(presenter.state.card, name="Topi pandan lebar", category_id=shelf))
    presenter.save()
    assert "Topi pandan lebar" in presenter.state.note
    assert presenter.state.chosen is not None
    assert presenter.state.chosen.name == "Tempat pensil"
    presenter.edit(replace(presenter.state.card, category_id=shelf, price="6.000"))
    presenter.save()
    assert not presenter.state.items
    assert till.catalog.to_complete() == ()


def test_a_kasir_needs_a_managers_pin(till: Till) -> None:
    presenter = presenter_of(till, kasir_of(till))
    shelf = till.catalog.categories()[0].category_id
    presenter.edit(replace(presenter.state.card, category_id=shelf))
    presenter.save()
    assert presenter.state.ask
    assert len(till.catalog.to_complete()) == 2
    presenter.give_up_asking()
    assert not presenter.state.ask
    presenter.save(approved_by=manager_of(till).staff_id)
    assert len(till.catalog.to_complete()) == 1
    entry = last_entry(till)
    assert (entry.staff_id, entry.approver_id) == (
        kasir_of(till).staff_id,
        manager_of(till).staff_id,
    )


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def open_screen(window: Window, session: Session) -> tuple[ToCompleteScreen, Keyboard]:
    window.desk.sign_in(session)
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    keys.key(Qt.Key.Key_6, modifiers=Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert isinstance(screen, ToCompleteScreen)
    return screen, keys


def test_nothing_to_complete_is_said(window: Window) -> None:
    screen, _keys = open_screen(window, kasir_of(window.till))
    assert not screen.list.isVisible()
    assert not screen.card.save.isVisible()


def test_keys_alone_complete_an_item_with_a_managers_pin(window: Window) -> None:
    sell_unlisted(window.till, "Topi pandan", 90_000)
    screen, keys = open_screen(window, kasir_of(window.till))
    keys.key(Qt.Key.Key_F9)
    assert screen.presenter.state.error("category_id")
    assert screen.card.category.hasFocus(), "the next key mends what is wrong"
    keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_F9)
    assert screen.approval.isVisible()
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: not window.till.catalog.to_complete(), "the card in the book")
    wait_for(lambda: not screen.list.isVisible(), "the empty list")


def test_the_keys_move_through_the_card_and_back(window: Window) -> None:
    sell_unlisted(window.till, "Topi pandan", 90_000)
    screen, keys = open_screen(window, kasir_of(window.till))
    keys.key(Qt.Key.Key_Right)
    assert screen.card.fields["name"].input.hasFocus()
    keys.type("Topi")
    keys.key(Qt.Key.Key_Return, "\r")
    assert screen.card.fields["price"].input.hasFocus()
    keys.type("95000")
    keys.key(Qt.Key.Key_Return, "\r")
    assert screen.card.category.hasFocus()
    assert screen.presenter.state.card.name == "Topi"
    assert screen.presenter.state.card.price == "95.000"
    keys.key(Qt.Key.Key_Escape)
    assert screen.list.hasFocus()


def test_without_a_pin_the_card_stays_as_it_was_typed(window: Window) -> None:
    sell_unlisted(window.till, "Topi pandan", 90_000)
    screen, keys = open_screen(window, kasir_of(window.till))
    shelf = window.till.catalog.categories()[0].category_id
    screen.presenter.edit(replace(screen.presenter.state.card, name="Topi", category_id=shelf))
    keys.key(Qt.Key.Key_F9)
    assert screen.approval.isVisible()
    keys.key(Qt.Key.Key_Escape)
    assert not screen.approval.isVisible()
    assert screen.presenter.state.card.name == "Topi"
    assert len(window.till.catalog.to_complete()) == 1
