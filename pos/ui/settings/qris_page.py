"""The stand's QRIS code."""

from PySide6.QtCore import QSignalBlocker

from pos.i18n import _
from pos.qr import qr_matrix
from pos.qris import Qris
from pos.ui.settings.page import Page, caption, hint
from pos.ui.settings.qris import QrisSection
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.qr import QrView
from pos.ui.widgets.switch import Switch

LONGEST_TYPED = 600
_CODE_SIDE = 140


class QrisPage(Page):
    """What is in use; a field for another; the switch that fills the amount in."""

    def __init__(self, section: QrisSection) -> None:
        super().__init__(section)
        self._qris = section
        self._state = Label("", "item", wrap=True)
        self._facts = Label("", "body", "muted", wrap=True)
        self._code = QrView()
        self._code.setFixedSize(_CODE_SIDE, _CODE_SIDE)
        self.remove = Button(_("Remove"), "danger", icon="trash")
        self.remove.clicked.connect(section.remove)
        facts = column(self._state, self._facts, None, row(self.remove, None), gap=6)
        inside = row(self._code, facts, gap=18, margins=(16, 16, 16, 16))
        inside.setStretch(1, 1)
        self._card = frame("card", inside)
        self._text = TextInput(placeholder="00020101021126...")
        self._text.setMaxLength(LONGEST_TYPED)
        self._text.textChanged.connect(section.read)
        self._text.returnPressed.connect(self._enter)
        field = Field(
            _("The text of the stand's own static code"),
            self._text,
            _("Scan the code on the stand with the scanner, or paste its text."),
        )
        self.fields = {"qris": field}
        self.first = self._text
        self._found = Label("", "item", wrap=True)
        self._sure = Label(_("Is this the stand's own account? Then save it."), "body", "muted")
        self.save = Button(_("Yes, save this code"), "primary", icon="check")
        self.save.clicked.connect(self._save)
        found = column(
            self._found, self._sure, row(self.save, None), gap=6, margins=(16, 14, 16, 14)
        )
        self._confirm = frame("card", found)
        self.fill = Switch(_("Fill the amount into the code"))
        self.fill.clicked.connect(section.fill_amount)
        self.lay_out(
            self._card,
            field,
            self._confirm,
            14,
            caption(_("Amount")),
            self.fill,
            hint(
                _(
                    "Some banks' apps refuse a code with the amount filled in. Switch it on only"
                    " after trying it with this stand's code and several apps."
                )
            ),
        )

    def refresh(self) -> None:
        """See Page."""
        self._text.clear()
        super().refresh()

    def scanned(self, code: str) -> bool:
        """See Page: a scanned code is what this page waits for."""
        self._text.setText(code)
        return True

    def _enter(self) -> None:
        if self._qris.found is not None:
            self.save.setFocus()

    def _save(self) -> None:
        self._qris.save()

    def show_section(self) -> None:
        """See Page."""
        current, found = self._qris.current, self._qris.found
        self._state.setText(current.name if current else _("No QRIS code yet"))
        self._facts.setText(
            _facts(current)
            if current
            else _("Buyers pay by the code on the stand; the till shows none.")
        )
        self._code.setVisible(current is not None)
        if current is not None:
            self._code.set_matrix(qr_matrix(current.text))
        self.remove.setVisible(current is not None)
        self._confirm.setVisible(found is not None)
        if found is not None:
            self._found.setText(f"{found.name}\n{_facts(found)}")
        self.fill.setChecked(self._qris.fills_amount)
        self.fill.setEnabled(current is not None)
        if current is not None and found is None and self._text.text() == current.text:
            # Without telling: emptying the field must not take away what was said.
            with QSignalBlocker(self._text):
                self._text.clear()
        super().show_section()


def _facts(code: Qris) -> str:
    parts = [code.city, f"NMID {code.nmid}" if code.nmid else _("no NMID")]
    return " · ".join(part for part in parts if part)
