"""The fields of one line that is taken in; Enter goes from each to the next."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import thousands
from pos.receipts.slip import percent_text
from pos.ui import actions
from pos.ui.goods.draft import MAX_NAME, LineFields
from pos.ui.goods.finding import find_categories, find_items, find_sellers, seller_text
from pos.ui.goods.kinds import KindPick
from pos.ui.goods.picture import Thumb, clipboard_picture
from pos.ui.goods.type_ahead import TypeAhead
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from pos.terms import Terms
    from pos.ui.desk import Desk
    from pos.ui.goods.intake import IntakeWork
    from pos.ui.goods.type_ahead import Found

_THUMB: Final = QSize(60, 44)


class IntakeForm(QWidget):
    """Shows the fields of its presenter, and tells it each change."""

    picture_wanted = Signal()
    kept = Signal()

    def __init__(self, desk: "Desk", work: "IntakeWork") -> None:
        super().__init__()
        self._desk, self._work = desk, work
        till = desk.till
        self.seller = TypeAhead(_("Code or name of the seller"), offer=self._offer_seller)
        self.seller.search = lambda typed: find_sellers(till, typed)
        self.name = TypeAhead(_("Name, or the code of an item in the book"), free=True)
        self.name.search = self._find_items
        self.name.setMaxLength(MAX_NAME)
        self.category = TypeAhead(
            _("Type the first letters"), offer=lambda text: _("New: {name}").format(name=text)
        )
        self.category.search = lambda typed: find_categories(till, typed)
        self.kind = KindPick()
        self.price, self.net = MoneyInput(), MoneyInput()
        self.qty = TextInput("1")
        self.qty.setMaxLength(5)
        self.return_by = TextInput("", _("31/12/2026 or +30"))
        self.return_by.setMaxLength(12)
        self.fields = {
            "seller": Field(_("Seller"), self.seller),
            "name": Field(_("Item"), self.name),
            "category": Field(_("Category"), self.category),
            "kind": Field(_("Kind"), self.kind),
            "price": Field(_("Price a piece"), self.price),
            "net": Field(_("Net for the seller"), self.net),
            "qty": Field(_("Pieces"), self.qty),
            "return_by": Field(_("Return by"), self.return_by),
        }
        self._make_picture()
        self._lay_out()
        self._connect()

    def _make_picture(self) -> None:
        self.thumb = Thumb(self._desk, _THUMB)
        self.choose_picture = Button(
            _("Picture"), "outline", icon="image", key=actions.key_text("goods-picture")
        )
        self.choose_picture.setToolTip(_("From a file; Ctrl+V takes it from the clipboard."))
        self.no_picture = IconButton("x", _("Without a picture"))
        self._barcode = ElidedLabel("", "small", "muted")
        self.keep = Button(_("Add the line"), "accent", icon="plus", key="Enter")

    def _lay_out(self) -> None:
        fields = self.fields
        # The kinds have a line of their own: beside the category their words would be cut off.
        two = row(fields["name"], fields["category"], gap=12)
        two.setStretch(0, 3)
        two.setStretch(1, 2)
        three = row(*(fields[name] for name in ("price", "net", "qty", "return_by")), gap=12)
        for at, share in enumerate((3, 3, 2, 3)):
            three.setStretch(at, share)
        picture = row(self.thumb, self.choose_picture, self.no_picture, self._barcode, gap=8)
        picture.setStretch(3, 1)
        picture.addWidget(self.keep)
        body = column(
            fields["seller"],
            4,
            two,
            fields["kind"],
            three,
            2,
            picture,
            gap=10,
        )
        self.setLayout(body)

    def _connect(self) -> None:
        work = self._work
        self.seller.picked.connect(self._seller_picked)
        self.seller.typed.connect(self._seller_typed)
        self.seller.offered.connect(lambda _text: self._new_seller())
        self.name.picked.connect(self._item_picked)
        self.name.typed.connect(self._name_typed)
        self.name.textEdited.connect(self._renamed)
        self.category.picked.connect(self._category_picked)
        self.category.typed.connect(self._category_typed)
        self.category.offered.connect(self._category_typed)
        self.category.textEdited.connect(
            lambda text: work.edit(replace(work.fields, category_id=0, category=text))
        )
        self.kind.changed.connect(self._kind_changed)
        self.kind.entered.connect(self.price.setFocus)
        self.price.edited.connect(lambda amount: work.edit(replace(work.fields, price=amount)))
        self.price.returnPressed.connect(self._after_price)
        self.net.edited.connect(lambda amount: work.edit(replace(work.fields, net=amount)))
        self.net.returnPressed.connect(self._to_count)
        self.qty.textEdited.connect(lambda text: work.edit(replace(work.fields, qty=text)))
        self.qty.returnPressed.connect(self._to_return_by)
        self.return_by.textEdited.connect(
            lambda text: work.edit(replace(work.fields, return_by=text))
        )
        self.return_by.returnPressed.connect(self.keep_line)
        self.keep.clicked.connect(self.keep_line)
        self.choose_picture.clicked.connect(self.picture_wanted)
        self.no_picture.clicked.connect(work.forget_picture)
        actions.bind(self, "goods-picture", self.picture_wanted.emit)

    # -- fields in their order ---------------------------------------------------------------

    def focus_first(self) -> None:
        """The seller first, then the item."""
        if self._work.seller:
            self.name.setFocus()
            return
        # A name that found nobody, before its seller was added: the next letter replaces it.
        self.seller.setFocus()
        self.seller.selectAll()

    def focus_wrong(self) -> None:
        """To the first field that needs mending."""
        for name, field in self.fields.items():
            if name in self._work.errors:
                (self.kind.take_focus if name == "kind" else field.input.setFocus)()
                return

    def keep_line(self) -> None:
        """The line goes on the note, the focus to the next one."""
        if self._work.keep_line():
            self.name.setFocus()
            self.kept.emit()
        else:
            self.focus_wrong()

    def _offer_seller(self, text: str) -> str:
        return _("New seller: {name}").format(name=text)

    def _new_seller(self) -> None:
        from pos.ui import registry

        if any(entry.id == "sellers" for entry in registry.ENTRIES):
            self._desk.navigate.emit("sellers")
        else:
            self._work.tell(errors={"seller": _("There is no seller of this name.")})

    def _seller_picked(self, seller_id: int) -> None:
        if self._work.choose_seller(seller_id):
            self.name.setFocus()

    def _seller_typed(self, text: str) -> None:
        if not text and self._work.seller is None:
            self.seller.open_list()
        elif text:
            self._work.tell(errors={"seller": _("There is no seller of this name.")})

    def _find_items(self, typed: str) -> list["Found"]:
        seller = self._work.seller
        if not typed.strip() or seller is None:
            return []
        return find_items(self._desk.till, typed, seller.seller_id)[:6]

    def _item_picked(self, item_id: int) -> None:
        if self._work.more_of(item_id):
            self._to_qty()

    def _renamed(self, text: str) -> None:
        fields = self._work.fields
        if fields.item_id:
            # Another name is another item.
            self._work.edit(LineFields(name=text, kind=fields.kind, qty=fields.qty))
            self._work.tell()
        else:
            self._work.edit(replace(fields, name=text))

    def _name_typed(self, text: str) -> None:
        if not text:
            return
        if self._work.take_name(text):
            self._to_qty()
        elif "name" not in self._work.errors:
            (self.qty if self._work.fields.item_id else self.category).setFocus()

    def _category_picked(self, category_id: int) -> None:
        work = self._work
        work.edit(replace(work.fields, category_id=category_id, category=self.category.text()))
        self.kind.take_focus()

    def _category_typed(self, text: str) -> None:
        if text:
            self._work.add_category(text)
        self.kind.take_focus()

    def _kind_changed(self) -> None:
        work, kind = self._work, self.kind.value
        qty = work.fields.qty if kind == "stock" else "1"
        work.edit(replace(work.fields, kind=kind, qty=qty))
        work.tell()

    def _after_price(self) -> None:
        """Where a net price is agreed, each item has its own; else Tab leads there."""
        if self._has_net:
            self.net.setFocus()
            self.net.selectAll()
        else:
            self._to_count()

    @property
    def _has_net(self) -> bool:
        agreed = self._work.agreed
        return agreed is not None and agreed.kind == "net"

    def _to_count(self) -> None:
        if self._work.fields.kind == "stock":
            self._to_qty()
        else:
            self._to_return_by()

    def _to_qty(self) -> None:
        self.qty.setFocus()
        self.qty.selectAll()

    def _to_return_by(self) -> None:
        self.return_by.setFocus()
        self.return_by.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V with a picture on the clipboard, wherever the focus is."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste_picture():
            return
        super().keyPressEvent(event)

    def paste_picture(self) -> bool:
        """Take the picture that lies on the clipboard; False where there is none."""
        source = clipboard_picture()
        if source is None:
            return False
        self._work.take_picture(source, discard=True)
        return True

    # -- showing -----------------------------------------------------------------------------

    def _show_prices(self) -> None:
        work = self._work
        for field, amount in ((self.price, work.fields.price), (self.net, work.fields.net)):
            if field.amount != amount:
                field.set_amount(amount)
        self.net.setPlaceholderText(_agreed_text(work.agreed))

    def show_fields(self) -> None:
        """What the presenter has."""
        work, fields = self._work, self._work.fields
        if work.seller is not None:
            self.seller.choose(work.seller.seller_id, seller_text(work.seller))
        elif self.seller.chosen:
            self.seller.choose(0, "")
        known = bool(fields.item_id)
        if self.name.text() != fields.name:
            self.name.setText(fields.name)
        self.name.chosen = 0
        if fields.category_id:
            self.category.choose(fields.category_id, fields.category)
        elif self.category.text() != fields.category:
            self.category.choose(0, fields.category)
        self.kind.set_value(fields.kind)
        self._show_prices()
        for field, text in ((self.qty, fields.qty), (self.return_by, fields.return_by)):
            if field.text() != text:
                field.setText(text)
        for widget in (self.category, self.kind, self.price, self.net, self.choose_picture):
            widget.setEnabled(not known)
        self.qty.setEnabled(fields.kind == "stock")
        self.thumb.show_picture(fields.picture)
        self.no_picture.setVisible(bool(fields.picture) and not known)
        words = fields.code or (_("Barcode {code}").format(code=fields.barcode))
        self._barcode.set_text(words if fields.code or fields.barcode else "")
        self.keep.setText(_("Save the line") if work.at >= 0 else _("Add the line"))


def _agreed_text(agreed: "Terms | None") -> str:
    """What holds where the field stays empty."""
    if agreed is None:
        return ""
    return thousands(agreed.net_price) if agreed.kind == "net" else percent_text(agreed.rate_bp)
