"""A person can be erased; the chain holds, and nothing shows them any more."""

import contextlib
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cart import Cart
from pos.cli import main
from pos.config import book_path
from pos.errors import TitipError, UserError
from pos.events import Counted
from pos.i18n import set_language
from pos.logs import Log
from pos.models.engine import driver
from pos.models.verify import verify
from pos.services import backup_places as places
from pos.services.goods import NewSeller
from pos.services.intake import IntakeLine
from pos.services.payouts import PayoutAsked
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.order_support import hand_over, order, taken
from tests.services.backup_support import assert_whole, entries_of, sell
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


def _people(till: Till) -> tuple[int, int, int]:
    """Somebody of each kind who has left traces: (staff, seller, contact)."""
    manager = manager_of(till)
    till.shifts.open((Counted(100_000, coin=False, pieces=5),), brought=500_000, session=manager)
    short = till.staff.add("Ani", "kasir", "9753", by=manager.staff_id)
    session = till.staff.sign_in(short, "9753")
    cart = Cart().add(till.catalog.find("DKR-3001"))
    till.selling.complete(cart, (Tender("cash", 15_000),), session=session)
    till.carts.save_open(cart, short)
    till.carts.save_open(Cart(), short)
    till.staff.change(short, role="kasir", active=False, by=manager.staff_id)
    cluster = till.sellers.clusters()[0].cluster_id
    new = NewSeller("RTN", "Rumah Tenun", cluster, Terms(), maker=NAME, phone=PHONE, bank=BANK)
    seller = till.sellers.add(new, by=manager.staff_id, pin="7391")
    till.intake.take_in(
        seller, (IntakeLine(1, name="Kain lurik", price=100_000),), by=manager.staff_id
    )
    code = next(row.code for row in till.stock.on_shelf() if row.seller_code == "RTN")
    sell(till, code, 100_000)
    till.office.seller_papers.pay(
        PayoutAsked(seller, method="transfer", reference="TRF-1"), session=manager
    )
    placed = taken(till, manager)
    contact = order(till, placed).contact_id
    hand_over(till, placed, manager, 1)
    return short, seller, contact


def _pins(till: Till, *subjects: int) -> list[str]:
    rows = till.book.reader().execute("SELECT subject_id, hash FROM pins").fetchall()
    return [str(pin) for subject, pin in rows if subject in subjects]


def _until_printed(till: Till) -> None:
    till.start_printing()
    ends = time.monotonic() + 60
    while till.printing.jobs():
        assert time.monotonic() < ends
        time.sleep(0.02)


WORDS = ("Ani", NAME, "Ratna", "628123456789", "1234567890", "Ibu Wati", "81234567890")


def test_no_table_picture_paper_or_log_names_anybody_who_was_erased(tmp_path: Path) -> None:
    """All that lies in the data folder but its backups, byte by byte."""
    till = make_till(tmp_path)
    people = _people(till)
    _until_printed(till)
    till.backups.make()
    by = manager_of(till).staff_id
    assert _naming(till.folder, till.folder / "preview")
    hashes = _pins(till, people[0], people[1])
    assert len(hashes) == 2
    till.office.erasing.staff(people[0], by=by)
    till.office.erasing.seller(people[1], by=by)
    till.office.erasing.customer(people[2], by=by)
    with contextlib.closing(Log(till.folder)):
        try:
            till.staff.sign_in(people[0], "0000")
        except TitipError:
            logging.getLogger("pos").warning("refused", exc_info=True)
    till.close()
    with driver.connect(book_path(till.folder)) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            rows = repr(connection.execute(f"SELECT * FROM {table}").fetchall())
            assert not [word for word in WORDS if _named(word, rows)], table
    connection.close()
    raw = bytes_of(till.folder)
    assert not [pin for pin in hashes if pin.encode() in raw]
    backups = places.here(till.folder)
    assert not [path for path in _naming(till.folder, till.folder) if backups not in path.parents]
    # What lies in a backup stays there until it is thinned out, as the screens say.
    assert _naming(till.folder, backups)
    assert_whole(till.folder)


def _named(word: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![a-z])", text) is not None


def _naming(folder: Path, within: Path) -> list[Path]:
    """Files that hold one of the words."""
    bytes_of(folder)  # the log goes into the file
    files = [path for path in within.rglob("*") if path.is_file()]
    return [
        path
        for path in files
        if any(_named(word, path.read_bytes().decode("latin-1")) for word in WORDS)
    ]


def test_papers_of_others_with_a_like_name_stay(till: Till) -> None:
    """A name of three letters is looked for as a word: Ani is not in Aniyah."""
    from pos.receipts.documents import TestPage
    from pos.services.print_jobs import add_job

    by = manager_of(till).staff_id
    ani = till.staff.add("Ani", "kasir", "9753", by=by)
    till.staff.change(ani, role="kasir", active=False, by=by)
    with till.unit.write() as tx:
        for name in ("Aniyah", "Ani"):
            page = TestPage("Galeri", name, "2026-11-22T09:00", "id")
            add_job(tx.cursor, "test", page, title="uji", at=tx.at)
        tx.cursor.execute("UPDATE print_jobs SET status = 'done'")
    till.office.erasing.staff(ani, by=by)
    left = till.book.reader().execute("SELECT document FROM print_jobs").fetchall()
    assert [b"Aniyah" in bytes(row[0]) for row in left] == [True]


def test_a_paper_that_still_waits_comes_first(till: Till) -> None:
    """Printed later, it would be kept with the name on it."""
    from pos.receipts.documents import TestPage
    from pos.services.print_jobs import add_job

    by = manager_of(till).staff_id
    rina = till.staff.add("Rina Wulandari", "kasir", "9753", by=by)
    till.staff.change(rina, role="kasir", active=False, by=by)
    page = TestPage("Galeri", "Rina Wulandari", "2026-11-22T09:00", "id")
    with till.unit.write() as tx:
        add_job(tx.cursor, "test", page, title="uji", at=tx.at)
    with pytest.raises(UserError, match="menunggu"):
        till.office.erasing.staff(rina, by=by)
    assert "Rina Wulandari" in {row.name for row in till.staff.list_all()}
    assert till.staff.pins.is_set(rina)
    with till.unit.write() as tx:
        tx.cursor.execute("UPDATE print_jobs SET status = 'cancelled'")
    till.office.erasing.staff(rina, by=by)
    assert not till.staff.pins.is_set(rina)
