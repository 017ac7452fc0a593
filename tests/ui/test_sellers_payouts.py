"""Paying sellers: one, all of them, and the way back; on a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cart import Cart
from pos.services.printing import PrinterChoice
from pos.services.till import Till
from pos.tender import Tender
from pos.ui.desk import Desk
from pos.ui.sellers.account import AccountWork
from pos.ui.sellers.batch import BatchWork
from pos.ui.sellers.card import CardWork
from pos.ui.sellers.history import HistoryWork
from pos.ui.sellers.payout import PayoutWork, drawer_sentence
from pos.ui.sellers.taking import TakingWork
from pos.ui.sellers.terms import TermsWork
from pos.ui.settings.gate import Gate
from tests.support import FakeClock, kasir_of, make_till, manager_of
from tests.ui.consigned import sell, seller
from tests.ui.support import wait_for

DAY = 24 * 3600
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def desk(till: Till, qapp: object) -> Iterator[Desk]:
    made = Desk(till)
    made.sign_in(kasir_of(till))
    yield made
    made.close()


@pytest.fixture
def gate(desk: Desk) -> Gate:
    return Gate(lambda: desk.staff)


def done(
    *works: CardWork | TermsWork | AccountWork | PayoutWork | HistoryWork | TakingWork,
) -> None:
    wait_for(lambda: not any(work.busy or getattr(work, "reading", False) for work in works))


# -- paying ----------------------------------------------------------------------------------


def test_everything_due_is_paid_and_its_slip_queued(till: Till, desk: Desk, gate: Gate) -> None:
    sell(till, "DKR-1187", "DKR-1187")
    work = PayoutWork(desk, gate)
    work.open(seller(till, "LMB"))
    assert (work.owed, work.amount, work.rest) == (56_000, 56_000, 0)
    work.pay()
    done(work)
    assert work.paid is not None
    assert work.paid.number == "S-000001"
    assert till.sellers.card(seller(till, "LMB")).due == 0
    assert [job.kind for job in till.printing.jobs()][-1] == "payout"
    work.pay()
    done(work)
    assert len(till.office.seller_papers.payouts_of(seller(till, "LMB"))) == 1


def test_a_line_in_dispute_stays_for_the_next_payout(till: Till, desk: Desk, gate: Gate) -> None:
    sell(till, "DKR-1187")
    sell(till, "DKR-1187", "DKR-1187")
    lmb = seller(till, "LMB")
    work = PayoutWork(desk, gate)
    work.open(lmb)
    disputed = work.lines[0]
    work.tick(disputed.line_id)
    assert work.amount == 56_000
    work.pay()
    done(work)
    work.open(lmb)
    assert [line.line_id for line in work.lines] == [disputed.line_id]
    assert (work.carried, work.amount) == (0, 28_000)
    slip = till.office.seller_papers.payout(work_paid(till, lmb))
    assert (slip.left_out, slip.paid, slip.total, slip.rest) == (1, 56_000, 56_000, 0)


def work_paid(till: Till, seller_id: int) -> int:
    return till.office.seller_papers.payouts_of(seller_id)[0].payout_id


def test_a_part_is_paid_and_the_rest_carried_over(till: Till, desk: Desk, gate: Gate) -> None:
    sell(till, "DKR-2041")
    sri = seller(till, "SRI")
    work = PayoutWork(desk, gate)
    work.open(sri)
    work.type_amount(100_000)
    assert work.rest == 48_000
    work.pay_by("transfer")
    work.pay()
    assert list(work.errors) == ["reference"]
    work.type(reference="TRX 1", note="sebagian")
    work.pay()
    done(work)
    work.open(sri)
    assert work.account is not None
    assert (work.carried, work.account.carried_from, work.amount) == (48_000, "S-000001", 48_000)


def test_an_advance_waits_for_a_manager(till: Till, desk: Desk, gate: Gate) -> None:
    work = PayoutWork(desk, gate)
    sri = seller(till, "SRI")
    work.open(sri)
    work.type_amount(6_000_000)
    assert work.needs_stamp
    work.pay()
    wait_for(lambda: bool(gate.asking))
    assert till.sellers.card(sri).due == 0
    gate.approved(manager_of(till).staff_id)
    wait_for(lambda: work.paid is not None)
    assert till.sellers.card(sri).due == -6_000_000
    work.open(sri)
    assert (work.carried, work.owed, work.amount) == (-6_000_000, 0, 0)


def test_more_cash_than_the_drawer_has_is_said_before_it_is_paid(
    till: Till, desk: Desk, gate: Gate
) -> None:
    """35.000 came in, and of that the maker gets 28.000; the drawer has no float yet."""
    sell(till, "DKR-1187")
    work = PayoutWork(desk, gate)
    work.open(seller(till, "LMB"))
    assert (work.amount, work.drawer) == (28_000, None)
    work.type_amount(40_000)
    assert (work.amount, work.drawer) == (40_000, 35_000)
    assert "Rp 35.000" in drawer_sentence(35_000)
    work.pay_by("transfer")
    assert (work.amount, work.drawer) == (40_000, None)
    batch = BatchWork(desk, gate)
    batch.open()
    assert (batch.total, batch.drawer) == (28_000, None)
    cart = Cart().add(till.catalog.find("DKR-2041"))
    tender = Tender("qris", 185_000)
    till.worker.call(till.selling.complete, cart, (tender,), session=desk.staff)
    batch.open()
    assert (batch.total, batch.drawer) == (176_000, 35_000)
    batch.pay_by("transfer")
    assert (batch.total, batch.drawer) == (176_000, None)


def test_only_the_days_that_were_chosen(
    till: Till, desk: Desk, gate: Gate, clock: FakeClock
) -> None:
    sell(till, "DKR-1187")
    clock.pass_seconds(DAY)
    sell(till, "DKR-1187", "DKR-1187")
    work = PayoutWork(desk, gate)
    work.open(seller(till, "LMB"))
    for choice, since, until, expected in (
        ("everything", None, None, 84_000),
        ("yesterday", None, None, 28_000),
        ("month", None, None, 84_000),
        ("last_month", None, None, 0),
        ("days", dt.date(2026, 11, 23), dt.date(2026, 11, 23), 56_000),
    ):
        work.choose(choice, since, until)  # type: ignore[arg-type]  # one of the choices
        assert work.amount == expected, choice


def test_a_payout_is_taken_back_on_its_day_only(
    till: Till, desk: Desk, gate: Gate, clock: FakeClock, tmp_path: Path
) -> None:
    sell(till, "DKR-1187")
    lmb = seller(till, "LMB")
    pay = PayoutWork(desk, gate)
    pay.open(lmb)
    pay.pay()
    done(pay)
    work = HistoryWork(desk, gate)
    moved: list[int] = []
    work.undone = lambda: moved.append(1)
    work.open(lmb)
    assert work.can_undo
    done(work)
    work.print_copy()
    done(work)
    assert till.printing.jobs()[-1].copy
    target = tmp_path / "slip.pdf"
    work.save_slip(target)
    done(work)
    assert target.read_bytes().startswith(b"%PDF")
    work.undo("  ")
    assert list(work.errors) == ["reason"]
    work.undo("salah hitung")
    done(work)
    assert moved == [1]
    assert (work.can_undo, work.payouts[0].undone) == (False, True)
    assert work.paper is not None
    assert work.paper.undone_at_local
    assert till.sellers.card(lmb).due == 28_000
    pay.open(lmb)
    pay.pay()
    done(pay)
    clock.pass_seconds(DAY)
    work.open(lmb)
    assert not work.can_undo


# -- everybody -------------------------------------------------------------------------------


def test_all_are_paid_but_those_left_out(
    till: Till, desk: Desk, gate: Gate, tmp_path: Path
) -> None:
    sell(till, "DKR-2041", "DKR-1187", "DKR-2210")
    work = BatchWork(desk, gate)
    work.open()
    assert {row.code: row.due for row in work.rows} == {
        "SRI": 148_000,
        "LMB": 28_000,
        "TNH": 248_000,
    }
    work.tick(seller(till, "LMB"))
    assert work.total == 396_000
    till.printing.set_choice(PrinterChoice(address="preview:", has_drawer=True))
    work.slice_seconds = 0
    before = len(till.printing.jobs())
    work.run()
    wait_for(lambda: not work.running)
    assert work.paid == 2
    kinds = [job.kind for job in till.printing.jobs()[before:]]
    assert kinds == ["drawer"], "once, though each of them was a part of its own"
    dues = {row.code: row.due for row in till.sellers.list_all()}
    assert (dues["SRI"], dues["LMB"], dues["TNH"]) == (0, 28_000, 0)
    target = tmp_path / "slips.pdf"
    work.save_slips(target)
    wait_for(lambda: not work.busy)
    assert (target.read_bytes()[:4], work.drawn) == (b"%PDF", 2)
    papers = till.office.seller_papers
    assert [papers.payout(one).paid for one in work.today] == [148_000, 248_000]
    later = BatchWork(desk, gate)
    later.open()
    assert later.today == work.today, "the day's slips can be had again, also after a restart"
    later.on_change = lambda: later.cancel() if later.busy else None
    later.save_slips(tmp_path / "none.pdf")
    wait_for(lambda: not later.busy)
    assert later.errors
    assert not (tmp_path / "none.pdf").exists()


def test_stopping_between_two_sellers_leaves_nothing_half(
    till: Till, desk: Desk, gate: Gate
) -> None:
    sell(till, "DKR-2041", "DKR-1187", "DKR-2210")
    work = BatchWork(desk, gate)
    work.open()
    work.slice_seconds = 0
    work.on_change = lambda: work.cancel() if work.paid == 1 else None
    work.run()
    wait_for(lambda: not work.running)
    assert work.paid == 1
    paid = {row.seller_id for row in work.rows if row.number}
    for row in till.sellers.list_all():
        if row.code in {"SRI", "LMB", "TNH"}:
            assert (row.due == 0) == (row.seller_id in paid)
    work.on_change = lambda: None
    work.pay_by("transfer")
    work.run()
    assert list(work.errors) == ["reference"]
    work.reference = "batch 1"
    work.run()
    wait_for(lambda: not work.running)
    assert work.paid == 3
