"""What a seller lives through, in the real window: twelve pieces come, three are sold and paid for,
one comes back afterwards, and the next payout nets it. Every paper is read back.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt

from pos.config import book_path
from pos.models.verify import verify
from pos.services.printing import PrinterChoice
from pos.ui.check.screen import CheckScreen
from pos.ui.goods.intake_page import IntakePage
from pos.ui.goods.labels_page import LabelsPage
from pos.ui.goods.screen import GoodsScreen
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.sellers.screen import SellersScreen
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window
from tests.receipts.decoder import Paper, decode_job
from tests.receipts.symbols import label_of, pages, read_all
from tests.support import KASIR_PIN, make_till, manager_of
from tests.ui.consigned import SRI_PIN, seller
from tests.ui.support import Keyboard, settle, wait_for, window_on

CONTROL = Qt.KeyboardModifier.ControlModifier
PRICE, SHARE = 50_000, 40_000


class Day:
    """A day at the stand: the window, the keys, and the paper that comes out of the printer."""

    def __init__(self, window: Window, device: Path) -> None:
        self.window, self.till, self.device = window, window.till, device
        handle = window.windowHandle()
        assert handle is not None
        self.keys = Keyboard(handle)
        self._read = 0

    def enter(self) -> None:
        self.keys.key(Qt.Key.Key_Return, "\r")

    def go(self, digit: Qt.Key) -> object:
        self.keys.key(digit, modifiers=CONTROL)
        return self.window.current

    def paper(self) -> Paper:
        """What has been printed since the last look."""
        settle(self.till)
        wait_for(lambda: self.till.printing.state().waiting == 0, "an empty queue")
        wait_for(lambda: self.device.stat().st_size > self._read, "paper")
        raw = self.device.read_bytes()[self._read :]
        self._read += len(raw)
        return decode_job(raw)

    def due(self) -> int:
        return self.till.statements.due(seller(self.till, "SRI"))


@pytest.fixture
def day(tmp_path: Path, qapp: object) -> Iterator[Day]:
    device = tmp_path / "lp0"
    device.touch()
    till = make_till(tmp_path)
    till.printing.set_choice(PrinterChoice(address=f"file:{device}"))
    till.start_printing()
    with window_on(till) as window:
        made = Day(window, device)
        made.keys.type("r" + KASIR_PIN)
        made.enter()
        wait_for(lambda: window.desk.session is not None, "the sign-in")
        yield made
    report = verify(book_path(tmp_path / "data"))
    assert report.ok, report.first_failure


def bring_twelve(day: Day) -> str:
    """The note is typed, saved and printed for both parties; the code of the new item."""
    screen = day.go(Qt.Key.Key_2)
    assert isinstance(screen, GoodsScreen)
    page, keys = screen.page, day.keys
    assert isinstance(page, IntakePage)
    keys.type("sri")
    day.enter()
    for typed in ("Dompet anyam", "tas", "", "50000", "12", ""):
        keys.type(typed)
        day.enter()
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: page._intake.done is not None, "the note")
    note = page._intake.done
    assert note is not None
    (line,) = note.lines
    assert (line.name, line.qty, line.price) == ("Dompet anyam", 12, PRICE)
    paper = day.paper()
    assert paper.cuts == 2, "one note for each party"
    assert paper.text.count(note.number) >= 2
    assert line.code in paper.text
    return line.code


def make_labels(day: Day, code: str, folder: Path) -> str:
    """Labels for all twelve; what stands in their bars."""
    screen = day.window.current
    assert isinstance(screen, GoodsScreen)
    intake = screen.page
    assert isinstance(intake, IntakePage)
    intake.done.to_labels.click()
    page = screen.page
    assert isinstance(page, LabelsPage)
    target = folder / "label.pdf"
    page.choose_save = lambda _name, _kinds: target
    day.keys.key(Qt.Key.Key_F9)
    wait_for(lambda: target.exists() and not page.work.busy, "the sheet")
    (sheet,) = pages(target.read_bytes(), folder)
    labels = page._labels.sheet
    read = [
        [one.text for one in read_all(label_of(sheet, labels, x, y))]
        for _sheet, x, y in labels.places(1, 12)
    ]
    assert read == [[code]] * 12
    return str(read[0][0])


class Receipt(NamedTuple):
    """What the buyer holds: its number, and what its code says to a scanner."""

    number: str
    code: str


def sell(day: Day, label: str, pieces: int) -> Receipt:
    """Scan, pay; the receipt."""
    screen = day.go(Qt.Key.Key_1)
    assert isinstance(screen, SellingScreen)
    for _piece in range(pieces):
        day.keys.scan(label)
    assert screen.presenter.priced.total == pieces * PRICE
    day.keys.press(Qt.Key.Key_F12)
    day.keys.type("200000")
    day.enter()
    wait_for(lambda: isinstance(screen.side.currentWidget(), DonePanel), "the end of the sale")
    paper = day.paper()
    assert "Dompet anyam" in paper.text
    (code,) = paper.qr()
    number = next(word for word in paper.text.split() if word.startswith("DKR-0"))
    return Receipt(number, code)


def pay_out(day: Day) -> Paper:
    """Pay all that is due to SRI in cash; the slip."""
    screen = day.go(Qt.Key.Key_3)
    assert isinstance(screen, SellersScreen)
    day.keys.type("sri")
    wait_for(lambda: screen.finder.search.text() == "sri", "the search")
    day.enter()
    wait_for(lambda: screen.seller_id == seller(day.till, "SRI"), "the seller")
    day.keys.press(Qt.Key.Key_F12)
    day.keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.payout.payout.paid is not None, "the payout")
    paper = day.paper()
    screen.finder.search.clear()
    return paper


def give_one_back(day: Day, receipt: Receipt, label: str) -> None:
    """The buyer of the first sale brings the piece back: the receipt's code, the label, the reason."""
    window, keys = day.window, day.keys
    day.go(Qt.Key.Key_1)
    keys.scan(receipt.code)
    wait_for(lambda: isinstance(window.current, ReceiptsScreen), "the receipts")
    screen = window.current
    assert isinstance(screen, ReceiptsScreen)
    keys.press(Qt.Key.Key_F8)
    keys.scan(label)
    wait_for(lambda: screen.returning.state.pieces == 1, "the piece")
    screen.returns.reason.setFocus()
    keys.type("jahitan lepas")
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.returning.state.done is not None, "the return")
    slip = words_of(day.paper())
    for words in ("R-000001", receipt.number, "50.000"):
        assert words in slip
    day.enter()


def look_as_the_seller(day: Day) -> CheckScreen:
    """Sri looks for herself: her code, her PIN."""
    till = day.till
    by = manager_of(till).staff_id
    till.worker.call(till.sellers.set_pin, seller(till, "SRI"), SRI_PIN, by=by)
    day.keys.key(Qt.Key.Key_L, modifiers=CONTROL)
    day.keys.press(Qt.Key.Key_F3)
    screen = day.window.current
    assert isinstance(screen, CheckScreen)
    day.keys.type("SRI")
    day.enter()
    day.keys.type(SRI_PIN)
    day.enter()
    wait_for(lambda: screen.presenter.mine is not None, "the seller's figures")
    return screen


def words_of(paper: Paper) -> str:
    """The text with single spaces, since slips wrap their lines."""
    return " ".join(paper.text.split())


def test_twelve_come_three_are_sold_one_returns_after_the_payout_and_is_netted(
    day: Day, tmp_path: Path
) -> None:
    label = make_labels(day, bring_twelve(day), tmp_path)
    first = sell(day, label, 1)
    sell(day, label, 2)
    assert day.due() == 3 * SHARE
    slip = words_of(pay_out(day))
    for words in ("S-000001", first.number, "120.000", "seratus dua puluh ribu rupiah"):
        assert words.casefold() in slip.casefold()
    assert day.due() == 0
    give_one_back(day, first, label)
    assert day.due() == -SHARE
    sell(day, label, 2)
    slip = words_of(pay_out(day))
    for words in ("S-000002", first.number, "-40.000", "80.000", "empat puluh ribu rupiah"):
        assert words.casefold() in slip.casefold(), words
    assert day.due() == 0
    screen = look_as_the_seller(day)
    mine = screen.presenter.mine
    assert mine is not None
    assert mine.due == 0
    assert mine.on_shelf == 1 + 12 - 3 + 1 - 2
    assert mine.last is not None
    assert (mine.last.number, mine.last.amount) == ("S-000002", SHARE)
    screen.presenter.show_view("all")
    everything = screen.presenter.mine
    assert everything is not None
    amounts = [line.amount for line in reversed(everything.lines)]
    assert amounts == [SHARE, 2 * SHARE, -SHARE, 2 * SHARE]
