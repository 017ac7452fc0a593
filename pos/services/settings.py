"""Settings: those that change results are events; those of this machine are local rows."""

from collections.abc import Iterable
from typing import NamedTuple

from pos.clock import DEFAULT_CUTOFF_MINUTES
from pos.errors import UserError
from pos.events import SettingChanged
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Cursor, Plain
from pos.qris import parse_qris
from pos.services.unit_of_work import UnitOfWork
from pos.tender import DEFAULT_STEP

_setting = Plain("SELECT value FROM settings WHERE stand_id = :stand_id AND name = :name")
_preference = Plain("SELECT value FROM preferences WHERE name = :name")
_set_preference = Plain(
    "INSERT INTO preferences (name, value) VALUES (:name, :value) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


class Range(NamedTuple):
    """The whole numbers that a setting accepts."""

    least: int
    most: int


NUMBERS = {
    "rounding_step": Range(1, 10_000),
    "cutoff_minutes": Range(0, 12 * 60),
    "discount_limit_bp": Range(0, 10_000),
    "blind_count": Range(0, 1),
}
TEXTS = {"qris", "closing_words", "logo"}
ORDER_FIELDS = "order_fields:"
"""Begins the name of the setting that holds a category's details, one a line; then its id."""
MAX_ORDER_FIELDS = 6
MAX_FIELD_NAME = 24
MAX_CLOSING_LINES = 6
MAX_DIGITS = 9


class Settings:
    """Reads and writes both kinds."""

    def __init__(self, book: Book, unit: UnitOfWork, stand_id: int) -> None:
        self._book = book
        self._unit = unit
        self._stand_id = stand_id
        self._known: dict[str, str] = {}
        self._forgotten = 0
        unit.changes.subscribe(self._forget)
        unit.cutoff_minutes = self.cutoff_minutes()

    # -- settings that change results ------------------------------------------

    def rounding_step(self) -> int:
        """Cash totals are rounded to a multiple of this many rupiah."""
        return self._number("rounding_step", DEFAULT_STEP)

    def cutoff_minutes(self) -> int:
        """Minutes after midnight at which the business day turns."""
        return self._number("cutoff_minutes", DEFAULT_CUTOFF_MINUTES)

    def discount_limit_bp(self) -> int:
        """Basis points up to which a kasir gives a discount without a manager."""
        return self._number("discount_limit_bp", 1_000)

    def blind_count(self) -> bool:
        """Whether a kasir counts the drawer without knowing what should be in it."""
        return self._number("blind_count", 1) == 1

    def qris(self) -> str:
        """The stand's own static QRIS code as text; "" when there is none."""
        return self._value("qris")

    def logo(self) -> str:
        """The name of the picture at the head of receipts; "" sets the stand's name large."""
        return self._value("logo")

    def closing_words(self) -> tuple[str, ...]:
        """The last lines of a receipt."""
        return tuple(self._value("closing_words").splitlines())

    def order_fields(self, category_id: int) -> tuple[str, ...]:
        """The details that are asked for when something of a category is ordered."""
        value = self._value(f"{ORDER_FIELDS}{category_id}")
        return tuple(value.splitlines()) if value else (_("Size"), _("Colour"))

    def set_order_fields(
        self, category_id: int, names: Iterable[str], *, by: int, approver_id: int = 0
    ) -> None:
        """Other details for a category. Raises UserError for too many or too long ones."""
        tidy = dict.fromkeys(" ".join(name.split()) for name in names)
        lines = "\n".join(name for name in tidy if name)
        self.set_setting(f"{ORDER_FIELDS}{category_id}", lines, by=by, approver_id=approver_id)

    def set_setting(self, name: str, value: str, *, by: int, approver_id: int = 0) -> None:
        """Write a setting as an event. Raises UserError when the value does not fit it."""
        checked = _checked(name, value)
        with self._unit.write() as tx:
            changed = SettingChanged(stand_id=self._stand_id, name=name, value=checked)
            tx.append(changed, staff_id=by, approver_id=approver_id)
            tx.changed("settings")
        if name == "cutoff_minutes":
            self._unit.cutoff_minutes = int(checked)

    def _number(self, name: str, default: int) -> int:
        value = self._value(name)
        return int(value) if value else default

    def _value(self, name: str) -> str:
        """Every sale asks for some: each is read once, until settings change."""
        value = self._known.get(name)
        if value is None:
            forgotten = self._forgotten
            row = _setting.one(self._book.reader(), stand_id=self._stand_id, name=name)
            value = str(row[0]) if row else ""
            if forgotten == self._forgotten:  # or it may be from before a change
                self._known[name] = value
        return value

    def _forget(self, topics: frozenset[str]) -> None:
        if "settings" in topics:
            self._forgotten += 1
            self._known = {}

    # -- preferences of this machine ---------------------------------------------

    def preference(self, name: str, default: str = "") -> str:
        """What this machine was told, or the default."""
        row = _preference.one(self._book.reader(), name=name)
        return str(row[0]) if row else default

    def set_preference(self, name: str, value: str) -> None:
        """Keep a preference on this machine."""
        with self._unit.write() as tx:
            write_preference(tx.cursor, name, value)
            tx.changed("settings")


def write_preference(cursor: Cursor, name: str, value: str) -> None:
    """Keep a preference within a transaction of the caller's."""
    _set_preference.run(cursor, name=name, value=value)


def _checked(name: str, value: str) -> str:
    limits = NUMBERS.get(name)
    if limits:
        if (
            not value.isascii()
            or not value.isdigit()
            or len(value) > MAX_DIGITS
            or not limits.least <= int(value) <= limits.most
        ):
            raise UserError(
                _("Type a whole number from {least} to {most}.").format(
                    least=limits.least, most=limits.most
                ),
                field=name,
            )
        return value
    if name.startswith(ORDER_FIELDS):
        return _checked_fields(value)
    if name not in TEXTS:
        raise KeyError(name)
    if name == "qris" and value:
        return parse_qris(value).text
    if name == "closing_words" and len(value.splitlines()) > MAX_CLOSING_LINES:
        raise UserError(
            _("At most {count} lines fit under a receipt.").format(count=MAX_CLOSING_LINES),
            field=name,
        )
    return value


def _checked_fields(value: str) -> str:
    names = value.splitlines()
    if len(names) > MAX_ORDER_FIELDS or any(len(name) > MAX_FIELD_NAME for name in names):
        raise UserError(
            _("At most {count} details of at most {letters} letters.").format(
                count=MAX_ORDER_FIELDS, letters=MAX_FIELD_NAME
            ),
            field="fields",
        )
    return value
