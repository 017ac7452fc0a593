"""Coming home: what became of every item that a stand was given, and what is scanned in."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import thousands
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.type_ahead import TypeAhead
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.queries.transfers import Whereabouts
    from pos.ui.others.home import HomeWork


class HomePage(GoodsPage):
    """Scanning a label says that the piece is here."""

    def __init__(self, work: "HomeWork") -> None:
        super().__init__(work)
        self.home = work
        self.stand = DropDown(_("From which stand"))
        self.stand.currentIndexChanged.connect(self._stand_chosen)
        self.item = TypeAhead(_("Scan, or type the code"))
        self.item.search = lambda _typed: []
        self.item.typed.connect(self._typed)
        self.reason = TextInput("", _("lost at the bazaar"))
        self.reason.textEdited.connect(self._reason_typed)
        self.fields = {
            "item": Field(_("What has come home"), self.item),
            "reason": Field(_("Why it is missing"), self.reason),
        }
        self.table = Table(
            _("What the stand was given"),
            (
                TableColumn(_("Item"), 3.4, tone="name"),
                TableColumn(_("Seller"), 0.9, tone="muted"),
                TableColumn(_("Sent"), 0.9, right=True),
                TableColumn(_("Sold"), 0.9, right=True),
                TableColumn(_("Came back"), 1.0, right=True),
                TableColumn(_("Missing"), 0.9, right=True, tone="strong"),
            ),
        )
        self.table.pressed.connect(work.take_off)
        self.everything = Button(_("All that is left is here"), "outline", icon="check")
        self.everything.clicked.connect(work.everything)
        self.put = Button("", "primary", icon="check", key="F9", big=True)
        self.put.clicked.connect(self.save)
        self.write_off = Button("", "danger", icon="trash")
        self.write_off.clicked.connect(work.write_off)
        self._until = Label("", "body", "muted", wrap=True)
        self._sums = Label("", "item", wrap=True)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        left = column(
            Field(_("From which stand"), self.stand),
            self._until,
            frame("card", column(self.table)),
            gap=10,
            margins=(18, 4, 18, 18),
        )
        left.setStretch(2, 1)
        side = column(
            Label(_("Back home"), "title"),
            self.fields["item"],
            self.everything,
            self._sums,
            self.put,
            self.said,
            None,
            self.fields["reason"],
            self.write_off,
            gap=10,
            margins=(18, 16, 18, 18),
        )
        inner = QWidget()
        inner.setLayout(side)
        self.panel = frame("panel", column(scroll(inner)))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.item.setFocus()

    def save(self) -> None:
        """See GoodsPage."""
        if not self.home.busy:
            self.home.save()

    def scanned(self, code: str) -> None:
        """See GoodsPage."""
        self.home.add_code(code)

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if topics & {"stands", "stock"} and not self.home.busy:
            note, errors = self.home.note, self.home.errors
            self.home.refresh()
            self.home.tell(note=note, errors=errors)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self.home
        self.stand.blockSignals(True)  # noqa: FBT003 (Qt's own)
        choices = [(stand.stand_id, f"{stand.name} ({stand.code})") for stand in work.stands]
        self.stand.set_choices(choices, work.stand_id)
        self.stand.blockSignals(False)  # noqa: FBT003 (Qt's own)
        until = work.known_until
        self._until.setText(
            _("Sales there are known up to {date}.").format(date=until)
            if until
            else _("No box has come from there yet: what was sold is not known here.")
        )
        self.table.set_lines([self._line(one) for one in work.rows])
        self._sums.setText(
            _("{scanned} pieces scanned in · {missing} missing").format(
                scanned=thousands(work.pieces), missing=thousands(work.missing)
            )
        )
        self.put.setText(_("Onto the shelf: {count}").format(count=thousands(work.pieces)))
        self.put.setEnabled(bool(work.pieces) and not work.busy)
        self.write_off.setText(
            _("Write off what is missing: {count}").format(count=thousands(work.missing))
        )
        for part in (self.fields["reason"], self.write_off):
            part.setVisible(bool(work.missing) and bool(until))
        if self.reason.text() != work.reason:
            self.reason.setText(work.reason)

    # -- inside ------------------------------------------------------------------------------

    def _line(self, one: "Whereabouts") -> Line:
        fresh = self.home.scanned.get(one.item_id, 0)
        back = thousands(one.came_back + fresh)
        left = self.home.left(one)
        return Line(
            one.item_id,
            (
                f"{one.code} · {one.name}",
                one.seller_code,
                thousands(one.sent),
                thousands(one.sold),
                f"{back} (+{fresh})" if fresh else back,
                thousands(left) if left else "–",
            ),
            faded=not left and not fresh,
        )

    def _stand_chosen(self, _index: int) -> None:
        if self.stand.chosen != self.home.stand_id:
            self.home.choose_stand(self.stand.chosen)

    def _typed(self, text: str) -> None:
        if text and self.home.add_code(text):
            self.item.choose(0, "")

    def _reason_typed(self, text: str) -> None:
        self.home.reason = text
