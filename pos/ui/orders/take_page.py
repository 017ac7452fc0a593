"""Taking an order: who, who makes it, what, for when, how much ahead."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_orders import ceiling_text
from pos.ui import actions
from pos.ui.goods.finding import find_categories, find_items, find_sellers, seller_text
from pos.ui.goods.item_panels import typed_count
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.picture import PICTURE_FILES, Thumb, clipboard_picture
from pos.ui.goods.type_ahead import Found, TypeAhead
from pos.ui.orders.draft import TakeWork
from pos.ui.widgets.box import column, frame, row, scroll, top_row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.deposits import DepositRule
    from pos.ui.desk import Desk

_DETAILS = 6


class TakePage(GoodsPage):
    """F9 takes the order; closed: Esc was pressed; paying: a deposit is to be paid (a Paying)."""

    closed = Signal()
    paying = Signal(object)

    def __init__(self, desk: "Desk", work: TakeWork) -> None:
        super().__init__(work)
        self._desk, self.take = desk, work
        self._begun = -1
        self.phone = TextInput("", "0812 3456 7890")
        self.seller = TypeAhead(_("Code or workshop"))
        self.price, self.ceiling = MoneyInput(), MoneyInput()
        self._make_customer()
        self._make_piece()
        self._make_money()
        self._lay_out()
        self.start()

    # -- building --------------------------------------------------------------------------------

    def _make_customer(self) -> None:
        work = self.take
        self.customer = TypeAhead(_("Name"), free=True)
        self.customer.search = self._customers
        self.customer.textEdited.connect(lambda text: work.put(customer=text, contact_id=0))
        self.customer.picked.connect(work.choose_customer)
        self.customer.typed.connect(lambda _text: self.phone.setFocus())
        self.phone.returnPressed.connect(self.seller.setFocus)
        self.phone.textEdited.connect(lambda text: work.put(phone=text))
        self.seller.search = lambda typed: find_sellers(self._desk.till, typed)
        self.seller.picked.connect(self._seller_picked)
        self.promised = DateInput(_("Promised for"))
        self.promised.dateChanged.connect(lambda _day: work.put(promised=self.promised.day))
        self.note = TextInput("", _("May be empty"))
        self.note.textEdited.connect(lambda text: work.put(note=text))

    def _make_piece(self) -> None:
        work = self.take
        self.what = TypeAhead(_("Description, or a model's code"), free=True)
        self.what.search = self._models
        self.what.textEdited.connect(lambda text: work.put_piece(name=text, model_id=0))
        self.what.picked.connect(work.choose_model)
        self.what.typed.connect(lambda _text: self.price.setFocus())
        self.category = TypeAhead(_("Category"))
        self.category.search = lambda typed: find_categories(self._desk.till, typed)
        self.category.picked.connect(work.choose_category)
        self.qty = TextInput("1")
        self.qty.setMaxLength(3)
        self.qty.textEdited.connect(self._typed_qty)
        self.price.edited.connect(self._typed_price)
        self.ceiling.edited.connect(lambda amount: work.put_piece(ceiling=amount))
        self.details = [TextInput() for _at in range(_DETAILS)]
        self._details = [Field("", one) for one in self.details]
        self.price.returnPressed.connect(self.details[0].setFocus)
        for at, one in enumerate(self.details):
            one.returnPressed.connect(partial(self._after_detail, at))
            one.textEdited.connect(lambda _text: self._typed_details())
        self.names = TextInput("", _("Size, Colour, Material"))
        self.names.returnPressed.connect(self._names_typed)
        self.edit_names = IconButton("list-plus", _("Which details are asked for"))
        self.edit_names.clicked.connect(self._show_names)
        self.thumb = Thumb(self._desk, QSize(60, 45))
        self.picture = Button(_("Picture"), "outline", icon="image")
        self.picture.setToolTip(_("From a file; Ctrl+V takes it from the clipboard."))
        self.picture.clicked.connect(self._choose_picture)
        self.no_picture = IconButton("x", _("Without a picture"))
        self.no_picture.clicked.connect(work.forget_picture)
        self.add = Button(_("Another piece"), "outline", icon="plus")
        self.add.clicked.connect(self._add)
        self.pieces = RowList(_("Pieces"), height=52)
        self.pieces.setFixedHeight(108)

    def _make_money(self) -> None:
        work = self.take
        self.deposit = MoneyInput()
        self.deposit.edited.connect(self._typed_deposit)
        self.deposit.returnPressed.connect(self.save)
        rules: list[tuple[DepositRule, str]] = [
            ("returned", _("given back")),
            ("split", _("half back")),
            ("kept", _("kept")),
        ]
        self.if_customer: Choice[DepositRule] = Choice(rules, "kept")
        self.if_maker: Choice[DepositRule] = Choice(rules, "returned")
        self.if_customer.changed.connect(lambda: work.put(if_customer=self.if_customer.value))
        self.if_maker.changed.connect(lambda: work.put(if_maker=self.if_maker.value))
        self.total = Label("", "body", wrap=True)
        self.done = Button(
            _("Take the order"),
            "primary",
            icon="check",
            key=actions.key_text("orders-save"),
            big=True,
        )
        self.done.set_low(True)
        self.done.clicked.connect(self.save)

    def _lay_out(self) -> None:
        self.fields = {
            "customer": Field(_("Customer"), self.customer),
            "phone": Field(_("WhatsApp"), self.phone),
            "seller": Field(_("Who makes it"), self.seller),
            "promised": Field(_("Promised for"), self.promised),
            "note": Field(_("Note"), self.note),
            "what": Field(_("What is made"), self.what),
            "category": Field(_("Category"), self.category),
            "qty": Field(_("Pieces"), self.qty),
            "price": Field(_("Price a piece"), self.price),
            "ceiling": Field(_("Estimate: at most"), self.ceiling, _("Empty: the price is agreed")),
            "fields": Field(_("Details asked for, with commas"), self.names),
            "deposit": Field(_("Deposit (DP)"), self.deposit),
        }
        fields = self.fields
        fields["fields"].hide()
        self._detail_box = QWidget()
        details = top_row(*self._details, gap=8)
        details.addWidget(self.edit_names)
        self._detail_box.setLayout(details)
        picture = row(self.thumb, self.picture, self.no_picture, None, self.add, gap=8)
        inner = QWidget()
        inner.setLayout(
            column(
                top_row(fields["customer"], fields["phone"]),
                top_row(fields["seller"], fields["promised"], shares=(3, 2)),
                top_row(fields["what"], fields["category"], shares=(3, 2)),
                self._detail_box,
                fields["fields"],
                top_row(fields["qty"], fields["price"], fields["ceiling"], shares=(2, 4, 4)),
                picture,
                self.pieces,
                fields["note"],
                top_row(
                    Field(_("If the customer withdraws, the deposit is"), self.if_customer),
                    Field(_("If the maker withdraws, the deposit is"), self.if_maker),
                ),
                None,
                gap=10,
                margins=(20, 10, 20, 10),
            )
        )
        foot = row(fields["deposit"], self.total, self.done, gap=14)
        for at, share in enumerate((5, 5, 9)):
            foot.setStretch(at, share)
        foot.setAlignment(self.done, Qt.AlignmentFlag.AlignBottom)
        title = row(Label(_("Take an order"), "heading"), None, margins=(20, 14, 20, 0))
        body = column(title, scroll(inner), gap=4)
        body.setStretch(1, 1)
        body.addWidget(frame("footer", column(self.said, foot, gap=8, margins=(20, 10, 20, 14))))
        self.setLayout(body)

    # -- see GoodsPage ---------------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.customer.setFocus()

    def back(self) -> bool:
        """See GoodsPage."""
        self.closed.emit()
        return True

    def save(self) -> None:
        """See GoodsPage: take it, or first its deposit."""
        paying = self.take.save()
        if paying is not None:
            self.paying.emit(paying)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V with a picture on the clipboard, wherever the focus is."""
        if event.matches(QKeySequence.StandardKey.Paste):
            source = clipboard_picture()
            if source is not None:
                self.take.take_picture(source, discard=True)
                return
        super().keyPressEvent(event)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self.take
        draft, piece = work.draft, work.piece
        if work.number != self._begun:
            self._begun = work.number
            self.customer.choose(0, draft.customer)
            self.if_customer.set_value(draft.if_customer)
            self.if_maker.set_value(draft.if_maker)
        _put(self.customer, draft.customer)
        _put(self.phone, draft.phone)
        _put(self.note, draft.note)
        if work.seller is not None:
            self.seller.choose(work.seller.seller_id, seller_text(work.seller))
        elif not self.seller.hasFocus():
            self.seller.choose(0, "")
        if self.promised.day != work.promised:
            self.promised.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            self.promised.set_day(work.promised)
            self.promised.blockSignals(False)  # noqa: FBT003
        _put(self.what, piece.name)
        if not self.category.hasFocus() or piece.category_id:
            self.category.choose(piece.category_id, piece.category)
        if typed_count(self.qty.text()) != piece.qty:
            self.qty.setText(str(piece.qty))
        for field, amount in (
            (self.price, piece.price),
            (self.ceiling, piece.ceiling),
            (self.deposit, draft.deposit),
        ):
            if field.amount != amount:
                field.set_amount(amount)
        self._show_details()
        self.thumb.show_picture(piece.picture)
        self.no_picture.setVisible(bool(piece.picture))
        rows = [
            Row(
                at,
                one.name,
                " · ".join(filter(None, (*(v for _n, v in one.fields), ceiling_text(one.ceiling)))),
                thousands(one.qty * one.price),
                f"{thousands(one.qty)} x {thousands(one.price)}",
            )
            for at, one in enumerate(draft.pieces, start=1)
        ]
        self.pieces.set_rows(rows, self.pieces.current_id)
        self.pieces.setVisible(bool(rows))
        self._show_total()
        self.done.setEnabled(not work.busy)

    def _show_details(self) -> None:
        names, values = self.take.field_names, self.take.piece.details
        for at, (field, box) in enumerate(zip(self._details, self.details, strict=True)):
            shown = at < len(names)
            field.setVisible(shown)
            if shown:
                field.set_caption(names[at])
                _put(box, values[at] if at < len(values) else "")

    def _show_total(self) -> None:
        words = _("Total {amount}").format(amount=rupiah(self.take.total))
        deposit = self.take.draft.deposit
        if deposit:
            left = rupiah(max(0, self.take.total - deposit))
            rest = _("rest {amount}").format(amount=left)
            words = f"{words} · {rest}"
        self.total.setText(words)

    # -- inside ----------------------------------------------------------------------------------

    def _customers(self, typed: str) -> list[Found]:
        reads = self._desk.till.office.order_reads
        return [
            Found(contact_id, name, f"+{phone}" if phone else "")
            for contact_id, name, phone in reads.customers(typed)
        ]

    def _models(self, typed: str) -> list[Found]:
        seller = self.take.seller
        return find_items(self._desk.till, typed, seller.seller_id if seller else 0)[:12]

    def _seller_picked(self, seller_id: int) -> None:
        self.take.choose_seller(seller_id)
        self.what.setFocus()

    def _typed_qty(self, text: str) -> None:
        self.take.put_piece(qty=typed_count(text))
        self._show_total()

    def _typed_price(self, amount: int | None) -> None:
        self.take.put_piece(price=amount)
        self._show_total()

    def _typed_deposit(self, amount: int | None) -> None:
        self.take.put(deposit=amount)
        self._show_total()

    def _typed_details(self) -> None:
        count = len(self.take.field_names)
        self.take.put_piece(details=tuple(one.text() for one in self.details[:count]))

    def _after_detail(self, at: int) -> None:
        """Enter leads from detail to detail, and on to the deposit."""
        last = at + 1 >= len(self.take.field_names)
        (self.deposit if last else self.details[at + 1]).setFocus()

    def _show_names(self) -> None:
        field = self.fields["fields"]
        field.setVisible(field.isHidden())
        self.names.setText(", ".join(self.take.field_names))
        self.names.setFocus()

    def _names_typed(self) -> None:
        self.fields["fields"].hide()
        self.take.set_fields(self.names.text())

    def _choose_picture(self) -> None:
        kinds = _("Pictures")
        chosen = self.choose_open(f"{kinds} ({PICTURE_FILES})")
        if chosen is not None:
            self.take.take_picture(chosen)

    def _add(self) -> None:
        if self.take.add_piece():
            self.what.setFocus()


def _put(field: TextInput, text: str) -> None:
    if field.text() != text:
        field.setText(text)
