"""Cek titipan: coming in, looking, printing, sending, and leaving by itself; in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtWidgets import QApplication

from pos.cart import Cart, Discount
from pos.money import rupiah
from pos.receipts.slips_account import payout_slips
from pos.services.payouts import PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.till import Till
from pos.tender import Tender
from pos.ui.bridge import Done, Problem, Refused
from pos.ui.check.message import MOST
from pos.ui.check.presenter import LEAVE_AFTER, PAGE, VIEWS, CheckPresenter
from pos.ui.check.screen import CheckScreen
from pos.ui.check.table import columns_of, common_rate, empty_sentence, lines_of, total_of
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import Chip
from pos.ui.window import Window
from tests.support import FakeClock, make_till, manager_of
from tests.ui.consigned import LMB_PIN, SRI_PIN, give_pins, sell, seller
from tests.ui.support import Keyboard, open_window, run_now, settle, wait_for

DAY = 24 * 3600


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock)
    give_pins(made)
    yield made
    made.close()


@pytest.fixture
def window(tmp_path: Path, clock: FakeClock, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path, clock=clock) as made:
        give_pins(made.till)
        sell(made.till, "DKR-2041")
        sell(made.till, "DKR-1187", "DKR-1187")
        yield made


def look(till: Till, code: str, pin: str) -> CheckPresenter:
    presenter = CheckPresenter(till, run_now)
    presenter.submit(code, pin)
    assert presenter.mine is not None
    return presenter


def keys_of(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def checking(window: Window) -> CheckScreen:
    found = window.current
    assert isinstance(found, CheckScreen)
    return found


def gone(window: Window) -> bool:
    return isinstance(window.current, SignInScreen)


def enter(window: Window, code: str = "LMB", pin: str = LMB_PIN) -> tuple[CheckScreen, Keyboard]:
    keys = keys_of(window)
    keys.press(Qt.Key.Key_F3)
    screen = checking(window)
    keys.type(code + pin)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: screen.presenter.mine is not None, "the figures")
    return screen, keys


# -- what is shown ---------------------------------------------------------------------------


def test_what_a_seller_sees(till: Till, clock: FakeClock) -> None:
    sell(till, "DKR-1187")
    by = manager_of(till)
    lmb = seller(till, "LMB")
    till.worker.call(till.payouts.pay, PayoutAsked(lmb, amount=20_000), session=by)
    clock.pass_seconds(DAY)
    sell(till, "DKR-1187", "DKR-1187")
    presenter = look(till, "lmb", LMB_PIN)
    mine = presenter.mine
    assert mine is not None
    assert (mine.due, mine.on_shelf, mine.sold_today) == (64_000, 9, 2)
    assert mine.last is not None
    assert (mine.last.number, mine.last.amount) == ("S-000001", 20_000)
    assert [day.price for day in mine.days][-3:] == [0, 35_000, 70_000]
    assert len(mine.days) == 30
    assert (mine.view, mine.carried, mine.sums.amount) == ("payout", 8_000, 64_000)
    expected = {
        "today": (1, 56_000),
        "month": (2, 84_000),
        "payout": (2, 64_000),
        "all": (2, 84_000),
    }
    for view, (rows, amount) in expected.items():
        presenter.show_view(view)  # type: ignore[arg-type]  # one of the views
        mine = presenter.mine
        assert mine is not None
        total = total_of(mine)
        assert total is not None
        assert (len(lines_of(mine)), total.cells[-1]) == (rows, f"{amount // 1000}.000")
        assert len(columns_of(mine)) == len(total.cells)
    presenter.show_view("shelf")
    assert presenter.mine is not None
    assert [line.cells[0] for line in lines_of(presenter.mine)] == ["DKR-1187"]
    presenter.show_view("payouts")
    assert presenter.mine is not None
    assert [line.cells[0] for line in lines_of(presenter.mine)] == ["S-000001"]


def test_the_stands_part_in_percent_where_it_is_one(till: Till) -> None:
    sell(till, "DKR-2041")
    mine = look(till, "SRI", SRI_PIN).mine
    assert mine is not None
    assert "20%" in columns_of(mine)[4].title
    till.worker.call(
        till.sellers.set_pin, seller(till, "BBU"), "5937", by=manager_of(till).staff_id
    )
    sell(till, "DKR-3001")
    net = look(till, "BBU", "5937").mine
    assert net is not None
    assert "%" not in columns_of(net)[4].title


def test_nothing_yet_is_said_in_a_sentence(till: Till) -> None:
    presenter = look(till, "SRI", SRI_PIN)
    said = set()
    for view in VIEWS:
        presenter.show_view(view)
        assert presenter.mine is not None
        if not lines_of(presenter.mine):
            said.add(empty_sentence(presenter.mine))
            assert total_of(presenter.mine) is None
    assert len(said) == len(VIEWS) - 1


def test_all_is_loaded_page_by_page_with_sums_of_the_whole(till: Till) -> None:
    till.worker.call(
        till.sellers.set_pin, seller(till, "KRT"), "5937", by=manager_of(till).staff_id
    )
    for _sale in range(PAGE + 2):
        sell(till, "DKR-4001")
    presenter = look(till, "KRT", "5937")
    presenter.show_view("all")
    assert presenter.mine is not None
    assert (len(presenter.mine.lines), presenter.mine.more) == (PAGE, True)
    sums = presenter.mine.sums
    presenter.load_more()
    assert (len(presenter.mine.lines), presenter.mine.more) == (PAGE + 2, False)
    assert presenter.mine.sums == sums
    assert sum(line.amount for line in presenter.mine.lines) == sums.amount


# -- coming in -------------------------------------------------------------------------------


def test_in_by_keys_and_out_by_esc(window: Window) -> None:
    screen, keys = enter(window)
    assert screen.table.isVisible()
    assert not window.desk.session
    keys.press(Qt.Key.Key_Escape)
    assert gone(window)
    assert screen.presenter.mine is None


def test_in_by_touch_alone(window: Window) -> None:
    gate = window.current
    assert isinstance(gate, SignInScreen)
    gate.check.click()
    screen = checking(window)
    by_text = {button.text(): button for button in screen.ask.findChildren(Button)}
    for key in "LMB" + LMB_PIN:
        by_text[key].click()
    screen.ask.pad._hand_over()
    wait_for(lambda: screen.presenter.mine is not None, "the figures")
    assert screen.due.accessibleName().count(rupiah(56_000)) == 1
    screen._leave.click()
    assert gone(window)


def test_wrong_pins_slow_down_and_lock_known_and_unknown_codes_alike(
    till: Till, clock: FakeClock
) -> None:
    heard = {}
    for code in ("SRI", "ZZZZ"):
        presenter = CheckPresenter(till, run_now)
        said = []
        for _try in range(12):
            clock.pass_seconds(400)
            presenter.submit(code, "1111")
            said.append((presenter.ask.sentence, presenter.ask.wait))
            assert presenter.mine is None
        heard[code] = said
    assert heard["SRI"] == heard["ZZZZ"]
    presenter = CheckPresenter(till, run_now)
    clock.pass_seconds(4_000)
    presenter.submit("SRI", SRI_PIN)
    assert presenter.mine is None


def test_a_pin_that_is_checked_while_one_leaves_opens_nothing(till: Till) -> None:
    later: list[tuple[Callable[[], Any], Done | None]] = []

    def run(
        work: Callable[[], Any],
        done: Done | None = None,
        refused: Refused | None = None,
        problem: Problem | None = None,
    ) -> None:
        later.append((work, done))

    presenter = CheckPresenter(till, run)
    presenter.submit("SRI", SRI_PIN)
    presenter.leave()
    ((work, done),) = later
    assert done is not None
    done(work())
    assert presenter.mine is None


# -- leaving by itself -----------------------------------------------------------------------


def test_it_leaves_after_a_minute_without_a_touch(window: Window, clock: FakeClock) -> None:
    screen, keys = enter(window)
    clock.pass_seconds(LEAVE_AFTER - 8)
    screen.tick()
    assert "8" in screen._countdown.text()
    keys.key(Qt.Key.Key_Down)
    assert str(LEAVE_AFTER) in screen._countdown.text()
    clock.pass_seconds(LEAVE_AFTER - 1)
    screen.tick()
    assert window.current is screen
    clock.pass_seconds(1)
    screen.tick()
    assert gone(window)
    assert screen.presenter.mine is None
    assert not screen._timer.isActive()


def test_it_leaves_while_the_code_is_asked_too(window: Window, clock: FakeClock) -> None:
    keys_of(window).press(Qt.Key.Key_F3)
    screen = checking(window)
    clock.pass_seconds(LEAVE_AFTER)
    screen.tick()
    assert gone(window)


# -- taking it away --------------------------------------------------------------------------


def test_print_queues_the_statement_of_this_seller(window: Window) -> None:
    screen, keys = enter(window)
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: any(j.kind == "statement" for j in window.till.printing.jobs()), "the paper")
    settle(window.till)
    job = window.till.printing.jobs()[-1]
    assert (job.kind, job.title) == ("statement", "Lembayung")
    assert screen._said.text()


def test_the_qr_is_read_back_as_a_whatsapp_link(window: Window, tmp_path: Path) -> None:
    screen, keys = enter(window)
    keys.press(Qt.Key.Key_F6)
    QApplication.processEvents()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    screen.qr.grab().save(buffer, "PNG")
    picture = tmp_path / "qr.png"
    picture.write_bytes(bytes(buffer.data().data()))
    (found,) = zxingcpp.read_barcodes(Image.open(picture))
    assert len(found.text) <= MOST
    parts = urlsplit(found.text)
    assert (parts.scheme, parts.netloc) == ("https", "wa.me")
    text = parse_qs(parts.query)["text"][0]
    assert "*Lembayung (LMB)*" in text
    assert rupiah(56_000) in text
    assert "Anyaman" not in text
    keys.press(Qt.Key.Key_Escape)
    assert window.current is screen
    assert not screen.whatsapp.isChecked()


@pytest.mark.parametrize("size", [(700, 520), (1024, 768), (1366, 768), (1920, 1080)])
def test_every_size(window: Window, size: tuple[int, int]) -> None:
    screen, _keys = enter(window)
    window.resize(*size)
    for view in VIEWS:
        screen.presenter.show_view(view)
        QApplication.processEvents()
    assert window.width() == size[0]


def test_a_chip_keeps_the_focus_when_it_is_chosen(window: Window) -> None:
    screen, keys = enter(window)
    chip = screen.chips.findChildren(Chip)[0]
    chip.setFocus()
    keys.press(Qt.Key.Key_Space)
    wait_for(lambda: screen.presenter.mine is not None and screen.presenter.mine.view == VIEWS[0])
    assert QApplication.focusWidget() is chip
    assert chip.isChecked()


def test_a_discount_that_the_stand_bore_is_explained_so_that_each_row_adds_up(till: Till) -> None:
    """DKR-1187 at 35.000 and 20 %, of which the stand bears a discount of 5.000."""
    manager = manager_of(till)
    cart = Cart().add(till.catalog.find("DKR-1187"), 1)
    off = Discount(amount=5_000, bearer="stand", approved_by=manager.staff_id)
    cart = cart.discount_line(cart.lines[0].key, off)
    sale = till.selling.complete(cart, (Tender("cash", 30_000),), session=manager)
    presenter = look(till, "LMB", LMB_PIN)
    for view in ("payout", "all"):
        presenter.show_view(view)
        mine = presenter.mine
        assert mine is not None
        (line,) = lines_of(mine)
        assert line.cells[3:] == ("30.000", "7.000 −5.000", "28.000")
        total = total_of(mine)
        assert total is not None
        assert total.cells[1] == "Jumlah; beban stan 5.000"
        assert total.cells[3:] == ("30.000", "7.000 −5.000", "28.000")
        assert common_rate(mine) == "20"
    lmb = till.catalog.find("DKR-1187").seller_id
    paid = till.office.seller_papers.pay(PayoutAsked(lmb), session=manager)
    (slip,) = payout_slips(till.office.seller_papers.payout(paid.payout_id))
    assert slip.rows[0].notes == (
        "1 pcs seharga 30.000, komisi 7.000",
        "potongan 5.000 ditanggung stan",
    )
    sold = till.returns.returnable(sale.sale_id).lines[0]
    back = (ReturnAsked(sold.line_id, 1),)
    till.returns.give_back(sale.sale_id, back, refund="cash", reason="sobek", session=manager)
    presenter.show_view("all")
    mine = presenter.mine
    assert mine is not None
    returned, _sold = lines_of(mine)
    assert returned.cells[3:] == ("−30.000", "−7.000 +5.000", "−28.000")
    assert (mine.sums.price, mine.sums.commission, mine.sums.stand_discount) == (0, 0, 0)
