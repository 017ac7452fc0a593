"""The first start: a stand, a till, a manager."""

import re
import secrets

import msgspec
from sqlalchemy import Text, cast, select

from pos.clock import DEFAULT_ZONE
from pos.errors import UserError
from pos.events import TillOpened
from pos.i18n import _
from pos.ids import MAX_TILL_NO
from pos.models.engine import Book
from pos.models.local import preferences
from pos.models.prepared import Prepared
from pos.models.stands import stands, tills
from pos.services.pins import Pins
from pos.services.printing import PrinterChoice, write_choice
from pos.services.settings import write_preference
from pos.services.staff import add_staff
from pos.services.unit_of_work import UnitOfWork

OWN_TILL = "till_no"
"""The preference that says which of the tills in the book this machine is."""
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_mine = Prepared(
    select(
        tills.c.till_no,
        tills.c.code,
        tills.c.prefix,
        stands.c.id,
        stands.c.code,
        stands.c.name,
        stands.c.address,
        stands.c.zone,
        stands.c.sample,
    )
    .select_from(
        tills.join(stands, stands.c.id == tills.c.stand_id).join(
            preferences, preferences.c.value == cast(tills.c.till_no, Text)
        )
    )
    .where(preferences.c.name == OWN_TILL)
)


class SetUp(msgspec.Struct, frozen=True):
    """What the first start asks for."""

    stand_name: str
    stand_code: str
    till_code: str
    manager_name: str
    pin: str
    address: tuple[str, ...] = ()
    language: str = "id"
    printer: PrinterChoice = PrinterChoice()
    sample: bool = False


class TillInfo(msgspec.Struct, frozen=True):
    """Which stand and till this is. `sample_pins` is filled on the sample stand alone."""

    till_no: int
    till_code: str
    prefix: str
    stand_id: int
    stand_code: str
    stand_name: str
    address: tuple[str, ...]
    zone: str
    sample: bool
    sample_pins: tuple[tuple[str, str], ...] = ()


def read_info(book: Book) -> TillInfo | None:
    """The till of this machine; None before set-up, also when a box was taken already."""
    row = _mine.one(book.reader())
    if row is None:
        return None
    till_no, code, prefix, stand_id, stand_code, name, address, zone, sample = row
    return TillInfo(
        till_no=till_no,
        till_code=code,
        prefix=prefix,
        stand_id=stand_id,
        stand_code=stand_code,
        stand_name=name,
        address=tuple(address.splitlines()),
        zone=zone,
        sample=bool(sample),
    )


def suggest_code(name: str) -> str:
    """Three letters for a stand's name: "Dekranasda" -> "DKR"; "" when there are no letters."""
    words = re.findall(r"[A-Z]+", name.upper())
    generic = {"GALERI", "TOKO", "STAN", "RUMAH", "KIOS", "BAZAR", "BAZAAR", "PAMERAN", "UMKM"}
    word = next((w for w in words if w not in generic), words[0] if words else "")
    consonants = [letter for letter in word[1:] if letter not in "AEIOU"]
    vowels = [letter for letter in word[1:] if letter in "AEIOU"]
    return (word[:1] + "".join(consonants + vowels))[:3]


def check_set_up(asked: SetUp) -> None:
    """Raises UserError, with its field, for the first answer that does not do (PIN excepted)."""
    if not " ".join(asked.stand_name.split()):
        raise UserError(_("Type the stand's name."), field="stand_name")
    for field, code in (("stand_code", asked.stand_code), ("till_code", asked.till_code)):
        if not _CODE.fullmatch(code):
            raise UserError(
                _("A code has 2 to 6 capital letters and digits and begins with a letter."),
                field=field,
            )


def set_up(book: Book, unit: UnitOfWork, pins: Pins, asked: SetUp) -> int:
    """Write the first entries; the manager's id. Raises UserError as check_set_up, and for the PIN."""
    check_set_up(asked)
    if read_info(book) is not None:
        raise UserError(_("This stand is already set up."))
    pin_hash = pins.hash(asked.pin)
    with unit.write() as tx:
        stand_id = tx.new_id()
        # The manager's id is the second one given; the first entry already names them.
        opened = TillOpened(
            stand_id=stand_id,
            stand_code=asked.stand_code,
            stand_name=" ".join(asked.stand_name.split()),
            address=tuple(line.strip() for line in asked.address if line.strip()),
            zone=DEFAULT_ZONE,
            till_no=unit.till_no,
            till_code=asked.till_code,
            prefix=asked.stand_code,
            sample=asked.sample,
        )
        tx.append(opened, staff_id=0)
        manager_id = add_staff(tx, name=asked.manager_name, role="manajer", by=0)
        pins.write(tx.cursor, manager_id, pin_hash)
        write_preference(tx.cursor, OWN_TILL, str(unit.till_no))
        write_preference(tx.cursor, "language", asked.language)
        write_choice(tx.cursor, asked.printer)
        tx.changed("settings", "staff")
    return manager_id


def draw_till_no() -> int:
    """A number for a new till, drawn once: chance keeps tills that never met apart."""
    return secrets.randbelow(MAX_TILL_NO) + 1
