"""The stand and its receipts."""

from PySide6.QtWidgets import QPlainTextEdit

from pos.i18n import _
from pos.money import rupiah
from pos.services.till_info import TillInfo
from pos.ui.fonts import font
from pos.ui.settings.logo import LogoField, LogoSection
from pos.ui.settings.page import Page, caption, hint
from pos.ui.settings.stand import ROUNDING_STEPS, StandFields, StandSection
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label


class StandPage(Page):
    """What was written at the set-up is shown; the rest can be changed by a manager."""

    def __init__(self, section: StandSection, logo: LogoSection, info: TillInfo) -> None:
        super().__init__(section)
        self._stand = section
        self.logo = LogoField(logo)
        self._words = QPlainTextEdit()
        self._words.setFont(font("field"))
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(110)
        words = Field(_("Closing words on the receipt"), self._words, _("Six lines at most."))
        steps = [(step, _step_label(step)) for step in ROUNDING_STEPS]
        self.step: Choice[int] = Choice(steps, ROUNDING_STEPS[0])
        self._limit = TextInput()
        self._limit.setMaxLength(8)
        self._limit.setFixedWidth(140)
        self._limit.returnPressed.connect(self._save)
        limit = Field(
            _("Cashiers may give a discount of up to (percent)"),
            self._limit,
            _("More than that asks for a manager's PIN."),
        )
        self.fields = {"closing_words": words, "discount_limit_bp": limit}
        self.first = self._words
        self.save = Button(_("Save"), "primary", icon="check")
        self.save.clicked.connect(self._save)
        address = "\n".join((info.stand_name, *info.address))
        self.lay_out(
            caption(_("Head of the receipt")),
            Label(address, "item", wrap=True),
            hint(
                _("Written at the set-up. Codes: stand {stand}, till {till}.").format(
                    stand=info.stand_code, till=info.till_code
                )
            ),
            8,
            self.logo,
            8,
            words,
            8,
            caption(_("Round cash totals to")),
            self.step,
            8,
            limit,
            8,
            row(self.save, None),
        )

    def refresh(self) -> None:
        """See Page; what was typed and not saved is forgotten."""
        held = self._stand.fields()
        self._words.setPlainText(held.closing_words)
        known = held.rounding_step if held.rounding_step in ROUNDING_STEPS else ROUNDING_STEPS[0]
        self.step.set_value(known)
        self._limit.setText(held.discount_limit)
        self.logo.refresh()
        super().refresh()

    def _save(self) -> None:
        self._stand.save(
            StandFields(self._words.toPlainText(), self.step.value, self._limit.text())
        )

    def show_section(self) -> None:
        """See Page."""
        self.save.setEnabled(not self.section.busy)
        super().show_section()


def _step_label(step: int) -> str:
    return _("Not at all") if step == 1 else rupiah(step)
