"""The first start: a stand, a till, a manager."""

import re

import msgspec
from sqlalchemy import bindparam, select

from pos.clock import DEFAULT_ZONE
from pos.errors import UserError
from pos.events import PinChanged, TillOpened
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Prepared
from pos.models.stands import stands, tills
from pos.services.boxes.heads import known_tills, seen_here
from pos.services.pins import Pins
from pos.services.printing import PrinterChoice, write_choice
from pos.services.settings import write_preference
from pos.services.staff import add_staff
from pos.services.till_info import OWN_TILL, draw_till_no, read_info
from pos.services.unit_of_work import Transaction, UnitOfWork

MAX_WORDS = 60
"""Letters of a stand's name, and of a line of its address."""
MAX_ADDRESS_LINES = 4
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_stand = Prepared(
    select(stands.c.code, stands.c.name, stands.c.address, stands.c.zone, stands.c.sample).where(
        stands.c.id == bindparam("stand_id")
    )
)
_prefixes = Prepared(select(tills.c.prefix))


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
    stand_id: int = 0
    """A stand that came in a box, which this till joins; its names above are not asked for then."""
    manager_id: int = 0
    """A manager who came in a box and gets a PIN on this machine; else `manager_name` is new."""


def check_set_up(asked: SetUp) -> None:
    """Raises UserError, with its field, for the first answer that does not do (PIN excepted)."""
    if not asked.stand_id:
        _check_words("stand_name", (asked.stand_name,))
        _check_words("address", asked.address)
    codes = [("till_code", asked.till_code)]
    if not asked.stand_id:
        codes.insert(0, ("stand_code", asked.stand_code))
    for field, code in codes:
        if not _CODE.fullmatch(code):
            raise UserError(
                _("A code has 2 to 6 capital letters and digits and begins with a letter."),
                field=field,
            )


def _check_words(field: str, lines: tuple[str, ...]) -> None:
    """They stand on each paper and in the window's title, and can't be changed any more."""
    if field == "stand_name" and not lines[0].split():
        raise UserError(_("Type the stand's name."), field=field)
    if len(lines) > MAX_ADDRESS_LINES:
        raise UserError(_("At most {count} lines.").format(count=MAX_ADDRESS_LINES), field=field)
    if any(len(line) > MAX_WORDS or not line.isprintable() for line in lines):
        raise UserError(
            _("At most {count} letters on a line, and no signs that nobody can see.").format(
                count=MAX_WORDS
            ),
            field=field,
        )


def set_up(book: Book, unit: UnitOfWork, pins: Pins, asked: SetUp) -> int:
    """Write the first entries; the manager's id. Raises UserError as check_set_up, and for the PIN."""
    check_set_up(asked)
    if read_info(book) is not None:
        raise UserError(_("This stand is already set up."))
    pin_hash = pins.hash(asked.pin)
    _draw_again_if_taken(book, unit)
    with unit.write() as tx:
        tx.append(_opening(tx, unit.till_no, asked), staff_id=0)
        if asked.manager_id:
            manager_id = asked.manager_id
            tx.append(PinChanged(staff_id=manager_id), staff_id=0)
        else:
            manager_id = add_staff(tx, name=asked.manager_name, role="manajer", by=0)
        pins.write(tx.cursor, manager_id, pin_hash)
        write_preference(tx.cursor, OWN_TILL, str(unit.till_no))
        write_preference(tx.cursor, "language", asked.language)
        write_choice(tx.cursor, asked.printer)
        tx.changed("settings", "staff")
    return manager_id


def _opening(tx: Transaction, till_no: int, asked: SetUp) -> TillOpened:
    joined = _stand.one(tx.cursor, stand_id=asked.stand_id) if asked.stand_id else None
    if asked.stand_id and joined is None:
        raise UserError(_("This stand is not in the box."), field="stand_name")
    code, name, address, zone, sample = joined or (
        asked.stand_code,
        " ".join(asked.stand_name.split()),
        "\n".join(line.strip() for line in asked.address if line.strip()),
        DEFAULT_ZONE,
        asked.sample,
    )
    prefix = _free_prefix(tx, code)
    if asked.stand_id == 0 and prefix != code:
        raise UserError(_("Another stand has this code. Choose another."), field="stand_code")
    return TillOpened(
        stand_id=asked.stand_id or tx.new_id(),
        stand_code=code,
        stand_name=name,
        address=tuple(address.splitlines()),
        zone=zone,
        till_no=till_no,
        till_code=asked.till_code,
        prefix=prefix,
        sample=bool(sample),
        seen=seen_here(tx.cursor),
    )


def _free_prefix(tx: Transaction, code: str) -> str:
    """What this till's receipts begin with: the stand's code, with a number for its next tills."""
    taken = {row[0] for row in _prefixes.all(tx.cursor)}
    return next(
        made for made in (code, *(f"{code}{n}" for n in range(2, 1_000))) if made not in taken
    )


def _draw_again_if_taken(book: Book, unit: UnitOfWork) -> None:
    """A box may have brought a till that has the number drawn for this one."""
    taken = {till.till_no for till in known_tills(book.reader())}
    while unit.till_no in taken:
        unit.till_no = draw_till_no()
