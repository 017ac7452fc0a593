"""The business day, the drawer's count and the clock."""

from pos.i18n import _
from pos.ui.settings.day import DayFields, DaySection
from pos.ui.settings.page import Page, caption, hint
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label


class DayPage(Page):
    """When the day turns, who may see what should be in the drawer, whether the clock is right."""

    def __init__(self, section: DaySection, zone: str) -> None:
        super().__init__(section)
        self._day = section
        self._cutoff = TextInput()
        self._cutoff.setMaxLength(5)
        self._cutoff.setFixedWidth(140)
        self._cutoff.returnPressed.connect(self._save)
        cutoff = Field(
            _("The business day turns at"),
            self._cutoff,
            _("What is sold before this hour still belongs to the day before."),
        )
        self.blind: Choice[bool] = Choice(
            ((True, _("Without knowing the amount")), (False, _("Knowing the amount"))), value=True
        )
        self.fields = {"cutoff_minutes": cutoff}
        self.first = self._cutoff
        self.save = Button(_("Save"), "primary", icon="check")
        self.save.clicked.connect(self._save)
        self._clock = Label("", "item", wrap=True)
        self._behind = Label("", "label", "bad", wrap=True)
        self.accept = Button(_("The clock is right"), "outline", icon="clock")
        self.accept.clicked.connect(section.accept_clock)
        self.lay_out(
            cutoff,
            8,
            caption(_("Cashiers count the drawer")),
            self.blind,
            hint(_("A count made without knowing the amount is the one that finds mistakes.")),
            8,
            row(self.save, None),
            12,
            caption(_("Clock")),
            self._clock,
            hint(_("Time zone of the stand: {zone}").format(zone=zone)),
            self._behind,
            row(self.accept, None),
        )

    def refresh(self) -> None:
        """See Page; what was typed and not saved is forgotten."""
        held = self._day.fields()
        self._cutoff.setText(held.cutoff)
        self.blind.set_value(held.blind)
        super().refresh()

    def _save(self) -> None:
        self._day.save(DayFields(self._cutoff.text(), self.blind.value))

    def show_section(self) -> None:
        """See Page."""
        behind = self._day.behind()
        self._clock.setText(self._day.now())
        self._behind.setText(behind)
        self._behind.setVisible(bool(behind))
        self.accept.setVisible(bool(behind))
        self.save.setEnabled(not self.section.busy)
        self.accept.setEnabled(not self.section.busy)
        super().show_section()
