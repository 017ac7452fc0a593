"""A person can be erased; the chain holds, and nothing shows them any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cli import main
from pos.config import book_path
from pos.errors import UserError
from pos.i18n import set_language
from pos.models.engine import driver
from pos.models.verify import verify
from pos.services.goods import NewSeller
from pos.services.till import Till
from pos.terms import Terms
from tests.services.backup_support import assert_whole, entries_of
from tests.support import FakeClock, make_till, manager_of

NAME, PHONE, BANK = "Ratna Kusumawardhani", "0812 3456 7890", "BCA 1234567890 a.n. Ratna"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    yield made
    made.close()
    assert_whole(made.folder)


@pytest.fixture
def seller(till: Till) -> int:
    cluster = till.sellers.clusters()[0].cluster_id
    new = NewSeller("RTN", "Rumah Tenun", cluster, Terms(), maker=NAME, phone=PHONE, bank=BANK)
    return till.sellers.add(new, by=manager_of(till).staff_id, pin="7391")


def bytes_of(folder: Path) -> bytes:
    """The book as it is once its log is moved into it."""
    connection = driver.connect(book_path(folder))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return book_path(folder).read_bytes()


def test_nothing_of_a_maker_is_left_and_the_trace_names_nobody(till: Till, seller: int) -> None:
    by = manager_of(till).staff_id
    till.office.erasing.seller(seller, by=by)
    card = till.sellers.card(seller)
    assert (card.card.maker, card.card.phone, card.card.bank) == ("", "", "")
    assert not card.card.active
    assert not card.has_pin
    assert card.card.workshop == "Rumah Tenun"
    assert not till.office.erasing.find(NAME)
    folder = till.folder
    till.close()
    raw = bytes_of(folder)
    for word in (NAME, "628123456789", "1234567890", "Ratna"):
        assert word.encode() not in raw, word
    last = entries_of(book_path(folder))[-1]
    assert (last.kind, last.staff_id) == ("person_erased", by)
    assert verify(book_path(folder)).ok


def test_papers_of_the_person_go_too(till: Till, seller: int) -> None:
    from pos.receipts.documents import TestPage
    from pos.services.print_jobs import add_job

    page = TestPage("Galeri", NAME, "2026-11-22T09:00", "id")
    with till.unit.write() as tx:
        add_job(tx.cursor, "test", page, title=NAME, at=tx.at)
        tx.cursor.execute("UPDATE print_jobs SET status = 'done'")
    previews = till.folder / "preview"
    previews.mkdir(exist_ok=True)
    (previews / "a.txt").write_text(f"Kepada {NAME}")
    (previews / "a.bin").write_bytes(b"\x1b@")
    (previews / "b.txt").write_text("Kepada orang lain")
    till.office.erasing.seller(seller, by=0)
    assert till.printing.last_preview() is None
    assert sorted(path.name for path in previews.iterdir()) == ["b.txt"]


def test_who_is_still_needed_is_not_erased(till: Till) -> None:
    by = manager_of(till).staff_id
    with_goods = next(row.seller_id for row in till.sellers.list_all() if row.on_shelf)
    with pytest.raises(UserError):
        till.office.erasing.seller(with_goods, by=by)
    with pytest.raises(UserError):
        till.office.erasing.staff(by, by=by)
    assert till.sellers.card(with_goods).card.active


def test_staff_who_left(till: Till) -> None:
    by = manager_of(till).staff_id
    rina = till.staff.add("Rina Wulandari", "kasir", "9753", by=by)
    till.staff.change(rina, role="kasir", active=False, by=by)
    till.office.erasing.staff(rina, by=by)
    assert "Rina Wulandari" not in {row.name for row in till.staff.list_all()}
    assert not till.staff.pins.is_set(rina)


def test_an_older_card_from_another_till_does_not_bring_them_back(till: Till, seller: int) -> None:
    """The emptied card is the newer one."""
    rows = (
        till.book.reader()
        .execute("SELECT updated_at FROM contact_cards WHERE name = ?", (NAME,))
        .fetchall()
    )
    clock = till.clock
    assert isinstance(clock, FakeClock)
    clock.pass_seconds(1)
    till.office.erasing.seller(seller, by=0)
    emptied = (
        till.book.reader()
        .execute("SELECT max(updated_at) FROM contact_cards WHERE name = ''")
        .fetchone()
    )
    assert emptied[0] > rows[0][0]


def test_from_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    till = make_till(tmp_path)
    cluster = till.sellers.clusters()[0].cluster_id
    till.sellers.add(NewSeller("RTN", "Rumah Tenun", cluster, Terms(), maker=NAME), by=1)
    till.close()
    folder = str(till.folder)
    set_language("en")
    assert main(["--data", folder, "erase", "nobody"]) == 1
    assert main(["--data", folder, "erase", "rtn"]) == 1
    assert "titip: " in capsys.readouterr().err
    assert main(["--data", folder, "erase", "rtn", "--yes"]) == 0
    assert NAME.encode() not in bytes_of(till.folder)
    assert_whole(till.folder)
