"""Labels: what gets some on the left, the sheet on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.label_sheets import SHEETS
from pos.ui import actions
from pos.ui.goods.finding import find_items
from pos.ui.goods.item_panels import typed_count
from pos.ui.goods.labels import LabelWork, tenths, tenths_text
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.sheet_view import SheetView
from pos.ui.goods.side import head
from pos.ui.goods.type_ahead import TypeAhead
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pathlib import Path

    from pos.ui.desk import Desk


class LabelsPage(GoodsPage):
    """Scanning adds a label; F9 makes the PDF."""

    def __init__(self, desk: "Desk", work: LabelWork) -> None:
        super().__init__(work)
        self._labels = work
        self._saved: Path | None = None
        till = desk.till
        self.item = TypeAhead(_("Scan, or type name or code"))
        self.item.search = lambda typed: find_items(till, typed)
        self.item.picked.connect(self._picked)
        self.item.typed.connect(self._typed)
        self.list = RowList(_("Labels"))
        self.list.chosen.connect(lambda number: work.mark(number - 1))
        self.list.opened.connect(lambda _id: self._to_copies())
        self._empty = Label(
            _(
                "Scan or look for what needs labels. A consignment note and the shelf put theirs"
                " here, too."
            ),
            "body",
            "muted",
            wrap=True,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        self.copies = TextInput()
        self.copies.setMaxLength(3)
        self.copies.returnPressed.connect(self._copied)
        self.empty = Button(_("Remove all"), "ghost", icon="trash")
        self.empty.clicked.connect(work.clear)
        self._total = ElidedLabel("", "label", "muted")
        self._make_sheet()
        self._lay_out()
        self.start()

    def _make_sheet(self) -> None:
        work = self._labels
        self.sheet = DropDown(_("Sheet"))
        self.sheet.set_choices([(n, sheet.title) for n, sheet in enumerate(SHEETS, 1)], 1)
        self.sheet.activated.connect(
            lambda _at: work.choose_sheet(SHEETS[self.sheet.chosen - 1].key)
        )
        self.view = SheetView()
        self.view.chosen.connect(work.begin_at)
        self.first = TextInput("1")
        self.first.setMaxLength(2)
        self.off_x, self.off_y = TextInput(), TextInput()
        for line in (self.first, self.off_x, self.off_y):
            line.setMaxLength(5)
        self.first.editingFinished.connect(self._begun)
        self.off_x.editingFinished.connect(self._calibrated)
        self.off_y.editingFinished.connect(self._calibrated)
        self.pdf = Button(
            _("Save the PDF"),
            "primary",
            icon="file-pdf",
            key=actions.key_text("goods-save"),
            big=True,
        )
        self.open_pdf = Button(_("Open"), "outline", icon="folder-open")
        self.strip = Button(_("Receipt printer"), "outline", icon="printer")
        self.test = Button(_("Test page"), "outline", icon="file")
        self.pdf.clicked.connect(self.save)
        self.open_pdf.clicked.connect(self._open)
        self.strip.clicked.connect(work.print_strip)
        self.test.clicked.connect(self._test)
        self.fields = {
            "item": Field(_("What gets labels"), self.item),
            "copies": Field(_("Labels of it"), self.copies),
            "sheet": Field(_("Sheet"), self.sheet),
            "start": Field(_("First label"), self.first),
            "x": Field(_("Right (mm)"), self.off_x),
            "y": Field(_("Down (mm)"), self.off_y),
        }

    def _lay_out(self) -> None:
        fields = self.fields
        top = row(fields["item"], fields["copies"], gap=12)
        top.setStretch(0, 4)
        top.setStretch(1, 1)
        shelf = frame("card", column(self._empty, self.list, margins=(4, 4, 4, 4)))
        under = row(self._total, None, self.empty)
        left = column(top, shelf, under, gap=8, margins=(18, 0, 18, 10))
        left.setStretch(1, 1)
        inner = QWidget()
        which = row(fields["sheet"], fields["start"], gap=10)
        which.setStretch(0, 2)
        which.setStretch(1, 1)
        numbers = row(fields["x"], fields["y"], gap=10)
        explain = Label(
            _(
                "Print at 100 %, without fitting to the page. Hold the test page against a sheet;"
                " what it is off goes into the two fields."
            ),
            "small",
            "muted",
            wrap=True,
        )
        body = column(
            which,
            self.view,
            numbers,
            explain,
            gap=10,
            margins=(18, 14, 18, 8),
        )
        body.setStretch(1, 1)
        inner.setLayout(body)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        done = row(self.said, self.open_pdf)
        done.setStretch(0, 1)
        others = row(self.strip, self.test, gap=8)
        foot = frame("footer", column(done, others, self.pdf, gap=8, margins=(18, 10, 18, 16)))
        self._needs = ElidedLabel("", "body", "muted")
        side = column(
            head(ElidedLabel(_("Sheet"), "title"), None, self._needs, 8), scroll(inner), foot, gap=0
        )
        side.setStretch(1, 1)
        self.panel = frame("panel", side)
        page = row(gap=0)
        page.addLayout(left, 1)
        page.addWidget(self.panel)
        self.setLayout(page)

    # -- see GoodsPage ---------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.item.setFocus()

    def save(self) -> None:
        """See GoodsPage: the sheets as PDF."""
        if not self._labels.tray.count:
            self._labels.tell(errors={"item": _("Choose what gets labels first.")})
            self.item.setFocus()
            return
        target = self.choose_save(_("labels") + ".pdf", "PDF (*.pdf)")
        if target is not None:
            self._saved = target
            self._labels.save_labels(target)

    def scanned(self, code: str) -> None:
        """See GoodsPage: one label more."""
        self._labels.add_code(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the marked row out while the list has the focus."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._labels.set_copies(0)
            return
        super().keyPressEvent(event)

    # -- inside ------------------------------------------------------------------------------

    def _picked(self, item_id: int) -> None:
        self.item.choose(0, "")
        self._labels.add(item_id)
        self._to_copies()

    def _typed(self, text: str) -> None:
        if text and self._labels.add_code(text):
            self.item.choose(0, "")
            self._to_copies()

    def _to_copies(self) -> None:
        self.copies.setFocus()
        self.copies.selectAll()

    def _copied(self) -> None:
        self._labels.set_copies(typed_count(self.copies.text()))
        if not self._labels.errors:
            self.item.setFocus()

    def _begun(self) -> None:
        first = typed_count(self.first.text())
        if first != self._labels.first:
            self._labels.begin_at(first)

    def _calibrated(self) -> None:
        x, y = tenths(self.off_x.text()), tenths(self.off_y.text())
        if x is None or y is None:
            words = {"x" if x is None else "y": _("Type millimetres, such as 1,5 or -0,5.")}
            self._labels.tell(errors=words)
        elif (x, y) != (self._labels.x, self._labels.y):
            self._labels.calibrate(x, y)

    def _test(self) -> None:
        target = self.choose_save(_("label test") + ".pdf", "PDF (*.pdf)")
        if target is not None:
            self._saved = target
            self._labels.save_test(target)

    def _open(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self._labels
        labels = work.tray.labels
        rows = [
            Row(
                at,
                label.name,
                f"{label.code} · {label.seller_code}",
                _("{count} labels").format(count=thousands(label.copies)),
                rupiah(label.price),
            )
            for at, label in enumerate(labels, 1)
        ]
        self.list.set_rows(rows, work.at + 1)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.empty.setVisible(bool(rows))
        marked = 0 <= work.at < len(labels)
        self.copies.setEnabled(marked)
        if "copies" not in work.errors:
            self.copies.setText(str(labels[work.at].copies) if marked else "")
        self.sheet.choose(SHEETS.index(work.sheet) + 1)
        if "start" not in work.errors:
            self.first.setText(str(work.first))
        if not {"x", "y"} & set(work.errors):
            self.off_x.setText(tenths_text(work.x))
            self.off_y.setText(tenths_text(work.y))
        self.view.show_sheet(work.sheet, work.first, work.tray.count)
        self._total.set_text(_("{count} labels").format(count=thousands(work.tray.count)))
        self._needs.set_text(_("{count} sheets").format(count=thousands(work.sheets_needed)))
        self.open_pdf.setVisible(
            self._saved is not None and bool(work.note) and self._saved.name in work.note
        )
        for button in (self.pdf, self.strip, self.test):
            button.setEnabled(not work.busy)
