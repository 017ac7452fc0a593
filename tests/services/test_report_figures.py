"""Every figure of every report against the journal's bodies, added up by other code."""

import datetime as dt
import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from pos.config import book_path
from pos.models.base import BOOK, tables_of
from pos.models.engine import driver, make_engine
from pos.models.verify import verify
from pos.receipts.reports_sellers import SellerFigures
from pos.services.queries.periods import Period
from pos.services.queries.reports import (
    category_figures,
    cluster_figures,
    names,
    seller_figures,
    yearly_gross,
)
from pos.services.queries.reports_day import day_figures
from pos.services.queries.reports_ledger import account_book, trial_balance
from pos.services.queries.reports_month import daily_sums, online_figures
from pos.services.till import Till
from tests.report_oracle import LINE, Oracle
from tests.report_stand import DAYS, QUIET, BusyStand, busy_stand

MONTHS = [Period.of_month(dt.date(2026, month, 1)) for month in (9, 10, 11)]
PERIODS = [
    *(Period.of_day(day) for day in (*DAYS, QUIET)),
    *MONTHS,
    Period.of_year(2026),
    Period(dt.date(2025, 11, 10), dt.date(2026, 10, 31)),
    Period(dt.date(2026, 10, 6), dt.date(2026, 11, 21)),
    Period(dt.date(2025, 11, 11), dt.date(2026, 10, 4)),
]


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusyStand]:
    made = busy_stand(tmp_path_factory.mktemp("busy"))
    yield made
    made.till.close()


@pytest.fixture(scope="module")
def till(stand: BusyStand) -> Till:
    return stand.till


@pytest.fixture(scope="module")
def oracle(till: Till) -> Oracle:
    return Oracle(str(book_path(till.folder)))


def named(figures: SellerFigures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in (*LINE, "paid_out", "compensation")}


def full(sums: Counter[str]) -> dict[str, int]:
    return {name: sums[name] for name in (*LINE, "paid_out", "compensation")}


def test_the_stand_of_the_test_has_everything(stand: BusyStand, oracle: Oracle) -> None:
    kinds = {entry.kind for entry in oracle.entries}
    assert kinds >= {
        *("sale_completed", "sale_returned", "paid_out", "payout_undone", "goods_lost"),
        *("stock_counted", "goods_withdrawn", "shift_opened", "shift_closed", "cash_moved"),
        *("drawer_opened", "item_changed"),
        *("order_taken", "order_paid", "order_cancelled", "order_refunded", "advance_paid"),
    }
    report = verify(book_path(stand.till.folder))
    assert report.ok, report.first_failure


@pytest.mark.parametrize("period", PERIODS, ids=lambda one: f"{one.since}..{one.until}")
class TestPeriods:
    def figures(self, oracle: Oracle, period: Period) -> Any:
        return oracle.between(period.since.isoformat(), period.until.isoformat())

    def test_sellers_with_what_was_due(self, till: Till, oracle: Oracle, period: Period) -> None:
        expected = self.figures(oracle, period)
        dues = oracle.dues(period.until.isoformat())
        found = seller_figures(till.book.reader(), till.info.stand_id, period)
        for name, one in found:
            assert named(one) == full(expected.sellers[name.seller_id])
            assert one.due == dues[name.seller_id]
            assert one.code == oracle.code[name.seller_id]
        shown = {name.seller_id for name, _one in found}
        for seller_id, sums in expected.sellers.items():
            assert seller_id in shown or not any(sums.values())
        assert {seller for seller, due in dues.items() if due} <= shown

    def test_clusters(self, till: Till, oracle: Oracle, period: Period) -> None:
        expected: dict[int, Counter[str]] = {}
        for seller_id, sums in self.figures(oracle, period).sellers.items():
            expected.setdefault(oracle.cluster[seller_id], Counter()).update(sums)
        sellers = seller_figures(till.book.reader(), till.info.stand_id, period)
        cluster_ids = {name.cluster: oracle.cluster[name.seller_id] for name, _one in sellers}
        for one in cluster_figures(sellers):
            assert named(one) == full(expected.get(cluster_ids[one.name], Counter()))

    def test_categories(self, till: Till, oracle: Oracle, period: Period) -> None:
        ids = {one.name: one.category_id for one in till.catalog.categories()}
        expected = self.figures(oracle, period).categories
        found = category_figures(till.book.reader(), till.info.stand_id, period, "none")
        for one in found:
            assert named(one) == full(expected[ids.get(one.name, 0)])
        assert len(found) == sum(any(sums.values()) for sums in expected.values())

    def test_sums_of_the_documents(self, till: Till, oracle: Oracle, period: Period) -> None:
        expected = self.figures(oracle, period)
        info = till.info
        found = day_figures(till.book.reader(), info.stand_id, period, info.zone)
        for name in ("sales", "pieces", "gross", "discounts", "rounding", "paid", "refunded"):
            assert getattr(found, name) == expected.total[name], name
        assert found.returns == expected.total["returns"]
        assert found.voids == expected.total["voids"]
        assert found.commission == expected.total["commission"]
        assert len(found.back) == found.returns + found.voids
        assert sum(one.refunded for one in found.back) == found.refunded
        assert len(found.openings) == expected.openings
        assert {one.hour: one.paid for one in found.hours} == dict(expected.hours)
        assert sum(one.sales for one in found.hours) == found.sales
        for method in found.methods:
            sums = expected.methods[method.method]
            assert (method.taken, method.refunded, method.count) == (
                sums["taken"],
                sums["refunded"],
                sums["count"],
            )
        assert {one.bearer: one.amount for one in found.bearers} == {
            bearer: sums["amount"] for bearer, sums in expected.bearers.items()
        }
        for bearer in found.bearers:
            assert bearer.count == expected.bearers[bearer.bearer]["count"]
            assert bearer.seller_part == expected.bearers[bearer.bearer]["seller_part"]

    def test_the_ten_best(self, till: Till, oracle: Oracle, period: Period) -> None:
        info = till.info
        found = day_figures(till.book.reader(), info.stand_id, period, info.zone).top
        sums = self.figures(oracle, period).items.values()
        best = sorted((one["paid"] for one in sums if one["pieces"] > 0), reverse=True)
        assert [one.paid for one in found] == best[:10]
        by_paid = {(one["pieces"], one["paid"]) for one in sums}
        assert {(one.pieces, one.paid) for one in found} <= by_paid

    def test_the_drawers(self, till: Till, oracle: Oracle, period: Period) -> None:
        info, expected = till.info, self.figures(oracle, period)
        found = day_figures(till.book.reader(), info.stand_id, period, info.zone)
        cash, sums = found.cash, expected.cash
        before = (period.since - dt.timedelta(days=1)).isoformat()
        assert cash.opening == oracle.drawer(before)
        assert cash.end == oracle.drawer(period.until.isoformat())
        assert cash.other == 0
        assert (cash.taken, -cash.refunded, -cash.payouts) == (
            sums["taken"],
            sums["refunded"],
            sums["payouts"],
        )
        assert (cash.cash_in, -cash.cash_out, -cash.deposits) == (
            sums["in"],
            sums["out"],
            sums["deposit"],
        )
        assert (cash.brought, cash.over_short) == (sums["brought"], sums["over_short"])
        assert [(z.expected, z.counted, z.over_short) for z in found.closings] == expected.z

    def test_day_by_day_and_online(self, till: Till, oracle: Oracle, period: Period) -> None:
        stand_id = till.info.stand_id
        days = daily_sums(till.book.reader(), stand_id, period)
        assert [one.day for one in days] == list(period.days)
        total = self.figures(oracle, period).total
        for name in ("sales", "pieces", "gross", "discounts", "rounding", "paid", "commission"):
            assert sum(getattr(one, name) for one in days) == total[name]
        assert sum(one.net for one in days) == total["paid"] - total["refunded"]
        for one in days:
            if one.sales:
                day = one.day.isoformat()
                assert one.paid == oracle.between(day, day).total["paid"]
        found = online_figures(till.book.reader(), stand_id, period)
        assert {one.channel: (one.pieces, one.told, one.untold) for one in found} == {
            channel: (sums["pieces"], sums["told"], sums["untold"])
            for channel, sums in self.figures(oracle, period).online.items()
        }

    def test_the_cash_book(self, till: Till, oracle: Oracle, period: Period) -> None:
        info = till.info
        book = account_book(till.book.reader(), info.stand_id, "cash", period, info.zone)
        before = (period.since - dt.timedelta(days=1)).isoformat()
        assert book.opening == oracle.drawer(before)
        assert book.closing == oracle.drawer(period.until.isoformat())
        assert sum(line.amount for line in book.lines) == sum(
            self.figures(oracle, period).cash.values()
        )
        running = book.opening
        for line in book.lines:
            running += line.amount
            assert line.balance == running

    def test_the_trial_balance_is_zero(self, till: Till, oracle: Oracle, period: Period) -> None:
        told: list[tuple[int, int]] = []
        found = trial_balance(
            till.book.reader(), till.info.stand_id, period, lambda *step: told.append(step)
        )
        assert sum(one.opening for one in found) == 0
        assert sum(one.debit for one in found) == sum(one.credit for one in found)
        assert sum(one.closing for one in found) == 0
        assert told[-1][0] == told[-1][1] == len(told)
        expected = self.figures(oracle, period)
        accounts = {(one.account, one.subject_id): one for one in found}
        commission = accounts["commission", 0]
        assert commission.credit - commission.debit == expected.total["commission"]
        for seller_id, due in oracle.dues(period.until.isoformat()).items():
            assert -accounts["seller", seller_id].closing == due
        drawer = sum(one.closing for one in found if one.account == "cash")
        assert drawer == oracle.drawer(period.until.isoformat())


def test_the_years_gross(till: Till, oracle: Oracle) -> None:
    for year in (2024, 2025, 2026):
        expected = oracle.between(f"{year}-01-01", f"{year}-12-31").sellers
        found = {one.code: one.gross for one in yearly_gross(till.book.reader(), year)}
        assert found == {
            oracle.code[seller]: sums["gross"] for seller, sums in expected.items() if sums["gross"]
        }


def test_everybody_has_a_name(till: Till) -> None:
    assert [name.code for name in names(till.book.reader())] == ["SRI", "BBU", "KRT", "LMB", "TNH"]


def test_a_book_of_an_older_version_gets_the_same_sums(tmp_path: Path) -> None:
    """The migration makes of the documents what the journal makes of its events; the books that it
    meets know of no orders.
    """
    till = busy_stand(tmp_path, orders=False).till
    copy = tmp_path / "old.db"
    with driver.connect(str(copy)) as target:
        till.book.driver_connection.backup(target)
    target.close()
    till.close()
    tables = [table.name for table in tables_of(BOOK) if table.name.endswith("_sums")]
    tables += ["day_quarters", "day_methods", "day_bearers", "day_items"]
    connection = driver.connect(str(copy), isolation_level=None)
    expected = {name: _rows(connection, name) for name in tables}
    for name in tables:
        connection.execute(f"DROP TABLE {name}")
    connection.execute("DROP INDEX ix_journal_business_date")
    connection.close()
    engine = make_engine(copy)
    with (
        engine.connect() as migrating,
        migrating.begin(),
        Operations.context(MigrationContext.configure(migrating)),
    ):
        _migration().upgrade()
    engine.dispose()
    connection = driver.connect(str(copy))
    for name, rows in expected.items():
        assert len(rows) > 4
        assert _rows(connection, name) == rows, name
    connection.close()


def _rows(connection: Any, table: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = connection.execute(
        f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4"
    ).fetchall()
    return rows


def _migration() -> Any:
    path = Path(__file__).parents[2] / "migrations" / "versions" / "0007_sums.py"
    spec = importlib.util.spec_from_file_location("sums_migration", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
