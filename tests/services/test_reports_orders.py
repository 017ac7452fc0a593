"""Reports of orders and of offline and online, over a made-up year with every figure known."""

import datetime as dt

import pytest

from pos import i18n
from pos.cart import Cart
from pos.events import WithdrawnLine
from pos.receipts.report import Report
from pos.services.orders import NewPiece
from pos.services.queries.periods import Period
from pos.services.queries.reports_online import online_shares, oversold
from pos.services.queries.reports_orders import deposits_by_ledger, open_orders
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.order_support import hand_over, order, seller, taken
from tests.support import FakeClock

DAY = 86_400


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def made(till: Till, kind: str, period: Period) -> Report:
    return till.office.reports.make(kind, period)


def cells(report: Report, table: int = 0) -> list[tuple[object, ...]]:
    return [row.cells for row in report.tables[table].rows]


def totals(report: Report, table: int = 0) -> tuple[object, ...]:
    return report.tables[table].totals


def test_open_orders_at_the_end_of_each_day_agree_with_the_ledger(
    till: Till, clock: FakeClock, manager: Session
) -> None:
    """Three orders over four days: paid ahead, partly handed over, given back, cancelled, voided."""
    first = till.business_date()
    souvenirs = (NewPiece("Souvenir", 4, 50_000),)
    a = taken(till, manager, promised=first)
    b = taken(till, manager, 100_000, pieces=souvenirs, seller_id=seller(till, "LMB"))
    clock.pass_seconds(DAY)
    hand_over(till, b, manager, 1)
    c = taken(till, manager, 60_000)
    till.office.order_endings.refund(a, 50_000, "cash", "late", session=manager)
    clock.pass_seconds(DAY)
    till.office.order_endings.cancel(c, by="customer", reason="ill", session=manager)
    sale = hand_over(till, a, manager, 1)
    clock.pass_seconds(DAY)
    hand_over(till, b, manager, 3)
    cursor, stand = till.book.reader(), till.info.stand_id
    held = []
    for days in range(-1, 4):
        day = first + dt.timedelta(days=days)
        found = open_orders(cursor, stand, day)
        assert sum(one.held for one in found) == deposits_by_ledger(cursor, stand, day)
        held.append([(one.number[-1], one.left, one.held, one.late) for one in found])
    assert held == [
        [],
        [("1", 500_000, 200_000, 0), ("2", 200_000, 100_000, 0)],
        [("1", 500_000, 150_000, 1), ("2", 150_000, 75_000, 0), ("3", 500_000, 60_000, 0)],
        [("2", 150_000, 75_000, 0)],
        [],
    ]
    assert order(till, a).handovers[0].sale_id == sale.sale_id
    report = made(till, "orders-open", Period.of_day(first + dt.timedelta(days=1)))
    assert totals(report)[-2] == 285_000
    assert report.tables[0].notes == ("The ledger's account of deposits says the same.",)
    assert cells(report, 1) == [("KRT Kartini Busana", 2, 1, 1, "PS-DKR-000001")]


def test_a_hand_over_cancelled_on_its_day_is_open_again(till: Till, manager: Session) -> None:
    order_id = taken(till, manager)
    sale = hand_over(till, order_id, manager, 1)
    till.returns.void(sale.sale_id, reason="wrong one", session=manager)
    found = open_orders(till.book.reader(), till.info.stand_id, till.business_date())
    assert [(one.left, one.held, one.state) for one in found] == [(500_000, 200_000, "ordered")]


def test_a_deposit_that_the_ledger_does_not_know_is_said(till: Till, manager: Session) -> None:
    taken(till, manager)
    with till.book.transaction() as cursor:
        cursor.execute("UPDATE order_deposits SET amount = amount + 1")
    report = made(till, "orders-open", Period.of_day(till.business_date()))
    assert "THE LEDGER SAYS 200000" in report.tables[0].notes[0]


def test_orders_of_each_month_and_what_became_of_them(
    till: Till, clock: FakeClock, manager: Session
) -> None:
    taken(till, manager)
    handed = taken(till, manager, 100_000)
    hand_over(till, handed, manager, 1)
    clock.pass_seconds(20 * DAY)
    cancelled = taken(till, manager, 50_001, promised=dt.date(2026, 12, 31))
    till.office.order_endings.cancel(
        cancelled, by="customer", rule="split", reason="ill", session=manager
    )
    report = made(till, "orders-months", Period.of_year(2026))
    assert cells(report) == [
        ("November 2026", 2, 1, 1, 0, 1_000_000, 300_000, 100_000, 0, 0),
        ("December 2026", 1, 0, 0, 1, 500_000, 50_001, 0, 25_001, 25_000),
    ]
    assert totals(report)[1:] == (3, 1, 1, 1, 1_500_000, 350_001, 100_000, 25_001, 25_000)
    assert cells(made(till, "orders-months", Period.of_year(2025))) == []


def test_offline_and_online_by_month_seller_and_cluster(
    till: Till, clock: FakeClock, manager: Session
) -> None:
    bros = till.catalog.find("DKR-1187")
    till.selling.complete(Cart().add(bros, 3), (Tender("cash", 105_000),), session=manager)
    sell = till.stock.withdraw
    sell(
        bros.seller_id,
        (WithdrawnLine(bros.item_id, 1, 40_000),),
        reason="online",
        channel="shopee",
        by=manager.staff_id,
    )
    sell(bros.seller_id, (WithdrawnLine(bros.item_id, 1),), reason="unsold", by=manager.staff_id)
    clock.pass_seconds(10 * DAY)
    sell(
        bros.seller_id,
        (WithdrawnLine(bros.item_id, 2),),
        reason="online",
        channel="tiktok",
        by=manager.staff_id,
    )
    shares = online_shares(till.book.reader(), till.info.stand_id, Period.of_year(2026))
    assert [(s.month, s.offline_pieces, s.channels, s.online, s.untold) for s in shares.months] == [
        (dt.date(2026, 11, 1), 3, (1, 0, 0, 0), 40_000, 0),
        (dt.date(2026, 12, 1), 0, (0, 0, 2, 0), 0, 2),
    ]
    assert [(s.code, s.offline, s.online_pieces) for s in shares.sellers] == [("LMB", 105_000, 3)]
    report = made(till, "online", Period.of_year(2026))
    assert cells(report)[0] == ("November 2026", 3, 1, 0, 0, 0, 1, 2_500, 105_000, 40_000)
    assert cells(report, 1) == [("Craft & Aksesoris", 3, 1, 0, 2, 0, 3, 5_000, 105_000, 40_000)]
    assert cells(report, 3) == []


def test_more_sold_than_taken_in_is_listed_until_it_is_explained(
    till: Till, manager: Session
) -> None:
    """The piece lies on the counter and the customer waits: the sale stands, and the list says so."""
    stand, cursor = till.info.stand_id, till.book.reader()
    bros = till.catalog.find("DKR-1187")
    till.stock.withdraw(
        bros.seller_id,
        (WithdrawnLine(bros.item_id, 5),),
        reason="online",
        channel="shopee",
        by=manager.staff_id,
    )
    till.selling.complete(Cart().add(bros, 7), (Tender("cash", 245_000),), session=manager)
    assert oversold(cursor, stand) == ()
    till.selling.complete(Cart().add(bros, 1), (Tender("cash", 35_000),), session=manager)
    found = oversold(cursor, stand)
    assert [(one.code, one.taken_in, one.offline, one.online) for one in found] == [
        ("DKR-1187", 12, 8, 5)
    ]
    order_id = taken(till, manager)
    hand_over(till, order_id, manager, 1)
    assert len(oversold(cursor, stand)) == 1, "what is made to order comes in before it goes"


def test_the_daily_report_says_what_of_its_money_is_no_turnover(
    till: Till, manager: Session
) -> None:
    order_id = taken(till, manager)
    taken(till, manager, 70_000, tenders=(Tender("qris", 70_000),))
    till.office.order_endings.advance(order_id, 50_000, session=manager)
    hand_over(till, order_id, manager, 1)
    report = made(till, "day", Period.of_day(till.business_date()))
    tables = {table.title: table for table in report.tables}
    methods = tables["By payment method"]
    assert methods.totals[-1] == 200_000 + 70_000 + 300_000
    assert methods.notes == (
        "With deposits for orders Rp 270.000, less deposits used Rp 200.000 and given back Rp 0.",
    )
    cash = {row.cells[0]: row.cells[1] for row in tables["Cash, from before to after"].rows}
    assert cash["Payouts in cash"] == -50_000
    assert cash["Cash in the book after"] == 450_000
    assert not any("Other cash" in str(what) for what in cash)
    overview = {row.cells[0]: row.cells[1] for row in tables["Overview"].rows}
    assert overview["Takings"] == 500_000
    sellers = till.office.reports.make("sellers", Period.of_day(till.business_date()))
    kartini = next(row for row in sellers.tables[0].rows if "KRT" in row.cells)
    assert kartini.cells[-1] == till.statements.due(seller(till)) == 375_000
