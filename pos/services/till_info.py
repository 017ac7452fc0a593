"""Which stand and till this machine is: the first thing that a start reads."""

import datetime as dt
import secrets

import msgspec

from pos.ids import MAX_TILL_NO
from pos.models.engine import Book
from pos.models.prepared import Plain

OWN_TILL = "till_no"
"""The preference that says which of the tills in the book this machine is."""
_mine = Plain(
    "SELECT tills.till_no, tills.code, tills.prefix, stands.id, stands.code, stands.name, "
    "stands.address, stands.zone, stands.sample "
    "FROM tills JOIN stands ON stands.id = tills.stand_id "
    "JOIN preferences ON preferences.value = CAST(tills.till_no AS TEXT) "
    "WHERE preferences.name = :name"
)
_open_shift = Plain(
    "SELECT business_date FROM shifts WHERE till_no = :till_no AND NOT EXISTS "
    "(SELECT 1 FROM shift_closings WHERE shift_closings.shift_id = shifts.id) "
    "ORDER BY id DESC LIMIT 1"
)


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
    row = _mine.one(book.reader(), name=OWN_TILL)
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


def open_shift_date(book: Book, till_no: int) -> dt.date | None:
    """The business day of the shift that is open, None without one."""
    row = _open_shift.one(book.reader(), till_no=till_no)
    return dt.date.fromisoformat(row[0]) if row else None


def draw_till_no() -> int:
    """A number for a new till, drawn once: chance keeps tills that never met apart."""
    return secrets.randbelow(MAX_TILL_NO) + 1
