"""The stock count by keys, on a real till."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.services.till import Till
from pos.ui.goods.count_page import CountPage
from pos.ui.window import Window
from tests.support import MANAGER_PIN, FakeClock, kasir_of, manager_of
from tests.ui.goods_support import enter, open_goods
from tests.ui.support import Keyboard, open_window, settle, wait_for, window_on


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def counting(window: Window, seller: str = "") -> tuple[CountPage, Keyboard]:
    _screen, page, keys = open_goods(window, kasir_of(window.till), 4)
    assert isinstance(page, CountPage)
    if seller:
        found = next(s for s in window.till.catalog.sellers() if s.code == seller)
        page.seller.choose(found.seller_id)
    keys.key(Qt.Key.Key_F9)
    wait_for(page.scan.hasFocus, "the count")
    return page, keys


def scan(page: CountPage, keys: Keyboard, code: str) -> None:
    keys.scan(code)
    settle(page._desk.till)
    wait_for(lambda: not page._count._waiting, "the scan")


def test_each_scan_counts_and_is_shown_large(window: Window) -> None:
    page, keys = counting(window)
    scan(page, keys, "DKR-1187")
    scan(page, keys, "DKR-1187")
    assert page._name.text_in_full() == "Bros bunga kain perca"
    assert page._tally.text_in_full().startswith("2")
    keys.type("dkr-2041")
    enter(keys)
    wait_for(lambda: page._name.text_in_full() == "Tas anyam pandan", "a code typed by hand")
    scan(page, keys, "DKR-9999")
    assert page._count.refused
    assert page._tally.text_in_full() == page._count.refused
    result = page._count.result
    assert result is not None
    assert (result.counted, result.missing) == (3, 51)


def test_missing_pieces_are_explained_and_the_count_closed(window: Window) -> None:
    page, keys = counting(window, "LMB")
    for _n in range(9):
        scan(page, keys, "DKR-1187")
    assert [row.badge for row in page.list.rows] != [""]
    page.list.setFocus()
    keys.key(Qt.Key.Key_Up)
    enter(keys)
    assert page.answers.buttons["found"].hasFocus()
    page.answers.qty.setFocus()
    page.answers.qty.selectAll()
    keys.type("1")
    keys.key(Qt.Key.Key_Tab)
    page.answers.buttons["lost"].click()
    settle(window.till)
    line = page._count.line
    assert line is not None
    assert (line.lost, line.missing) == (1, 2)
    page.answers.buttons["found"].click()
    settle(window.till)
    assert page._count.view == "missing"
    assert not page.list.rows
    keys.key(Qt.Key.Key_F9)
    screen = window.current
    wait_for(screen.approval.isVisible, "the PIN panel")  # type: ignore[union-attr]
    keys.type(MANAGER_PIN)
    enter(keys)
    wait_for(lambda: page._count.count is None, "the end")
    assert [(count.number, count.missing) for count in window.till.stocktake.counts()] == [
        ("O-000001", 0)
    ]
    assert page.begin.isVisible()
    settle(window.till)
    assert [job.title for job in window.till.printing.jobs()] == ["O-000001"]


def test_what_was_said_can_be_taken_back(window: Window) -> None:
    page, _keys = counting(window, "LMB")
    item_id = page.list.rows[0].id
    page._count.choose(item_id)
    page.answers.buttons["damaged"].click()
    settle(window.till)
    page._count.show("explained")
    page._count.choose(item_id)
    assert page.answers.unsay.isVisible()
    page.answers.unsay.click()
    settle(window.till)
    page._count.show("missing")
    line = page._count.line
    assert line is not None
    assert (line.damaged, line.missing) == (0, 12)
    page.answers.counted.setText("12")
    page.answers.counted.returnPressed.emit()
    settle(window.till)
    assert page._count.result is not None
    assert page._count.result.missing == 0


def test_cancelling_asks_twice(window: Window) -> None:
    page, keys = counting(window)
    scan(page, keys, "DKR-1187")
    page.cancel.click()
    assert window.till.stocktake.open_count() is not None
    keys.key(Qt.Key.Key_Escape)
    page.cancel.click()
    assert window.till.stocktake.open_count() is not None, "Esc took the first click back"
    page.cancel.click()
    wait_for(lambda: page._count.count is None, "the end")
    assert window.till.stocktake.counts() == ()


def test_a_count_survives_leaving_and_a_restart(qapp: object, tmp_path: Path) -> None:
    clock = FakeClock()
    with open_window(tmp_path, clock=clock) as window:
        page, keys = counting(window)
        scan(page, keys, "DKR-1187")
        keys.key(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
        keys.key(Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert page.scan.hasFocus()
    with window_on(Till.open(tmp_path / "data", clock=clock, cheap_pins=True)) as window:
        _screen, page, _keys = open_goods(window, manager_of(window.till), 4)  # type: ignore[assignment]
        assert page._count.result is not None
        assert page._count.result.counted == 1
        assert page.scan.hasFocus()
