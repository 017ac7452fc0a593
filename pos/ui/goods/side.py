"""The panel at the right of a section: a head, a body, a foot with the main button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.goods.finding import pieces
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import Part, column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

HEAD = 54


def head(*parts: Part) -> QWidget:
    """The line at the top of a panel."""
    made = frame("header", row(*parts, margins=(18, 0, 10, 0)))
    made.setFixedHeight(HEAD)
    return made


def panel(top: QWidget, body: QWidget, foot: QWidget) -> QWidget:
    """Head, what stretches, foot."""
    made = QWidget()
    layout = column(top, body, foot, gap=0)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    return made


class LinesSide(QWidget):
    """Lines of a paper that is being made, their totals, and the button that saves it.

    mend    index of a line to be changed; remove: index of one to be taken off
    """

    mend = Signal(object)
    remove = Signal(object)

    def __init__(self, title: str, empty: str, button: str) -> None:
        super().__init__()
        self._title = ElidedLabel(title, "title")
        self._count = ElidedLabel("", "body", "muted")
        self.list = RowList(title)
        self.list.clicked.connect(lambda _index: self.mend.emit(self.list.current_id - 1))
        self.list.opened.connect(lambda number: self.mend.emit(number - 1))
        self._empty = Label(empty, "body", "muted", wrap=True)
        self._empty_box = QWidget()
        self._empty_box.setLayout(column(self._empty, None, margins=(18, 18, 18, 0)))
        self.drop = Button(_("Remove"), "ghost", icon="trash", key="Del")
        self.drop.clicked.connect(lambda: self.remove.emit(self.list.current_id - 1))
        self.total = BigAmount(34)
        self._total_word = Label(_("Value"), "label", "muted")
        self.save = Button(
            button, "primary", icon="check", key=actions.key_text("goods-save"), big=True
        )
        body = QWidget()
        body.setLayout(column(self._empty_box, self.list, margins=(0, 4, 0, 4)))
        figures = row(column(self._total_word, self.total, gap=0), self.drop)
        figures.setStretch(0, 1)
        foot = frame("footer", column(figures, self.save, gap=10, margins=(18, 10, 18, 16)))
        whole = column(head(self._title, self._count, None), body, foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_lines(self, rows: list[Row], count: int, value: int, *, busy: bool) -> None:
        """These lines, with what they come to."""
        chosen = self.list.current_id
        self.list.set_rows(rows, min(chosen, len(rows)))
        self.list.setVisible(bool(rows))
        self._empty_box.setVisible(not rows)
        lines = _("{count} lines").format(count=len(rows))
        self._count.set_text(f"{lines} · {pieces(count)}" if rows else "")
        self.total.show_amount(value)
        self.drop.setVisible(bool(rows))
        self.drop.setEnabled(bool(self.list.current_id))
        self.save.setEnabled(bool(rows) and not busy)


class DoneSide(QWidget):
    """A paper that was just written, or an earlier one: its number, and what may be done with it."""

    printed = Signal()
    pdf = Signal()
    labels = Signal()
    closed = Signal()

    def __init__(self, title: str, go_on: str, *, labels: bool = False) -> None:
        super().__init__()
        self._title = ElidedLabel(title, "title")
        self._number = Label("", "amount")
        self._who = ElidedLabel("", "lead")
        self._what = Label("", "body", "muted", wrap=True)
        self.again = Button(_("Print again"), "outline", icon="printer")
        self.save_pdf = Button(_("Save as PDF"), "outline", icon="file-pdf")
        self.to_labels = Button("", "outline", icon="barcode")
        self._labels = labels
        self.said = Label("", "body", wrap=True)
        self.go_on = Button(go_on, "primary", icon="check", key="Esc", big=True)
        self.again.clicked.connect(self.printed)
        self.save_pdf.clicked.connect(self.pdf)
        self.to_labels.clicked.connect(self.labels)
        self.go_on.clicked.connect(self.closed)
        self.list = RowList(title)
        body = QWidget()
        buttons = column(row(self.again, self.save_pdf), self.to_labels, self.said, gap=8)
        layout = column(
            self._number,
            self._who,
            self._what,
            6,
            buttons,
            4,
            self.list,
            gap=6,
            margins=(18, 16, 18, 8),
        )
        layout.setStretch(layout.count() - 1, 1)
        body.setLayout(layout)
        foot = frame("footer", column(self.go_on, margins=(18, 10, 18, 16)))
        whole = column(head(self._title, None), body, foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_paper(
        self, number: str, who: str, count: int, value: int, rows: list[Row], *, labels: int = 0
    ) -> None:
        """This paper."""
        self._number.setText(number)
        self._who.set_text(who)
        self._what.setText(f"{pieces(count)} · {rupiah(value)}")
        self.list.set_rows(rows)
        self.to_labels.setText(_("Labels for these pieces ({count})").format(count=labels))
        self.to_labels.setVisible(self._labels and labels > 0)

    def say(self, words: str, *, bad: bool) -> None:
        """What was done, or what went wrong."""
        self.said.set_tone("bad" if bad else "good")
        self.said.setText(words)
        self.said.setVisible(bool(words))
