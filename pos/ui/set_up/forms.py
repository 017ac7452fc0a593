"""The fields of the first two steps."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from pos.i18n import _
from pos.ui.fonts import font
from pos.ui.set_up.presenter import SetUpState
from pos.ui.widgets.box import column, row
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label

Edit = Callable[[str, str], None]
"""Told (field, text) as a person types."""
_CODE_LENGTH = 6
_PIN_LENGTH = 8


class Form(QWidget):
    """Fields by name. Enter moves from one to the next, and on from the last."""

    def __init__(self, edit: Edit, finished: Callable[[], None]) -> None:
        super().__init__()
        self._edit = edit
        self._finished = finished
        self.fields: dict[str, Field] = {}
        self._order: list[QWidget] = []

    def line(self, name: str, caption: str, hint: str = "", placeholder: str = "") -> Field:
        """A field for one line."""
        field = TextInput(placeholder=placeholder)
        field.textEdited.connect(lambda text: self._edit(name, text))
        field.returnPressed.connect(lambda: self._after(field))
        return self._keep(name, Field(caption, field, hint))

    def pin(self, name: str, caption: str, hint: str = "") -> Field:
        """A field whose digits are hidden."""
        made = self.line(name, caption, hint)
        if isinstance(made.input, QLineEdit):
            made.input.setEchoMode(QLineEdit.EchoMode.Password)
            made.input.setMaxLength(_PIN_LENGTH)
        return made

    def lines(self, name: str, caption: str, hint: str = "") -> Field:
        """A field for a few lines; Tab leaves it, Enter begins a new line."""
        text = QPlainTextEdit()
        text.setFont(font("field"))
        text.setTabChangesFocus(True)
        text.setFixedHeight(84)
        text.textChanged.connect(lambda: self._edit(name, text.toPlainText()))
        return self._keep(name, Field(caption, text, hint))

    def _keep(self, name: str, field: Field) -> Field:
        self.fields[name] = field
        self._order.append(field.input)
        return field

    def _after(self, widget: QWidget) -> None:
        at = self._order.index(widget) + 1
        if at < len(self._order):
            self._order[at].setFocus()
        else:
            self._finished()

    def show_state(self, state: SetUpState) -> None:
        """Suggestions into the fields, sentences beside them."""
        for name, field in self.fields.items():
            text = getattr(state.draft, name)
            if isinstance(field.input, QPlainTextEdit):
                if field.input.toPlainText() != text:
                    field.input.setPlainText(text)
            elif isinstance(field.input, QLineEdit) and field.input.text() != text:
                at = field.input.cursorPosition()
                field.input.setText(text)
                field.input.setCursorPosition(at)
            field.show_error(state.error(name))

    def focus_first(self, state: SetUpState) -> None:
        """The first field with a sentence beside it, else the first that is empty, else the first."""
        wrong = [name for name in self.fields if state.error(name)]
        empty = [name for name in self.fields if not getattr(state.draft, name)]
        name = (wrong or empty or list(self.fields))[0]
        field = self.fields[name].input
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()


class StandForm(Form):
    """Name, codes, address."""

    def __init__(self, edit: Edit, finished: Callable[[], None]) -> None:
        super().__init__(edit, finished)
        name = self.line(
            "stand_name", _("Name of the stand"), placeholder=_("such as Galeri Dekranasda")
        )
        code_hint = _("Begins every receipt number: {number}").format(number="DKR-000123")
        code = self.line("stand_code", _("Code of the stand"), code_hint)
        till = self.line("till_code", _("Code of this till"), _("Tells tills of one stand apart."))
        for field in (code, till):
            if isinstance(field.input, QLineEdit):
                field.input.setMaxLength(_CODE_LENGTH)
        address = self.lines(
            "address", _("Address on the receipt"), _("Up to four short lines; may stay empty.")
        )
        codes = row(code, till, gap=14)
        _side_by_side(codes, code, till)
        self.setLayout(column(name, codes, address, None, gap=14))


class ManagerForm(Form):
    """Name, and the PIN twice."""

    def __init__(self, edit: Edit, finished: Callable[[], None]) -> None:
        super().__init__(edit, finished)
        said = Label(
            _("The manager may do everything, and lets others do what a cashier may not."),
            "body",
            "muted",
            wrap=True,
        )
        name = self.line("manager_name", _("Name of the manager"))
        pin = self.pin("pin", _("PIN"), _("4 to 8 digits, not easy to guess."))
        again = self.pin("pin_again", _("The PIN again"))
        pins = row(pin, again, gap=14)
        _side_by_side(pins, pin, again)
        self.setLayout(column(said, name, pins, None, gap=14))


class JoinForm(Form):
    """Which stand of those in the box; `stand` tells the choice."""

    def __init__(self, edit: Edit, finished: Callable[[], None]) -> None:
        super().__init__(edit, finished)
        self.stand = DropDown(_("The stand"))
        said = Label(
            _(
                "This till joins a stand that came in the box. Its receipts have numbers of their own."
            ),
            "body",
            "muted",
            wrap=True,
        )
        till = self.line("till_code", _("Code of this till"), _("Tells tills of one stand apart."))
        if isinstance(till.input, QLineEdit):
            till.input.setMaxLength(_CODE_LENGTH)
        self.setLayout(column(said, Field(_("The stand"), self.stand), till, None, gap=14))


class BoxManagerForm(Form):
    """Which manager of those in the box, and the PIN that holds on this machine."""

    def __init__(self, edit: Edit, finished: Callable[[], None]) -> None:
        super().__init__(edit, finished)
        self.manager = DropDown(_("Name of the manager"))
        said = Label(
            _("PINs never travel: this one holds on this machine only."), "body", "muted", wrap=True
        )
        pin = self.pin("pin", _("PIN"), _("4 to 8 digits, not easy to guess."))
        again = self.pin("pin_again", _("The PIN again"))
        pins = row(pin, again, gap=14)
        _side_by_side(pins, pin, again)
        chosen = Field(_("Name of the manager"), self.manager)
        self.setLayout(column(said, chosen, pins, None, gap=14))


def _side_by_side(line: QHBoxLayout, *fields: Field) -> None:
    """Equally wide, their captions on one height whatever stands below."""
    for at, field in enumerate(fields):
        line.setStretch(at, 1)
        line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
