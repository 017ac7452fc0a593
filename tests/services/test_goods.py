import pytest

from pos.cart import Cart
from pos.errors import UserError
from pos.events import GoodsLine
from pos.services.goods import MAX_NAME, NewItem, NewSeller, add_item, add_seller, checked_name
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock


def test_goods_taken_in_are_on_the_shelf_and_on_a_numbered_note(
    till: Till, manager: Session
) -> None:
    heard: list[frozenset[str]] = []
    till.changes.subscribe(heard.append)
    bros = till.catalog.find("DKR-1187")
    note = till.goods.receive(bros.seller_id, (GoodsLine(bros.item_id, 8),), by=manager.staff_id)
    assert till.catalog.find("DKR-1187").on_hand == 20
    cursor = till.book.reader()
    cursor.execute(f"SELECT number, business_date FROM consignment_notes WHERE id = {note}")
    assert cursor.fetchone() == (5, "2026-11-22")
    assert heard == [frozenset({"stock", "items"})]


@pytest.mark.parametrize("pieces", [(), (0,), (5, -1)])
def test_a_note_without_pieces_is_refused_at_its_field(
    till: Till, manager: Session, pieces: tuple[int, ...]
) -> None:
    bros = till.catalog.find("DKR-1187")
    lines = tuple(GoodsLine(bros.item_id, qty) for qty in pieces)
    with pytest.raises(UserError) as refused:
        till.goods.receive(bros.seller_id, lines, by=manager.staff_id)
    assert refused.value.field == "qty"
    assert till.catalog.find("DKR-1187").on_hand == 12


def test_a_piece_that_comes_back_can_be_sold_again(
    till: Till, kasir: Session, manager: Session
) -> None:
    bag = till.catalog.find("DKR-2041")
    till.selling.complete(Cart().add(bag), (Tender("cash", 200_000),), session=kasir)
    till.goods.receive(bag.seller_id, (GoodsLine(bag.item_id, 1),), by=manager.staff_id)
    assert till.catalog.find("DKR-2041").on_hand == 1
    sale = till.selling.complete(Cart().add(bag), (Tender("cash", 200_000),), session=kasir)
    assert sale.number == "DKR-000002"


@pytest.mark.parametrize("name", ["", "  \n ", "x" * (MAX_NAME + 1)])
def test_a_name_is_there_and_fits(name: str) -> None:
    with pytest.raises(UserError) as refused:
        checked_name(name)
    assert refused.value.field == "name"
    assert checked_name("  Tas \n anyam ") == "Tas anyam"
    assert checked_name("x" * MAX_NAME) == "x" * MAX_NAME


def test_codes_are_kept_in_capitals(till: Till, manager: Session) -> None:
    cursor = till.book.reader()
    cursor.execute("SELECT min(id) FROM clusters")
    cluster = cursor.fetchone()[0]
    with till.unit.write() as tx:
        seller = add_seller(tx, NewSeller("abc", "Abc", cluster, Terms()), by=manager.staff_id)
        add_item(
            tx,
            NewItem("abc-1", "Topi", "stock", 20_000, seller, terms=Terms(rate_bp=700)),
            by=manager.staff_id,
        )
    found = till.catalog.find("ABC-1")
    assert (found.seller_code, found.terms.rate_bp) == ("ABC", 700)


def test_the_makers_name_and_number_are_no_part_of_the_journal(
    till: Till, manager: Session
) -> None:
    from pos.models.journal import walk

    cursor = till.book.reader()
    cursor.execute("SELECT min(id) FROM clusters")
    cluster = cursor.fetchone()[0]
    new = NewSeller("ABC", "Abc", cluster, Terms(), maker="Ratna Ningsih", phone="0812555777")
    with till.unit.write() as tx:
        add_seller(tx, new, by=manager.staff_id)
    bodies = "\n".join(entry.body for entry in walk(till.book.reader()))
    assert '"ABC"' in bodies
    for personal in ("Ratna", "Ningsih", "0812555777", "812555777"):
        assert personal not in bodies


def test_before_the_first_agreement_nothing_can_be_sold(till: Till, clock: FakeClock) -> None:
    clock.pass_seconds(-2 * 86_400)
    with pytest.raises(UserError) as refused:
        till.catalog.find("DKR-1187")
    assert refused.value.sentence


def test_a_cart_with_something_from_another_book_is_refused(till: Till, kasir: Session) -> None:
    import msgspec

    strange = msgspec.structs.replace(till.catalog.find("DKR-1187"), item_id=5, name="Asing")
    with pytest.raises(UserError, match="Asing"):
        till.selling.complete(Cart().add(strange), (Tender("cash", 50_000),), session=kasir)


def test_an_unknown_topic_is_a_bug(till: Till) -> None:
    with pytest.raises(ValueError, match="weather"):
        till.changes.publish(frozenset({"weather", "sales"}))
