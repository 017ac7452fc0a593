"""Taking goods in: by keys alone, on a real till."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from pos.terms import Terms
from pos.ui.goods.intake_page import IntakePage
from pos.ui.window import Window
from tests.support import kasir_of, manager_of
from tests.ui.consigned import seller
from tests.ui.goods_support import enter, open_goods
from tests.ui.support import Keyboard, open_window, settle, wait_for


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def intake(window: Window) -> tuple[IntakePage, Keyboard]:
    _screen, page, keys = open_goods(window, kasir_of(window.till))
    assert isinstance(page, IntakePage)
    return page, keys


def type_line(keys: Keyboard, name: str, category: str, price: str, qty: str = "") -> None:
    """A line whose kind is left as it is, from the name to the end."""
    keys.type(name)
    enter(keys)
    keys.type(category)
    enter(keys)
    enter(keys)
    keys.type(price)
    enter(keys)
    if qty:
        keys.type(qty)
        enter(keys)
    enter(keys)


def test_a_note_is_typed_with_keys_alone(window: Window) -> None:
    page, keys = intake(window)
    assert page.form.seller.hasFocus()
    keys.type("sri")
    assert page.form.seller.is_open
    enter(keys)
    assert page.form.name.hasFocus()
    type_line(keys, "Topi pandan", "tas", "90000", "4")
    assert page.form.name.hasFocus(), "the next line follows"
    keys.type("Tikar pandan")
    enter(keys)
    enter(keys)
    keys.key(Qt.Key.Key_Left)
    enter(keys)
    keys.type("250000")
    enter(keys)
    assert page.form.return_by.hasFocus(), "of a unique piece there is one: nothing to count"
    keys.type("+30")
    enter(keys)
    work = page._intake
    assert (len(work.lines), work.pieces, work.value) == (2, 5, 610_000)
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: work.done is not None, "the note")
    assert work.done is not None
    assert [(line.name, line.qty, line.price) for line in work.done.lines] == [
        ("Topi pandan", 4, 90_000),
        ("Tikar pandan", 1, 250_000),
    ]
    assert [str(line.return_by or "") for line in work.done.lines] == ["", "2026-12-22"]
    settle(window.till)
    jobs = window.till.printing.jobs()
    assert [job.title for job in jobs] == [work.done.number]
    assert page.done.go_on.hasFocus()
    enter(keys)
    assert page._intake.done is None
    assert page.form.seller.hasFocus()


def test_the_code_of_a_known_item_brings_more_pieces_of_it(window: Window) -> None:
    page, keys = intake(window)
    keys.scan("DKR-1187")
    work = page._intake
    assert work.seller is not None
    assert work.seller.code == "LMB"
    assert page.form.qty.hasFocus()
    assert not page.form.price.isEnabled()
    keys.type("6")
    enter(keys)
    enter(keys)
    assert [(line.code, line.pieces) for line in work.lines] == [("DKR-1187", 6)]
    keys.scan("DKR-1187")
    assert work.lines[0].pieces == 7, "a scan of what is on the note counts one more"
    keys.scan("DKR-2041")
    assert work.errors, "it belongs to another seller"
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: work.done is not None, "the note")
    item = next(row for row in window.till.stock.on_shelf() if row.code == "DKR-1187")
    assert item.on_hand == 19


def test_each_mistake_stands_beside_its_field_and_has_the_focus(window: Window) -> None:
    page, keys = intake(window)
    keys.type("sri")
    enter(keys)
    keys.type("Topi")
    enter(keys)
    enter(keys)
    enter(keys)
    enter(keys)
    enter(keys)
    enter(keys)
    assert page.form.fields["price"].error
    assert page.form.price.hasFocus()
    keys.type("5000")
    assert not page.form.fields["price"].error
    page.form.return_by.setFocus()
    keys.type("1/1/2020")
    enter(keys)
    assert page.form.fields["return_by"].error
    assert not page._intake.lines


def test_a_net_price_is_agreed_for_a_piece_while_it_is_taken_in(window: Window) -> None:
    """Tab leads to it; where the seller's agreement is a net price, Enter does."""
    page, keys = intake(window)
    work = page._intake
    keys.type("sri")
    enter(keys)
    assert page.form.net.placeholderText() == "20 %"
    keys.type("Topi")
    enter(keys)
    enter(keys)
    enter(keys)
    keys.type("90000")
    keys.key(Qt.Key.Key_Tab)
    assert page.form.net.hasFocus()
    keys.type("95000")
    enter(keys)
    assert page.form.qty.hasFocus()
    enter(keys)
    enter(keys)
    assert list(work.errors) == ["net"]
    assert page.form.net.hasFocus()
    page.form.net.selectAll()
    keys.type("70000")
    enter(keys)
    enter(keys)
    enter(keys)
    assert [(line.price, line.net) for line in work.lines] == [(90_000, 70_000)]
    assert "titip 70.000" in page.lines.list.rows[0].detail
    assert work.fields.net is None, "the next line has its own"
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: work.done is not None, "the note")
    assert work.done is not None
    (line,) = work.done.lines
    assert (line.terms.kind, line.terms.net_price) == ("net", 70_000)
    till, by = window.till, manager_of(window.till).staff_id
    settle(till)
    net = Terms(kind="net", net_price=60_000)
    today = till.business_date()
    till.worker.call(
        till.sellers.agree, seller(till, "SRI"), net, valid_from=today, item_id=None, by=by
    )
    enter(keys)
    keys.type("sri")
    enter(keys)
    assert page.form.net.placeholderText() == "60.000"
    keys.type("Tikar")
    enter(keys)
    enter(keys)
    enter(keys)
    keys.type("90000")
    enter(keys)
    assert page.form.net.hasFocus()


def test_lines_are_mended_removed_and_brought_back(window: Window) -> None:
    page, keys = intake(window)
    keys.type("sri")
    enter(keys)
    type_line(keys, "Topi", "tas", "90000", "4")
    type_line(keys, "Tikar", "", "10000", "2")
    work = page._intake
    page.lines.list.setFocus()
    keys.key(Qt.Key.Key_Up)
    enter(keys)
    assert work.at == 0
    assert page.form.name.text() == "Topi"
    page.form.qty.setFocus()
    page.form.qty.selectAll()
    keys.type("5")
    enter(keys)
    enter(keys)
    assert [line.pieces for line in work.lines] == [5, 2]
    page.lines.list.setFocus()
    keys.key(Qt.Key.Key_Up)
    keys.key(Qt.Key.Key_Delete)
    assert [line.name for line in work.lines] == ["Tikar"]
    work.undo_remove()
    assert [line.name for line in work.lines] == ["Topi", "Tikar"]


def test_a_new_category_and_a_card_for_orders(window: Window) -> None:
    page, keys = intake(window)
    keys.type("krt")
    enter(keys)
    keys.type("Kebaya kutu baru")
    enter(keys)
    keys.type("Kebaya")
    enter(keys)
    wait_for(lambda: page._intake.fields.category_id != 0, "the category")
    page.form.kind.take_focus()
    keys.key(Qt.Key.Key_Right)
    enter(keys)
    keys.type("450000")
    enter(keys)
    enter(keys)
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: not page._intake.lines, "the card")
    tile = window.till.catalog.search("kutu")[0]
    assert (tile.kind, tile.price, tile.category) == ("made_to_order", 450_000, "Kebaya")
    assert page._intake.done is None, "no pieces, no note"


def test_what_is_typed_outlives_leaving_and_another_language(window: Window) -> None:
    page, keys = intake(window)
    keys.type("sri")
    enter(keys)
    type_line(keys, "Topi", "tas", "90000", "4")
    keys.type("Tik")
    keys.key(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    window.desk.language.emit()
    keys.key(Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.ControlModifier)
    again = window.current.page  # type: ignore[union-attr]  # the goods screen
    assert isinstance(again, IntakePage)
    assert again is not page
    assert [row.title for row in again.lines.list.rows] == ["Topi"]
    assert again.form.name.text() == "Tik"


def test_a_name_that_found_nobody_gives_way_when_one_comes_back(window: Window) -> None:
    page, keys = intake(window)
    keys.type("Bu Tuti")
    enter(keys)
    assert not page.isVisible(), "the sellers, where Bu Tuti can be added"
    window.desk.navigate.emit("goods")
    keys.type("sri")
    enter(keys)
    assert page.form.name.hasFocus()


def test_a_picture_from_the_clipboard(window: Window) -> None:
    page, keys = intake(window)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xAA3311)
    QGuiApplication.clipboard().setImage(image)
    keys.type("sri")
    enter(keys)
    assert page.form.paste_picture()
    wait_for(lambda: bool(page._intake.fields.picture), "the picture")
    assert window.till.catalog.picture_path(page._intake.fields.picture)


def test_the_note_as_pdf(window: Window, tmp_path: Path) -> None:
    page, keys = intake(window)
    keys.type("sri")
    enter(keys)
    type_line(keys, "Topi", "tas", "90000", "4")
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: page._intake.done is not None, "the note")
    target = tmp_path / "note.pdf"
    page.choose_save = lambda _name, _kinds: target
    page.done.save_pdf.click()
    wait_for(target.exists, "the file")
    assert target.read_bytes().startswith(b"%PDF")
