"""Sums that wait come out as those that are written one by one."""

from pathlib import Path

from pos.config import book_path
from pos.models.verify import verify
from pos.services.intake import ItemEdit
from pos.services.till import Till
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.support import FakeClock, manager_of

CODE = "DKR-1187"


def move_to_other_category(till: Till) -> None:
    item = till.intake.item(till.catalog.find(CODE).item_id)
    by = manager_of(till).staff_id
    category = till.intake.add_category("Lain sekali", by=by)
    till.intake.change_item(
        ItemEdit(item.item_id, item.name, item.kind, item.price, category), by=by
    )


def test_a_category_that_changes_between_two_sales_of_one_box(tmp_path: Path) -> None:
    """Both sales, the one before and the one after the move, count for the new category."""
    clock = FakeClock()
    home = make_till(tmp_path, clock=clock)
    stand = plan_bazaar(home)
    box = tmp_path / "first.titipbox"
    home.boxes.write(box)
    bazaar = start_from(box, tmp_path / "bazaar", stand, clock=clock, code="BZR1")
    try:
        sell(home, CODE)
        move_to_other_category(home)
        sell(home, CODE, 2)
        give(home, bazaar, tmp_path)
        give(bazaar, home, tmp_path)
        assert rows_of(home.folder) == rows_of(bazaar.folder)
        cursor = bazaar.book.reader()
        cursor.execute(
            "SELECT sum(pieces) FROM category_sums JOIN categories c ON c.id = category_id "
            "WHERE span = 'month' AND c.name = 'Lain sekali'"
        )
        assert cursor.fetchone() == (3,)
        report = verify(book_path(bazaar.folder))
        assert report.ok, report.first_failure
    finally:
        home.close()
        bazaar.close()
