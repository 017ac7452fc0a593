"""What verify says of a healthy book, and what it leaves alone."""

import json
from collections.abc import Iterator
from pathlib import Path

from pos.cart import Cart
from pos.config import book_path
from pos.models.base import BOOK, tables_of
from pos.models.verify import Finding, findings, verify
from pos.services.till import Till
from pos.tender import Tender
from tests.models.conftest import sell_three
from tests.models.damage import entry_of, plant, sql
from tests.support import make_till, manager_of

CHECKS = (
    "integrity",
    "foreign keys",
    "schema",
    "hash chain",
    "rebuild",
    "ledger",
    "paper numbers",
)


def test_a_healthy_book_passes_every_check(book: Path) -> None:
    report = verify(book)
    assert report.ok
    assert report.first_failure is None
    assert tuple(finding.check for finding in report.findings) == CHECKS
    details = {finding.check: finding.detail for finding in report.findings}
    assert "3 sales, 4 lines" in details["rebuild"]
    assert details["paper numbers"].startswith("7 papers")
    head = entry_of(book, "sale_completed").hash.hex()[:12]
    assert head in details["hash chain"]


def test_an_empty_book_passes(tmp_path: Path) -> None:
    till = make_till(tmp_path, goods=False)
    till.close()
    assert verify(book_path(tmp_path / "data")).ok


def test_progress_is_reported_for_every_check(book: Path) -> None:
    told: list[tuple[str, int, int]] = []
    verify(book, lambda check, done, total: told.append((check, done, total)))
    assert [check for check, done, _total in told if done == 0] == list(CHECKS)
    compared = [(done, total) for check, done, total in told if check == "compare"]
    assert [done for done, _total in compared] == sorted(done for done, _total in compared)
    assert len(compared) == len(tables_of(BOOK))
    assert all(done <= total for done, total in compared)


def test_outcomes_come_one_by_one_and_asking_may_stop(book: Path) -> None:
    asked: Iterator[Finding] = findings(book)
    assert next(asked).check == "integrity"
    asked.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(book.parent.glob(".verify-*")) == []


def test_a_book_is_verified_while_the_till_sells_and_is_not_written_to(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell_three(till)
    till.book.checkpoint()
    path = book_path(tmp_path / "data")
    before = path.read_bytes()
    sold: list[object] = []

    def sell_meanwhile(check: str, _done: int, _total: int) -> None:
        if check == "rebuild" and not sold:
            cart = Cart().add(till.catalog.find("DKR-1187"))
            tenders = (Tender("cash", 35_000),)
            sold.append(till.selling.complete(cart, tenders, session=manager_of(till)))

    report = verify(path, sell_meanwhile)
    assert report.ok, report.first_failure
    assert "3 sales" in next(f.detail for f in report.findings if f.check == "rebuild")
    assert path.read_bytes() == before
    assert len(sold) == 1
    assert verify(path).ok
    till.close()
    assert [p for p in path.parent.iterdir() if p.name.startswith(".verify-")] == []


def test_the_report_as_json(book: Path) -> None:
    good = json.loads(verify(book).to_json())
    assert good["ok"] is True
    assert [check["check"] for check in good["checks"]] == list(CHECKS)
    bad = json.loads(plant(book, sql("UPDATE balances SET amount = amount + 1")).to_json())
    assert bad["ok"] is False
    assert {check["check"] for check in bad["checks"] if not check["ok"]} == {"rebuild", "ledger"}


def test_what_is_local_or_personal_is_not_compared(book: Path) -> None:
    """They are no consequence of the journal: a person can be erased, a printer changed."""
    report = plant(
        book,
        sql(
            "UPDATE contact_cards SET name = '', phone = ''",
            "UPDATE pins SET failures = 3",
            "DELETE FROM print_jobs",
        ),
    )
    assert report.ok


def test_a_till_that_was_damaged_still_opens_for_help(tmp_path: Path, book: Path) -> None:
    plant(book, sql("UPDATE balances SET amount = amount + 1"))
    till = Till.open(tmp_path / "data", cheap_pins=True)
    assert till.info.stand_code == "DKR"
    till.close()
