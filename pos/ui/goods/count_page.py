"""The stock count: starting one, scanning with large feedback, explaining, closing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.formats import format_date_short, format_datetime, format_time
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui import actions
from pos.ui.goods.count import CountWork, View
from pos.ui.goods.count_answers import AnswerPanel
from pos.ui.goods.figures import Figure
from pos.ui.goods.finding import pieces
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.picture import Thumb
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.find_input import FindInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.counts import CountLine, CountRow
    from pos.ui.desk import Desk

_VIEWS: Final[tuple[View, ...]] = ("missing", "extra", "explained", "all")
_PICTURE: Final = QSize(88, 66)


class CountPage(GoodsPage):
    """F9 closes the count; the scan field has the focus as long as nothing else is chosen."""

    def __init__(self, desk: "Desk", work: CountWork) -> None:
        super().__init__(work)
        self._desk, self._count = desk, work
        self._sure = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_start())
        self._stack.addWidget(self._make_counting())
        self.setLayout(column(self._stack))
        self.start()

    # -- no count goes on ------------------------------------------------------------------

    def _make_start(self) -> QWidget:
        self.seller = DropDown(_("What is counted"))
        self.begin = Button(
            _("Start the count"),
            "primary",
            icon="barcode",
            key=actions.key_text("goods-save"),
            big=True,
        )
        self.begin.clicked.connect(self.save)
        self._start_said = Label("", "body", wrap=True)
        explain = Label(
            _(
                "Scan every label on the shelf. Sales may go on meanwhile; the count survives a"
                " restart. Only what you say of missing pieces changes the book."
            ),
            "body",
            "muted",
            wrap=True,
        )
        left = column(
            Label(_("Stock count"), "heading"),
            explain,
            8,
            Label(_("What is counted"), "label", "muted"),
            self.seller,
            8,
            self.begin,
            self._start_said,
            None,
            gap=8,
            margins=(28, 22, 28, 18),
        )
        card = frame("card", left)
        card.setMaximumWidth(520)
        self.earlier = RowList(_("Earlier counts"), height=54)
        self._no_earlier = ElidedLabel(_("Nothing was counted yet."), "body", "muted")
        right = frame(
            "card",
            column(
                row(Label(_("Earlier counts"), "title"), margins=(18, 16, 18, 4)),
                row(self._no_earlier, margins=(18, 0, 18, 12)),
                self.earlier,
                margins=(2, 2, 2, 8),
            ),
        )
        shelf = right.layout()
        if isinstance(shelf, QVBoxLayout):
            shelf.setStretch(2, 1)
            shelf.addStretch(0)
        made = QWidget()
        whole = row(card, right, gap=18, margins=(18, 0, 18, 18))
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        made.setLayout(whole)
        return made

    # -- a count goes on -------------------------------------------------------------------

    def _make_counting(self) -> QWidget:
        self._what = ElidedLabel("", "title")
        self._since = ElidedLabel("", "small", "muted")
        self.cancel = Button(_("Cancel the count"), "ghost", icon="x")
        self.cancel.clicked.connect(self._cancel)
        self.scan = FindInput("goods-find", _("Scan a label, or type its code"))
        self.scan.returnPressed.connect(self._typed)
        self._thumb = Thumb(self._desk, _PICTURE)
        self._name = ElidedLabel("", "heading")
        self._tally = ElidedLabel("", "lead", "muted")
        words = column(None, self._name, self._tally, None, gap=2)
        feedback = row(self._thumb, words, gap=16, margins=(14, 10, 14, 10))
        feedback.setStretch(1, 1)
        self._feedback = frame("card", feedback)
        self._feedback.setMinimumHeight(92)
        self._figures = {
            "expected": Figure(_("in the book")),
            "counted": Figure(_("counted"), "good"),
            "missing": Figure(_("not found yet"), "bad"),
            "extra": Figure(_("too many"), "accent"),
        }
        self.chips = ChipRow(lambda at: self._count.show(_VIEWS[at]))
        self.list = RowList(_("Pieces"))
        self.list.chosen.connect(self._count.choose)
        self.list.opened.connect(self._to_answers)
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        title = row(column(self._what, self._since, gap=0), self.cancel)
        title.setStretch(0, 1)
        shelf = frame("card", column(self._empty, self.list, margins=(4, 4, 4, 4)))
        left = column(
            title,
            self.scan,
            self._feedback,
            row(*self._figures.values(), gap=10),
            self.chips,
            shelf,
            gap=8,
            margins=(18, 0, 18, 18),
        )
        left.setStretch(5, 1)
        self.answers = AnswerPanel(self._count)
        self.answers.done.connect(self._to_scan)
        self.answers.finished.connect(self.save)
        self.panel = frame("panel", column(self.answers))
        made = QWidget()
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        made.setLayout(whole)
        return made

    # -- see GoodsPage ---------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        sellers = self._desk.till.catalog.sellers()
        names = [(s.seller_id, f"{s.code} · {s.workshop}") for s in sellers]
        self.seller.set_choices([(0, _("The whole stand")), *names], self.seller.chosen)
        super().entered()

    def focus_first(self) -> None:
        """See GoodsPage."""
        if self._count.count is None:
            self.begin.setFocus()
        else:
            self._to_scan()

    def save(self) -> None:
        """See GoodsPage: start, or close."""
        if self._count.count is None:
            self._count.start(self.seller.chosen)
        else:
            self._count.close()

    def back(self) -> bool:
        """See GoodsPage: to the scan field."""
        self._forget_cancel()
        return False

    def scanned(self, code: str) -> None:
        """See GoodsPage: a piece is counted."""
        self._count.scan(code)

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage: sales go on while people count."""
        if "stock" in topics and "counts" not in topics and not self._count.busy:
            note = self._count.note
            self._count.refresh()
            self._count.tell(note=note)

    # -- inside ----------------------------------------------------------------------------

    def _to_answers(self, _item_id: int) -> None:
        self.answers.focus_first()

    def _to_scan(self) -> None:
        self.scan.setFocus()
        self.scan.selectAll()

    def _typed(self) -> None:
        code = self.scan.text().strip()
        self.scan.clear()
        self._count.scan(code)

    def _cancel(self) -> None:
        """Twice, since what was scanned is then gone."""
        if self._sure:
            self._forget_cancel()
            self._count.cancel()
            return
        self._sure = True
        self.cancel.kind = "danger"
        self.cancel.setText(_("Really cancel? All scans are forgotten."))
        self.cancel.updateGeometry()

    def _forget_cancel(self) -> None:
        if self._sure:
            self._sure = False
            self.cancel.kind = "ghost"
            self.cancel.setText(_("Cancel the count"))
            self.cancel.updateGeometry()

    def show_work(self) -> None:
        """See GoodsPage."""
        work = self._count
        going = work.count is not None
        was = self._stack.currentIndex()
        self._stack.setCurrentIndex(1 if going else 0)
        error = next(iter(work.errors.values()), "")
        if not going:
            self._show_start(error)
        else:
            self._show_counting(error)
        if was != self._stack.currentIndex() and self.isVisible():
            self._forget_cancel()
            self.focus_first()

    def _show_start(self, error: str) -> None:
        work = self._count
        self._start_said.set_tone("bad" if error else "good")
        words = error or work.note
        if work.closed is not None and not error:
            words = _(
                "{number} is in the book: {counted} counted, {missing} not found,"
                " {owed} owed to sellers. Its paper goes to the printer."
            ).format(
                number=work.closed.number,
                counted=thousands(work.closed.counted),
                missing=thousands(work.closed.missing),
                owed=rupiah(work.closed.owed),
            )
        self._start_said.setText(words)
        self._start_said.setVisible(bool(words))
        self.begin.setEnabled(not work.busy)
        self.earlier.set_rows([_earlier_row(count) for count in work.earlier])
        self.earlier.setVisible(bool(work.earlier))
        self._no_earlier.setVisible(not work.earlier)

    def _show_counting(self, error: str) -> None:
        work = self._count
        count, result = work.count, work.result
        if count is None or result is None:
            return
        self._what.set_text(count.workshop or _("The whole stand"))
        since = format_datetime(count.started_at)
        self._since.set_text(_("Since {when}, by {name}").format(when=since, name=count.staff))
        self._show_feedback()
        for name, number in (
            ("expected", work.expected),
            ("counted", result.counted),
            ("missing", result.missing),
            ("extra", result.extra),
        ):
            self._figures[name].show_number(number)
        names = {
            "missing": _("Not found yet"),
            "extra": _("Too many"),
            "explained": _("Explained"),
            "all": _("All"),
        }
        chips = [(at, names[view]) for at, view in enumerate(_VIEWS)]
        shown = (tuple(chips), work.view)
        if shown != getattr(self, "_chips_shown", None):
            self._chips_shown = shown
            self.chips.set_chips(chips, _VIEWS.index(work.view))
        rows = [_line_row(line) for line in work.lines]
        self.list.set_rows(rows, work.chosen)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            _("Everything that was expected is found or explained.")
            if work.view == "missing"
            else _("Nothing here.")
        )
        self.answers.show_line(error)

    def _show_feedback(self) -> None:
        work = self._count
        last = work.last
        self._thumb.show_picture(last.picture if last else "")
        if work.refused:
            self._name.set_text(_("Not counted"))
            self._name.set_tone("bad")
            self._tally.set_text(work.refused)
        elif last is None:
            self._name.set_text(_("Scan the first label"))
            self._name.set_tone("muted")
            self._tally.set_text(_("Each scan counts one piece."))
        else:
            self._name.set_text(last.name)
            self._name.set_tone("accent" if last.extra else "good")
            tally = _("{scanned} of {expected} · {code}").format(
                scanned=thousands(last.scanned), expected=thousands(last.expected), code=last.code
            )
            more = " · " + _("more than the book has") if last.extra else ""
            self._tally.set_text(tally + more)


def _line_row(line: "CountLine") -> Row:
    said = [
        (line.found, _("found")),
        (line.lost, _("lost")),
        (line.damaged, _("damaged")),
        (line.sold, _("sold")),
        (line.added, _("added")),
    ]
    parts = [line.code, line.seller_code]
    parts += [f"{thousands(count)} {word}" for count, word in said if count]
    badge, tone = "", "bad"
    if line.missing:
        badge = _("{count} missing").format(count=thousands(line.missing))
    elif line.extra:
        badge, tone = _("{count} too many").format(count=thousands(line.extra)), "accent"
    return Row(
        line.item_id,
        line.name,
        " · ".join(parts),
        _("{counted} of {book}").format(
            counted=thousands(line.scanned), book=thousands(line.on_hand)
        ),
        badge=badge,
        badge_tone=tone,
    )


def _earlier_row(count: "CountRow") -> Row:
    when = f"{format_date_short(count.at.date())} {format_time(count.at)}"
    return Row(
        count.count_id,
        count.workshop or _("The whole stand"),
        f"{count.number} · {when}",
        pieces(count.counted),
        _("{count} missing").format(count=thousands(count.missing)) if count.missing else "",
    )
