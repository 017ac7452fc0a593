"""The drawer's day, with the numbers visible."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.errors import UserError
from pos.events import CashMoved, Counted, DrawerOpened, Event, ShiftClosed
from pos.models.apply.shifts import ShiftClosedError
from pos.models.ledger import balance
from pos.models.prepared import Cursor
from pos.models.verify import verify
from pos.receipts.documents_shift import ShiftPaper
from pos.services.payouts import PayoutAsked, Payouts
from pos.services.printing import PrinterChoice
from pos.services.queries import shifts as queries
from pos.services.queries.closings import ClosingQueries
from pos.services.queries.shifts import ShiftQueries
from pos.services.queries.statement import StatementQueries
from pos.services.returns import ReturnAsked
from pos.services.shifts import Closing, Shifts, total
from pos.services.till import Till
from pos.tender import Tender
from tests.receipts.decoder import decode_job
from tests.support import FakeClock, kasir_of, make_till, manager_of

FLOAT = (Counted(100_000, coin=False, pieces=2), Counted(500, coin=True, pieces=4))


class Stand:
    """A till with its shifts."""

    def __init__(self, till: Till) -> None:
        self.till = till
        info = till.info
        self.queries = ShiftQueries(till.book, info.till_no, info.stand_id, info.zone)
        self.shifts = till.shifts
        self.returns = till.returns
        statements = StatementQueries(till.book, info.stand_id, info.zone)
        self.payouts = Payouts(till.unit, statements, info.stand_id)
        self.manager = manager_of(till)
        self.kasir = kasir_of(till)

    def sell(self, code: str, qty: int, *tenders: Tender) -> int:
        cart = Cart().add(self.till.catalog.find(code), qty)
        return self.till.selling.complete(cart, tenders, session=self.kasir).sale_id

    def seller(self, code: str) -> int:
        return next(s.seller_id for s in self.till.catalog.sellers() if s.code == code)

    def account(self, name: str, subject: int = 0) -> int:
        return balance(self.till.book.reader(), name, self.till.info.stand_id, subject)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    clock = FakeClock()
    till = make_till(tmp_path, clock=clock)
    yield Stand(till)
    till.close()
    report = verify(book_path(till.folder))
    assert report.ok, report.first_failure


def a_day(stand: Stand) -> None:
    """Two sales, money in, out and to the office, a return, a payout; the drawer opened once."""
    stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    sale = stand.sell("DKR-1187", 3, Tender("cash", 55_000), Tender("qris", 50_000))
    stand.sell("DKR-2041", 1, Tender("card", 185_000))
    stand.shifts.move("out", 20_000, "lakban", session=stand.kasir)
    stand.shifts.move("in", 10_000, "uang kecil", session=stand.kasir)
    stand.shifts.move("deposit", 50_000, "setor siang", session=stand.kasir)
    stand.shifts.open_drawer("tukar uang", session=stand.kasir)
    line = stand.returns.returnable(sale).lines[0]
    stand.returns.give_back(
        sale, (ReturnAsked(line.line_id, 1),), refund="cash", reason="cacat", session=stand.kasir
    )
    stand.payouts.pay(PayoutAsked(stand.seller("LMB"), amount=6_000), session=stand.manager)


EXPECTED = 202_000 + 55_000 - 35_000 + 10_000 - 20_000 - 50_000 - 6_000
"""What a_day leaves in the drawer."""


def test_the_figures_of_a_day(stand: Stand) -> None:
    a_day(stand)
    figures = stand.shifts.figures()
    assert (figures.sales, figures.pieces, figures.paid) == (2, 4, 290_000)
    assert (figures.returns, figures.voids, figures.returned) == (1, 0, 35_000)
    assert figures.commission == 21_000 + 37_000 - 7_000
    assert {m.method: (m.taken, m.refunded) for m in figures.methods} == {
        "cash": (55_000, 35_000),
        "qris": (50_000, 0),
        "transfer": (0, 0),
        "card": (185_000, 0),
    }
    assert (figures.cash_in, figures.cash_out, figures.deposits) == (10_000, 20_000, 50_000)
    assert (figures.payouts_cash, figures.drawer_openings) == (6_000, 1)
    assert figures.expected_cash == EXPECTED == stand.queries.drawer()


def test_the_close_of_a_day(stand: Stand) -> None:
    a_day(stand)
    counted: tuple[Counted, ...] = (Counted(100_000, coin=False, pieces=1),)
    counted += (Counted(50_000, coin=False, pieces=1),)
    counted += (Counted(2_000, coin=False, pieces=2),)
    assert total(counted) == EXPECTED - 2_000
    open_ones = tuple(p.payment_id for p in stand.shifts.unchecked())
    assert len(open_ones) == 1
    with pytest.raises(UserError) as refused:
        stand.shifts.close(Closing(counted, kept=100_000, left_open=open_ones), session=stand.kasir)
    assert refused.value.field == "reason"
    closed = stand.shifts.close(
        Closing(
            counted,
            kept=100_000,
            reason="salah kembalian",
            left_open=open_ones,
            methods=(("card", 180_000),),
        ),
        session=stand.kasir,
    )
    assert (closed.number, closed.over_short, closed.deposit) == (1, -2_000, 54_000)
    assert [(m.method, m.expected, m.counted) for m in closed.methods] == [
        ("cash", EXPECTED, EXPECTED - 2_000),
        ("qris", 50_000, 50_000),
        ("transfer", 0, 0),
        ("card", 185_000, 180_000),
    ]
    paper = stand.till.printing.last_preview()
    assert isinstance(paper, ShiftPaper)
    assert (paper.kind, paper.head.number, paper.over_short) == ("z", "Z-000001", -2_000)
    assert paper.head.entry_hash == closed.entry_hash
    again = stand.shifts.last_closing()
    assert again is not None
    assert (again.number, again.closing_id) == ("Z-000001", closed.closing_id)
    stand.shifts.reprint(again.closing_id)
    copy = stand.till.printing.last_preview()
    assert isinstance(copy, ShiftPaper)
    assert copy.head.copy
    assert copy.head.copy_at_local
    head = msgspec.structs.replace(copy.head, copy=False, copy_at_local="")
    assert msgspec.structs.replace(copy, head=head) == paper
    assert stand.queries.drawer() == 100_000
    assert stand.account("over_short") == 2_000
    assert stand.account("office") == -202_000 - 10_000 + 50_000 + 54_000
    assert stand.account("expenses") == 20_000


def test_what_was_sold_before_the_opening_is_on_the_next_z_and_in_its_float(stand: Stand) -> None:
    with pytest.raises(UserError):
        stand.shifts.figures()
    stand.sell("DKR-3001", 1, Tender("cash", 15_000))
    with pytest.raises(UserError) as refused:
        stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    assert refused.value.field == "reason"
    opened = stand.shifts.open(FLOAT, brought=187_000, session=stand.kasir)
    assert opened.opening == 202_000
    figures = stand.shifts.figures()
    assert (figures.sales, figures.paid, figures.expected_cash) == (1, 15_000, 202_000)
    assert (figures.early_sales, figures.early_paid, figures.early_cash) == (1, 15_000, 15_000)
    with pytest.raises(UserError):
        stand.shifts.open(FLOAT, brought=0, session=stand.kasir)
    closed = stand.shifts.close(Closing(FLOAT, kept=202_000), session=stand.kasir)
    again = stand.shifts.open(FLOAT, brought=0, session=stand.kasir)
    assert (closed.number, again.opening) == (1, 202_000)
    figures = stand.shifts.figures()
    assert (figures.sales, figures.early_sales, figures.expected_cash) == (0, 0, 202_000)
    assert stand.shifts.close(Closing(FLOAT, kept=0), session=stand.kasir).number == 2
    assert stand.queries.drawer() == 0


@pytest.mark.parametrize(
    ("kind", "amount", "reason", "field"),
    [("out", 0, "x", "amount"), ("out", 10, " ", "reason"), ("deposit", 300_000, "x", "amount")],
)
def test_money_by_hand_is_checked(
    stand: Stand, kind: str, amount: int, reason: str, field: str
) -> None:
    stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    with pytest.raises(UserError) as refused:
        stand.shifts.move(kind, amount, reason, session=stand.kasir)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert stand.queries.drawer() == 202_000


def test_a_shift_past_the_cut_off_keeps_its_business_date(stand: Stand) -> None:
    clock = stand.till.clock
    assert isinstance(clock, FakeClock)
    opened = stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    clock.pass_seconds(20 * 3600)
    assert stand.shifts.needs_closing()
    stand.sell("DKR-3001", 1, Tender("cash", 15_000))
    last = stand.till.book.reader()
    last.execute("SELECT business_date FROM sales")
    assert last.fetchone() == (opened.business_date.isoformat(),)
    counted = (*FLOAT, Counted(5_000, coin=False, pieces=3))
    stand.shifts.close(Closing(counted, kept=0), session=stand.kasir)
    stand.sell("DKR-3001", 1, Tender("cash", 15_000))
    last.execute("SELECT business_date FROM sales ORDER BY id DESC LIMIT 1")
    assert last.fetchone() == ((opened.business_date + dt.timedelta(days=1)).isoformat(),)


def test_an_open_shift_survives_a_restart(stand: Stand) -> None:
    opened = stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    unit = stand.till.unit
    unit.shift_date = None
    again = Shifts(
        unit,
        stand.queries,
        stand_id=stand.till.info.stand_id,
        letterhead=stand.till.letterhead,
        printing=stand.till.printing,
        closings=ClosingQueries(
            stand.till.book, stand.queries, stand.till.info.till_no, stand.till.info.zone
        ),
    )
    assert again.current() == opened
    assert not again.needs_closing()
    assert unit.shift_date == opened.business_date


def test_a_closed_shift_can_not_change(stand: Stand) -> None:
    """Neither by a command, nor by an entry that names it."""
    opened = stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    closed = stand.shifts.close(Closing(FLOAT, kept=0), session=stand.kasir)
    with pytest.raises(UserError):
        stand.shifts.move("out", 1_000, "x", session=stand.kasir)
    with pytest.raises(UserError):
        stand.shifts.close(Closing((), kept=0), session=stand.kasir)
    stand_id, by = stand.till.info.stand_id, stand.kasir.staff_id
    late: tuple[Event, ...] = (
        CashMoved(
            move_id=closed.closing_id + 100,
            shift_id=opened.shift_id,
            stand_id=stand_id,
            number=1,
            kind="out",
            amount=1_000,
            reason="x",
            picture="",
        ),
        DrawerOpened(
            opening_id=closed.closing_id + 100,
            shift_id=opened.shift_id,
            stand_id=stand_id,
            reason="x",
        ),
        ShiftClosed(
            closing_id=closed.closing_id + 100,
            shift_id=opened.shift_id,
            stand_id=stand_id,
            number=2,
            counted=(),
            methods=(),
            over_short=0,
            reason="",
            deposit=0,
            left=0,
            left_open=(),
        ),
    )
    for event in late:
        with pytest.raises(ShiftClosedError), stand.till.unit.write() as tx:
            tx.append(event, staff_id=by)


def test_the_close_stands_when_its_paper_can_not_be_printed(stand: Stand, tmp_path: Path) -> None:
    """The printer is gone: the Z is in the book, its paper waits, and comes out later, once."""
    device = tmp_path / "lp0"
    printing = stand.till.printing
    printing.set_choice(PrinterChoice(address=f"file:{device}"))
    printing.start()
    stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    closed = stand.shifts.close(Closing(FLOAT, kept=202_000), session=stand.kasir)
    last = stand.shifts.last_closing()
    assert last is not None
    assert last.closing_id == closed.closing_id
    until(lambda: bool(printing.state().problem))
    assert printing.state().waiting == 1
    device.touch()
    printing.queue.retry_now()
    until(lambda: printing.state().waiting == 0)
    text = decode_job(device.read_bytes()).text
    assert text.count("Z-000001") == 1
    assert "SALINAN" not in text


def until(condition: Callable[[], bool]) -> None:
    """Wait for the print worker."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_open_payments_are_left_to_somebody_by_name(stand: Stand) -> None:
    stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    stand.sell("DKR-3001", 1, Tender("qris", 15_000))
    open_ones = tuple(p.payment_id for p in stand.shifts.unchecked())
    with pytest.raises(UserError) as refused:
        stand.shifts.close(Closing(FLOAT, kept=0), session=stand.kasir)
    assert refused.value.field == "payments"
    with pytest.raises(UserError) as refused:
        stand.shifts.close(
            Closing(FLOAT, kept=0, left_open=open_ones, left_to=12), session=stand.kasir
        )
    assert refused.value.field == "payments"
    asked = Closing(FLOAT, kept=0, left_open=open_ones, left_to=stand.manager.staff_id)
    closed = stand.shifts.close(asked, session=stand.kasir)
    assert [(p.amount, p.staff) for p in closed.left_open] == [(15_000, "Sari")]
    # Ticked later, the Z still says that it was open.
    stand.till.selling.check_payment(open_ones[0], session=stand.manager)
    stand.shifts.reprint(closed.closing_id)
    copy = stand.till.printing.last_preview()
    assert isinstance(copy, ShiftPaper)
    assert [(p.amount, p.staff) for p in copy.left_open] == [(15_000, "Sari")]


def test_a_note_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError):
        total((Counted(75_000, coin=False, pieces=1),))
    with pytest.raises(UserError):
        total((Counted(500, coin=True, pieces=-1),))
    with pytest.raises(UserError):
        total((Counted(100_000, coin=False, pieces=100_000),))


def test_a_note_counted_in_two_heaps_is_one_line(stand: Stand) -> None:
    """At the opening as at the close, and notes of which there are none leave no line."""
    heaps = (*FLOAT, Counted(100_000, coin=False, pieces=1), Counted(200, coin=True, pieces=0))
    stand.shifts.open(heaps, brought=302_000, session=stand.kasir)
    closed = stand.shifts.close(
        Closing((*FLOAT[1:], *FLOAT[:1], *FLOAT[:1]), 0, reason="hitung"), session=stand.kasir
    )
    assert closed.over_short == 100_000
    assert closed.counted == (
        Counted(500, coin=True, pieces=4),
        Counted(100_000, coin=False, pieces=4),
    )
    rows = stand.till.book.reader().execute(
        "SELECT document_id = ?, value, pieces FROM shift_counts ORDER BY 1, 2",
        (closed.closing_id,),
    )
    assert list(rows) == [(0, 500, 4), (0, 100_000, 3), (1, 500, 4), (1, 100_000, 4)]


def test_what_came_before_the_opening_is_read_once(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And by whoever opens the shift: a book that never had a Z holds years of it."""
    stand.sell("DKR-3001", 2, Tender("cash", 30_000))
    in_drawer = (*FLOAT, Counted(10_000, coin=False, pieces=3))
    opened = stand.shifts.open(in_drawer, brought=202_000, session=stand.kasir)
    starts: list[int] = []

    def noted(cursor: Cursor, bounds: dict[str, int]) -> Counter[str]:
        starts.append(bounds["after"])
        return sums_of(cursor, bounds)

    sums_of = queries._sums_of
    monkeypatch.setattr(queries, "_sums_of", noted)
    first = stand.shifts.figures()
    assert starts == [opened.shift_id]
    assert (first.sales, first.early_sales, first.early_cash) == (1, 1, 30_000)
    stand.sell("DKR-3001", 1, Tender("cash", 15_000))
    second = stand.shifts.figures()
    assert (second.sales, second.early_sales, second.paid) == (2, 1, 45_000)
    assert second.expected_cash == 202_000 + 30_000 + 15_000
    # The next shift has another beginning, also for who asked about this one.
    left = (*in_drawer, Counted(5_000, coin=False, pieces=3))
    stand.shifts.close(Closing(left, kept=247_000), session=stand.kasir)
    stand.shifts.open(left, brought=0, session=stand.kasir)
    third = stand.shifts.figures()
    assert (third.sales, third.early_sales, third.early_cash) == (0, 0, 0)
    assert third.expected_cash == 247_000


def test_a_way_to_pay_that_differs_needs_a_reason_too(stand: Stand) -> None:
    stand.shifts.open(FLOAT, brought=202_000, session=stand.kasir)
    stand.sell("DKR-2041", 1, Tender("card", 185_000))
    asked = Closing(FLOAT, kept=202_000, methods=(("card", 180_000),))
    with pytest.raises(UserError) as refused:
        stand.shifts.close(asked, session=stand.kasir)
    assert refused.value.field == "reason"
    asked = msgspec.structs.replace(asked, reason="Struk EDC kurang")
    closed = stand.shifts.close(asked, session=stand.kasir)
    assert closed.over_short == 0
    card = next(m for m in closed.methods if m.method == "card")
    assert (card.expected, card.counted) == (185_000, 180_000)
    paper = stand.till.printing.last_preview()
    assert isinstance(paper, ShiftPaper)
    assert paper.reason == "Struk EDC kurang"
