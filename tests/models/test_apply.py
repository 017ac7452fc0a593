"""What events mean in rows."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.cart import Cart
from pos.events import (
    GoodsLine,
    GoodsReceived,
    ItemChanged,
    SaleCompleted,
    SettingChanged,
    StaffChanged,
    TermsAgreed,
)
from pos.models.apply.numbers import NumberGapError
from pos.models.catalog import items
from pos.models.ledger import Leg, UnbalancedError, balance, post
from pos.models.prepared import Prepared
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock, manager_of


def rows(till: Till, sql: str) -> list[Any]:
    cursor = till.book.reader()
    cursor.execute(sql)
    return cursor.fetchall()


def agree_from(till: Till, code: str, day: str, terms: Terms, *, own_item: bool = False) -> None:
    ((item_id, seller_id),) = rows(till, f"SELECT id, seller_id FROM items WHERE code = '{code}'")
    with till.unit.write() as tx:
        tx.append(
            TermsAgreed(
                terms_id=tx.new_id(),
                seller_id=seller_id,
                item_id=item_id if own_item else None,
                valid_from=day,
                terms=terms,
            ),
            staff_id=1,
        )


def test_terms_hold_from_their_day_on(till: Till, clock: FakeClock) -> None:
    agree_from(till, "DKR-1187", "2026-11-24", Terms(rate_bp=2_500))
    assert till.catalog.find("DKR-1187").terms == Terms(rate_bp=2_000)
    clock.pass_seconds(86_400)
    assert till.catalog.find("DKR-1187").terms == Terms(rate_bp=2_000)
    clock.pass_seconds(86_400)
    assert till.catalog.find("DKR-1187").terms == Terms(rate_bp=2_500)


def test_the_day_of_terms_is_the_business_day(till: Till, clock: FakeClock) -> None:
    agree_from(till, "DKR-1187", "2026-11-23", Terms(rate_bp=2_500))
    clock.pass_seconds(18.5 * 3_600)  # 03.30 in the morning of the 23rd
    assert till.business_date() == dt.date(2026, 11, 22)
    assert till.catalog.find("DKR-1187").terms.rate_bp == 2_000
    clock.pass_seconds(1_800)
    assert till.catalog.find("DKR-1187").terms.rate_bp == 2_500


def test_of_two_agreements_of_one_day_the_later_holds(till: Till) -> None:
    agree_from(till, "DKR-1187", "2026-11-22", Terms(rate_bp=2_500))
    agree_from(till, "DKR-1187", "2026-11-22", Terms(rate_bp=1_500))
    assert till.catalog.find("DKR-1187").terms.rate_bp == 1_500


def test_an_items_own_terms_go_before_its_sellers(till: Till) -> None:
    agree_from(till, "DKR-3001", "2026-11-01", Terms(rate_bp=500), own_item=True)
    agree_from(till, "DKR-3001", "2026-11-22", Terms(rate_bp=900))
    assert till.catalog.find("DKR-3001").terms.rate_bp == 500


def test_a_changed_card_is_sold_and_found_as_it_reads_now(till: Till) -> None:
    before = till.catalog.find("DKR-1187")
    seller = next(s for s in till.catalog.sellers() if s.code == "SRI")
    with till.unit.write() as tx:
        tx.append(
            ItemChanged(
                item_id=before.item_id,
                name="Bros melati",
                kind="stock",
                price=40_000,
                category_id=None,
                seller_id=seller.seller_id,
                barcode="8991234567890",
            ),
            staff_id=1,
        )
    after = till.catalog.find("8991234567890")
    assert (after.item_id, after.name, after.price) == (before.item_id, "Bros melati", 40_000)
    assert (after.seller_code, after.on_hand) == ("SRI", 12)
    assert [tile.code for tile in till.catalog.search("melati")] == ["DKR-1187"]
    assert [tile.code for tile in till.catalog.search("8991")] == ["DKR-1187"]
    assert till.catalog.search("perca") == ()


def test_a_paper_number_that_is_not_the_next_is_refused(till: Till) -> None:
    manager = manager_of(till)
    sale = till.selling.complete(
        Cart().add(till.catalog.find("DKR-1187")), (Tender("cash", 35_000),), session=manager
    )
    assert sale.number == "DKR-000001"
    before = rows(till, "SELECT * FROM counters ORDER BY name")
    for number in (1, 3):
        with pytest.raises(NumberGapError, match=f"sale {number} "), till.unit.write() as tx:
            tx.append(
                SaleCompleted(
                    sale_id=tx.new_id(),
                    stand_id=till.info.stand_id,
                    number=number,
                    lines=(),
                    payments=(),
                    rounding=0,
                    change=0,
                ),
                staff_id=manager.staff_id,
            )
    assert rows(till, "SELECT * FROM counters ORDER BY name") == before


def test_each_kind_of_paper_has_its_own_numbers(till: Till) -> None:
    names = dict(rows(till, "SELECT name, value FROM counters"))
    assert names == {"consignment_note": 4}
    seller = till.catalog.find("DKR-1187")
    with pytest.raises(NumberGapError), till.unit.write() as tx:
        tx.append(
            GoodsReceived(
                note_id=tx.new_id(),
                stand_id=till.info.stand_id,
                seller_id=seller.seller_id,
                number=6,
                lines=(GoodsLine(seller.item_id, 1),),
            ),
            staff_id=1,
        )


def test_a_sale_moves_stock_money_and_numbers(sold: Till) -> None:
    stock = dict(
        rows(sold, "SELECT i.code, s.on_hand FROM stock s JOIN items i ON i.id = s.item_id")
    )
    assert (stock["DKR-1187"], stock["DKR-2210"], stock["DKR-3001"]) == (10, 0, 37)
    # Something unlisted was never taken in: it is one short until its card is completed.
    assert [qty for code, qty in stock.items() if code.startswith("X")] == [-1]
    balances = {
        (account, bool(subject)): amount
        for account, subject, amount in rows(
            sold, "SELECT account, subject_id, amount FROM balances WHERE account <> 'seller'"
        )
    }
    # 70.000 - 5.050 = 64.950, a tie between 64.900 and 65.000: the buyer's.
    assert balances[("cash", True)] == 64_900
    assert balances[("rounding", False)] == 50
    assert balances[("qris", False)] == 355_000
    assert balances[("card", False)] == 90_000
    assert balances[("stand_discounts", False)] == 2_525
    # 20 % of 67.475; 20 % of 310.000; 5.000 above each net price; 20 % or 15 % of 90.000.
    sellers = dict(
        rows(
            sold,
            "SELECT s.code, -b.amount FROM balances b JOIN sellers s ON s.id = b.subject_id "
            "WHERE b.account = 'seller'",
        )
    )
    assert sellers["LMB"] == 53_980
    assert sellers["TNH"] == 248_000
    assert sum(sellers.values()) == 53_980 + 248_000 + 30_000 + 72_000
    assert balances[("commission", False)] == -(13_495 + 62_000 + 15_000 + 18_000)


def test_staff_and_settings_follow_their_events(till: Till) -> None:
    kasir = next(tile for tile in till.staff.tiles() if tile.role == "kasir")
    by = manager_of(till).staff_id
    with till.unit.write() as tx:
        event = StaffChanged(staff_id=kasir.staff_id, role="manajer", active=False)
        tx.append(event, staff_id=by)
        for value in ("500", "50"):
            tx.append(
                SettingChanged(stand_id=till.info.stand_id, name="rounding_step", value=value),
                staff_id=by,
            )
    row = next(row for row in till.staff.list_all() if row.staff_id == kasir.staff_id)
    assert (row.role, row.active) == ("manajer", False)
    assert till.settings.rounding_step() == 50


# -- the ledger ------------------------------------------------------------------------


def test_legs_that_do_not_sum_to_zero_are_a_bug(till: Till) -> None:
    stand = till.info.stand_id
    with pytest.raises(UnbalancedError), till.book.transaction() as cursor:
        post(cursor, 1, [Leg("cash", stand, 1, 100), Leg("commission", stand, 0, -99)])


@given(amounts=st.lists(st.tuples(st.sampled_from("abc"), st.integers(-99, 99)), max_size=6))
def test_legs_of_one_account_are_put_together(amounts: list[tuple[str, int]]) -> None:
    class Recorder:
        """Keeps what is executed; the ledger's arithmetic needs no database."""

        def __init__(self) -> None:
            self.rows: list[list[Any]] = []

        def executemany(self, _sql: str, values: list[Any]) -> None:
            self.rows.append(values)

    cursor: Any = Recorder()
    legs = [Leg(account, 1, 0, amount) for account, amount in amounts]
    rest = -sum(amount for _account, amount in amounts)
    post(cursor, 7, [*legs, Leg("rest", 1, 0, rest)])
    postings, balances = cursor.rows
    assert [row[1] for row in postings] == list(range(1, len(postings) + 1))
    assert len({row[2] for row in postings}) == len(postings)
    assert sum(row[-1] for row in postings) == 0
    assert all(row[-1] for row in postings)
    assert [row[2:] for row in postings] == [tuple(row) for row in balances]


def test_a_balance_is_one_row_read(sold: Till) -> None:
    cursor = sold.book.reader()
    stand = sold.info.stand_id
    assert balance(cursor, "qris", stand) == 355_000
    assert balance(cursor, "losses", stand) == 0


def test_a_statement_that_would_change_at_each_execution_is_refused() -> None:
    from sqlalchemy import select

    with pytest.raises(ValueError, match="expanded at each execution"):
        Prepared(select(items.c.id).where(items.c.id.in_([1, 2]))).compile()


def test_every_statement_of_the_product_compiles_ahead_of_its_first_use() -> None:
    import importlib
    import pkgutil

    import pos.models
    import pos.services
    from pos.models.prepared import _all, compile_all

    for package in (pos.models, pos.services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    fresh = Prepared(items.select())
    assert "sql" not in vars(fresh)
    compile_all()
    assert len(_all) > 150
    assert all("sql" in vars(prepared) for prepared in _all)
