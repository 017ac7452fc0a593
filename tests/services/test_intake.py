"""Taking goods in on a real till: codes, cards and the note, in one transaction."""

import datetime as dt

import msgspec
import pytest

from pos import i18n
from pos.config import book_path
from pos.errors import UserError
from pos.models.journal import walk
from pos.models.verify import verify
from pos.services.goods import NewItem, add_item
from pos.services.intake import IntakeLine, ItemEdit
from pos.services.staff import Session
from pos.services.till import Till
from pos.terms import Terms
from tests.support import FakeClock


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


@pytest.fixture
def sri(till: Till) -> int:
    return next(row.seller_id for row in till.sellers.list_all() if row.code == "SRI")


def test_a_note_has_all_that_its_paper_needs(till: Till, manager: Session, sri: int) -> None:
    old = till.catalog.find("DKR-2041").item_id
    note = till.intake.take_in(
        sri,
        (
            IntakeLine(12, name="  Dompet   pandan ", price=45_000, return_by=dt.date(2027, 1, 5)),
            IntakeLine(
                1,
                name="Tas besar",
                kind="unique",
                price=250_000,
                terms=Terms(kind="net", net_price=200_000),
            ),
        ),
        by=manager.staff_id,
    )
    assert note.number == "T-000005"
    assert (note.seller_code, note.workshop, note.staff) == ("SRI", "Anyaman Sri", "Sari")
    assert [(ln.code, ln.name, ln.price, ln.qty, ln.terms.kind) for ln in note.lines] == [
        ("DKR-1001", "Dompet pandan", 45_000, 12, "percent"),
        ("DKR-1002", "Tas besar", 250_000, 1, "net"),
    ]
    assert note.lines[0].return_by == dt.date(2027, 1, 5)
    assert note.pieces == 13
    assert till.catalog.find("dkr-1001").on_hand == 12
    assert till.stock.on_hand(old) == 1
    assert [row.pieces for row in till.intake.notes(seller_id=sri)] == [13, 1]
    kinds = [entry.kind for entry in walk(till.book.reader())][-4:]
    assert kinds == ["item_added", "item_added", "terms_agreed", "goods_received"]


def test_a_note_stays_as_it_was(till: Till, manager: Session, sri: int, clock: FakeClock) -> None:
    note = till.intake.take_in(
        sri, (IntakeLine(2, name="Topi", price=60_000),), by=manager.staff_id
    )
    item_id = note.lines[0].item_id
    edit = ItemEdit(item_id, "Topi lebar", "stock", 70_000, barcode="8991234567890")
    till.intake.change_item(edit, by=manager.staff_id)
    till.sellers.agree(
        sri, Terms(rate_bp=5_000), valid_from=till.business_date(), by=manager.staff_id
    )
    clock.pass_seconds(3_600)
    assert till.intake.note(note.note_id) == note
    again = till.intake.take_in(sri, (IntakeLine(3, item_id=item_id),), by=manager.staff_id)
    assert (again.lines[0].name, again.lines[0].price) == ("Topi lebar", 70_000)
    assert again.lines[0].terms == Terms(rate_bp=5_000)
    found = till.intake.item(item_id)
    assert (found.on_hand, found.code, found.barcode) == (5, "DKR-1001", "8991234567890")
    assert till.catalog.find("8991234567890").item_id == item_id


def test_codes_jump_over_those_that_others_have(till: Till, manager: Session, sri: int) -> None:
    with till.unit.write() as tx:
        for code in ("DKR-1001", "DKR-1002", "dkr-1004"):
            add_item(tx, NewItem(code, "Impor", "stock", 1_000, sri), by=manager.staff_id)
    lines = tuple(IntakeLine(1, name="Baru", price=1_000) for _line in range(3))
    note = till.intake.take_in(sri, lines, by=manager.staff_id)
    assert [line.code for line in note.lines] == ["DKR-1003", "DKR-1005", "DKR-1006"]
    assert verify(book_path(till.folder)).ok


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (IntakeLine(0, name="x", price=1), "qty"),
        (IntakeLine(10_000, name="x", price=1), "qty"),
        (IntakeLine(2, name="x", price=1, kind="unique"), "qty"),
        (IntakeLine(1, name="x", price=1, kind="made_to_order"), "kind"),
        (IntakeLine(1, name=" ", price=1), "name"),
        (IntakeLine(1, name="a\u202eb", price=1), "name"),
        (IntakeLine(1, name="x", price=0), "price"),
        (IntakeLine(1, name="x", price=1, category_id=7), "category"),
        (IntakeLine(1, name="x", price=1, barcode="DKR-1187"), "barcode"),
        (IntakeLine(1, name="x", price=1, barcode="a b"), "barcode"),
        (IntakeLine(1, name="x", price=1, return_by=dt.date(2026, 11, 21)), "return_by"),
        (IntakeLine(1, name="x", price=9, terms=Terms(kind="net", net_price=10)), "terms"),
        (IntakeLine(1, item_id=5), "item"),
    ],
)
def test_a_bad_line_takes_nothing_in(
    till: Till, manager: Session, sri: int, line: IntakeLine, field: str
) -> None:
    before = len(list(walk(till.book.reader())))
    good = IntakeLine(1, name="Baik", price=1_000)
    with pytest.raises(UserError) as error:
        till.intake.take_in(sri, (good, line), by=manager.staff_id)
    assert error.value.field == f"lines.1.{field}"
    assert len(list(walk(till.book.reader()))) == before


def test_a_unique_piece_that_is_here_does_not_come_again(
    till: Till, manager: Session, sri: int
) -> None:
    item = till.catalog.find("DKR-2041")
    with pytest.raises(UserError):
        till.intake.take_in(sri, (IntakeLine(1, item_id=item.item_id),), by=manager.staff_id)


def test_who_is_not_active_brings_nothing(till: Till, manager: Session, sri: int) -> None:
    card = till.sellers.card(sri).card
    till.sellers.change(msgspec.structs.replace(card, active=False), by=manager.staff_id)
    with pytest.raises(UserError):
        till.intake.take_in(sri, (IntakeLine(1, name="x", price=1),), by=manager.staff_id)


def test_the_day_of_return_can_be_moved(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    line = IntakeLine(1, name="Topi", price=1_000, return_by=dt.date(2026, 11, 30))
    item_id = till.intake.take_in(sri, (line,), by=manager.staff_id).lines[0].item_id
    till.intake.change_return_by(item_id, dt.date(2026, 12, 24), by=manager.staff_id)
    assert till.intake.item(item_id).return_by == dt.date(2026, 12, 24)
    with pytest.raises(UserError):
        till.intake.change_return_by(item_id, dt.date(2026, 11, 1), by=manager.staff_id)
    clock.pass_seconds(33 * 86_400)
    (aged,) = till.stock.ageing(seller_id=sri, least_days=1_000)
    assert (aged.item_id, aged.days, aged.bucket, aged.overdue) == (item_id, 33, 30, True)
    till.intake.change_return_by(item_id, None, by=manager.staff_id)
    assert till.stock.ageing(seller_id=sri, least_days=1_000) == ()


def test_age_counts_from_the_last_intake(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    lines = tuple(IntakeLine(1, name=name, price=1_000) for name in ("Lama", "Ditambah"))
    old, topped_up = till.intake.take_in(sri, lines, by=manager.staff_id).lines
    clock.pass_seconds(59 * 86_400)
    till.intake.take_in(sri, (IntakeLine(4, item_id=topped_up.item_id),), by=manager.staff_id)
    clock.pass_seconds(31 * 86_400)
    ages = {row.code: (row.days, row.bucket, row.on_hand) for row in till.stock.ageing()}
    assert ages[old.code] == (90, 90, 1)
    assert ages[topped_up.code] == (31, 30, 5)
    assert [row.code for row in till.stock.ageing(seller_id=sri, least_days=60)] == [
        old.code,
        "DKR-2041",
    ]


def test_made_to_order_is_a_card_without_pieces(till: Till, manager: Session, sri: int) -> None:
    line = IntakeLine(0, name="Tikar ukuran bebas", price=400_000)
    item_id = till.intake.add_model(sri, line, by=manager.staff_id)
    found = till.intake.item(item_id)
    assert (found.kind, found.on_hand) == ("made_to_order", 0)
    assert till.catalog.item(item_id).price == 400_000


def test_a_card_can_be_changed_but_not_into_what_it_is_not(till: Till, manager: Session) -> None:
    bros = till.intake.item(till.catalog.find("DKR-1187").item_id)
    for edit, field in (
        (ItemEdit(bros.item_id, "Bros", "made_to_order", 35_000), "kind"),
        (ItemEdit(bros.item_id, "Bros", "stock", 0), "price"),
        (ItemEdit(bros.item_id, "Bros", "stock", 1, category_id=3), "category"),
        (ItemEdit(bros.item_id, "Bros", "stock", 1, barcode="dkr-2041"), "barcode"),
    ):
        with pytest.raises(UserError) as error:
            till.intake.change_item(edit, by=manager.staff_id)
        assert error.value.field == field


def test_categories(till: Till, manager: Session) -> None:
    made = till.intake.add_category("Batik", by=manager.staff_id)
    assert made in {row.category_id for row in till.catalog.categories()}
    with pytest.raises(UserError):
        till.intake.add_category(" BATIK", by=manager.staff_id)
