"""All Zs of a stand at which everything happened, beside what its journal's bodies alone say."""

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec

from pos.config import book_path
from pos.models.ledger import balance
from pos.services.queries.shifts import OpenShift, ShiftFigures, ShiftQueries
from tests.report_oracle import Oracle
from tests.report_stand import busy_stand

METHODS = ("cash", "qris", "transfer", "card")
NAMES = (
    *("sales", "pieces", "rounding", "paid", "commission", "returns", "voids"),
    *("payouts", "payouts_cash", "cash_in", "cash_out", "deposits", "drawer_openings"),
    "returned",
)


def _add(sums: Counter[str], figures: ShiftFigures) -> None:
    for name in NAMES:
        sums[name] += getattr(figures, name)
    for method in figures.methods:
        sums[f"taken {method.method}"] += method.taken
        sums[f"refunded {method.method}"] += method.refunded
        sums[f"count {method.method}"] += method.count
    for name, amount in msgspec.structs.asdict(figures.prepaid).items():
        sums[f"prepaid {name}"] += amount


def _order_money(oracle: Oracle) -> Counter[str]:
    found = Counter[str]()
    for entry in oracle.entries:
        body = entry.body
        if entry.kind in {"order_taken", "order_paid"}:
            found["taken"] += sum(one["amount"] for one in body["payments"])
        elif entry.kind == "sale_completed":
            found["used"] += body.get("deposit", 0)
        elif entry.kind in {"order_refunded", "order_cancelled"}:
            found["back"] += sum(one["amount"] for one in body["refunds"])
            found["kept"] += body.get("share", 0) + body.get("commission", 0)
    return found


def test_all_z_together_are_the_journal(tmp_path: Path) -> None:
    """With orders, advances, stock counts, payouts undone, returns, and sales while nothing was open."""
    stand = busy_stand(tmp_path)
    till, info = stand.till, stand.till.info
    till.shifts.open((), brought=0, reason="nothing there", session=stand.manager)
    queries = ShiftQueries(till.book, info.till_no, info.stand_id, info.zone)
    cursor = till.book.reader()
    sums = Counter[str]()
    rows = cursor.execute(
        "SELECT c.id, s.id, s.opening, c.over_short, c.deposit + c.kept FROM shift_closings c"
        " JOIN shifts s ON s.id = c.shift_id ORDER BY c.number"
    )
    closings = list(rows)
    assert len(closings) == 6
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for closing_id, shift_id, opening, over_short, counted in closings:
        shift = OpenShift(shift_id, moment, moment.date(), "", opening)
        figures = queries.figures(shift, before=closing_id)
        assert figures.expected_cash + over_short == counted
        _add(sums, figures)
    last = till.shifts.figures()
    assert last.early_sales == 1
    assert last.expected_cash == till.shifts.drawer() == 0
    _add(sums, last)

    oracle = Oracle(str(book_path(till.folder)))
    expected = oracle.between("", "9999")
    for name in ("sales", "pieces", "rounding", "paid", "commission", "returns", "voids"):
        assert sums[name] == expected.total[name], name
    assert sums["returned"] == expected.total["refunded"]
    for method in METHODS:
        told = expected.methods[method]
        found = [sums[f"{what} {method}"] for what in ("taken", "refunded", "count")]
        assert found == [told["taken"], told["refunded"], told["count"]], method
    assert sums["payouts"] == sum(one["paid_out"] for one in expected.sellers.values())
    assert sums["payouts_cash"] == -expected.cash["payouts"]
    assert sums["cash_in"] == expected.cash["in"]
    assert sums["cash_out"] == -expected.cash["out"]
    assert sums["drawer_openings"] == expected.openings
    ahead = _order_money(oracle)
    assert all(ahead.values())
    for name, amount in ahead.items():
        assert sums[f"prepaid {name}"] == amount, name
    # ... and both are the ledger.
    assert -balance(cursor, "commission", info.stand_id, 0) == sums["commission"]
    for method in ("qris", "card"):
        net = sums[f"taken {method}"] - sums[f"refunded {method}"]
        assert balance(cursor, method, info.stand_id, 0) == net
    till.close()
