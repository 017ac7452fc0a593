"""Lock and scanner."""

from pos.i18n import _
from pos.ui.settings.lock import IDLE_CHOICES, LockSection
from pos.ui.settings.page import Page, caption, hint
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput

_WIDTH = 240


class LockPage(Page):
    """After how long the till locks itself, and how the scanner is told from typing."""

    def __init__(self, section: LockSection) -> None:
        super().__init__(section)
        self._lock = section
        self.idle = DropDown(_("Lock by itself"))
        self.idle.setFixedWidth(_WIDTH)
        # 0 is "no choice" to the list, so minutes are numbered from 1.
        self.idle.set_choices([(minutes + 1, _minutes(minutes)) for minutes in IDLE_CHOICES])
        self.idle.activated.connect(lambda _at: section.choose_idle(self.idle.chosen - 1))
        self._prefix = TextInput()
        self._prefix.setMaxLength(1)
        self._prefix.setFixedWidth(_WIDTH)
        self._prefix.returnPressed.connect(self._save)
        prefix = Field(_("Sign that the scanner sends first"), self._prefix)
        self.fields = {"scanner_prefix": prefix}
        self.first = self.idle
        save = Button(_("Save"), "outline", icon="check")
        save.clicked.connect(self._save)
        self.lay_out(
            caption(_("Lock by itself when nobody touches the till")),
            self.idle,
            hint(_("The open cart is kept.")),
            14,
            prefix,
            hint(
                _(
                    "Most scanners need none: fast typing that ends with Enter is a scan. If scans"
                    " are taken for typing, set the scanner to send a sign such as ~ first, and"
                    " write it here."
                )
            ),
            row(save, None),
        )

    def refresh(self) -> None:
        """See Page."""
        self._prefix.setText(self._lock.fields().scanner_prefix)
        super().refresh()

    def _save(self) -> None:
        self._lock.set_prefix(self._prefix.text())

    def show_section(self) -> None:
        """See Page."""
        self.idle.choose(self._lock.fields().idle_minutes + 1)
        super().show_section()


def _minutes(minutes: int) -> str:
    return _("after {count} min").format(count=minutes) if minutes else _("never")
