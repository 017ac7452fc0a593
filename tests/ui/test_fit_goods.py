"""Nothing of goods, sellers and Cek titipan is cut off sideways, down to 1024x768 at 150 %."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos.i18n import set_language
from pos.services.intake import IntakeLine
from pos.ui.check.presenter import VIEWS
from pos.ui.check.screen import CheckScreen
from pos.ui.goods.screen import GoodsScreen
from pos.ui.sellers.screen import SellersScreen
from pos.ui.window import Window
from tests.support import make_till, manager_of
from tests.ui.consigned import LMB_PIN, give_pins, sell, seller
from tests.ui.support import settle, wait_for, window_on
from tests.ui.test_fit import LONG, SIZES, faults


@pytest.fixture(params=["id", "en"])
def window(qapp: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Window]:
    till = make_till(tmp_path)
    by = manager_of(till).staff_id
    line = IntakeLine(9_999, name=LONG, price=9_999_900)
    till.intake.take_in(seller(till, "LMB"), (line,), by=by)
    give_pins(till)
    sell(till, "DKR-1187", "DKR-1001", "DKR-2210")
    set_language(str(request.param))
    with window_on(till) as made:
        yield made


def fits(window: Window, screen: QWidget | None, what: str) -> None:
    assert screen is not None
    for width, height in SIZES:
        window.resize(width, height)
        QTest.qWait(20)
        assert window.width() == width, f"{what}: the window can't be made this narrow"
        assert faults(window, screen) == [], f"{what} at {width}x{height}"


def test_goods_fit(window: Window) -> None:
    window.desk.sign_in(manager_of(window.till))
    window.shop.go("goods")
    screen = window.shop.current
    assert isinstance(screen, GoodsScreen)
    for at in range(len(screen._sections)):
        screen.open(at)
        if at in {2, 5}:  # A withdrawal and labels begin empty.
            screen.page.scanned("DKR-1001")
        fits(window, screen, screen._sections[at].action)
    screen.open_section("goods-count")
    screen.page.save()
    settle(window.till)
    screen.page.scanned("DKR-1187")
    settle(window.till)
    fits(window, screen, "a count")


def test_a_table_fits(window: Window, tmp_path: Path) -> None:
    window.desk.sign_in(manager_of(window.till))
    window.shop.go("goods")
    screen = window.shop.current
    assert isinstance(screen, GoodsScreen)
    screen.open_section("goods-table")
    path = tmp_path / "stok.csv"
    path.write_text(f"Nama;Penitip;Harga;{LONG}\n{LONG};SRI;1000;\n{LONG};{LONG};9;\n", "utf-8")
    page = screen.page
    page.work.read(path)  # type: ignore[attr-defined]  # the presenter of tables
    wait_for(lambda: not page.work.busy, "the table")
    page.table.pressed.emit(3)  # type: ignore[attr-defined]  # the page of tables
    fits(window, screen, "a table")


def test_sellers_fit(window: Window) -> None:
    window.desk.sign_in(manager_of(window.till))
    window.shop.go("sellers")
    screen = window.shop.current
    assert isinstance(screen, SellersScreen)
    screen.open(seller(window.till, "LMB"))
    for tab in range(5):
        screen.turn(tab)
        fits(window, screen, f"page {tab}")
    screen.turn(1)
    screen.payout.payout.pay()
    wait_for(lambda: screen.payout.payout.paid is not None, "the payout")
    fits(window, screen, "a payout made")
    screen.pay_all.click()
    screen.batch.batch.run()
    wait_for(lambda: not screen.batch.batch.running, "the batch")
    fits(window, screen, "everybody paid")
    screen.table.click()
    fits(window, screen, "a table of sellers")
    screen.begin_new()
    fits(window, screen, "a new seller")


def test_check_fits(window: Window) -> None:
    window.desk.navigate.emit("check")
    screen = window.current
    assert isinstance(screen, CheckScreen)
    fits(window, screen, "the question")
    screen.presenter.submit("LMB", LMB_PIN)
    wait_for(lambda: screen.presenter.mine is not None, "the figures")
    for view in VIEWS:
        screen.presenter.show_view(view)
        fits(window, screen, view)
    screen.whatsapp.click()
    fits(window, screen, "WhatsApp")
