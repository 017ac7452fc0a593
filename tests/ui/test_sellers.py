"""Sellers: finding, cards, terms, accounts, tables; on a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.errors import UserError
from pos.services.till import Till
from pos.terms import Terms
from pos.ui.desk import Desk
from pos.ui.sellers.account import PAGE, AccountWork, first_day
from pos.ui.sellers.card import CardFields, CardWork
from pos.ui.sellers.directory import ALL, OWED, Directory, empty_sentence
from pos.ui.sellers.history import HistoryWork
from pos.ui.sellers.payout import PayoutWork
from pos.ui.sellers.taking import TakingWork
from pos.ui.sellers.terms import TermsWork, read_terms
from pos.ui.sellers.words import parse_percent, percent_text
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


# -- the list --------------------------------------------------------------------------------


def test_found_by_code_workshop_cluster_and_due(till: Till) -> None:
    sell(till, "DKR-2041")
    found = Directory(till)
    found.refresh()
    everybody = [row.code for row in found.state.shown]
    assert everybody == ["SRI", "BBU", "KRT", "LMB", "TNH"]
    for text, expected in (
        ("sri", ["SRI"]),
        ("  Tanah  ", ["TNH"]),
        ("fashion", ["KRT"]),
        ("an sri", ["SRI"]),
        ("nobody", []),
    ):
        found.type(text)
        assert [row.code for row in found.state.shown] == expected, text
    none = empty_sentence(found.state)
    found.type("")
    found.show_only(OWED)
    assert [row.code for row in found.state.shown] == ["SRI"]
    assert found.state.due == 148_000
    found.show_only(found.state.clusters[0].cluster_id)
    assert {row.code for row in found.state.shown} == {"SRI", "LMB", "TNH", "BBU"}
    found.show_only(ALL)
    found.type("lmb")
    assert found.best() == seller(till, "LMB")
    assert none != empty_sentence(Directory(till).state)


# -- the card --------------------------------------------------------------------------------


def test_a_new_seller_gets_a_code_terms_and_a_pin(till: Till, desk: Desk, gate: Gate) -> None:
    work = CardWork(desk, gate)
    saved: list[int] = []
    work.saved = saved.append
    work.open(0)
    code = work.named("Kain Perca Yati")
    assert code == "KPY"
    fields = CardFields(
        workshop="Kain Perca Yati",
        code=code,
        maker="Ibu Yati",
        phone="0812-9876 5432",
        new_cluster="Perca",
        bank="BCA 1234567890",
        loss_bearer="shared",
        loss_basis="price",
        pin="4826",
        pin_again="4826",
    )
    work.save(fields, lambda: Terms(rate_bp=1_250))
    done(work)
    assert not work.errors
    detail = till.sellers.card(saved[0])
    assert (detail.code, detail.cluster, detail.has_pin) == ("KPY", "Perca", True)
    assert detail.terms == Terms(rate_bp=1_250)
    assert detail.card.phone == "6281298765432"
    assert (detail.card.loss_bearer, detail.card.loss_basis) == ("shared", "price")


def test_the_same_name_typed_otherwise_is_offered_first(till: Till, desk: Desk, gate: Gate) -> None:
    work = CardWork(desk, gate)
    work.open(0)
    code = work.named("  anyaman-SRI ")
    assert [one.code for one in work.similar] == ["SRI"]
    cluster = work.clusters[0].cluster_id
    fields = CardFields(workshop="anyaman-SRI", code=code, cluster_id=cluster)
    before = len(till.sellers.list_all())
    work.save(fields, Terms)
    done(work)
    assert "workshop" in work.errors
    assert len(till.sellers.list_all()) == before
    work.save(fields, Terms)
    done(work)
    assert len(till.sellers.list_all()) == before + 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (CardFields(workshop=""), "workshop"),
        (CardFields(workshop="Baru", code="SRI"), "code"),
        (CardFields(workshop="Baru", code="BRU", phone="12"), "phone"),
        (CardFields(workshop="Baru", code="BRU", pin="12", pin_again="12"), "pin"),
        (CardFields(workshop="Baru", code="BRU", pin="4826", pin_again="4827"), "pin_again"),
        (CardFields(workshop="Baru", code="BRU", new_cluster=" ", cluster_id=-1), "cluster"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    till: Till, desk: Desk, gate: Gate, fields: CardFields, field: str
) -> None:
    work = CardWork(desk, gate)
    work.open(0)
    if not fields.cluster_id:
        there = work.clusters[0].cluster_id
        fields = CardFields(**{**vars(fields), "cluster_id": there})
    work.save(fields, Terms)
    done(work)
    assert list(work.errors) == [field]
    assert len(till.sellers.list_all()) == 5


def test_a_card_is_changed_and_its_seller_put_to_rest(till: Till, desk: Desk, gate: Gate) -> None:
    work = CardWork(desk, gate)
    work.open(seller(till, "LMB"))
    fields = CardFields(**{**vars(work.fields()), "maker": "Ibu Lilis", "active": False})
    work.save(fields, Terms)
    done(work)
    row = next(row for row in till.sellers.list_all() if row.code == "LMB")
    assert (row.maker, row.active) == ("Ibu Lilis", False)


# -- terms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "points"),
    [("20", 2_000), ("12,5", 1_250), ("12.55 %", 1_255), ("0", 0), ("100", 10_000)],
)
def test_percentages_as_people_type_them(text: str, points: int) -> None:
    assert parse_percent(text) == points
    assert parse_percent(percent_text(points)) == points


@pytest.mark.parametrize("text", ["", "-1", "100,01", "a", "1,234", "1000"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_percent(text)


def test_an_agreement_from_a_day_on(till: Till, desk: Desk, gate: Gate) -> None:
    work = TermsWork(desk, gate)
    work.open(seller(till, "SRI"))
    later = TODAY + dt.timedelta(days=3)
    work.agree(read_terms("list", "15", None), later, 0)
    done(work)
    assert gate.asking
    assert [row.holds for row in work.agreements] == [True]
    gate.approved(manager_of(till).staff_id)
    done(work)
    assert not gate.asking
    desk.sign_in(manager_of(till))
    item = work.items[0].item_id
    work.agree(read_terms("net", "", 100_000), TODAY, item)
    done(work)
    first, second, third = work.agreements
    assert (first.terms, first.valid_from, first.holds) == (
        Terms(rate_bp=1_500, base="list"),
        later,
        False,
    )
    assert (second.item_code, second.terms.net_price, second.holds) == ("DKR-2041", 100_000, True)
    assert third.holds
    work.agree(read_terms("paid", "10", None), TODAY - dt.timedelta(days=1), 0)
    done(work)
    assert list(work.errors) == ["valid_from"]
    for kind, percent in (("net", ""), ("paid", "abc")):
        with pytest.raises(UserError):
            read_terms(kind, percent, None)  # type: ignore[arg-type]  # one of the kinds


# -- the account -----------------------------------------------------------------------------


def test_an_account_goes_on_while_it_is_scrolled(till: Till, desk: Desk, gate: Gate) -> None:
    for _sale in range(PAGE + 3):
        sell(till, "DKR-4001")
    work = AccountWork(desk, gate)
    work.open(seller(till, "KRT"))
    assert (len(work.lines), work.more) == (PAGE, True)
    work.load_more()
    assert (len(work.lines), work.more) == (PAGE + 3, False)
    balance = work.due
    assert balance == (PAGE + 3) * 382_500
    for line in work.lines:
        assert line.balance == balance
        balance -= line.amount
    assert balance == 0


def test_an_account_of_a_period_as_paper_and_pdf(
    till: Till, desk: Desk, gate: Gate, clock: FakeClock, tmp_path: Path
) -> None:
    sell(till, "DKR-1187")
    clock.pass_seconds(DAY)
    sell(till, "DKR-1187")
    work = AccountWork(desk, gate)
    work.open(seller(till, "LMB"))
    assert len(work.lines) == 2
    work.choose_period("today")
    assert [line.balance for line in work.lines] == [56_000]
    work.print_it()
    done(work)
    assert till.printing.jobs()[-1].kind == "statement"
    target = tmp_path / "account.pdf"
    work.save_account(target)
    wait_for(target.exists)
    done(work)
    assert target.read_bytes().startswith(b"%PDF")
    assert work.note


def test_periods() -> None:
    assert first_day("all", TODAY) is None
    assert first_day("month", TODAY) == dt.date(2026, 11, 1)
    assert first_day("year", TODAY) == dt.date(2026, 1, 1)


# -- tables ----------------------------------------------------------------------------------


def test_a_table_is_looked_at_then_taken_over_once(
    till: Till, desk: Desk, gate: Gate, tmp_path: Path
) -> None:
    path = tmp_path / "sellers.csv"
    path.write_text(
        "Kode;Nama usaha;Klaster;Komisi\nSRI;Anyaman Sri;Craft;20%\n;Kain Yati;Fashion;15%\n;;;9%\n",
        encoding="utf-8",
    )
    work = TakingWork(desk, gate)
    work.read(path)
    done(work)
    assert [row.status for row in work.rows] == ["bad", "new", "known"]
    assert work.rows[0].reason
    assert len(till.sellers.list_all()) == 5
    work.take()
    done(work)
    assert len(till.sellers.list_all()) == 6
    assert work.plan is None
    target = tmp_path / "all.xlsx"
    work.export(target)
    done(work)
    work.read(target)
    done(work)
    assert {row.status for row in work.rows} == {"known"}


def test_a_table_that_is_none_says_so(till: Till, desk: Desk, gate: Gate, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("just words\n", encoding="utf-8")
    work = TakingWork(desk, gate)
    work.read(path)
    done(work)
    assert work.errors
    assert work.plan is None
