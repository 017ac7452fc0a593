"""The people of the stand: adding, renaming, roles, new PINs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.ui.settings.section import Section

if TYPE_CHECKING:
    from pos.events import Role
    from pos.services.staff import StaffRow
    from pos.services.till import Till
    from pos.ui.bridge import Runner
    from pos.ui.settings.gate import Gate, Word


@dataclass(frozen=True)
class StaffFields:
    """A person's card as typed; empty PINs leave the PIN as it is (not for a new person)."""

    name: str = ""
    role: "Role" = "kasir"
    active: bool = True
    pin: str = ""
    pin_again: str = ""


class StaffSection(Section):
    """`chosen` is the person on the card, None for a new one while `adding`."""

    def __init__(self, till: "Till", run: "Runner", gate: "Gate") -> None:
        super().__init__(till, run, gate)
        self.rows: tuple[StaffRow, ...] = ()
        self.chosen: StaffRow | None = None
        self.adding = False
        self.erase_asked = False
        """Whether the next press erases."""

    def refresh(self) -> None:
        """See Section."""
        self._read()
        super().refresh()

    def refresh_after_failure(self) -> None:
        """See Section: some of the card's changes may have been written."""
        self._read()

    def choose(self, staff_id: int) -> None:
        """Put a person on the card."""
        self.adding = self.erase_asked = False
        self.chosen = next((row for row in self.rows if row.staff_id == staff_id), None)
        self.tell()

    def add(self) -> None:
        """An empty card."""
        self.adding, self.chosen, self.erase_asked = True, None, False
        self.tell()

    def close(self) -> None:
        """No card; back to the list."""
        self.adding, self.chosen, self.erase_asked = False, None, False
        self.tell()

    def fields(self) -> StaffFields:
        """The card of the chosen person, or an empty one."""
        if self.chosen is None:
            return StaffFields()
        return StaffFields(self.chosen.name, self.chosen.role, self.chosen.active)

    def save(self, fields: StaffFields) -> None:
        """Check the card and write what differs, in a manager's name."""
        try:
            check_card(fields, new=self.adding)
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return
        row = self.chosen
        if row is None and not self.adding:
            return

        def write(word: "Word") -> None:
            if row is None:
                self._add(fields, word)
            else:
                self._change(row, fields, word)

        self._gate.ask(_("A manager's PIN is needed to change the staff."), write)

    @property
    def erasable(self) -> bool:
        """Whether the person on the card has left and still has a name here."""
        return self.chosen is not None and not self.chosen.active and bool(self.chosen.name)

    def erase(self) -> None:
        """Erase the name and the PIN of somebody who left; asked for twice, and a manager's."""
        row = self.chosen
        if row is None:
            return
        if not self.erase_asked:
            self.erase_asked = True
            self.tell()
            return

        def go(word: "Word") -> None:
            def done(_done: None) -> None:
                self._read()
                self.tell(note=_("The person's data is erased. Sales and reports stay."))

            by, approver_id = word.by, word.approver_id
            erasing = self._till.office.erasing
            self.do(lambda: erasing.staff(row.staff_id, by=by, approver_id=approver_id), done)

        self.erase_asked = False
        self._gate.ask(_("A manager's PIN is needed to erase a person."), go)

    def _add(self, fields: StaffFields, word: "Word") -> None:
        staff, name = self._till.staff, fields.name.strip()

        def done(staff_id: int) -> None:
            self._read()
            self.choose(staff_id)
            self.tell(note=_("{name} can sign in now.").format(name=name))

        def work() -> int:
            by, approver_id = word.by, word.approver_id
            return staff.add(name, fields.role, fields.pin, by=by, approver_id=approver_id)

        self.do(work, done)

    def _change(self, row: "StaffRow", fields: StaffFields, word: "Word") -> None:
        staff, name, by, approver_id = (
            self._till.staff,
            fields.name.strip(),
            word.by,
            word.approver_id,
        )

        def work() -> None:
            if name != row.name:
                staff.rename(row.staff_id, name, by=by, approver_id=approver_id)
            if (fields.role, fields.active) != (row.role, row.active):
                staff.change(
                    row.staff_id,
                    role=fields.role,
                    active=fields.active,
                    by=by,
                    approver_id=approver_id,
                )
            if fields.pin:
                staff.set_pin(row.staff_id, fields.pin, by=by, approver_id=approver_id)

        def done(_done: None) -> None:
            self._read()
            self.tell(note=_("Saved: {name}.").format(name=name))

        self.do(work, done)

    def _read(self) -> None:
        self.rows = self._till.staff.list_all()
        if self.chosen is not None:
            staff_id = self.chosen.staff_id
            self.chosen = next((row for row in self.rows if row.staff_id == staff_id), None)


def check_card(fields: StaffFields, *, new: bool) -> None:
    """Raises UserError for the first field that needs mending."""
    if not fields.name.strip():
        raise UserError(_("Type the name."), field="name")
    if new or fields.pin or fields.pin_again:
        check_pins(fields.pin, fields.pin_again)


def check_pins(pin: str, again: str) -> None:
    """Raises UserError unless both are the same 4 to 8 digits."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise UserError(_("A PIN has 4 to 8 digits."), field="pin")
    if pin != again:
        raise UserError(_("The two PINs differ. Type it again."), field="pin_again")


def person_name(name: str) -> str:
    """Somebody's name, or that they were erased."""
    return name or _("(person erased)")


def role_label(role: str) -> str:
    """A role's name for people."""
    return _("Manager") if role == "manajer" else _("Cashier")
