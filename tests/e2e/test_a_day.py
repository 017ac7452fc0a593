"""A whole day through the real window by keys: opened, sold, taken back, counted short, closed."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.config import book_path
from pos.models.verify import verify
from pos.receipts.documents_shift import ShiftPaper
from pos.receipts.pdf import paper_pdf
from pos.receipts.slips import slips_of
from pos.services.printing import PrinterChoice
from pos.services.shifts import DENOMINATIONS
from pos.services.till import Till
from pos.ui.closing.screen import ClosingScreen
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window
from tests.receipts.decoder import decode_job
from tests.receipts.pdf_reading import page_texts
from tests.shifts_support import in_money
from tests.support import KASIR_PIN, MANAGER_PIN, make_till
from tests.ui.support import Keyboard, settle, wait_for, window_on

FLOAT = 202_000
CASH_SOLD = 15_000 + 15_000 + 25_000 + 14_800 + 185_000
EXPECTED = FLOAT + CASH_SOLD - 35_000 - 20_000
"""What the drawer should hold: sold in cash, a return, cash out."""
SHORT = 2_000
PAID = 6 * 15_000 + 35_000 + 14_800 + 70_000 + 185_000


class Day:
    """The window, its keyboard, and the moves of a day."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = Keyboard(window.windowHandle())

    def enter(self) -> None:
        self.keys.key(Qt.Key.Key_Return, "\r")

    def sign_in(self) -> None:
        self.keys.type("r")
        self.keys.type(KASIR_PIN)
        self.enter()
        wait_for(lambda: self.window.desk.session is not None, "the sign-in")

    def go(self, key: Qt.Key) -> None:
        """Ctrl and a digit."""
        self.keys.press(key, Qt.KeyboardModifier.ControlModifier)

    @property
    def selling(self) -> SellingScreen:
        screen = self.window.current
        assert isinstance(screen, SellingScreen)
        return screen

    @property
    def drawer(self) -> ClosingScreen:
        screen = self.window.current
        assert isinstance(screen, ClosingScreen)
        return screen

    @property
    def receipts(self) -> ReceiptsScreen:
        screen = self.window.current
        assert isinstance(screen, ReceiptsScreen)
        return screen

    def at_step(self, step: str) -> None:
        state = self.drawer.presenter
        wait_for(lambda: state.state.step == step and not state.state.busy, step)

    def count(self, amount: int) -> None:
        """A whole sheet by keys; the last Enter is left out."""
        pieces = {(line.value, line.coin): line.pieces for line in in_money(amount)}
        for at, note in enumerate(DENOMINATIONS):
            if note in pieces:
                self.keys.type(str(pieces[note]))
            if at < len(DENOMINATIONS) - 1:
                self.enter()
        wait_for(lambda: self.drawer.presenter.state.total == amount, "the count")

    # -- the parts of the day --------------------------------------------------------------

    def open_shift(self) -> None:
        self.go(Qt.Key.Key_7)
        self.at_step("open")
        self.count(FLOAT)
        self.enter()
        self.enter()
        self.at_step("day")
        self.go(Qt.Key.Key_1)

    def sell(self, code: str, *steps: str, discount: str = "", pieces: str = "") -> None:
        """One customer. A step is a method's key (Alt+digit), a tick ("F10") or an amount."""
        if pieces:
            self.keys.type(f"{pieces}*", gap=200)
        self.keys.scan(code)
        wait_for(lambda: bool(self.selling.presenter.cart.lines), code)
        if discount:
            self.keys.press(Qt.Key.Key_F3)
            self.keys.type(discount)
            self.enter()
        self.keys.press(Qt.Key.Key_F12)
        for step in steps:
            if step.startswith("Alt"):
                key = Qt.Key(ord(step[-1]))
                self.keys.press(key, Qt.KeyboardModifier.AltModifier)
            elif step == "F10":
                self.keys.press(Qt.Key.Key_F10)
            elif step == "Enter":
                self.enter()
            else:
                self.keys.type(step)
        self.enter()
        side = self.selling.side
        wait_for(lambda: isinstance(side.currentWidget(), DonePanel), "the end of the sale")
        wait_for(lambda: not self.selling.presenter.cart.lines, "an empty cart")

    def take_back(self, number: str, *, void: bool) -> None:
        """One piece for cash, or the whole sale with a manager's word."""
        self.go(Qt.Key.Key_5)
        screen = self.receipts
        self.keys.press(Qt.Key.Key_F2)
        screen.finder.search.clear()
        self.keys.type(number, gap=200)
        self.enter()
        wait_for(lambda: bool(screen.presenter.state.paper), "the receipt")
        assert screen.presenter.state.paper is not None
        assert screen.presenter.state.paper.number == number
        self.keys.press(Qt.Key.Key_F8)
        if not void:
            self.keys.type("1")
            wait_for(lambda: screen.returning.state.pieces == 1, "one piece")
        screen.returns.reason.setFocus()
        self.keys.type("salah")
        wait_for(lambda: screen.returning.state.reason == "salah", "the reason")
        if void:
            self.keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
            wait_for(screen.returns.approval.isVisible, "the PIN panel")
            self.keys.type(MANAGER_PIN)
        self.enter()
        wait_for(lambda: screen.returning.state.done is not None, "the return")
        self.enter()

    def cash_out(self) -> None:
        self.go(Qt.Key.Key_7)
        self.keys.press(Qt.Key.Key_F4)
        self.keys.type("20000")
        self.enter()
        self.keys.type("lakban")
        self.enter()
        wait_for(lambda: len(self.drawer.presenter.state.moves) == 1, "the cash out")
        self.at_step("day")

    def close_short(self) -> None:
        assert self.drawer.presenter.state.hidden, "a kasir counts blind"
        self.keys.press(Qt.Key.Key_F12)
        self.at_step("payments")
        assert len(self.drawer.presenter.state.unchecked) == 3
        self.keys.key(Qt.Key.Key_Space, " ")
        wait_for(lambda: len(self.drawer.presenter.state.ticked) == 1, "the tick")
        self.enter()
        self.at_step("count")
        self.count(EXPECTED - SHORT)
        self.enter()
        self.at_step("difference")
        self.keys.type("salah kembalian")
        reason = self.drawer.presenter
        wait_for(lambda: reason.state.reason == "salah kembalian", "the reason")
        self.enter()
        self.at_step("deposit")
        self.enter()
        self.at_step("done")


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """The file that stands in for a printer's device."""
    paper = tmp_path / "lp0"
    paper.touch()
    return paper


def ten_sales(day: Day) -> None:
    day.sell("DKR-3001")
    day.sell("DKR-3001", "20000")
    day.sell("DKR-3001", "Alt+2")
    day.sell("DKR-3001", "Alt+2", "F10")
    day.sell("DKR-3001", "Alt+3")
    day.sell("DKR-3001", "Alt+4")
    day.sell("DKR-1187", "Alt+2", "10000", "Enter", "Alt+1")
    day.sell("DKR-3001", discount="1")
    day.sell("DKR-1187", "Alt+4", pieces="2")
    day.sell("DKR-2041", "200000")


def test_a_day_from_the_float_to_the_z(tmp_path: Path, printed: Path) -> None:
    till = make_till(tmp_path)
    till.printing.set_choice(PrinterChoice(address=f"file:{printed}"))
    till.start_printing()
    with window_on(till) as window:
        day = Day(window)
        day.sign_in()
        day.open_shift()
        ten_sales(day)
        day.take_back("DKR-000009", void=False)
        day.take_back("DKR-000003", void=True)
        day.cash_out()
        day.close_short()
        wait_for(lambda: till.printing.state().waiting == 0, "an empty queue")
        settle(till)
        paper = till.printing.last_preview()
        assert isinstance(paper, ShiftPaper)
        hash_on_screen = day.drawer.presenter.state.closed
        assert hash_on_screen is not None
        assert_figures(paper)
        assert_same_on_both_papers(paper, printed.read_bytes(), tmp_path)
        assert hash_on_screen.entry_hash == paper.head.entry_hash == head_of(till)
    report = verify(book_path(tmp_path / "data"))
    assert report.ok, report.first_failure


def head_of(till: Till) -> str:
    """The end of the journal's chain."""
    cursor = till.book.reader()
    cursor.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1")
    return bytes(cursor.fetchone()[0]).hex()


def assert_figures(paper: ShiftPaper) -> None:
    """Added up by hand, above."""
    assert (paper.kind, paper.head.number) == ("z", "Z-000001")
    assert (paper.sales, paper.pieces, paper.paid) == (10, 11, PAID)
    assert (paper.returns, paper.voids, paper.returned) == (1, 1, 35_000 + 15_000)
    assert {m.method: (m.taken, m.refunded, m.counted) for m in paper.methods} == {
        "cash": (CASH_SOLD, 35_000, EXPECTED - SHORT),
        "qris": (40_000, 15_000, 25_000),
        "transfer": (15_000, 0, 15_000),
        "card": (85_000, 0, 85_000),
    }
    assert (paper.cash_out, paper.rounding, paper.expected_cash) == (20_000, -50, EXPECTED)
    assert (paper.over_short, paper.reason) == (-SHORT, "salah kembalian")
    assert (paper.kept, paper.deposit) == (FLOAT, EXPECTED - SHORT - FLOAT)
    assert [(left.amount, left.staff) for left in paper.left_open] == [
        (15_000, "Rina"),
        (10_000, "Rina"),
    ]


def assert_same_on_both_papers(paper: ShiftPaper, sent: bytes, folder: Path) -> None:
    """Every line of the Z stands on the strip that the printer got and on the A4 page."""
    strip = one_line(decode_job(sent).text)
    strip = strip[strip.rindex("Z-000001") - 200 :]
    page = one_line(" ".join(page_texts(paper_pdf(paper), folder)))
    (slip,) = slips_of(paper)
    figures = [line.figure for line in slip.sums if line.figure]
    assert len(figures) > 25
    short = " ".join(paper.head.entry_hash[at : at + 4] for at in range(0, 16, 4))
    for words in (*figures, paper.head.number, short, "salah kembalian"):
        assert words in strip, f"{words} is not on the strip"
        assert words in page, f"{words} is not on the page"
    # The same sums in the same order, not just somewhere.
    assert re.findall(r"-?Rp [\d.]+", strip)[-len(re.findall(r"-?Rp [\d.]+", page)) :] == (
        re.findall(r"-?Rp [\d.]+", page)
    )


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("−", "-")
