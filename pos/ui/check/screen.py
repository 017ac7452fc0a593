"""Cek titipan: code and PIN, then one seller's goods and money, read only; it leaves by itself."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QWindow
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.i18n import _
from pos.qr import qr_matrix
from pos.ui import actions, theme
from pos.ui.check.ask import AskPage
from pos.ui.check.cards import ChartCard, DueCard, Tile
from pos.ui.check.presenter import VIEWS, CheckPresenter, view_text
from pos.ui.check.table import beside_text, columns_of, empty_sentence, lines_of, total_of
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.columns import Table
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.qr import QrView

if TYPE_CHECKING:
    from pos.ui.check.presenter import Mine

_TICK_MS: Final = 1_000
_NARROW: Final = 620
_QR: Final = 380
_TOPICS: Final = frozenset({"sellers", "sales", "stock", "items"})
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class CheckScreen(Screen):
    """Stands in the place of the sign-in screen: no rail, no way into the shop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = CheckPresenter(desk.till, desk.run, desk.run_aside)
        listen(self, self.presenter, self._show)
        self.ask = AskPage()
        self.ask.entered.connect(self.presenter.submit)
        self.due, self.chart = DueCard(), ChartCard()
        self.today, self.shelf = Tile(_("Sold today")), Tile(_("Still on the shelf"))
        self.chips = ChipRow(self._choose)
        self.whatsapp = _button("check-whatsapp", "whatsapp-logo")
        self.whatsapp.setCheckable(True)
        self.whatsapp.toggled.connect(self._show_qr)
        self.print = _button("check-print", "printer")
        self.print.clicked.connect(self.presenter.print_it)
        self._leave = _button("check-leave", "sign-out")
        self._leave.clicked.connect(self.go_out)
        self._countdown = Label("", "body", "muted")
        self._window: QWindow | None = None
        self._view = ""
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        desk.changed.connect(self._book_changed)
        actions.bind(self, "check-leave", self._back)
        actions.bind(self, "check-whatsapp", self.whatsapp.click)
        actions.bind(self, "check-print", self.print.click)

    def _lay_out(self) -> None:
        stand = ElidedLabel(self.desk.till.info.stand_name, "body", "muted")
        line = row(Label(_("Check my goods"), "title"), stand, gap=18, margins=(20, 0, 20, 0))
        line.setStretch(1, 1)
        line.addWidget(self._countdown)
        line.addWidget(self._leave)
        head = frame("header", line)
        head.setFixedHeight(theme.HEADER_HEIGHT)
        tiles = column(self.today, self.shelf, gap=12)
        top = row(self.due, self.chart, tiles, gap=16)
        for at, share in enumerate((469, 597, 214)):
            top.setStretch(at, share)
        buttons = row(self.chips, self.whatsapp, self.print, gap=8)
        buttons.setStretch(0, 1)
        self._said = Label("", "body", "good")
        self._beside = Label("", "body", "muted", wrap=True)
        self.table = Table(_("What was sold"), ())
        self.table.near_end.connect(self.presenter.load_more)
        self._empty = Label("", "body", "muted", align=Qt.AlignmentFlag.AlignCenter)
        self._under = QStackedWidget()
        shown = QWidget()
        shown.setLayout(column(self._empty, self.table, gap=0))
        self._under.addWidget(shown)
        self._under.addWidget(self._make_qr())
        card = frame("card", column(self._under, margins=(1, 6, 1, 6)))
        mine = QWidget()
        body = column(
            top, self._beside, buttons, self._said, card, gap=14, margins=(26, 20, 26, 20)
        )
        body.setStretch(4, 1)
        mine.setLayout(body)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.ask)
        self._pages.addWidget(mine)
        self.setLayout(column(head, self._pages, gap=0))

    def _make_qr(self) -> QWidget:
        self.qr = QrView(_QR)
        words = column(
            None,
            Label(_("To your own WhatsApp"), "heading"),
            Label(
                _(
                    "Point your phone's camera at the code. WhatsApp opens with this "
                    "statement as a text; choose whom you send it to, yourself for example."
                ),
                "body",
                "muted",
                wrap=True,
            ),
            None,
            gap=8,
        )
        page = QWidget()
        both = row(self.qr, words, gap=28, margins=(24, 12, 24, 12))
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        page.setLayout(both)
        return page

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen: nobody is in yet."""
        self.presenter.leave()
        self.presenter.touch()
        self.ask.begin()
        self._watch(self.window().windowHandle())
        self._timer.start()
        self.tick()

    def left(self) -> None:
        """See Screen: nothing of the seller stays."""
        self._timer.stop()
        self._watch(None)
        self.presenter.leave()
        self.ask.begin()

    def scanned(self, code: str) -> bool:
        """See Screen: a scanner does nothing here."""
        del code
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: any key or touch begins the time anew. Keeps no event."""
        del watched
        if event.type() in _TOUCHES:
            self.presenter.touch()
            self._show_countdown()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow there is no room for the countdown's words."""
        super().resizeEvent(event)
        self._countdown.setVisible(self.width() >= _NARROW)

    # -- time --------------------------------------------------------------------------------

    def tick(self) -> None:
        """A second has passed."""
        if self.presenter.seconds_left <= 0:
            self.go_out()
            return
        self._show_countdown()

    def go_out(self) -> None:
        """Back to the sign-in screen."""
        self._timer.stop()
        self.presenter.leave()
        self.desk.navigate.emit("sign-in")

    def _back(self) -> None:
        if self.whatsapp.isChecked():
            self.whatsapp.setChecked(False)
        else:
            self.go_out()

    def _show_countdown(self) -> None:
        said = _("Leaves by itself in {seconds} seconds")
        self._countdown.setText(said.format(seconds=self.presenter.seconds_left))

    def _watch(self, window: QWindow | None) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        mine = self.presenter.mine
        if mine is None:
            self.whatsapp.setChecked(False)
            self._pages.setCurrentIndex(0)
            self.ask.show_ask(self.presenter.ask)
            return
        came = self._pages.currentIndex() == 0
        self._pages.setCurrentIndex(1)
        self._show_mine(mine)
        if came:
            self.table.setFocus()

    def _show_mine(self, mine: "Mine") -> None:
        self.due.show_mine(mine)
        self.chart.show_days(mine.days)
        self.today.show_figure(mine.sold_today)
        self.shelf.show_figure(mine.on_shelf)
        if mine.view != self._view:
            self._view = mine.view
            chips = [(at, view_text(view)) for at, view in enumerate(VIEWS)]
            self.chips.set_chips(chips, VIEWS.index(mine.view))
        beside = beside_text(mine)
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        self._said.setText(mine.note)
        self._said.setVisible(bool(mine.note))
        lines = lines_of(mine)
        self.table.set_columns(columns_of(mine))
        self.table.set_lines(lines, total_of(mine))
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._empty.setText(empty_sentence(mine))
        if self.whatsapp.isChecked():
            self.qr.set_matrix(qr_matrix(mine.link))

    def _choose(self, at: int) -> None:
        self.whatsapp.setChecked(False)
        # The chip is on already, and keeps the focus.
        self._view = VIEWS[at]
        self.presenter.show_view(VIEWS[at])

    def _show_qr(self, on: bool) -> None:
        mine = self.presenter.mine
        self._under.setCurrentIndex(1 if on else 0)
        self.qr.set_matrix(qr_matrix(mine.link) if on and mine is not None else ())

    def _book_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.presenter.refresh()


def _button(action: str, icon: str) -> Button:
    return Button(actions.text(action), "outline", icon=icon)
