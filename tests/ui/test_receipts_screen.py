"""Receipts: finding, reading, copying, ticking; on a real book."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos.cart import Cart, price_cart
from pos.errors import UserError
from pos.services.till import Till
from pos.tender import Method, Tender
from pos.ui.receipts.presenter import PAGE, ReceiptsPresenter, empty_sentence
from pos.ui.receipts.query import parse_day, scanned_number, whole_number
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.widgets.chip import Chip
from pos.ui.window import Window
from tests.support import FakeClock, kasir_of, make_till
from tests.ui.support import Keyboard, open_window, run_now, wait_for

DAY_SECONDS = 24 * 3600


def sell(till: Till, *codes: str, method: Method = "cash") -> str:
    cart = Cart()
    for code in codes:
        cart = cart.add(till.catalog.find(code))
    total = price_cart(cart).total
    tender = Tender(method, total)
    return till.worker.call(till.selling.complete, cart, (tender,), session=kasir_of(till)).number


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def presenter(till: Till) -> ReceiptsPresenter:
    return ReceiptsPresenter(till, run_now, run_now, lambda: kasir_of(till))


def numbers(presenter: ReceiptsPresenter) -> list[str]:
    return [row.number for row in presenter.state.rows]


# -- what was typed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("TITIP|DKR-000123|558000|9f3a", "DKR-000123"),
        ("titip|dkr-7|1|x", "DKR-000007"),
        ("TITIP|", ""),
        ("TITIP|a b|", ""),
        ("DKR-2041", ""),
        ("", ""),
    ],
)
def test_a_receipts_own_code(text: str, number: str) -> None:
    assert scanned_number(text) == number


def test_numbers_are_read_as_people_write_them() -> None:
    assert whole_number(" dkr-123 ") == "DKR-000123"
    assert whole_number("topi") == ""


TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22/11/2026", TODAY),
        ("1-2-26", dt.date(2026, 2, 1)),
        ("21.11", dt.date(2026, 11, 21)),
        ("25/12", dt.date(2025, 12, 25)),
    ],
)
def test_days_as_people_type_them(text: str, day: dt.date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "22", "31/2/2026", "a/b", "23/11/2026", "1/1/99999", "29/2"])
def test_what_is_no_past_day_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_day(text, TODAY)


# -- the presenter ---------------------------------------------------------------------------


def test_an_empty_book_says_so(presenter: ReceiptsPresenter) -> None:
    presenter.refresh()
    first = empty_sentence(presenter.state)
    presenter.type("topi")
    assert first != empty_sentence(presenter.state)
    presenter.type("")
    presenter.show_unchecked(True)
    assert first != empty_sentence(presenter.state)


def test_found_by_number_item_seller_and_amount(till: Till, presenter: ReceiptsPresenter) -> None:
    bag = sell(till, "DKR-2041")
    brooch = sell(till, "DKR-1187", "DKR-3001")
    for text, expected in (
        ("", [brooch, bag]),
        ("bros", [brooch]),
        ("SRI", [bag]),
        ("Rp 185.000", [bag]),
        ("50000", [brooch]),
        (bag, [bag]),
        ("nothing like it", []),
    ):
        presenter.type(text)
        assert numbers(presenter) == expected, text
    presenter.type("")
    seller = next(s for s in till.catalog.sellers() if s.code == "BBU")
    presenter.choose_seller(seller.seller_id)
    assert numbers(presenter) == [brooch]


def test_found_by_day(till: Till, presenter: ReceiptsPresenter, clock: FakeClock) -> None:
    old = sell(till, "DKR-2041")
    clock.pass_seconds(DAY_SECONDS)
    new = sell(till, "DKR-2210")
    for day, date, expected in (
        ("today", None, [new]),
        ("yesterday", None, [old]),
        ("date", dt.date(2026, 11, 22), [old]),
        ("all", None, [new, old]),
    ):
        presenter.choose_day(day, date)  # type: ignore[arg-type]  # one of the choices
        assert numbers(presenter) == expected


def test_pages_follow_each_other_without_gap_or_double(
    till: Till, presenter: ReceiptsPresenter
) -> None:
    made = [sell(till, "DKR-4001") for _sale in range(PAGE + 3)]
    presenter.refresh()
    more = [presenter.state.more]
    for _page in range(2):
        presenter.load_more()
        more.append(presenter.state.more)
        assert numbers(presenter) == made[::-1]
    assert more == [True, False, False]


def test_a_scanned_receipt_opens_over_any_filter(till: Till, presenter: ReceiptsPresenter) -> None:
    number = sell(till, "DKR-2041")
    presenter.choose_day("yesterday")
    presenter.type(f"TITIP|{number}|185000|abc")
    assert presenter.state.paper is not None
    assert presenter.state.paper.number == number
    assert presenter.state.day == "all"
    presenter.type("TITIP|DKR-000999|1|x")
    assert "DKR-000999" in presenter.state.sentence


def test_enter_opens_the_number_or_the_first(till: Till, presenter: ReceiptsPresenter) -> None:
    first, second = sell(till, "DKR-2041"), sell(till, "DKR-2210")
    presenter.refresh()
    presenter.open_best()
    assert presenter.state.paper is not None
    assert presenter.state.paper.number == second
    presenter.type("dkr-1")
    presenter.open_best()
    assert presenter.state.paper.number == first


def test_a_copy_is_queued_and_marked(till: Till, presenter: ReceiptsPresenter) -> None:
    number = sell(till, "DKR-2041")
    presenter.refresh()
    presenter.reprint()
    assert len(till.printing.jobs()) == 1, "without a chosen receipt nothing is printed"
    presenter.open_best()
    presenter.reprint()
    assert number in presenter.state.note
    assert [(job.title, job.copy) for job in till.printing.jobs()][-1] == (number, True)


def test_money_that_came_in_is_ticked_once(till: Till, presenter: ReceiptsPresenter) -> None:
    number = sell(till, "DKR-2041", method="qris")
    sell(till, "DKR-2210")
    presenter.refresh()
    assert [p.number for p in presenter.state.unchecked] == [number]
    assert presenter.state.rows[1].unchecked
    presenter.open_number(number)
    (payment,) = presenter.state.to_tick
    presenter.check(payment.payment_id)
    assert presenter.state.unchecked == ()
    assert presenter.state.to_tick == ()
    assert presenter.state.note
    assert not till.receipts.unchecked()


# -- the window ------------------------------------------------------------------------------


@pytest.fixture
def window(qapp: object, tmp_path: Path, clock: FakeClock) -> Iterator[Window]:
    with open_window(tmp_path, clock=clock) as made:
        yield made


def open_receipts(window: Window) -> tuple[ReceiptsScreen, Keyboard]:
    window.desk.sign_in(kasir_of(window.till))
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    keys.key(Qt.Key.Key_5, modifiers=Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert isinstance(screen, ReceiptsScreen)
    keys.key(Qt.Key.Key_F6)
    if screen.queue.isVisible():
        keys.key(Qt.Key.Key_F6)
    return screen, keys


def test_keys_alone_find_and_copy_a_receipt(window: Window) -> None:
    number = sell(window.till, "DKR-2041")
    sell(window.till, "DKR-2210")
    screen, keys = open_receipts(window)
    keys.key(Qt.Key.Key_F2)
    keys.type("anyam")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: screen.paper.paper.document is not None, "the receipt that was meant")
    document = screen.paper.paper.document
    assert getattr(document, "number", "") == number
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: any(job.copy for job in window.till.printing.jobs()), "the copy")


def test_arrows_in_the_search_field_move_the_list(window: Window) -> None:
    first, second = sell(window.till, "DKR-2041"), sell(window.till, "DKR-2210")
    screen, keys = open_receipts(window)
    keys.key(Qt.Key.Key_F2)
    for expected in (second, first, first):
        keys.key(Qt.Key.Key_Down)
        assert screen.presenter.state.paper is not None
        assert screen.presenter.state.paper.number == expected
    assert screen.finder.search.hasFocus()


def test_f4_and_f10_tick_what_has_come_in(window: Window) -> None:
    sell(window.till, "DKR-2041", method="transfer")
    screen, keys = open_receipts(window)
    keys.key(Qt.Key.Key_F4)
    assert len(screen.list.rows) == 1
    keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_F10)
    wait_for(lambda: not window.till.receipts.unchecked(), "the tick")
    wait_for(lambda: not screen.list.rows, "the empty list")
    assert not screen.list.isVisible()


def test_a_receipts_code_opens_it_and_a_label_goes_to_the_till(window: Window) -> None:
    number = sell(window.till, "DKR-2041")
    screen, keys = open_receipts(window)
    keys.scan(f"TITIP|{number}|185000|abcdef")
    assert screen.presenter.state.paper is not None
    assert screen.presenter.state.paper.number == number
    assert screen.finder.search.text() == number
    keys.scan("DKR-1187")
    assert window.shop.current_id == "selling"


def test_a_wrong_date_is_said_and_changes_nothing(window: Window) -> None:
    sell(window.till, "DKR-2041")
    screen, keys = open_receipts(window)
    screen.finder.date.setFocus()
    keys.type("99/99")
    keys.key(Qt.Key.Key_Return, "\r")
    assert screen.finder._error.isVisible()
    assert len(screen.list.rows) == 1


def test_typing_after_the_payments_to_tick_searches_all_receipts(
    till: Till, presenter: ReceiptsPresenter
) -> None:
    number = sell(till, "DKR-2041")
    presenter.show_unchecked(True)
    presenter.type("anyam")
    assert not presenter.state.unchecked_only
    assert numbers(presenter) == [number]


def test_chips_day_and_seller_narrow_the_list(window: Window, clock: FakeClock) -> None:
    old = sell(window.till, "DKR-2041")
    clock.pass_seconds(DAY_SECONDS)
    new = sell(window.till, "DKR-1187")
    screen, keys = open_receipts(window)

    def shown() -> list[str]:
        return [row.title for row in screen.list.rows]

    chips = screen.finder.chips.findChildren(Chip)
    chips[1].click()
    assert shown() == [new]
    screen.finder.date.setFocus()
    keys.type("22/11/2026")
    keys.key(Qt.Key.Key_Return, "\r")
    assert shown() == [old]
    screen.finder.date.clear()
    keys.key(Qt.Key.Key_Return, "\r")
    assert shown() == [new, old]
    seller = next(s for s in window.till.catalog.sellers() if s.code == "SRI")
    screen.finder.seller.choose(seller.seller_id)
    screen.finder.seller.activated.emit(screen.finder.seller.currentIndex())
    wait_for(lambda: shown() == [old], "the seller's receipts")


def test_escape_empties_the_search(window: Window) -> None:
    sell(window.till, "DKR-2041")
    screen, keys = open_receipts(window)
    keys.key(Qt.Key.Key_F2)
    keys.type("zzz")
    wait_for(lambda: not screen.list.rows, "nothing")
    keys.key(Qt.Key.Key_Escape)
    assert len(screen.list.rows) == 1


class Later:
    """Holds work back until it is told to do it, as a busy machine would."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(
        self, work: Any, done: Any = None, refused: Any = None, problem: Any = None
    ) -> None:
        self.waiting.append(lambda: run_now(work, done, refused, problem))

    def end_one(self) -> None:
        self.waiting.pop(0)()


def test_while_a_search_runs_only_the_last_one_asked_follows(till: Till) -> None:
    bag, vase = sell(till, "DKR-2041"), sell(till, "DKR-2210")
    later = Later()
    presenter = ReceiptsPresenter(till, run_now, later, lambda: kasir_of(till))
    presenter.refresh()
    for text in ("v", "va", "vas", "tas"):
        presenter.type(text)
    presenter.open_best()
    assert (len(later.waiting), presenter.state.searching) == (1, True)
    assert numbers(presenter) == [vase, bag], "the last rows stay while it is looked for"
    later.end_one()
    assert presenter.state.searching
    later.end_one()
    assert later.waiting == []
    assert numbers(presenter) == [bag]
    assert presenter.state.paper is not None, "Enter holds for what was being looked for"
    assert presenter.state.paper.number == bag


def test_a_search_that_is_no_longer_asked_for_changes_nothing(till: Till) -> None:
    bag, vase = sell(till, "DKR-2041"), sell(till, "DKR-2210")
    later = Later()
    presenter = ReceiptsPresenter(till, run_now, later, lambda: kasir_of(till))
    presenter.type("tas")
    presenter.type("")
    assert numbers(presenter) == [vase, bag]
    later.end_one()
    assert numbers(presenter) == [vase, bag]
    assert not presenter.state.searching
