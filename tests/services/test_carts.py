from pathlib import Path

import pytest

from pos.cart import Cart, Discount
from pos.errors import UserError
from pos.services.carts import MAX_NAME
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock


def bros(till: Till, qty: int = 1) -> Cart:
    return Cart().add(till.catalog.find("DKR-1187"), qty)


def reopened(till: Till, clock: FakeClock) -> Till:
    till.close()
    return Till.open(till.folder, clock=clock, cheap_pins=True)


def test_the_open_cart_survives_the_program(till: Till, kasir: Session, clock: FakeClock) -> None:
    cart = bros(till, 3).discount_cart(Discount(percent_bp=500))
    till.carts.save_open(bros(till), kasir.staff_id)
    till.carts.save_open(cart, kasir.staff_id)
    again = reopened(till, clock)
    assert again.carts.load_open() == cart
    again.close()


def test_a_crash_right_after_a_change_loses_nothing(
    tmp_path: Path, till: Till, kasir: Session
) -> None:
    """What a killed program leaves is the file and its log; a copy of both is what comes back."""
    cart = bros(till, 2)
    till.carts.save_open(cart, kasir.staff_id)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in till.folder.glob("titip.db*"):
        (crashed / path.name).write_bytes(path.read_bytes())
    again = Till.open(crashed, cheap_pins=True)
    assert again.carts.load_open() == cart
    again.close()


def test_an_empty_cart_is_not_kept(till: Till, kasir: Session) -> None:
    till.carts.save_open(bros(till), kasir.staff_id)
    till.carts.save_open(Cart(), kasir.staff_id)
    assert till.carts.load_open() is None


def test_there_is_one_open_cart_and_a_sale_ends_it(till: Till, kasir: Session) -> None:
    till.carts.save_open(bros(till), kasir.staff_id)
    till.selling.complete(bros(till), (Tender("cash", 50_000),), session=kasir)
    assert till.carts.load_open() is None


def test_carts_are_held_under_a_name_and_taken_back(
    till: Till, kasir: Session, clock: FakeClock
) -> None:
    first = bros(till, 2).discount_cart(Discount(amount=5_000))
    till.carts.save_open(first, kasir.staff_id)
    one = till.carts.hold(first, "  Bu   Ani ", kasir.staff_id)
    assert till.carts.load_open() is None
    clock.pass_seconds(3_660)
    two = till.carts.hold(bros(till), "", kasir.staff_id)
    held = till.carts.held()
    assert [(h.cart_id, h.name, h.staff, h.pieces, h.total) for h in held] == [
        (one, "Bu Ani", "Rina", 2, 65_000),
        (two, "10.01", "Rina", 1, 35_000),
    ]
    assert held[1].at.isoformat() == "2026-11-22T10:01:00+07:00"

    again = reopened(till, clock)
    assert again.carts.held() == held
    resumed = again.carts.resume(one)
    assert (resumed.lines, resumed.discount, resumed.name) == (
        first.lines,
        first.discount,
        "Bu Ani",
    )
    assert again.carts.load_open() == resumed
    assert [h.cart_id for h in again.carts.held()] == [two]
    again.close()


def test_a_cart_is_taken_back_once(till: Till, kasir: Session) -> None:
    cart_id = till.carts.hold(bros(till), "", kasir.staff_id)
    till.carts.resume(cart_id)
    with pytest.raises(UserError):
        till.carts.resume(cart_id)


def test_a_discarded_cart_is_gone(till: Till, kasir: Session) -> None:
    cart_id = till.carts.hold(bros(till), "", kasir.staff_id)
    till.carts.discard(cart_id)
    assert till.carts.held() == ()
    with pytest.raises(UserError):
        till.carts.resume(cart_id)


def test_an_empty_cart_can_not_be_held(till: Till, kasir: Session) -> None:
    with pytest.raises(UserError):
        till.carts.hold(Cart(), "Bu Ani", kasir.staff_id)


def test_a_long_name_is_cut(till: Till, kasir: Session) -> None:
    till.carts.hold(bros(till), "x" * 200, kasir.staff_id)
    assert till.carts.held()[0].name == "x" * MAX_NAME


def test_the_number_of_a_cart_is_never_given_twice(till: Till, kasir: Session) -> None:
    """A list on the screen that is a moment old must not resume another customer's cart."""
    first = till.carts.hold(bros(till), "a", kasir.staff_id)
    till.carts.discard(first)
    assert till.carts.hold(bros(till), "b", kasir.staff_id) > first


def test_a_cart_of_an_older_program_that_can_not_be_read_is_let_go(
    till: Till, kasir: Session
) -> None:
    till.carts.save_open(bros(till), kasir.staff_id)
    till.carts.hold(bros(till), "good", kasir.staff_id)
    bad = till.carts.hold(bros(till), "bad", kasir.staff_id)
    till.carts.save_open(bros(till), kasir.staff_id)
    with till.book.transaction() as cursor:
        cursor.execute("UPDATE carts SET cart = x'7b7d5d' WHERE name = 'bad' OR open = 1")
    assert till.carts.load_open() is None
    assert [held.name for held in till.carts.held()] == ["good"]
    with pytest.raises(UserError):
        till.carts.resume(bad)


def test_carts_are_no_events(till: Till, kasir: Session) -> None:
    cursor = till.book.reader()
    cursor.execute("SELECT count(*) FROM journal")
    before = cursor.fetchone()
    till.carts.save_open(bros(till), kasir.staff_id)
    till.carts.discard(till.carts.hold(bros(till), "x", kasir.staff_id))
    cursor.execute("SELECT count(*) FROM journal")
    assert cursor.fetchone() == before
