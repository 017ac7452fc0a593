"""Choosing a printer, on a page of the settings and as the last step of the set-up."""

from typing import Final

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import icons
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.settings.printer import PAPERS, PrinterPresenter, paper_label
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList
from pos.ui.widgets.switch import Switch

_ROW: Final = 54
_MOST_ROWS: Final = 4
_CAPTION: Final = 23


class PrinterPage(QWidget):
    """`long` also shows what only the settings need: address by hand, drawer, codes."""

    def __init__(self, desk: Desk, *, long: bool = True) -> None:
        super().__init__()
        self.presenter = PrinterPresenter(desk.till.printing, desk.run, desk.run_aside)
        listen(self, self.presenter, self._show)
        desk.printer.connect(self._queue_changed)
        self.list = RowList(_("Printers"), height=_ROW)
        self.list.clicked.connect(lambda _index: self._chosen(self.list.current_id))
        self.list.opened.connect(self._chosen)
        self._search = Button(_("Look again"), "outline", icon="arrows-clockwise")
        self._search.clicked.connect(self.presenter.search)
        self._searching = Label("", "small", "muted")
        self._status = Label("", "small", "muted", wrap=True)
        self.paper = Choice([(paper, paper_label(paper)) for paper in PAPERS], "80-48")
        self.paper.changed.connect(lambda: self.presenter.change(paper=self.paper.value))
        self._make_switches()
        self.test = Button(_("Test print"), "outline", icon="printer")
        self.test.clicked.connect(self.presenter.test)
        self._outcome = Label("", "body", wrap=True)
        self._outcome.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._make_address()
        self._lay_out(long=long)

    def _make_switches(self) -> None:
        self._switches = {
            "has_cut": Switch(_("Cuts the paper")),
            "has_drawer": Switch(_("A cash drawer hangs on it")),
            "logo": Switch(_("Prints the logo")),
            "native_qr": Switch(_("Makes QR codes itself")),
        }
        for name, box in self._switches.items():
            box.clicked.connect(lambda on, name=name: self.presenter.change(**{name: on}))
        pins = [(2, _("Contact 2 (usual)")), (5, _("Contact 5"))]
        self._pin = Choice(pins, 2)
        self._pin.changed.connect(lambda: self.presenter.change(drawer_pin=self._pin.value))

    def _make_address(self) -> None:
        hint = _("For a printer on the network: tcp:192.168.1.50")
        self.address = Field(_("Or type its address"), TextInput(), hint)
        self._use = Button(_("Use this address"), "outline")
        self._use.clicked.connect(self._typed)
        field = self.address.input
        if isinstance(field, TextInput):
            field.returnPressed.connect(self._typed)

    def _lay_out(self, *, long: bool) -> None:
        caption = row(Label(_("Which printer"), "label", "muted"), 8, self._searching, None)
        caption.addWidget(self._search)
        parts = column(caption, self.list, self._status, 6, gap=6)
        if long:
            # The button stands beside the input, below the height of the caption.
            line = row(self.address, column(_CAPTION, self._use, None, gap=0), gap=10)
            line.setStretch(0, 1)
            parts.addLayout(line)
            parts.addSpacing(6)
        parts.addWidget(Label(_("Width of the paper · letters on a line"), "label", "muted"))
        parts.addWidget(self.paper)
        parts.addSpacing(4)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for at, (name, box) in enumerate(self._switches.items()):
            grid.addWidget(box, at // 2, at % 2)
            if not long and name not in {"has_cut", "has_drawer"}:
                box.hide()
        parts.addLayout(grid)
        parts.addWidget(self._pin)
        self._long = long
        test = row(self.test, 10, self._outcome)
        test.setStretch(2, 1)
        parts.addSpacing(6)
        parts.addLayout(test)
        parts.addStretch(1)
        self.setLayout(parts)

    def refresh(self) -> None:
        """Read what holds, and look for printers."""
        self.presenter.refresh()
        self._show()

    def focus_first(self) -> None:
        """Where the first key goes."""
        self.list.setFocus()

    def _queue_changed(self, _state: object) -> None:
        if self.isVisible():
            self.presenter.queue_changed()

    def _chosen(self, number: int) -> None:
        listed = self.presenter.state.listed
        if 0 < number <= len(listed):
            self.presenter.choose(listed[number - 1].address)

    def _typed(self) -> None:
        field = self.address.input
        if isinstance(field, TextInput) and self.presenter.type_address(field.text()):
            field.clear()

    def _show(self) -> None:
        state = self.presenter.state
        at = [n for n, found in enumerate(state.listed, 1) if found.address == state.choice.address]
        rows = [
            Row(
                number,
                found.label,
                badge=_("In use") if number in at else "",
                badge_tone="good",
                icon=_icon(found.address),
            )
            for number, found in enumerate(state.listed, 1)
        ]
        # The mark follows the printer in use, unless a person is choosing among the same ones.
        same = [row.title for row in rows] == [row.title for row in self.list.rows]
        current = self.list.current_id if same else 0
        self.list.set_rows(rows, current or (at[0] if at else 0))
        self.list.setFixedHeight(_ROW * max(2, min(_MOST_ROWS, len(rows))) + 2)
        self._searching.setText(_("Looking…") if state.searching else "")
        self._search.setEnabled(not state.searching)
        self._status.setText(state.status)
        self._status.setVisible(bool(state.status))
        self.address.show_error(state.address_error)
        self.paper.set_value(state.choice.paper)
        for name, box in self._switches.items():
            box.setChecked(bool(getattr(state.choice, name)))
        self._pin.set_value(state.choice.drawer_pin)
        self._pin.setVisible(self._long and state.choice.has_drawer)
        self.test.setEnabled(not state.testing)
        self._outcome.set_tone("good" if state.test_good else "bad")
        self._outcome.setText(_("Printing…") if state.testing else state.test)
        if state.testing:
            self._outcome.set_tone("muted")


def _icon(address: str) -> str:
    kind = address.partition(":")[0]
    name = {"preview": "monitor", "tcp": "wifi-high", "usb": "usb", "file": "file"}.get(kind, "")
    return name if name and _is_icon(name) else "printer"


def _is_icon(name: str) -> bool:
    try:
        icons.glyph(name)
    except KeyError:
        return False
    return True
