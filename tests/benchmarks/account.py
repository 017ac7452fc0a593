"""What is owed: one seller's account of 35,000 lines, and paying 500 sellers in one go.

The big book's busiest seller is given the lines of others until the account is as long as asked
for; it is paid in part and has pieces brought back, as accounts are. For the batch everybody has
been paid up to four weeks ago, so that a slip holds what a seller sells in a month.
"""

import datetime as dt
import random
import time
from pathlib import Path
from statistics import median

from pos.models.engine import driver
from pos.services.payouts import PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.till import Till
from pos.ui.sellers.screen import SellersScreen
from pos.ui.window import Window
from tests.benchmarks.measure import Figure, ms, percentile, spread, waited
from tests.benchmarks.stand import manager
from tests.benchmarks.window import Heartbeat, Painted, open_window, rest, until

LINES = 35_000
PAYOUTS = 60
RETURNS = 40
LOOKS = 40
DUES = 2_000
DAYS = 28
BATCH_SECONDS = 5.0
ANSWERS = 0.1
"""Seconds within which the window answers while something long goes on."""


def figures(book: Path, work: Path) -> list[Figure]:
    """The account first; the batch on a copy of its own."""
    busy: list[int] = []
    with open_window(
        book, work / "account", lambda till: busy.append(_long_account(till))
    ) as window:
        found = [_due(window.till, busy[0]), *_pages(window, busy[0])]
    with open_window(book, work / "batch", _paid_a_month_ago) as window:
        found += _batch(window, work / "slips.pdf")
    return found


# -- one long account ---------------------------------------------------------------------------


def _long_account(till: Till) -> int:
    """The seller's id."""
    raw = driver.connect(str(till.book.path), isolation_level=None)
    counts = raw.execute(
        "SELECT seller_id, count(*), sum(share) FROM sale_lines GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    seller_id, have, _share = counts[0]
    raw.execute("BEGIN IMMEDIATE")
    for other, count, share in counts[1:]:
        if have >= LINES:
            break
        raw.execute("UPDATE sale_lines SET seller_id = ? WHERE seller_id = ?", (seller_id, other))
        for whose, amount in ((seller_id, -share), (other, share)):
            raw.execute(
                "UPDATE balances SET amount = amount + ? WHERE account = 'seller' AND subject_id = ?",
                (amount, whose),
            )
        have += count
    raw.execute("COMMIT")
    raw.close()
    session = manager(till)
    for _payout in range(PAYOUTS):
        till.payouts.pay(PayoutAsked(seller_id, amount=100_000), session=session)
    cursor = till.book.reader()
    cursor.execute(
        "SELECT sale_id FROM sale_lines WHERE seller_id = ? ORDER BY id DESC LIMIT ?",
        (seller_id, RETURNS),
    )
    for sale_id in {row[0] for row in cursor.fetchall()}:
        line = till.returns.returnable(sale_id).lines[0]
        asked = (ReturnAsked(line.line_id, 1),)
        till.returns.give_back(sale_id, asked, refund="cash", reason="sobek", session=session)
    return int(seller_id)


def _due(till: Till, seller_id: int) -> Figure:
    """The program that SQLite runs for it steps once to a row and is done."""
    took = []
    for _look in range(DUES):
        began = time.perf_counter()
        till.statements.due(seller_id)
        took.append(time.perf_counter() - began)
    raw = driver.connect(str(till.book.path))
    plan = raw.execute(
        "EXPLAIN QUERY PLAN SELECT amount FROM balances"
        " WHERE account = 'seller' AND stand_id = 1 AND subject_id = 1"
    ).fetchall()
    raw.close()
    one_row = len(plan) == 1 and "subject_id=?" in plan[0][3]
    met = one_row and median(took) < 0.001
    figure = f"{'1 row by its key' if one_row else plan}, {ms(median(took))}"
    return Figure("a seller's due, 1,000,000 lines in the book", figure, "1 row read", met=met)


def _pages(window: Window, seller_id: int) -> list[Figure]:
    """From the choice of the seller, and from scrolling to the end of what is loaded, to paint."""
    till = window.till
    others = [row.seller_id for row in till.sellers.list_all() if row.seller_id != seller_id]
    window.desk.navigate.emit("sellers")
    screen = window.shop.current
    if not isinstance(screen, SellersScreen):
        raise TypeError(type(screen))
    rest(300)
    rng, painted = random.Random(5), Painted(screen.account.table.list.viewport())
    opened, scrolled = [], []
    for _look in range(LOOKS):
        screen.open(rng.choice(others))
        rest(30)
        opened.append(_until_painted(painted, lambda: screen.open(seller_id)))
        if len(screen.account.account.lines) != 50:
            raise AssertionError("not a page of 50 lines")
        rest(30)
    while len(screen.account.account.lines) < 5_000:
        scrolled.append(_until_painted(painted, screen.account.account.load_more))
    # The last page of all: the balance before it needs the sum of everything after it.
    deep = _deep(till, seller_id)
    met = percentile(opened, 0.99) <= 0.05
    return [
        Figure("statement of 35,000 lines: 50 painted", spread(opened), "50 ms", met=met),
        Figure(
            "... 50 more while scrolling, to 5,000",
            spread(scrolled),
            "50 ms",
            met=percentile(scrolled, 0.99) <= 0.05,
        ),
        Figure("... its oldest 50 lines read", ms(deep), "50 ms", met=deep <= 0.05),
    ]


def _until_painted(painted: Painted, move: "object") -> float:
    painted.seen = False
    before, began = waited(), time.perf_counter()
    move()  # type: ignore[operator]
    until(lambda: painted.seen)
    return time.perf_counter() - began - (waited() - before)


def _deep(till: Till, seller_id: int) -> float:
    cursor = till.book.reader()
    cursor.execute(
        "SELECT id FROM sale_lines WHERE seller_id = ? ORDER BY id LIMIT 1 OFFSET 50", (seller_id,)
    )
    oldest = int(cursor.fetchone()[0])
    took = []
    for _look in range(9):
        before, began = waited(), time.perf_counter()
        lines = till.statements.page(seller_id, before=oldest)
        took.append(time.perf_counter() - began - (waited() - before))
        if len(lines) != 50:
            raise AssertionError("not a page of 50 lines")
    return median(took)


# -- everybody ------------------------------------------------------------------------------------


def _paid_a_month_ago(till: Till) -> None:
    session = manager(till)
    newest = till.book.reader()
    newest.execute("SELECT max(business_date) FROM sales")
    until_day = dt.date.fromisoformat(newest.fetchone()[0]) - dt.timedelta(days=DAYS)
    with till.unit.write() as tx:
        for row in till.sellers.list_all():
            if row.due > 0:
                asked = PayoutAsked(row.seller_id, until=until_day)
                till.payouts.pay_in(tx, asked, session=session)


def _batch(window: Window, target: Path) -> list[Figure]:
    """The large button, then the button of the PDF; the window's own timer tells how it answers."""
    window.desk.navigate.emit("sellers")
    screen = window.shop.current
    if not isinstance(screen, SellersScreen):
        raise TypeError(type(screen))
    screen.pay_all.click()
    work = screen.batch.batch
    count = len(work.to_pay)
    long_ago = set(work.today)  # paid to make the account what it is: years of lines, no slips
    rest(300)
    beats = Heartbeat()
    beats.start()
    began = time.perf_counter()
    work.run()
    until(lambda: not work.running)
    paid = time.perf_counter()
    work.today = tuple(payout_id for payout_id in work.today if payout_id not in long_ago)
    work.save_slips(target)
    until(lambda: not work.busy)
    ended = time.perf_counter()
    widest = beats.stop()
    if work.paid != count or not target.read_bytes().startswith(b"%PDF"):
        raise AssertionError(f"{work.paid} of {count} paid")
    papers = window.till.office.seller_papers
    lines = sum(len(papers.payout(payout_id).lines) for payout_id in work.today)
    seconds = ended - began
    figure = (
        f"{seconds:.2f} s ({count} sellers, {lines} lines paid {paid - began:.2f} s,"
        f" PDF {ended - paid:.2f} s)"
    )
    return [
        Figure(
            "pay 500 sellers, slips as one PDF",
            figure,
            f"{BATCH_SECONDS:.0f} s",
            met=count >= 490 and seconds <= BATCH_SECONDS,
        ),
        Figure("... the window's longest silence", ms(widest), ms(ANSWERS), met=widest <= ANSWERS),
    ]
