"""Reports (Laporan): which on the left, of when above, and the report itself at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from pos.i18n import _
from pos.services.reports.kinds import KINDS
from pos.ui import actions
from pos.ui.listen import listen
from pos.ui.reports.period_bar import PeriodBar
from pos.ui.reports.presenter import ReportsPresenter
from pos.ui.reports.view import ReportView
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.pin import ApprovalPanel
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from pos.services.staff import Session
    from pos.ui.desk import Desk
    from pos.ui.reports.state import ReportsState

PDF: Final = "PDF (*.pdf)"
XLSX: Final = "Excel (*.xlsx)"
_TOPICS: Final = frozenset({"sales", "shifts", "sellers", "stock", "items"})
_TICK_MS: Final = 120
_SIDE: Final = 286
_SIDE_NARROW: Final = 216
_SIDE_TINY: Final = 170
_NARROW: Final = 1000
_TINY: Final = 700
_ICONS: Final = {
    "day": "calendar-blank",
    "day-sellers": "users-three",
    "month": "chart-bar",
    "year": "percent",
    "cash-book": "money",
    "ledger": "list-numbers",
    "trial-balance": "scales",
}


class ReportsScreen(Screen):
    """Arrows choose a report, Alt+arrows its period; F9 prints, F6 saves a PDF, F7 a spreadsheet."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.presenter = desk.keep(
            lambda: ReportsPresenter(desk.till, desk.run, desk.run_aside, lambda: desk.staff),
            ReportsPresenter,
        )
        listen(self, self.presenter, self._show)
        self.choose_save: Callable[[str, str], Path | None] = self._choose_save
        self.list = RowList(_("Reports"))
        self.bar = PeriodBar()
        self.view = ReportView()
        self.print = _button("report-print", "printer")
        self.slips = _button("report-slips", "scissors")
        self.pdf = _button("report-pdf", "file-pdf")
        self.xlsx = _button("report-xlsx", "table")
        self.stop = Button(_("Stop"), "danger", icon="x", key="Esc")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._title = ElidedLabel("", "heading")
        self._said = Label("", "body", "good", wrap=True)
        self._doing = Label("", "body", "muted")
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self._pages = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_progress)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        asked = QWidget()
        asked.setLayout(row(None, self.approval, None, margins=(28, 20, 28, 16)))
        for page in (self.view, self._empty, asked):
            self._pages.addWidget(page)
        self._side = frame("card", column(self.list, margins=(4, 4, 4, 4)))
        buttons = row(self.slips, self.print, self.pdf, self.xlsx, gap=8)
        self._top = row(self._title, buttons, gap=12)
        self._top.setStretch(0, 1)
        going = row(self.progress, self._doing, self.stop, gap=10)
        going.setStretch(0, 1)
        self._going = QWidget()
        self._going.setLayout(going)
        card = frame("card", column(self._pages, margins=(2, 2, 2, 2)))
        right = column(self._top, self.bar, self._going, self._said, card, gap=10)
        right.setStretch(4, 1)
        whole = row(self._side, gap=16, margins=(18, 14, 18, 18))
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        show = self.presenter
        self.list.chosen.connect(lambda number: show.choose(KINDS[number - 1].id))
        self.list.opened.connect(lambda _id: self.view.setFocus())
        self.bar.stepped.connect(show.step)
        self.bar.today.connect(show.now)
        self.bar.day.connect(show.choose_day)
        self.bar.period.connect(show.choose_period)
        self.bar.account.connect(show.choose_account)
        self.print.clicked.connect(show.print_it)
        self.slips.clicked.connect(show.print_slips)
        self.pdf.clicked.connect(self._save_pdf)
        self.xlsx.clicked.connect(self._save_xlsx)
        self.stop.clicked.connect(show.cancel)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self.list.setFocus)
        self.desk.changed.connect(self._book_changed)
        for action, call in (
            ("report-pick", self.list.setFocus),
            ("report-today", show.now),
            ("report-earlier", lambda: show.step(-1)),
            ("report-later", lambda: show.step(1)),
            ("report-print", self.print.click),
            ("report-slips", self.slips.click),
            ("report-pdf", self.pdf.click),
            ("report-xlsx", self.xlsx.click),
        ):
            actions.bind(self, action, call)

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen."""
        self.presenter.entered()
        if not self.presenter.state.asking:
            self.list.setFocus()

    def left(self) -> None:
        """See Screen."""
        self.presenter.left()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Esc stops what is under way, else leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            if self.presenter.state.doing:
                self.presenter.cancel()
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """The list of reports gives way first; the buttons lose their words where it is tiny."""
        super().resizeEvent(event)
        tiny, narrow = self.width() < _TINY, self.width() < _NARROW
        self._side.setFixedWidth(_SIDE_TINY if tiny else _SIDE_NARROW if narrow else _SIDE)
        for button, action in (
            (self.print, "report-print"),
            (self.slips, "report-slips"),
            (self.pdf, "report-pdf"),
            (self.xlsx, "report-xlsx"),
        ):
            button.setText("" if narrow else actions.text(action))
            button.updateGeometry()
        self.list.set_rows(_rows(plain=narrow), self.list.current_id)

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        state = self.presenter.state
        rows = _rows(plain=self.width() < _NARROW)
        self.list.set_rows(rows, [kind.id for kind in KINDS].index(state.kind_id) + 1)
        self._title.set_text(state.kind.title())
        self.bar.show_state(state)
        self._show_page(state)
        there = state.report is not None and not state.doing and not state.asking
        for button in (self.print, self.slips, self.pdf, self.xlsx):
            button.setEnabled(there)
        self.slips.setVisible(state.kind.slips is not None)
        words = state.sentence or state.note
        self._said.set_tone("bad" if state.sentence else "good")
        self._said.setText(words)
        self._said.setVisible(bool(words))
        if state.doing:
            self._doing.setText(_doing_text(state))
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
            self._going.hide()

    def _show_page(self, state: "ReportsState") -> None:
        if state.asking:
            if self._pages.currentIndex() != 2:
                self._pages.setCurrentIndex(2)
                self.approval.ask(state.asking)
            return
        self.view.show_report(state.report)
        self._empty.setText("" if state.doing else _("This report could not be made."))
        self._pages.setCurrentIndex(0 if state.report is not None else 1)

    def _show_progress(self) -> None:
        """Shown once it has taken a moment: what is quick does not flicker."""
        done, every = self.presenter.progress
        self.progress.setRange(0, every)
        self.progress.setValue(done)
        self._going.setVisible(bool(self.presenter.state.doing))

    # -- doing -------------------------------------------------------------------------------

    def _save_pdf(self) -> None:
        target = self.choose_save(self.presenter.file_name("pdf"), PDF)
        if target is not None:
            self.presenter.save_pdf(target)

    def _save_xlsx(self) -> None:
        target = self.choose_save(self.presenter.file_name("xlsx"), XLSX)
        if target is not None:
            self.presenter.save_xlsx(target)

    def _choose_save(self, name: str, kinds: str) -> Path | None:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save"), str(folder / name), kinds)
        return Path(chosen) if chosen else None

    def _approved(self, manager: "Session") -> None:
        self.presenter.approved(manager.staff_id)
        self.list.setFocus()

    def _book_changed(self, topics: frozenset[str]) -> None:
        state = self.presenter.state
        current = state.period.until >= state.today
        if self.isVisible() and topics & _TOPICS and current and not state.doing:
            self.presenter.make()


def _rows(*, plain: bool) -> tuple[Row, ...]:
    """`plain`: without a word about each, where there is no room for it."""
    return tuple(
        Row(
            at,
            kind.title(),
            "" if plain else kind.about(),
            icon=_ICONS.get(kind.id, "table"),
        )
        for at, kind in enumerate(KINDS, start=1)
    )


def _doing_text(state: "ReportsState") -> str:
    return {
        "make": _("Reading the book ..."),
        "print": _("Going to the printer ..."),
        "pdf": _("Writing the pages ..."),
        "xlsx": _("Writing the spreadsheet ..."),
    }[state.doing or "make"]


def _button(action: str, icon: str) -> Button:
    made = Button(actions.text(action), "outline", icon=icon, key=actions.key_text(action))
    made.setToolTip(actions.tip(action))
    made.setAccessibleName(actions.text(action))
    return made
