"""Cek titipan shows one seller and no other, whatever is typed or scanned: this tries."""

import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pos.money import thousands
from pos.receipts.documents import decode
from pos.receipts.documents_consignment import SellerStatement
from pos.services.payouts import PayoutAsked
from pos.services.till import Till
from pos.ui.check.presenter import VIEWS, CheckPresenter
from pos.ui.check.screen import CheckScreen
from pos.ui.check.table import lines_of, total_of
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.widgets.columns import Table
from pos.ui.widgets.label import Label
from pos.ui.window import Window
from tests.support import FakeClock, kasir_of, make_till, manager_of
from tests.ui.consigned import LMB_PIN, SRI_PIN, give_pins, sell, seller
from tests.ui.support import Keyboard, open_window, run_now, settle, wait_for

OTHERS = ("Anyaman", "SRI", "Tas anyam", "DKR-2041", "148.000", "185.000", "37.000", "S-000001")
"""What only Anyaman Sri's pages may say."""
CONTROL = Qt.KeyboardModifier.ControlModifier


def busy_day(till: Till) -> None:
    """Both have sold, SRI has been paid (S-000001), and LMB sells on."""
    give_pins(till)
    sell(till, "DKR-1187")
    sell(till, "DKR-2041")
    asked = PayoutAsked(seller(till, "SRI"), amount=100_000)
    till.worker.call(till.payouts.pay, asked, session=manager_of(till))
    sell(till, "DKR-1187", "DKR-1187", "DKR-2210")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path, clock=FakeClock())
    busy_day(made)
    yield made
    made.close()


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path, clock=FakeClock()) as made:
        busy_day(made.till)
        yield made


def by_hand(till: Till, code: str) -> dict[str, int]:
    """A seller's figures straight from the rows, by another way than the screen's."""
    cursor = till.book.reader()

    def one(sql: str) -> int:
        cursor.execute(sql, (code,))
        row = cursor.fetchone()
        return int(row[0]) if row else 0

    mine = "seller_id = (SELECT id FROM sellers WHERE code = ?)"
    share = one(f"SELECT coalesce(sum(share), 0) FROM sale_lines WHERE {mine}")
    paid = one(f"SELECT coalesce(sum(amount), 0) FROM payouts WHERE {mine}")
    shelf = "SELECT coalesce(sum(on_hand), 0) FROM stock JOIN items ON items.id = item_id"
    return {
        "due": share - paid,
        "lines": one(f"SELECT count(*) FROM sale_lines WHERE {mine}"),
        "price": one(f"SELECT coalesce(sum(paid), 0) FROM sale_lines WHERE {mine}"),
        "commission": one(f"SELECT coalesce(sum(commission), 0) FROM sale_lines WHERE {mine}"),
        "share": share,
        "pieces": one(f"SELECT coalesce(sum(qty), 0) FROM sale_lines WHERE {mine}"),
        "shelf": one(f"{shelf} WHERE {mine}"),
        "payouts": one(f"SELECT count(*) FROM payouts WHERE {mine}"),
    }


@pytest.mark.parametrize(("code", "pin"), [("SRI", SRI_PIN), ("LMB", LMB_PIN)])
def test_every_figure_is_this_sellers_own(till: Till, code: str, pin: str) -> None:
    own = by_hand(till, code)
    other = by_hand(till, "LMB" if code == "SRI" else "SRI")
    assert own["due"] != other["due"]
    presenter = CheckPresenter(till, run_now)
    presenter.submit(code, pin)
    for view in VIEWS:
        presenter.show_view(view)
        mine = presenter.mine
        assert mine is not None
        assert (mine.code, mine.due, mine.on_shelf) == (code, own["due"], own["shelf"])
        assert mine.sold_today == own["pieces"]
        assert sum(day.price for day in mine.days) == own["price"]
        if view in {"today", "month", "all"}:
            assert len(mine.lines) == own["lines"]
            sums = mine.sums
            assert (sums.price, sums.commission, sums.amount) == (
                own["price"],
                own["commission"],
                own["share"],
            )
        if view == "payouts":
            assert len(mine.payouts) == own["payouts"]
        if view == "shelf":
            assert sum(row.on_hand for row in mine.shelf) == own["shelf"]
            assert {row.seller_id for row in mine.shelf} <= {seller(till, code)}
        assert thousands(own["due"]) in unquote(mine.link)


def tries(till: Till) -> list[str]:
    sri, lmb = seller(till, "SRI"), seller(till, "LMB")
    return [
        "SRI",
        " sri ",
        "SRI\n",
        "SRI LMB",
        "LMB;SRI",
        "",
        " ",
        "*",
        "%",
        "_",
        "__",
        "'",
        "' OR ''='",
        "SRI' --",
        "x' UNION SELECT id FROM sellers --",
        'SRI"',
        "SRI\x00",
        str(sri),
        str(lmb),
        "-1",
        "0",
        "DKR-2041",
        "DKR-000001",
        "TITIP|DKR-000002|185000|abc",
        "S-000001",
        "ＳＲＩ",
        "ſRI",
        "SRİ",
        "Anyaman Sri",
        "A" * 5_000,
    ]


def test_no_code_opens_another_seller_with_ones_own_pin(till: Till) -> None:
    for code in tries(till):
        presenter = CheckPresenter(till, run_now)
        presenter.submit(code, LMB_PIN)
        assert presenter.mine is None, code
        assert presenter.ask.sentence, code
    presenter = CheckPresenter(till, run_now)
    presenter.submit("LMB", LMB_PIN)
    assert presenter.mine is not None
    presenter.submit("SRI", SRI_PIN)
    assert presenter.mine is not None
    assert presenter.mine.code == "LMB"


@pytest.mark.parametrize("pin", ["", "0", "' OR 1=1", SRI_PIN + " ", "4826\x00", "٤٨٢٦", "9" * 999])
def test_no_odd_pin_opens(till: Till, pin: str) -> None:
    presenter = CheckPresenter(till, run_now)
    presenter.submit("SRI", pin)
    assert presenter.mine is None


def test_random_codes_open_only_the_pins_own_seller(till: Till) -> None:
    dice = random.Random(20261122)
    letters = "SRILMBsrilmb '\";%_-0123456789\u0130"
    for _try in range(150):
        code = "".join(dice.choice(letters) for _letter in range(dice.randint(1, 7)))
        presenter = CheckPresenter(till, run_now)
        presenter.submit(code, LMB_PIN)
        if presenter.mine is not None:
            assert presenter.mine.code == "LMB", code


# -- in the window ---------------------------------------------------------------------------


def current(window: Window) -> object:
    return window.current


def enter(window: Window, code: str, pin: str) -> tuple[CheckScreen, Keyboard]:
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    window.desk.navigate.emit("check")
    screen = current(window)
    assert isinstance(screen, CheckScreen)
    screen.presenter.submit(code, pin)
    wait_for(lambda: screen.presenter.mine is not None, "the figures")
    return screen, keys


def everything_said(screen: QWidget) -> str:
    """All that stands on the screen, and all that it would send."""
    parts = [label.text() for label in screen.findChildren(Label)]
    parts += [widget.accessibleName() for widget in screen.findChildren(QWidget)]
    parts += [widget.toolTip() for widget in screen.findChildren(QWidget)]
    for table in screen.findChildren(Table):
        parts += [cell for line in table.lines for cell in line.cells]
    if isinstance(screen, CheckScreen) and screen.presenter.mine is not None:
        mine = screen.presenter.mine
        parts += [str(mine), unquote(mine.link)]
        total = total_of(mine)
        parts += [cell for line in lines_of(mine) for cell in line.cells]
        parts += total.cells if total else ()
    return "\n".join(parts)


def assert_only_lmb(window: Window) -> None:
    screen = current(window)
    assert isinstance(screen, CheckScreen)
    said = everything_said(screen)
    assert "Lembayung" in said
    for words in OTHERS:
        assert words not in said, words
    assert window.desk.session is None


def test_keys_and_scans_reach_nothing_of_another(window: Window) -> None:
    screen, keys = enter(window, "LMB", LMB_PIN)
    handle = window.windowHandle()
    assert handle is not None
    for at, view in enumerate(VIEWS):
        screen.chips.findChildren(QWidget)[0].setFocus()
        screen.presenter.show_view(view)
        for code in ("SRI", "DKR-2041", str(seller(window.till, "SRI")), "TITIP|DKR-000002|1|a"):
            keys.scan(code)
            assert_only_lmb(window)
        for text in ("SRI" + SRI_PIN, "' OR 1=1 --"):
            keys.type(text)
            keys.key(Qt.Key.Key_Return, "\r")
            QTest.qWait(80)
            assert_only_lmb(window)
        for number in range(at, 10):
            QTest.keyClick(handle, Qt.Key(ord("0") + number), CONTROL)
        for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F8, Qt.Key.Key_F12):
            keys.press(key)
        assert_only_lmb(window)
    for screen_id in ("selling", "sellers", "receipts", "settings", "nowhere"):
        window.desk.navigate.emit(screen_id)
        assert_only_lmb(window)


def test_every_button_shows_only_ones_own(window: Window) -> None:
    screen, _keys = enter(window, "LMB", LMB_PIN)
    # The chips come into view with the next round of events, when the row is laid out.
    chips = screen.chips.findChildren(QAbstractButton)
    assert len(chips) == len(VIEWS)
    wait_for(lambda: all(chip.isVisible() for chip in chips), "the chips")
    seen = 0
    for button in screen.findChildren(QAbstractButton):
        if button.isVisible() and button is not screen._leave:
            button.click()
            settle(window.till)
            assert_only_lmb(window)
            seen += 1
    assert seen >= 8
    cursor = window.till.book.reader()
    cursor.execute("SELECT document FROM print_jobs WHERE kind = 'statement'")
    for (raw,) in cursor.fetchall():
        paper = decode(bytes(raw))
        assert isinstance(paper, SellerStatement)
        assert paper.seller.code == "LMB"
        assert not any(words in str(paper.lines) for words in OTHERS)


def test_news_of_another_seller_changes_nothing(window: Window) -> None:
    screen, _keys = enter(window, "LMB", LMB_PIN)
    before = screen.presenter.mine
    asked = PayoutAsked(seller(window.till, "SRI"))
    window.till.worker.call(window.till.payouts.pay, asked, session=kasir_of(window.till))
    settle(window.till)
    assert screen.presenter.mine == before
    assert_only_lmb(window)


def test_the_next_seller_finds_nothing_of_the_one_before(window: Window) -> None:
    first, _keys = enter(window, "SRI", SRI_PIN)
    first.presenter.show_view("all")
    first.whatsapp.click()
    first.go_out()
    assert isinstance(current(window), SignInScreen)
    assert first.presenter.mine is None
    first.presenter.refresh()
    first.presenter.show_view("shelf")
    first.presenter.load_more()
    first.presenter.print_it()
    settle(window.till)
    assert first.presenter.mine is None
    assert window.till.printing.jobs()[-1].kind != "statement"
    enter(window, "LMB", LMB_PIN)
    QApplication.processEvents()
    assert_only_lmb(window)
