"""The big book at a tiny scale: the counts asked for, and a book that verify finds whole."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from pos.config import book_path
from pos.models.engine import driver
from pos.models.schema import EXTRA_DDL
from pos.models.verify import verify
from pos.services.till import Till
from tests.support import FakeClock
from tools import big_book
from tools.big_book_plan import MOST_LINES, LineCounts, plan_for, sales_per_day, spread_over

TODAY = dt.date(2026, 11, 22)
SCALE = 0.0005


def make(out: Path) -> dict[str, object]:
    seen: list[tuple[int, int]] = []
    manifest = big_book.make_big_book(
        out, SCALE, TODAY, lambda done, total: seen.append((done, total)), cheap_pins=True
    )
    assert seen[-1] == (150, 150)
    return manifest


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("big") / "book"
    make(made)
    return made


def one(out: Path, sql: str) -> tuple[Any, ...]:
    connection = driver.connect(f"{book_path(out).as_uri()}?mode=ro", uri=True)
    try:
        row: tuple[Any, ...] = connection.execute(sql).fetchone()
        return row
    finally:
        connection.close()


def test_the_book_holds_every_check(out: Path) -> None:
    report = verify(book_path(out))
    assert report.first_failure is None


def test_the_counts_are_those_of_the_scale_and_of_the_manifest(out: Path) -> None:
    counted = {
        "items": one(out, "SELECT count(*) FROM items")[0],
        "sellers": one(out, "SELECT count(*) FROM sellers")[0],
        "sales": one(out, "SELECT count(*) FROM sales")[0],
        "lines": one(out, "SELECT count(*) FROM sale_lines")[0],
        "payments": one(out, "SELECT count(*) FROM payments")[0],
        "unchecked": one(out, "SELECT count(*) FROM payments WHERE checked = 0")[0],
        "on_shelf": one(out, "SELECT count(*) FROM stock WHERE on_hand > 0")[0],
    }
    assert {key: counted[key] for key in ("items", "sellers", "sales", "lines")} == {
        "items": 50,
        "sellers": 5,
        "sales": 150,
        "lines": 500,
    }
    manifest = big_book.read_manifest(out)
    assert {key: manifest[key] for key in counted} == counted


def test_the_ledger_balances_against_the_lines_and_payments(out: Path) -> None:
    assert one(out, "SELECT sum(amount) FROM balances") == (0,)
    shares = one(out, "SELECT sum(share), sum(commission), sum(stand_discount) FROM sale_lines")
    for account, sum_of_lines in zip(
        ("seller", "commission", "stand_discounts"), shares, strict=True
    ):
        booked = one(out, f"SELECT sum(amount) FROM balances WHERE account = '{account}'")[0]
        assert abs(booked) == sum_of_lines > 0
    money = "('cash', 'qris', 'transfer', 'card')"
    came_in = one(out, f"SELECT sum(amount) FROM balances WHERE account IN {money}")
    assert came_in == one(out, "SELECT sum(amount) FROM payments")
    assert came_in == one(out, "SELECT sum(paid) FROM sales")


def test_nothing_was_sold_that_was_not_there(out: Path) -> None:
    assert one(out, "SELECT min(on_hand) FROM stock")[0] >= 0
    assert one(out, "SELECT sum(over_stock) FROM sale_lines") == (0,)


def test_it_lasts_five_years_and_ends_yesterday(out: Path) -> None:
    first, last = one(out, "SELECT min(business_date), max(business_date) FROM journal")
    assert (first, last) == ("2021-11-21", "2026-11-21")
    order = one(
        out,
        "SELECT count(*) FROM journal a JOIN journal b ON b.seq = a.seq + 1 WHERE b.at < a.at",
    )
    assert order == (0,)


def test_the_till_opens_on_it_and_sells(out: Path) -> None:
    clock = FakeClock()
    till = Till.open(out, clock=clock, cheap_pins=True)
    try:
        name, pin = till.info.sample_pins[0]
        session = till.staff.sign_in(till.staff.tiles()[0].staff_id, pin)
        assert session.name == name
        tile = till.catalog.browse(limit=1)[0]
        assert till.catalog.find(tile.code).item_id == tile.item_id
        assert till.book.driver_connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        till.close()


def test_the_same_day_gives_the_same_book(out: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    make(again)
    head = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
    assert one(again, head) == one(out, head)


def test_a_finished_book_is_left_alone(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = book_path(out).stat().st_mtime_ns
    assert big_book.main(["--out", str(out), "--scale", str(SCALE)]) == 0
    assert book_path(out).stat().st_mtime_ns == before
    assert capsys.readouterr().err == ""


def test_a_book_of_another_generator_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "book"
    make(target)
    monkeypatch.setattr(big_book, "GENERATOR", 10_000)
    assert not big_book.is_complete(target, SCALE)
    assert big_book.main(["--out", str(target), "--scale", str(SCALE)]) == 0
    assert big_book.is_complete(target, SCALE)
    assert not big_book.is_complete(target, 2 * SCALE)
    assert "150 of 150" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_a_book_of_another_schema_is_not_taken_for_this_one(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert big_book.is_complete(out, SCALE)
    monkeypatch.setitem(EXTRA_DDL, "one_more", "CREATE TRIGGER one_more ...")
    assert not big_book.is_complete(out, SCALE)


def test_somebody_elses_folder_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sari", encoding="utf-8")
    assert big_book.main(["--out", str(tmp_path), "--scale", str(SCALE)]) == 1
    assert "something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(("sales", "lines"), [(1, 1), (1, 8), (150, 500), (3_000, 10_000)])
def test_line_counts_come_out_exactly(sales: int, lines: int) -> None:
    dice = random.Random(3)
    counts = LineCounts(sales, lines)
    drawn = [counts.next(dice.random()) for _ in range(sales)]
    assert sum(drawn) == lines
    assert 1 <= min(drawn) <= max(drawn) <= MOST_LINES


@pytest.mark.parametrize("scale", [0.000_01, SCALE, 0.01, 1.0])
def test_a_plan_adds_up(scale: float) -> None:
    plan = plan_for(scale, TODAY)
    assert plan.uniques + plan.stock + plan.made_to_order == plan.items
    days = sales_per_day(plan)
    assert (len(days), sum(days), min(days) >= 0) == (plan.days, plan.sales, True)
    arrivals = spread_over(plan.days, plan.stock, plan.opening_stock)
    assert (len(arrivals), sum(arrivals), arrivals[0]) == (
        plan.days,
        plan.stock,
        plan.opening_stock,
    )


def test_full_scale_is_what_the_goals_were_written_for() -> None:
    plan = plan_for(1.0, TODAY)
    assert (plan.items, plan.sellers, plan.sales, plan.lines) == (100_000, 500, 300_000, 1_000_000)
    assert plan.days == 5 * 365 + 2
