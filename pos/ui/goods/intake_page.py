"""Taking goods in: the fields on the left, the note as it grows on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import thousands
from pos.receipts.labels import ItemLabel
from pos.ui.goods.finding import pieces
from pos.ui.goods.intake import IntakeWork
from pos.ui.goods.intake_form import IntakeForm
from pos.ui.goods.kinds import kind_name
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.picture import PICTURE_FILES
from pos.ui.goods.side import DoneSide, LinesSide
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.notes import ConsignmentNote, NoteRow
    from pos.ui.desk import Desk
    from pos.ui.goods.draft import LineFields


class IntakePage(GoodsPage):
    """`labels_wanted` carries the labels for the pieces of a note."""

    labels_wanted = Signal(object)

    def __init__(self, desk: "Desk", work: IntakeWork) -> None:
        super().__init__(work)
        self._desk, self._intake = desk, work
        self.form = IntakeForm(desk, work)
        self.fields = self.form.fields
        self.form.picture_wanted.connect(self._choose_picture)
        self.lines = LinesSide(
            _("Consignment note"),
            _("Choose the seller, then type line after line: Enter goes on."),
            _("Save and print"),
        )
        self.lines.mend.connect(self._mend)
        self.lines.remove.connect(self._remove)
        self.lines.save.clicked.connect(self.save)
        self.done = DoneSide(_("Consignment note"), _("Next note"), labels=True)
        self.done.printed.connect(work.reprint)
        self.done.pdf.connect(self._pdf)
        self.done.labels.connect(self._labels)
        self.done.closed.connect(self._next)
        self.notes = RowList(_("Earlier notes"), height=54)
        self.notes.clicked.connect(lambda _index: work.show_note(self.notes.current_id))
        self.notes.opened.connect(work.show_note)
        self._no_notes = Label(_("No goods were taken in yet."), "body", "muted", wrap=True)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        inner = QWidget()
        body = column(self.form, self.said, 4, gap=8, margins=(18, 14, 18, 14))
        body.addWidget(Label(_("Earlier notes"), "label", "muted"))
        body.addWidget(self._no_notes)
        body.addWidget(self.notes, 1)
        self.notes.setMinimumHeight(130)
        inner.setLayout(body)
        self._left = frame("card", column(scroll(inner), margins=(1, 4, 1, 4)))
        self.side = QStackedWidget()
        self.side.addWidget(self.lines)
        self.side.addWidget(self.done)
        whole = row(gap=0)
        whole.addLayout(row(self._left, margins=(18, 0, 18, 18)), 1)
        self.panel = frame("panel", column(self.side))
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage ---------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        if self._intake.done is not None:
            self.done.go_on.setFocus()
        else:
            self.form.focus_first()

    def begin_search(self) -> None:
        """See GoodsPage: to the seller, or to the item where lines stand already."""
        self.form.focus_first()

    def back(self) -> bool:
        """See GoodsPage: from the paper to the next note, from a line being mended to a new one."""
        if self._intake.done is not None:
            self._next()
            return True
        if self._intake.at >= 0 or self._intake.fields.name:
            self._intake.give_up_line()
            self.form.focus_first()
            return True
        return False

    def save(self) -> None:
        """See GoodsPage."""
        if self._intake.done is not None or self._intake.busy:
            return
        self._intake.save()
        if self._intake.errors:
            self.form.focus_wrong()

    def scanned(self, code: str) -> None:
        """See GoodsPage: more pieces of a known item."""
        if self._intake.done is not None:
            return
        if self._intake.scan(code):
            self.form.qty.setFocus()
            self.form.qty.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the marked line off while the list has the focus."""
        if event.key() == Qt.Key.Key_Delete and self.lines.list.hasFocus():
            self._remove(self.lines.list.current_id - 1)
            return
        super().keyPressEvent(event)

    # -- inside ------------------------------------------------------------------------------

    def _mend(self, at: int) -> None:
        self._intake.mend(at)
        self.form.focus_first()

    def _remove(self, at: int) -> None:
        if not 0 <= at < len(self._intake.lines):
            return
        name = self._intake.lines[at].name
        self._intake.remove(at)
        words = _("{name} was removed.").format(name=name)
        self._desk.say(words, _("Undo"), self._intake.undo_remove)

    def _choose_picture(self) -> None:
        chosen = self.choose_open(f"{_('Pictures')} ({PICTURE_FILES})")
        if chosen is not None:
            self._intake.take_picture(chosen)

    def _pdf(self) -> None:
        note = self._intake.done
        if note is not None:
            target = self.choose_save(f"{note.number}.pdf", "PDF (*.pdf)")
            if target is not None:
                self._intake.save_note_pdf(target)

    def _labels(self) -> None:
        note = self._intake.done
        if note is not None:
            self.labels_wanted.emit(note_labels(note))

    def _next(self) -> None:
        self._intake.next_note()
        self.form.focus_first()

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self._intake
        self.form.show_fields()
        rows = [_line_row(at, line, mended=at == work.at) for at, line in enumerate(work.lines)]
        self.lines.show_lines(rows, work.pieces, work.value, busy=work.busy)
        if "picture" in work.errors:
            self.said.setVisible(True)
        self.notes.set_rows([_note_row(note) for note in work.notes], self.notes.current_id)
        self.notes.setVisible(bool(work.notes))
        self._no_notes.setVisible(not work.notes)
        self._show_done()

    def _show_done(self) -> None:
        work = self._intake
        note = work.done
        shown = self.side.currentWidget() is self.done
        self.form.setEnabled(note is None)
        if note is None:
            self.side.setCurrentWidget(self.lines)
            return
        self.side.setCurrentWidget(self.done)
        rows = [
            Row(
                line.item_id,
                line.name,
                f"{line.code} · {kind_name(line.kind)}",
                thousands(line.qty * line.price),
                f"{thousands(line.qty)} x {thousands(line.price)}",
            )
            for line in note.lines
        ]
        value = sum(line.qty * line.price for line in note.lines)
        who = f"{note.seller_code} · {note.workshop}"
        self.done.show_paper(note.number, who, note.pieces, value, rows, labels=note.pieces)
        error = next(iter(work.errors.values()), "")
        self.done.say(error or work.note, bad=bool(error))
        self.said.hide()
        if not shown and self.isVisible():
            self.done.go_on.setFocus()


def note_labels(note: "ConsignmentNote") -> tuple[ItemLabel, ...]:
    """A label for each piece of a note."""
    return tuple(
        ItemLabel(line.name, line.price, line.code, note.seller_code, line.qty)
        for line in note.lines
    )


def _line_row(at: int, line: "LineFields", *, mended: bool) -> Row:
    parts = [line.code or _("new"), kind_name(line.kind)]
    if line.net:
        parts.append(_("net {amount}").format(amount=thousands(line.net)))
    if line.return_by:
        parts.append(line.return_by)
    order = line.kind == "made_to_order"
    return Row(
        at + 1,
        line.name,
        " · ".join(parts),
        thousands(line.price or 0) if order else thousands(line.value),
        "" if order else f"{thousands(line.pieces)} x {thousands(line.price or 0)}",
        badge=_("being changed") if mended else "",
    )


def _note_row(note: "NoteRow") -> Row:
    when = f"{format_date_short(note.at.date())} {format_time(note.at)}"
    return Row(
        note.note_id,
        f"{note.seller_code} · {note.workshop}",
        f"{note.number} · {when}",
        pieces(note.pieces),
    )
