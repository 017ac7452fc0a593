"""When a sale fails: what it leaves behind, and what it must not."""

import pytest

from pos import i18n
from pos.errors import EnvironmentProblem, UserError
from pos.money import MAX_AMOUNT
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.services.ringing import PLENTY, bros, everything, seller_id


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def test_too_little_money_changes_nothing(till: Till, kasir: Session) -> None:
    cart = bros(till)
    till.carts.save_open(cart, kasir.staff_id)
    before = everything(till)
    with pytest.raises(UserError) as refused:
        till.selling.complete(cart, (Tender("cash", 34_000),), session=kasir)
    assert refused.value.field == "amount"
    assert everything(till) == before


def test_a_sale_larger_than_the_paper_is_refused(till: Till, manager: Session) -> None:
    cart = bros(till, 2).set_price(1, MAX_AMOUNT, approved_by=manager.staff_id, reason="x")
    with pytest.raises(UserError, match="too large"):
        till.selling.complete(cart, (Tender("card", 2 * MAX_AMOUNT),), session=manager)


def test_a_disk_that_is_full_keeps_the_cart_and_the_book(
    till: Till, kasir: Session, manager: Session
) -> None:
    heard: list[frozenset[str]] = []
    till.changes.subscribe(heard.append)
    cart = bros(till)
    till.carts.save_open(cart, kasir.staff_id)
    writer = till.book.driver_connection
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    before = everything(till)
    writer.execute(f"PRAGMA max_page_count = {pages}")
    heard.clear()
    huge = cart
    for number in range(60):
        name = f"Barang {number} " + "x" * 60
        whose = seller_id(till, "SRI")
        new = till.catalog.unlisted(name, 1_000, whose, approved_by=manager.staff_id)
        huge = huge.add(new)
    with pytest.raises(EnvironmentProblem):
        till.selling.complete(huge, PLENTY, session=kasir)
    assert everything(till) == before
    assert till.carts.load_open() == cart
    assert heard == []
    writer.execute("PRAGMA max_page_count = 100000")
    assert till.selling.complete(huge, PLENTY, session=kasir).number == "DKR-000001"
    assert till.carts.load_open() is None


def test_a_listener_that_fails_does_not_make_the_sale_fail(
    till: Till, kasir: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """Else the screen would show an error, and the sale would be rung up twice."""
    heard: list[frozenset[str]] = []

    def broken(_topics: frozenset[str]) -> None:
        raise RuntimeError("a screen's bug")

    till.changes.subscribe(broken)
    till.changes.subscribe(heard.append)
    sale = till.selling.complete(bros(till), PLENTY, session=kasir)
    assert sale.number == "DKR-000001"
    assert len(heard) == 1
    assert "a screen's bug" in caplog.text


def test_a_sale_is_announced_once_with_all_that_changed(till: Till, kasir: Session) -> None:
    heard: list[frozenset[str]] = []
    stop = till.changes.subscribe(heard.append)
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert heard == [frozenset({"sales", "stock", "items", "print_jobs", "payments"})]
    stop()
    stop()
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert len(heard) == 1
