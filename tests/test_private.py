"""What is personal stands on contact cards alone: never in the journal, never in full on paper."""

from pathlib import Path

import msgspec
import pytest

from pos.config import book_path
from pos.events import KINDS, Counted
from pos.models.engine import driver
from pos.receipts.documents import decode
from pos.receipts.elements import Text
from pos.receipts.layout import layout
from pos.receipts.slips import slips_of
from pos.services.backup_names import FOLDER as BACKUPS
from pos.services.goods import NewSeller
from pos.services.intake import IntakeLine
from pos.services.orders import NewOrder
from pos.services.payouts import PayoutAsked
from pos.services.queries.sellers import SellerCard
from pos.services.shifts import Closing
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.order_support import DAY, KEBAYA
from tests.services.backup_support import entries_of, sell
from tests.services.spreadsheet.test_take_over import quiet, table
from tests.support import KASIR_PIN, MANAGER_PIN, make_till, manager_of

STAFF, STAFF_PIN, STAFF_PIN_2 = "Yunita Prameswari", "93715", "82604"
MAKER, PHONE, BANK, SELLER_PIN = (
    "Ratna Kusumawardhani",
    "081277665544",
    "BCA 9988776655 a.n. Ratna K",
    "61937",
)
CUSTOMER, CUSTOMER_PHONE = "Widodo Cahyadi", "081366554433"
IMPORTED, IMPORTED_PHONE = "Endang Sulistyorini", "081455443322"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A till on which everything happened that knows something personal."""
    base = tmp_path_factory.mktemp("private")
    till = make_till(base)
    by = manager_of(till).staff_id
    _staff(till, by)
    seller = _sellers(till, base, by)
    _day(till, seller)
    till.backups.make()
    till.close()
    return till.folder


def _staff(till: Till, by: int) -> None:
    added = till.staff.add(STAFF, "kasir", STAFF_PIN, by=by)
    till.staff.set_pin(added, STAFF_PIN_2, by=by)
    till.staff.rename(added, STAFF, by=by)
    till.staff.sign_in(added, STAFF_PIN_2)


def _sellers(till: Till, base: Path, by: int) -> int:
    cluster = till.sellers.clusters()[0].cluster_id
    new = NewSeller("RTN", "Rumah Tenun", cluster, Terms(), maker=MAKER, phone=PHONE, bank=BANK)
    seller = till.sellers.add(new, by=by, pin=SELLER_PIN)
    card = till.sellers.card(seller).card
    assert isinstance(card, SellerCard)
    till.sellers.change(msgspec.structs.replace(card, workshop="Rumah Tenun Baru"), by=by)
    till.sellers.check_pin("RTN", SELLER_PIN)
    heads = ("Kode", "Nama usaha", "Nama perajin", "WhatsApp", "Klaster", "Rekening")
    row = ("EDG", "Batik Kenanga", IMPORTED, IMPORTED_PHONE, "Fashion", "Mandiri 1122334455")
    plan = till.importing.read_sellers(table(base / f"{IMPORTED}.xlsx", heads, row), quiet)
    assert till.importing.take_sellers(plan, quiet, by=by).cards == 1
    return seller


def _day(till: Till, seller: int) -> None:
    manager = manager_of(till)
    drawer = (Counted(100_000, coin=False, pieces=5),)
    till.shifts.open(drawer, brought=500_000, session=manager)
    till.intake.take_in(
        seller, (IntakeLine(3, name="Kain lurik", price=100_000),), by=manager.staff_id
    )
    code = next(row.code for row in till.stock.on_shelf() if row.seller_code == "RTN")
    sell(till, code, 100_000)
    asked = PayoutAsked(seller, method="transfer", reference="TRF-1")
    till.office.seller_papers.pay(asked, session=manager)
    new = NewOrder(CUSTOMER, CUSTOMER_PHONE, seller, DAY, (KEBAYA,), deposit=100_000)
    till.office.orders.take(new, (Tender("cash", 100_000),), session=manager)
    counted = (Counted(100_000, coin=False, pieces=7),)
    till.shifts.close(Closing(counted, kept=500_000), session=manager)


def test_the_journal_holds_no_pin_no_hash_and_nothing_personal(folder: Path) -> None:
    entries = entries_of(book_path(folder))
    kinds = {entry.kind for entry in entries}
    assert kinds >= {
        "staff_added",
        "pin_changed",
        "seller_added",
        "seller_pin_changed",
        "seller_changed",
        "sellers_imported",
        "paid_out",
        "order_taken",
        "shift_closed",
    }
    bodies = "\n".join(entry.body for entry in entries)
    for word in (STAFF, MAKER, CUSTOMER, IMPORTED):
        for part in word.split():
            assert part.casefold() not in bodies.casefold(), part
    for number in (PHONE, CUSTOMER_PHONE, IMPORTED_PHONE):
        assert number[1:] not in bodies
    for number in ("9988776655", "1122334455"):
        assert number not in bodies
    for pin in (STAFF_PIN, STAFF_PIN_2, SELLER_PIN, MANAGER_PIN, KASIR_PIN):
        assert f'"{pin}"' not in bodies, pin
    assert "argon2" not in bodies
    assert '"pin"' not in bodies


def test_every_kind_of_event_was_looked_at_or_says_nothing_of_people() -> None:
    """An event that names a person must do so by id: no field is called after what is personal."""
    personal = {"maker", "phone", "bank", "customer", "contact", "pin", "hash", "whatsapp"}
    for kind, type_ in KINDS.items():
        fields = {field.name for field in msgspec.structs.fields(type_)}
        assert not fields & personal, kind


def test_no_paper_shows_a_bank_number_in_full(folder: Path) -> None:
    connection = driver.connect(book_path(folder))
    rows = connection.execute(
        "SELECT kind, document FROM print_jobs WHERE kind <> 'drawer'"
    ).fetchall()
    connection.close()
    kinds = {kind for kind, _document in rows}
    assert "payout" in kinds
    seen = ""
    for _kind, document in rows:
        for columns in (32, 42, 48):
            elements = layout(decode(bytes(document)), columns)
            said = "\n".join(part.line for part in elements if isinstance(part, Text))
            seen += said
            assert "9988776655" not in "".join(said.split())
    assert "****6655" in seen


def test_no_a4_paper_does_either(folder: Path) -> None:
    """The words of the A4 slip are those of its parts."""
    connection = driver.connect(book_path(folder))
    rows = connection.execute("SELECT document FROM print_jobs WHERE kind = 'payout'").fetchall()
    connection.close()
    for (document,) in rows:
        for slip in slips_of(decode(bytes(document))):  # type: ignore[arg-type]  # a payout is a slip
            assert "9988776655" not in repr(slip)
            assert "6655" in repr(slip)


@pytest.mark.skipif("os.name != 'posix'", reason="permissions of POSIX systems")
def test_only_the_owner_of_the_machine_reads_the_folder(folder: Path) -> None:
    for path in (folder, folder / BACKUPS):
        assert path.stat().st_mode & 0o077 == 0, path
