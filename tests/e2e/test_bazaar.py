"""Two windows with two data folders: an order with a deposit at the gallery, goods and a box to the
bazaar, a laptop that starts from it, sales there, the box home, the reconciliation, the sellers.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from pos.config import book_path
from pos.models.verify import verify
from pos.services.till import Till
from pos.ui.others.boxes_page import BoxesPage
from pos.ui.others.home_page import HomePage
from pos.ui.others.moving_page import MovingPage
from pos.ui.others.screen import OthersScreen
from pos.ui.others.stands_page import StandsPage
from pos.ui.sellers.account import AccountWork
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.settings.gate import Gate
from pos.ui.window import Window
from tests.order_support import order, taken
from tests.support import MANAGER_PIN, FakeClock, empty_folder, make_till, manager_of
from tests.ui.support import Keyboard, settle, wait_for, window_on

LAPTOP_PIN = "8642"


def enter(keys: Keyboard) -> None:
    keys.key(Qt.Key.Key_Return, "\r")


def sign_in(window: Window, pin: str) -> Keyboard:
    keys = Keyboard(window.windowHandle())
    keys.type("s")
    keys.type(pin)
    enter(keys)
    wait_for(lambda: window.desk.session is not None, "the sign-in")
    return keys


def section(window: Window, at: int) -> Any:
    window.desk.navigate.emit("others")
    screen = window.shop.current
    assert isinstance(screen, OthersScreen)
    screen.open(at)
    return screen.page


def idle(page: Any) -> None:
    wait_for(lambda: not page.work.busy, "the end of the work")
    assert not page.work.errors, page.work.errors


def plan_and_send(window: Window, keys: Keyboard) -> None:
    """A bazaar of three days; a bag, five brooches and ten key rings on a slip."""
    stands = section(window, 0)
    assert isinstance(stands, StandsPage)
    stands.name.setText("Bazar Alun-alun")
    stands.code.setText("aln")
    stands.first.set_day(dt.date(2026, 11, 27))
    stands.last.set_day(dt.date(2026, 11, 29))
    keys.press(Qt.Key.Key_F9)
    idle(stands)
    sending = section(window, 2)
    assert isinstance(sending, MovingPage)
    for code, count in (("DKR-2041", 1), ("DKR-1187", 5), ("DKR-3001", 10)):
        for _piece in range(count):
            keys.scan(code)
    assert sending.moving.pieces == 16
    keys.press(Qt.Key.Key_F9)
    idle(sending)
    assert "P-000001" in sending.said.text()


def write_box(window: Window, target: Path) -> None:
    page = section(window, 1)
    assert isinstance(page, BoxesPage)
    page.choose_save = lambda _name, _kinds: target
    page.write.click()
    idle(page)
    assert target.is_file()


def take_box(window: Window, box: Path) -> BoxesPage:
    page = section(window, 1)
    assert isinstance(page, BoxesPage)
    page.choose_open = lambda _kinds: box
    page.look.click()
    wait_for(lambda: page.boxes.facts is not None, "the box to be looked through")
    page.take.click()
    idle(page)
    return page


def set_up_laptop(window: Window, box: Path) -> None:
    """From an empty machine to the manager signed in."""
    screen = window.current
    assert isinstance(screen, SetUpScreen)
    panel = screen.panel
    panel.choose_open = lambda: box
    panel.box.click()
    wait_for(lambda: screen.presenter.state.from_box, "the stands in the box")
    assert panel.join.stand.currentText().startswith("Bazar Alun-alun (ALN)")
    assert screen.presenter.state.draft.till_code == "ALN1"
    panel.next.click()
    screen.presenter.edit(pin=LAPTOP_PIN, pin_again=LAPTOP_PIN)
    panel.next.click()
    wait_for(lambda: screen.presenter.state.step_name == "printer", "the book to be written")
    panel.next.click()
    wait_for(lambda: window.desk.session is not None, "the sign-in")


def sell(window: Window, keys: Keyboard, code: str) -> None:
    window.desk.navigate.emit("selling")
    screen = window.shop.current
    assert isinstance(screen, SellingScreen)
    keys.scan(code)
    assert screen.presenter.cart.lines, screen.notice.text
    keys.press(Qt.Key.Key_F12)
    keys.type("500000")
    enter(keys)
    wait_for(lambda: isinstance(screen.side.currentWidget(), DonePanel), "the end of the sale")


def at_the_bazaar(folder: Path, box: Path, home_box: Path) -> None:
    till = Till.open(empty_folder(folder), clock=FakeClock(), cheap_pins=True)
    with window_on(till) as window:
        set_up_laptop(window, box)
        keys = Keyboard(window.windowHandle())
        moving = section(window, 2)
        (waiting,) = moving.moving.waiting
        moving.moving.arrive(waiting.transfer_id)
        moving.all_here.click()
        keys.press(Qt.Key.Key_F9)
        idle(moving)
        assert "semua sudah sampai" in moving.said.text()
        sell(window, keys, "DKR-2041")
        sell(window, keys, "DKR-1187")
        # The order that the gallery took, and what it holds for it, is known here as well.
        assert order_total(till) == 500_000
        write_box(window, home_box)
        settle(till)
    assert verify(book_path(folder)).ok


def order_total(till: Till) -> int:
    cursor = till.book.reader()
    cursor.execute("SELECT total FROM orders")
    return int(cursor.fetchone()[0])


def come_home(window: Window, keys: Keyboard) -> None:
    """Three brooches and the key rings are back; one brooch is not, and is written off."""
    coming = section(window, 3)
    assert isinstance(coming, HomePage)
    assert {row.code: row.sold for row in coming.home.rows} == {
        "DKR-1187": 1,
        "DKR-2041": 1,
        "DKR-3001": 0,
    }
    for code, count in (("DKR-1187", 3), ("DKR-3001", 10)):
        for _piece in range(count):
            keys.scan(code)
    assert (coming.home.pieces, coming.home.missing) == (13, 1)
    keys.press(Qt.Key.Key_F9)
    idle(coming)
    coming.home.reason = "hilang di bazar"
    coming.write_off.click()
    idle(coming)
    assert coming.home.missing == 0


def pay_for_the_bazaar(window: Window, home: Till) -> None:
    """The gallery pays for all stands, and the seller's account says what was sold where."""
    stands = section(window, 0)
    assert isinstance(stands, StandsPage)
    bazaar = next(one for one in stands.stands.stands if one.code == "ALN")
    assert (bazaar.sold, bazaar.receipts) == (220_000, 2)
    assert bazaar.known_until is not None
    # The gallery pays for all: what the bazaar owes SRI (the bag) and LMB (two brooches,
    # one of them lost and borne by the stand).
    stands.stands.choose_payer(home.unit.till_no)
    idle(stands)
    stands.stands.choose(bazaar.stand_id)
    assert bazaar.due == 148_000 + 28_000 + 28_000
    stands.pay.click()
    idle(stands)
    assert next(one for one in stands.stands.stands if one.code == "ALN").due == 0

    sri = next(one for one in home.catalog.sellers() if one.code == "SRI")
    account = AccountWork(window.desk, Gate(lambda: window.desk.staff))
    account.open(sri.seller_id)
    assert account.elsewhere.startswith("Bazar Alun-alun: 1 brg laku")
    assert "s.d. 22 Nov 2026" in account.elsewhere
    (there,) = home.office.bazaars.seller_by_stand(sri.seller_id)
    assert (there.stand_name, there.paid, there.paid_out, there.due) == (
        "Bazar Alun-alun",
        185_000,
        148_000,
        0,
    )


def test_to_the_bazaar_and_home(tmp_path: Path) -> None:
    out, back = tmp_path / "out.titipbox", tmp_path / "home.titipbox"
    home = make_till(tmp_path)
    order_id = taken(home, manager_of(home))
    with window_on(home) as window:
        keys = sign_in(window, MANAGER_PIN)
        plan_and_send(window, keys)
        write_box(window, out)
        at_the_bazaar(tmp_path / "laptop", out, back)

        window.activateWindow()
        page = take_box(window, back)
        assert [till.till_code for till in page.boxes.others] == ["ALN1"]
        again = take_box(window, back)
        assert "sudah ada di sini" in again.said.text()

        come_home(window, keys)
        pay_for_the_bazaar(window, home)
        assert order(home, order_id).deposit == 200_000
        settle(home)
    report = verify(book_path(home.folder))
    assert report.ok, report.first_failure
