"""The print queue: what waits, what needs a word, and the last paper."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.formats import format_time
from pos.i18n import _
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.printing.paper import PaperView
from pos.ui.printing.presenter import PrintPresenter
from pos.ui.printing.words import status_label, status_tone
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.printing import JobRow

_ROOM: Final = 480
"""Pixels of height from which the last paper is shown below waiting ones."""


class QueuePanel(QWidget):
    """`closed` is told when a person is done with it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.presenter = PrintPresenter(desk.till, desk.run)
        listen(self, self.presenter, self._show)
        desk.printer.connect(self._queue_changed)
        self._status = ElidedLabel("", "body", "muted")
        self._sentence = Label("", "body", "bad", wrap=True)
        self.list = RowList(_("Papers that are not printed yet"))
        self.list.chosen.connect(lambda _id: self._show_buttons())
        self.retry = Button(_("Try again"), "outline", icon="arrow-clockwise")
        self.retry.clicked.connect(self.presenter.retry)
        self.cancel = Button(_("Give it up"), "danger", icon="x")
        self.cancel.clicked.connect(self._cancel)
        self.yes = Button(_("Yes, printed"), "primary", icon="check")
        self.yes.clicked.connect(lambda: self._answer(printed=True))
        self.no = Button(_("No, print again"), "outline", icon="printer")
        self.no.clicked.connect(lambda: self._answer(printed=False))
        self._empty = Label(_("Nothing waits for the printer."), "body", "muted", wrap=True)
        self._last = Label(_("The last paper"), "label", "muted")
        self.paper = PaperView(_("The last paper"), desk.till.catalog.picture_path)
        self._has_paper = False
        self._lay_out()

    def _lay_out(self) -> None:
        back = Button(_("Back"), "ghost", key="Esc")
        back.clicked.connect(self.closed)
        head = frame(
            "header", row(Label(_("Print queue"), "title"), None, back, margins=(18, 0, 8, 0))
        )
        head.setFixedHeight(54)
        asked = row(self.yes, self.no, gap=8)
        buttons = row(self.retry, self.cancel, None, gap=8)
        parts = column(
            self._status,
            self._sentence,
            self._empty,
            self.list,
            asked,
            buttons,
            8,
            self._last,
            self.paper,
            gap=8,
            margins=(18, 12, 18, 8),
        )
        parts.setStretch(parts.count() - 1, 1)
        self.setLayout(column(head, parts, gap=0))

    def entered(self) -> None:
        """The panel is in view now."""
        self.presenter.refresh()
        self._show()

    def _queue_changed(self, _state: object) -> None:
        if self.isVisible():
            self.presenter.refresh()

    def _job(self) -> "JobRow | None":
        chosen = self.list.current_id
        return next((job for job in self.presenter.state.jobs if job.job_id == chosen), None)

    def _answer(self, *, printed: bool) -> None:
        job = self._job()
        if job is not None:
            self.presenter.answer(job.job_id, printed=printed)

    def _cancel(self) -> None:
        job = self._job()
        if job is not None:
            self.presenter.cancel(job.job_id)

    def _show(self) -> None:
        state = self.presenter.state
        jobs = state.jobs
        self._status.set_text(state.line.words)
        self._sentence.setText(state.sentence or state.problem)
        self._sentence.setVisible(bool(state.sentence or state.problem))
        ids = [job.job_id for job in jobs]
        asked = [job.job_id for job in jobs if job.status == "unknown"]
        current = self.list.current_id
        chosen = current if current in ids else (asked or ids or [0])[0]
        self.list.set_rows([_row(job) for job in jobs], chosen)
        self.list.setVisible(bool(jobs))
        self.list.setFixedHeight(62 * min(4, max(1, len(jobs))) + 2)
        self._empty.setVisible(not jobs)
        self._show_buttons()
        printing = self._desk.till.printing
        document = printing.last_preview()
        self._has_paper = document is not None
        self.paper.show_document(document, printing.profile())
        self._show_paper()

    def _show_paper(self) -> None:
        """The last paper, where there is one and the jobs leave it room."""
        room = self._has_paper and (self.height() >= _ROOM or not self.presenter.state.jobs)
        self._last.setVisible(room)
        self.paper.setVisible(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._show_paper()

    def _show_buttons(self) -> None:
        job = self._job()
        unknown = job is not None and job.status == "unknown"
        self.yes.setVisible(unknown)
        self.no.setVisible(unknown)
        self.cancel.setVisible(job is not None)
        jobs = self.presenter.state.jobs
        self.retry.setVisible(any(waiting.status == "waiting" for waiting in jobs))


def _row(job: "JobRow") -> Row:
    copy = _("copy") if job.copy else ""
    parts = (format_time(job.at), copy, job.problem)
    return Row(
        job.job_id,
        job.title,
        detail=" · ".join(part for part in parts if part),
        badge=status_label(job),
        badge_tone=status_tone(job),
        icon="receipt" if job.kind == "receipt" else "printer",
    )
