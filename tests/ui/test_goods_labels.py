"""Labels and ageing in the real window, by keys."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from pos.receipts.documents import decode
from pos.receipts.documents_consignment import PickupSlip
from pos.receipts.labels import LabelStrip
from pos.services.intake import IntakeLine
from pos.ui.goods.ageing import OVERDUE
from pos.ui.goods.ageing_page import AgeingPage
from pos.ui.goods.labels_page import LabelsPage
from pos.ui.goods.withdrawal_page import WithdrawalPage
from pos.ui.window import Window
from tests.receipts.symbols import pages, read_all
from tests.support import FakeClock, kasir_of, manager_of
from tests.ui.consigned import seller
from tests.ui.goods_support import enter, open_goods
from tests.ui.support import Keyboard, open_window, settle, wait_for

DAY = 86_400


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def window(qapp: object, tmp_path: Path, clock: FakeClock) -> Iterator[Window]:
    with open_window(tmp_path, clock=clock) as made:
        yield made


def labels(window: Window) -> tuple[LabelsPage, Keyboard]:
    _screen, page, keys = open_goods(window, kasir_of(window.till), 6)
    assert isinstance(page, LabelsPage)
    return page, keys


def on_paper(window: Window, kind: str) -> list[object]:
    settle(window.till)
    cursor = window.till.book.reader()
    cursor.execute("SELECT document FROM print_jobs WHERE kind = ? ORDER BY id", (kind,))
    return [decode(bytes(row[0])) for row in cursor.fetchall()]


def test_scanned_typed_and_counted_labels_become_sheets_that_are_read(
    window: Window, tmp_path: Path
) -> None:
    page, keys = labels(window)
    keys.scan("DKR-2041")
    keys.scan("DKR-2041")
    keys.type("bros")
    enter(keys)
    assert page.copies.hasFocus(), "after an item comes how many labels it gets"
    keys.type("3")
    enter(keys)
    assert [(ln.code, ln.copies) for ln in page._labels.tray.labels] == [
        ("DKR-2041", 2),
        ("DKR-1187", 3),
    ]
    keys.scan("DKR-9999")
    assert page.fields["item"].error
    target = tmp_path / "label.pdf"
    page.choose_save = lambda _name, _kinds: target
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: page._saved is not None and target.exists() and not page.work.busy, "the PDF")
    assert page.open_pdf.isVisible()
    (sheet,) = pages(target.read_bytes(), tmp_path)
    assert sorted(one.text for one in read_all(sheet)) == ["DKR-1187"] * 3 + ["DKR-2041"] * 2


def test_another_sheet_from_a_free_label_with_its_calibration_is_kept(window: Window) -> None:
    page, keys = labels(window)
    keys.scan("DKR-1187")
    page.sheet.choose(4)
    page.sheet.activated.emit(0)
    wait_for(lambda: page._labels.sheet.key == "121" and not page.work.busy, "the other sheet")
    place = page.view._area(6).center()
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPointF(place).toPoint())
    assert page.first.text() == "7"
    page.first.selectAll()
    page.first.setFocus()
    keys.type("11")
    enter(keys)
    assert page.fields["start"].error, "this sheet has ten"
    assert page._labels.first == 7
    for field, typed in ((page.off_x, "1,5"), (page.off_y, "-0,5")):
        field.setFocus()
        field.selectAll()
        keys.type(typed)
        enter(keys)
        settle(window.till)
    assert (page._labels.x, page._labels.y) == (15, -5)
    page.off_x.setFocus()
    page.off_x.selectAll()
    keys.type("viel")
    enter(keys)
    assert page.fields["x"].error
    page._labels.refresh()
    assert (page._labels.sheet.key, page.off_x.text(), page.off_y.text()) == ("121", "1,5", "-0,5")
    page.sheet.choose(1)
    page.sheet.activated.emit(0)
    settle(window.till)
    assert (page._labels.first, page.off_x.text()) == (1, "0,0"), "each sheet has its own"


def test_labels_on_the_receipt_printer_and_rows_taken_out(window: Window) -> None:
    page, keys = labels(window)
    page.strip.click()
    assert page.fields["item"].error, "without a label there is nothing to print"
    keys.scan("DKR-2041")
    keys.scan("DKR-1187")
    page.list.setFocus()
    keys.key(Qt.Key.Key_Delete)
    assert [ln.code for ln in page._labels.tray.labels] == ["DKR-2041"]
    page.strip.click()
    (strip,) = on_paper(window, "labels")
    assert isinstance(strip, LabelStrip)
    assert [(ln.code, ln.seller_code, ln.price) for ln in strip.labels] == [
        ("DKR-2041", "SRI", 185_000)
    ]
    page.empty.click()
    assert not page.list.isVisible()


def test_the_test_page_is_a_pdf_of_the_sheet(window: Window, tmp_path: Path) -> None:
    page, _keys = labels(window)
    target = tmp_path / "uji.pdf"
    page.choose_save = lambda _name, _kinds: target
    page.test.click()
    wait_for(target.exists, "the test page")
    assert target.read_bytes().startswith(b"%PDF")


# -- ageing ----------------------------------------------------------------------------------


def aged(window: Window, clock: FakeClock) -> tuple[AgeingPage, Keyboard]:
    """LMB brings two pieces to be fetched in 40 days; then 45 days pass, and SRI brings one."""
    till, by = window.till, manager_of(window.till).staff_id
    until = till.business_date() + dt.timedelta(days=40)
    old = IntakeLine(2, name="Selendang lurik", price=90_000, return_by=until)
    till.worker.call(till.intake.take_in, seller(till, "LMB"), (old,), by=by)
    clock.pass_seconds(45 * DAY)
    new = IntakeLine(1, name="Topi baru", price=50_000)
    till.worker.call(till.intake.take_in, seller(till, "SRI"), (new,), by=by)
    _screen, page, keys = open_goods(window, kasir_of(till), 5)
    assert isinstance(page, AgeingPage)
    return page, keys


def test_what_is_past_its_day_gets_a_slip_for_its_seller(
    window: Window, clock: FakeClock, tmp_path: Path
) -> None:
    page, keys = aged(window, clock)
    work = page._ages
    assert "Topi baru" not in [row.title for row in page.list.rows], "it came today"
    assert [work.count(age) for age in (30, 60)] == [len(page.list.rows), 0]
    work.choose_age(OVERDUE)
    assert [(row.title, row.badge) for row in page.list.rows] == [
        ("Selendang lurik", "lewat tanggal")
    ]
    assert work.row is not None
    assert work.row.days == 45
    keys.key(Qt.Key.Key_F9)
    (slip,) = on_paper(window, "pickup")
    assert isinstance(slip, PickupSlip)
    assert slip.seller.code == "LMB"
    assert "Selendang lurik" in str(slip.lines)
    target = tmp_path / "LMB.pdf"
    page.choose_save = lambda _name, _kinds: target
    page.pdf.click()
    wait_for(target.exists, "the PDF")
    assert target.read_bytes().startswith(b"%PDF")


def test_one_sellers_goods_go_from_the_list_to_a_withdrawal(
    window: Window, clock: FakeClock
) -> None:
    page, _keys = aged(window, clock)
    lmb = seller(window.till, "LMB")
    page.seller.choose(lmb)
    page.seller.activated.emit(0)
    assert {row.seller_id for row in page._ages.rows} == {lmb}
    page._ages.choose_age(OVERDUE)
    page.withdraw.click()
    other = window.current.page  # type: ignore[union-attr]
    assert isinstance(other, WithdrawalPage)
    assert [(line.name, line.qty) for line in other._back.lines] == [("Selendang lurik", 2)]


def test_without_anything_old_the_list_says_so(window: Window) -> None:
    _screen, page, keys = open_goods(window, kasir_of(window.till), 5)
    assert isinstance(page, AgeingPage)
    assert page._empty.isVisible()
    assert not page.print.isEnabled()
    page._ages.choose_age(0)
    assert page.list.isVisible()
    keys.scan("DKR-1187")
    assert page._who.text_in_full().startswith("LMB")
