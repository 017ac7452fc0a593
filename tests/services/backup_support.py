"""Selling a little, damaging files, and looking at what is left."""

from pathlib import Path

from pos.cart import Cart
from pos.config import book_path
from pos.models.engine import driver
from pos.models.entries import Entry
from pos.models.journal import walk
from pos.models.verify import verify
from pos.services import backup_places as places
from pos.services.restore import Restored, restore
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock, make_till, manager_of


def sell(till: Till, code: str = "DKR-3001", amount: int = 15_000) -> str:
    """One sale for exact cash; the receipt's number."""
    cart = Cart().add(till.catalog.find(code))
    done = till.worker.call(
        lambda: till.selling.complete(cart, (Tender("cash", amount),), session=manager_of(till))
    )
    return done.number


def receipts_of(folder: Path) -> list[int]:
    """The numbers of the sales in a closed book."""
    connection = driver.connect(f"{book_path(folder).as_uri()}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute("SELECT number FROM sales ORDER BY number")]
    finally:
        connection.close()


def assert_whole(folder: Path) -> None:
    """`titip verify` finds nothing."""
    failure = verify(book_path(folder)).first_failure
    assert failure is None, failure


def damage(path: Path, offset: int, data: bytes) -> None:
    """Write over a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def root_page(book: Path, table: str) -> int:
    """The offset of a table's first page in the file."""
    connection = driver.connect(f"{book.as_uri()}?mode=ro", uri=True)
    try:
        number = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    finally:
        connection.close()
    return int(number - 1) * int(size)


def backups_in(folder: Path) -> list[Path]:
    """The backups there, the oldest first."""
    return [path for _stamp, path in sorted(places.stamps_in(folder).items())]


def second_of(till: Till) -> str:
    """How the second place is."""
    return till.backups.state.second


def entries_of(book: Path) -> list[Entry]:
    """The journal of a closed book."""
    connection = driver.connect(book)
    try:
        return list(walk(connection.cursor()))
    finally:
        connection.close()


def five_sales_and_a_backup(tmp_path: Path) -> Path:
    """A closed till: two sales, a backup, three sales more."""
    till = make_till(tmp_path)
    sell(till)
    sell(till)
    till.backups.make()
    for _more in range(3):
        sell(till)
    till.close()
    return till.folder


def only_backup(folder: Path) -> Path:
    """The one that was made."""
    return next(iter(places.stamps_in(places.here(folder)).values()))


def reopened(folder: Path) -> Till:
    """The till, started again."""
    return Till.open(folder, clock=FakeClock(), cheap_pins=True)


def restored(folder: Path, *, take_newer: bool = True) -> Restored:
    """That backup in the book\'s place."""
    return restore(folder, only_backup(folder), take_newer=take_newer, clock=FakeClock())
