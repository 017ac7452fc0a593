"""The people of the stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from pos.i18n import _
from pos.ui.settings.page import Page
from pos.ui.settings.staff import StaffFields, StaffSection, person_name, role_label
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList
from pos.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from pos.events import Role
    from pos.services.staff import StaffRow

_ROW = 58
_MOST_ROWS = 8
_PIN_LENGTH = 8
_NAME_LENGTH = 40


class StaffPage(Page):
    """The list; the card of the chosen or new person takes its place."""

    def __init__(self, section: StaffSection) -> None:
        super().__init__(section)
        self._staff = section
        self.list = RowList(_("Staff"), height=_ROW)
        self.list.clicked.connect(lambda _index: self._open(self.list.current_id))
        self.list.opened.connect(self._open)
        self.add = Button(_("Add a person"), "outline", icon="user-plus")
        self.add.clicked.connect(self._add)
        self._name = TextInput()
        self._name.setMaxLength(_NAME_LENGTH)
        self._pin, self._again = _pin_input(), _pin_input()
        self._again.returnPressed.connect(self._save)
        name = Field(_("Name"), self._name)
        pin = Field(_("New PIN"), self._pin)
        again = Field(_("The PIN again"), self._again)
        self.fields = {"name": name, "pin": pin, "pin_again": again}
        roles: list[tuple[Role, str]] = [
            ("kasir", role_label("kasir")),
            ("manajer", role_label("manajer")),
        ]
        self.role: Choice[Role] = Choice(roles, "kasir")
        self.active = Switch(_("Works here and may sign in"), on=True)
        self.save = Button(_("Save"), "primary", icon="check")
        self.save.clicked.connect(self._save)
        self.erase = Button("", "ghost", icon="eraser")
        self.erase.clicked.connect(section.erase)
        self._stays = Label(
            _(
                "The name, the PIN and kept papers that name the person are erased for good. Sales and "
                "reports stay, without a name; backups hold it until they are thinned out (9 months)."
            ),
            "small",
            "muted",
            wrap=True,
        )
        close = Button(_("Back"), "ghost", key="Esc")
        close.clicked.connect(self._close)
        self._title = Label("", "title")
        self._pin_note = Label("", "small", "muted", wrap=True)
        pins = row(pin, again, gap=12)
        for at in (0, 1):
            pins.setStretch(at, 1)
        inner = column(
            self._title,
            name,
            self.role,
            pins,
            self._pin_note,
            self.active,
            row(self.save, close, None, self.erase),
            self._stays,
            gap=10,
            margins=(18, 16, 18, 16),
        )
        self.card = frame("card", inner)
        self.card.hide()
        self.first = self.list
        self._shown: tuple[bool, StaffRow | None] | None = None
        self.lay_out(self.list, row(self.add, None), 4, self.card)

    def refresh(self) -> None:
        """See Page."""
        self._shown = None
        self._staff.close()
        super().refresh()

    def _add(self) -> None:
        self._staff.add()
        self._name.setFocus()

    def _open(self, staff_id: int) -> None:
        self._staff.choose(staff_id)
        self._name.setFocus()

    def back(self) -> bool:
        """See Page: from the card to the list."""
        if self.card.isHidden():
            return False
        self._close()
        return True

    def _close(self) -> None:
        person = self._staff.chosen
        self._staff.close()
        self.list.set_rows(self.list.rows, person.staff_id if person else 0)
        self.list.setFocus()

    def _save(self) -> None:
        self._staff.save(
            StaffFields(
                name=self._name.text(),
                role=self.role.value,
                active=self.active.isChecked(),
                pin=self._pin.text(),
                pin_again=self._again.text(),
            )
        )

    def show_section(self) -> None:
        """See Page."""
        staff = self._staff
        chosen = staff.chosen.staff_id if staff.chosen else self.list.current_id
        self.list.set_rows([_row(person) for person in staff.rows], chosen)
        self.list.setFixedHeight(_ROW * max(2, min(_MOST_ROWS, len(staff.rows))) + 2)
        card = (staff.adding, staff.chosen)
        opened = staff.adding or staff.chosen is not None
        self.card.setVisible(opened)
        self.list.setVisible(not opened)
        self.add.setVisible(not opened)
        if card != self._shown:
            self._shown = card
            self._fill()
        self.save.setEnabled(not staff.busy)
        self.erase.setText(
            _("Really erase? It can't be undone") if staff.erase_asked else _("Erase personal data")
        )
        for widget in (self.erase, self._stays):
            widget.setVisible(staff.erasable)
        super().show_section()

    def _fill(self) -> None:
        fields, new = self._staff.fields(), self._staff.adding
        self._title.setText(_("New person") if new else person_name(fields.name))
        self._name.setText(fields.name)
        self._name.setCursorPosition(0)
        self.role.set_value(fields.role)
        self.active.setChecked(fields.active)
        self.active.setVisible(not new)
        self._pin.clear()
        self._again.clear()
        self._pin_note.setText(
            _("4 to 8 digits, not easy to guess.")
            if new
            else _("Leave empty to keep the PIN. A new PIN also opens a lock.")
        )


def _pin_input() -> TextInput:
    field = TextInput()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(_PIN_LENGTH)
    return field


def _row(person: "StaffRow") -> Row:
    badge = _("locked") if person.locked else "" if person.active else _("left")
    return Row(
        person.staff_id,
        person_name(person.name),
        detail=role_label(person.role),
        badge=badge,
        badge_tone="bad" if person.locked else "quiet",
        icon="user",
        faded=not person.active,
    )
