"""Staff: who works here, signing in, a manager's word, PINs."""

from typing import Literal

import msgspec

from pos.errors import UserError
from pos.events import PinChanged, Role, StaffAdded, StaffChanged
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Plain
from pos.services.contacts import put_card
from pos.services.pins import Pins
from pos.services.roles import refuse_but_a_manager
from pos.services.unit_of_work import Transaction, UnitOfWork

MAX_NAME = 40
_SELECT = (
    "SELECT staff.id, coalesce(contact_cards.name, ''), role, active, contact_id "
    "FROM staff LEFT JOIN contact_cards ON contact_cards.id = staff.contact_id"
)
_list = Plain(f"{_SELECT} ORDER BY staff.id")
_one = Plain(f"{_SELECT} WHERE staff.id = :staff_id")


class StaffTile(msgspec.Struct, frozen=True):
    """A name on the sign-in screen."""

    staff_id: int
    name: str
    role: Role


class StaffRow(msgspec.Struct, frozen=True):
    """A member of staff as the settings show them."""

    staff_id: int
    name: str
    role: Role
    active: bool
    locked: bool


class Session(msgspec.Struct, frozen=True):
    """Who is at the till."""

    staff_id: int
    name: str
    role: Role

    @property
    def is_manager(self) -> bool:
        """Whether they may do what a kasir may not."""
        return self.role == "manajer"


class Staff:
    """Commands and reads about staff."""

    def __init__(self, book: Book, unit: UnitOfWork, pins: Pins) -> None:
        self._book = book
        self._unit = unit
        self.pins = pins

    def list_all(self) -> tuple[StaffRow, ...]:
        """Everybody, those who left included, in the order of joining."""
        rows = _list.all(self._book.reader())
        return tuple(
            StaffRow(row[0], row[1], row[2], bool(row[3]), self.pins.locked(row[0])) for row in rows
        )

    def tiles(self) -> tuple[StaffTile, ...]:
        """The active ones who have a PIN on this machine; those of other tills may have none."""
        here = self.pins.known()
        return tuple(
            StaffTile(row[0], row[1], row[2])
            for row in _list.all(self._book.reader())
            if row[3] and row[0] in here
        )

    def managers(self) -> tuple[StaffTile, ...]:
        """Active managers with or without a PIN here: one of them may start a till from a box."""
        rows = _list.all(self._book.reader())
        return tuple(
            StaffTile(row[0], row[1], row[2]) for row in rows if row[3] and row[2] == "manajer"
        )

    def wait_seconds(self, staff_id: int) -> int:
        """Seconds until a PIN may be tried again."""
        return self.pins.wait_seconds(staff_id)

    def locked(self, staff_id: int) -> bool:
        """Whether only a new PIN helps."""
        return self.pins.locked(staff_id)

    def sign_in(self, staff_id: int, pin: str) -> Session:
        """Check the PIN. Raises WrongPinError, or UserError for somebody who left."""
        session, active = self._session(staff_id)
        if not active:
            raise UserError(_("{name} no longer works here.").format(name=session.name))
        self.pins.check(staff_id, pin)
        return session

    def approve(self, manager_id: int, pin: str) -> Session:
        """A manager's word, given in place. Raises like sign_in, or UserError for a kasir."""
        session, _active = self._session(manager_id)
        if not session.is_manager:
            raise UserError(_("Only a manager can allow this."))
        return self.sign_in(manager_id, pin)

    def add(self, name: str, role: Role, pin: str, *, by: int, approver_id: int = 0) -> int:
        """A new member of staff; their id. Raises UserError for a bad name or PIN."""
        pin_hash = self.pins.hash(pin)
        with self._unit.write() as tx:
            staff_id = add_staff(tx, name=name, role=role, by=by, approver_id=approver_id)
            self.pins.write(tx.cursor, staff_id, pin_hash)
        return staff_id

    def change(
        self, staff_id: int, *, role: Role, active: bool, by: int, approver_id: int = 0
    ) -> None:
        """Another role, or leaving. Raises UserError when no manager would be left."""
        others = [
            tile for tile in self.tiles() if tile.role == "manajer" and tile.staff_id != staff_id
        ]
        if not others and not (role == "manajer" and active):
            raise UserError(_("At least one manager must remain."))
        with self._unit.write() as tx:
            changed = StaffChanged(staff_id=staff_id, role=role, active=active)
            tx.append(changed, staff_id=by, approver_id=approver_id)
            tx.changed("staff")

    def rename(self, staff_id: int, name: str, *, by: int, approver_id: int = 0) -> None:
        """Another name on the contact card; the journal holds no names."""
        row = _one.one(self._book.reader(), staff_id=staff_id)
        if row is None:
            raise KeyError(staff_id)
        with self._unit.write() as tx:
            refuse_but_a_manager(tx.cursor, by, approver_id)
            put_card(tx.cursor, row[4], _checked_name(name), tx.at)
            tx.changed("staff")

    def set_pin(self, staff_id: int, pin: str, *, by: int, approver_id: int = 0) -> None:
        """A new PIN; it also unlocks. The journal keeps that it happened, and who did it."""
        pin_hash = self.pins.hash(pin)
        with self._unit.write() as tx:
            tx.append(PinChanged(staff_id=staff_id), staff_id=by, approver_id=approver_id)
            self.pins.write(tx.cursor, staff_id, pin_hash)
            tx.changed("staff")

    def _session(self, staff_id: int) -> tuple[Session, bool]:
        row = _one.one(self._book.reader(), staff_id=staff_id)
        if row is None:
            raise UserError(_("Choose a name first."))
        return Session(row[0], row[1], row[2]), bool(row[3])


def add_staff(
    tx: Transaction,
    *,
    name: str,
    role: Literal["kasir", "manajer"],
    by: int,
    approver_id: int = 0,
) -> int:
    """Write a new member of staff within a transaction; `by` 0 makes them their own author."""
    checked = _checked_name(name)
    contact_id, staff_id = tx.new_id(), tx.new_id()
    put_card(tx.cursor, contact_id, checked, tx.at)
    event = StaffAdded(staff_id=staff_id, contact_id=contact_id, role=role)
    tx.append(event, staff_id=by or staff_id, approver_id=approver_id)
    tx.changed("staff")
    return staff_id


def _checked_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > MAX_NAME or not cleaned.isprintable():
        raise UserError(
            _("Type a name of at most {count} letters.").format(count=MAX_NAME), field="name"
        )
    return cleaned
