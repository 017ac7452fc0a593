"""Slips of earlier transfers and of orders: printed again as a copy, or kept as a PDF."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.events import TransferLine
from pos.receipts.documents import decode
from pos.receipts.documents_transfer import TransferSlip
from pos.services.print_jobs import last_document
from pos.ui.orders.screen import OrdersScreen
from pos.ui.others.moving_page import MovingPage
from pos.ui.others.screen import OthersScreen
from pos.ui.window import Window
from tests.boxes_support import plan_bazaar
from tests.order_support import taken
from tests.support import manager_of
from tests.ui.support import open_window, wait_for


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        made.desk.sign_in(manager_of(made.till))
        yield made


def test_an_earlier_transfer_is_printed_again_and_saved(window: Window, tmp_path: Path) -> None:
    till = window.till
    stand = plan_bazaar(till)
    item = till.catalog.find("DKR-1187")
    line = TransferLine(item.item_id, 2)
    made = till.office.transfers.send(stand, (line,), by=manager_of(till).staff_id)
    window.desk.navigate.emit("others")
    screen = window.shop.current
    assert isinstance(screen, OthersScreen)
    screen.open(2)
    page = screen.page
    assert isinstance(page, MovingPage)
    assert page.slips.current_id == made.transfer_id
    page.again.click()
    wait_for(lambda: not page.moving.busy and bool(page.moving.note), "the copy")
    assert made.number in page.moving.note
    paper = decode(last_document(till.book.reader()) or b"")
    assert isinstance(paper, TransferSlip)
    assert paper.head.copy
    assert [(one.code, one.qty) for one in paper.lines] == [("DKR-1187", 2)]
    target = tmp_path / "slip.pdf"
    page.choose_save = lambda _name, _kinds: target
    page.pdf.click()
    wait_for(lambda: not page.moving.busy and target.exists(), "the file")
    assert target.read_bytes().startswith(b"%PDF")


def test_an_order_is_saved_as_pdf(window: Window, tmp_path: Path) -> None:
    order_id = taken(window.till, manager_of(window.till))
    window.desk.navigate.emit("orders")
    screen = window.shop.current
    assert isinstance(screen, OrdersScreen)
    screen.open(order_id)
    target = tmp_path / "order.pdf"
    names: list[str] = []

    def choose(name: str, _kinds: str) -> Path:
        names.append(name)
        return target

    screen.page.choose_save = choose
    screen.page.pdf.click()
    wait_for(lambda: not screen.card.busy and target.exists(), "the file")
    assert target.read_bytes().startswith(b"%PDF")
    assert names == [f"{screen.card.shown.number}.pdf"]
