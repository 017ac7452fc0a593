"""The stand that is hurt: its book, what is done in it, and how a book is checked afterwards."""

import atexit
import lzma
import os
import random
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pos.cart import Cart
from pos.config import book_path
from pos.errors import TitipError
from pos.events import Counted
from pos.models import verify
from pos.models.engine import driver, translated_errors
from pos.models.entries import expected_hash, read_head
from pos.models.journal import walk
from pos.services.payouts import PayoutAsked
from pos.services.shifts import Closing
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock, make_till, manager_of

GOODS = ("DKR-1187", "DKR-3001", "DKR-4001")
"""What can be sold without end; the unique pieces can't."""


DAMAGE = (ValueError, TypeError, AttributeError, LookupError, OverflowError, msgspec.MsgspecError)
"""What reading a damaged row can end in: it need not hold what its columns promise."""


class Ack(msgspec.Struct, frozen=True):
    """What the screen has confirmed: the entry at the end of the journal, and a receipt's number."""

    what: str
    seq: int
    hash: str
    number: str = ""
    paid: int = 0


def lasting_folder(prefix: str) -> Path:
    """A folder that lasts as long as this process."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _template() -> Path:
    folder = lasting_folder("titip-hurt-")
    make_till(folder).close()
    return folder / "data"


def memory() -> Path | None:
    """A folder in memory, where a sync costs nothing; None where there is none."""
    shared = Path("/dev/shm")  # noqa: S108 (memory, and our own folder within it)
    return shared if shared.is_dir() else None


def fresh(folder: Path) -> Path:
    """A data folder with a stand that has sold nothing yet."""
    shutil.copytree(_template(), folder)
    return folder


OLD_BOOK = Path(__file__).with_name("book_of_schema_1.db.xz")
"""Four sales, a payout and a close, written by the first version."""


def old_book(folder: Path) -> list[Ack]:
    """A data folder of the first version; what it had confirmed."""
    folder.mkdir(parents=True, exist_ok=True)
    book_path(folder).write_bytes(lzma.decompress(OLD_BOOK.read_bytes()))
    connection = driver.connect(str(book_path(folder)))
    try:
        entries = connection.execute("SELECT seq, hash FROM journal").fetchall()
    finally:
        connection.close()
    return [Ack("of the first version", seq, digest.hex()) for seq, digest in entries]


def open_till(folder: Path, clock: FakeClock | None = None) -> Till:
    """The real till on a folder."""
    return Till.open(folder, clock=clock or FakeClock(), cheap_pins=True)


class Robot:
    """Does a stand's work on a till, by the same services as the screens."""

    WORK = ("sale", "payout", "close", "import")

    def __init__(self, till: Till, seed: int = 0) -> None:
        self.till = till
        self.rng = random.Random(seed)
        self.manager = manager_of(till)
        self._tables = 0

    def do(self, what: str) -> Ack:
        """One piece of work, until it is confirmed."""
        number, paid = getattr(self, f"_{what}")() or ("", 0)
        head = read_head(self.till.book.reader(), self.till.info.till_no)
        return Ack(what, head.seq, head.hash.hex(), number, paid)

    def cart(self) -> Cart:
        """One to four lines of what is on the shelf."""
        cart = Cart()
        for code in self.rng.choices(GOODS, k=self.rng.randint(1, 4)):
            cart = cart.add(self.till.catalog.find(code), self.rng.randint(1, 3))
        return cart

    def _sale(self) -> tuple[str, int]:
        cart = self.cart()
        self.till.carts.save_open(cart, self.manager.staff_id)
        method: Any = self.rng.choice(("cash", "cash", "qris", "card"))
        due = sum(line.gross for line in cart.lines)
        done = self.till.selling.complete(cart, (Tender(method, due),), session=self.manager)
        return done.number, done.paid

    def _payout(self) -> None:
        for seller in self.till.sellers.list_all():
            if seller.due > 0:
                self.till.payouts.pay(PayoutAsked(seller.seller_id), session=self.manager)
                return
        self._sale()

    def _close(self) -> None:
        shifts = self.till.shifts
        nothing = (Counted(100_000, False, 0),)
        if shifts.current() is None:
            shifts.open(nothing, brought=0, reason="hitung", session=self.manager)
        open_payments = tuple(p.payment_id for p in shifts.unchecked())
        asked = Closing(nothing, kept=0, reason="hitung", left_open=open_payments)
        shifts.close(asked, session=self.manager)

    def _import(self) -> None:
        self._tables += 1
        # No two tables alike, since a row that is known is not taken twice.
        word = f"{os.getpid()}-{self._tables}-{self.rng.getrandbits(32):x}"
        rows = ["Nama barang;Penitip;Harga;Stok"]
        rows += [f"Anyaman {word} {n};SRI;{n}0.000;2" for n in range(1, 31)]
        # Not in the data folder, whose disk may be the one that fails.
        with tempfile.TemporaryDirectory(prefix="titip-table-") as elsewhere:
            source = Path(elsewhere) / "barang.csv"
            source.write_text("\n".join(rows), encoding="utf-8")
            plan = self.till.importing.read_items(source, _quiet)
        self.till.importing.take_items(plan, _quiet, by=self.manager.staff_id)

    def _rest(self) -> None:
        """An idle moment: the log goes into the file."""
        self.till.book.checkpoint()


def _quiet(_done: int, _total: int) -> None:
    pass


# -- checking ------------------------------------------------------------------------

_SCHEMA: dict[str, str] = {}
_make_schema = verify._expected_schema


def _schema_once(folder: Path) -> dict[str, str]:
    if not _SCHEMA:
        _SCHEMA.update(_make_schema(folder))
    return _SCHEMA


def remember_schema() -> None:
    """Make verify's own comparison of the schema cheap: it is run thousands of times here."""
    verify._expected_schema = _schema_once


def wrong_with(book: Path, acks: Iterable[Ack], *, full: bool = True) -> list[str]:
    """What a book lacks or has wrong after a fault; nothing, if all is well.

    `full` runs all of `titip verify`, a replay included; without it the checks are those that a
    lost or halved sale and a damaged file can't pass.
    """
    try:
        with translated_errors():
            connection = driver.connect(f"{book.resolve().as_uri()}?mode=rw", uri=True)
            try:
                found = _acknowledged(connection, acks)
                found += [] if full else _quick(connection)
            finally:
                connection.close()
    except (TitipError, driver.Error, *DAMAGE) as error:
        return [f"can't be read: {type(error).__name__}: {error}"]
    if full:
        bad = [finding for finding in verify.findings(book) if not finding.ok]
        found += [f"verify, {finding.check}: {finding.detail}" for finding in bad]
    return found


def _acknowledged(connection: Any, acks: Iterable[Ack]) -> list[str]:
    entries = dict(connection.execute("SELECT seq, hash FROM journal"))
    sales = dict(connection.execute("SELECT number, paid FROM sales"))
    found = []
    for ack in acks:
        if entries.get(ack.seq, b"").hex() != ack.hash:
            found.append(f"lost: {ack.what} {ack.number}, entry {ack.seq}")
        elif (
            "-" in ack.number
            and not ack.number.endswith(".db")
            and sales.get(int(ack.number.rpartition("-")[2])) != ack.paid
        ):
            found.append(f"lost: receipt {ack.number}")
    return found


def _quick(connection: Any) -> list[str]:
    found = [f"integrity: {row[0]}" for row in connection.execute("PRAGMA integrity_check(1)")]
    found = [] if found == ["integrity: ok"] else found
    previous, sold = bytes(32), 0
    for seq, entry in enumerate(walk(connection.cursor()), start=1):
        if (entry.seq, entry.previous, entry.hash) != (seq, previous, expected_hash(entry)):
            found.append(f"chain: entry {entry.seq}")
        previous = entry.hash
        sold += entry.kind == "sale_completed"
    for what, sql, expected in (
        ("sales", "SELECT count(*) FROM sales", sold),
        ("receipts", "SELECT count(*) FROM print_jobs WHERE kind = 'receipt'", sold),
        ("half sales", _HALF, 0),
        ("postings", "SELECT coalesce(sum(amount), 0) FROM postings", 0),
        ("balances", "SELECT coalesce(sum(amount), 0) FROM balances", 0),
    ):
        got = connection.execute(sql).fetchone()[0]
        if got != expected:
            found.append(f"{what}: {got}, not {expected}")
    return found


_HALF = """
SELECT count(*) FROM sales s WHERE
    s.paid <> (SELECT coalesce(sum(p.amount), 0) FROM payments p WHERE p.sale_id = s.id)
    OR NOT EXISTS (SELECT 1 FROM sale_lines l WHERE l.sale_id = s.id)
"""


def goes_on(folder: Path) -> list[str]:
    """Whether the till opens after a fault and sells."""
    try:
        till = open_till(folder)
        try:
            ack = Robot(till).do("sale")
        finally:
            till.close()
    except TitipError as error:
        return [f"does not go on: {error.sentence}"]
    return wrong_with(book_path(folder), [ack], full=False)
