"""The panels beside the shelf: an item, its card's fields, what was lost, a correction."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from pos.formats import format_date
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slip import terms_text
from pos.ui import actions
from pos.ui.goods.draft import MAX_NAME
from pos.ui.goods.finding import pieces
from pos.ui.goods.kinds import KindPick, kind_name
from pos.ui.goods.picture import Thumb, clipboard_picture
from pos.ui.goods.shelf import ShelfWork
from pos.ui.goods.side import head, panel
from pos.ui.goods.words import bearer_name, move_row
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.events.consignment import LossKind
    from pos.services.queries.notes import ItemDetail
    from pos.ui.desk import Desk

_PICTURE: Final = QSize(108, 81)


class ItemPanel(QWidget):
    """The chosen item: what it is, and how its pieces came and went."""

    edit = Signal()
    label = Signal()
    withdraw = Signal()
    lose = Signal()
    correct = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._code = ElidedLabel("", "title")
        self._thumb = Thumb(desk, _PICTURE)
        self._name = Label("", "item", wrap=True)
        self._price = ElidedLabel("", "lead")
        self._facts = Label("", "small", "muted", wrap=True)
        self._on_hand = ElidedLabel("", "title", "brand")
        self.said = Label("", "body", wrap=True)
        self.moves = RowList(_("How pieces came and went"), height=54)
        self._none = Label(_("Choose an item to see its card and its history."), "body", "muted")
        self._none.setWordWrap(True)
        self.buttons = {
            "edit": Button(_("Edit"), "outline", icon="pencil-simple"),
            "label": Button(_("Labels"), "outline", icon="barcode"),
            "withdraw": Button(_("Withdraw"), "outline", icon="arrow-u-up-left"),
            "lose": Button(_("Lost, damaged"), "outline", icon="warning"),
            "correct": Button(_("Set count right"), "outline", icon="scales"),
        }
        for name, told in (
            ("edit", self.edit),
            ("label", self.label),
            ("withdraw", self.withdraw),
            ("lose", self.lose),
            ("correct", self.correct),
        ):
            self.buttons[name].clicked.connect(told)
        self._lay_out()

    def _lay_out(self) -> None:
        words = column(self._name, self._price, None, gap=4)
        top = row(self._thumb, words, gap=14)
        top.setStretch(1, 1)
        first = row(self.buttons["edit"], self.buttons["label"], self.buttons["withdraw"], gap=6)
        second = row(self.buttons["lose"], self.buttons["correct"], gap=6)
        self._body = QWidget()
        body = column(
            top,
            self._facts,
            2,
            first,
            second,
            self.said,
            4,
            Label(_("How pieces came and went"), "label", "muted"),
            gap=8,
            margins=(18, 14, 18, 4),
        )
        holder = column(body, self.moves, gap=0)
        holder.setStretch(1, 1)
        self._body.setLayout(holder)
        empty = QWidget()
        empty.setLayout(column(self._none, None, margins=(18, 18, 18, 0)))
        self._empty = empty
        whole = column(head(self._code, None, self._on_hand, 8), empty, self._body, gap=0)
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_item(self, work: ShelfWork) -> None:
        """The chosen item, or that none is chosen."""
        item = work.item
        self._empty.setVisible(item is None)
        self._body.setVisible(item is not None)
        if item is None:
            self._code.set_text(_("Shelf"))
            self._on_hand.set_text("")
            return
        self._code.set_text(f"{item.code} · {item.seller_code}")
        self._on_hand.set_text(pieces(item.on_hand))
        self._thumb.show_picture(item.picture)
        self._name.setText(item.name)
        self._price.set_text(rupiah(item.price))
        self._facts.setText(_facts(work, item))
        gone = item.on_hand <= 0
        self.buttons["withdraw"].setEnabled(not gone)
        self.buttons["lose"].setEnabled(not gone)
        self.buttons["correct"].setEnabled(item.kind != "made_to_order")
        error = next(iter(work.errors.values()), "") if work.mode == "detail" else ""
        self.said.set_tone("bad" if error else "good")
        self.said.setText(error or work.note)
        self.said.setVisible(bool(error or work.note))
        self.moves.set_rows([move_row(n, move) for n, move in enumerate(work.moves, 1)])


def _facts(work: ShelfWork, item: "ItemDetail") -> str:
    parts = [kind_name(item.kind), work.category_of(item.category_id)]
    lines = [" · ".join(part for part in parts if part)]
    if item.terms is not None:
        lines.append(terms_text(item.terms))
    if item.return_by is not None:
        lines.append(_("Return by {day}").format(day=format_date(item.return_by)))
    if item.barcode:
        lines.append(_("Barcode {code}").format(code=item.barcode))
    return "\n".join(lines)


class _Form(QWidget):
    """A panel with fields, a sentence, and a button that writes."""

    closed = Signal()

    def __init__(self, title: str, button: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.said = Label("", "body", "bad", wrap=True)
        self.save = Button(
            button, "primary", icon="check", key=actions.key_text("goods-save"), big=True
        )
        self.back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        self.back.clicked.connect(self.closed)
        self._title = ElidedLabel(title, "title")

    def lay_out(self, *parts: object) -> None:
        """Parts below each other."""
        inner = QWidget()
        inner.setLayout(column(*parts, None, gap=10, margins=(18, 14, 18, 8)))  # type: ignore[arg-type]
        foot = frame("footer", column(self.said, self.save, gap=8, margins=(18, 10, 18, 16)))
        top = head(self._title, None, self.back)
        self.setLayout(column(panel(top, scroll(inner), foot)))

    def show_errors(self, errors: "dict[str, str]") -> None:
        """Sentences beside their fields, the rest over the button."""
        for name, field in self.fields.items():
            if field.error or name in errors:
                field.show_error(errors.get(name, ""))
        rest = [words for name, words in errors.items() if name not in self.fields]
        self.said.setText(rest[0] if rest else "")
        self.said.setVisible(bool(rest))

    def focus_wrong(self) -> None:
        """To the first field that needs mending."""
        for field in self.fields.values():
            if field.error:
                field.input.setFocus()
                return


class CardPanel(_Form):
    """The card's fields."""

    picture_wanted = Signal()

    def __init__(self, desk: "Desk", work: ShelfWork) -> None:
        super().__init__(_("Change the card"), _("Save"))
        self._desk, self._work = desk, work
        self.name = TextInput()
        self.name.setMaxLength(MAX_NAME)
        self.kind = KindPick()
        self.price = MoneyInput()
        self.category = DropDown(_("Category"))
        self.barcode = TextInput()
        self.return_by = TextInput("", _("31/12/2026 or +30"))
        self.fields = {
            "name": Field(_("Name"), self.name),
            "kind": Field(_("Kind"), self.kind),
            "price": Field(_("Price from now on"), self.price),
            "category": Field(_("Category"), self.category),
            "return_by": Field(_("Return by (may be empty)"), self.return_by),
            "barcode": Field(_("The maker's own barcode (may be empty)"), self.barcode),
        }
        self._thumb = Thumb(desk, QSize(60, 45))
        self._choose = Button(
            _("Picture"), "outline", icon="image", key=actions.key_text("goods-picture")
        )
        self._choose.setToolTip(_("From a file; Ctrl+V takes it from the clipboard."))
        self._choose.clicked.connect(self.picture_wanted)
        self._none = IconButton("x", _("Without a picture"))
        self._none.clicked.connect(lambda: self._set(picture=""))
        actions.bind(self, "goods-picture", self.picture_wanted.emit)
        self.lay_out(*self.fields.values(), row(self._thumb, self._choose, self._none, None))
        self.name.textEdited.connect(lambda text: self._set(name=text))
        self.kind.changed.connect(lambda: self._set(kind=self.kind.value))
        self.price.edited.connect(lambda amount: self._set(price=amount))
        self.category.activated.connect(lambda _at: self._set(category_id=self.category.chosen))
        self.barcode.textEdited.connect(lambda text: self._set(barcode=text))
        self.return_by.textEdited.connect(lambda text: self._set(return_by=text))
        self.name.returnPressed.connect(self.kind.take_focus)
        self.kind.entered.connect(self.price.setFocus)
        self.price.returnPressed.connect(self.category.setFocus)
        self.return_by.returnPressed.connect(self.barcode.setFocus)
        self.barcode.returnPressed.connect(self.save.setFocus)

    def _set(self, **changes: object) -> None:
        self._work.fields = replace(self._work.fields, **changes)  # type: ignore[arg-type]
        if "picture" in changes:
            self._work.tell()

    def opened(self) -> None:
        """The shelves as they are, and the price marked: it is what mostly changes."""
        shelves = [(c.category_id, c.name) for c in self._desk.till.catalog.categories()]
        self.category.set_choices([(0, _("Without a category")), *shelves])
        self.show_fields()
        self.take_focus()

    def take_focus(self) -> None:
        """Into the price."""
        self.price.setFocus()
        self.price.selectAll()

    def show_fields(self) -> None:
        """What the presenter has."""
        fields = self._work.fields
        for line, text in (
            (self.name, fields.name),
            (self.barcode, fields.barcode),
            (self.return_by, fields.return_by),
        ):
            if line.text() != text:
                line.setText(text)
                line.setCursorPosition(0)
        self.kind.set_value(fields.kind)
        if self.price.amount != fields.price:
            self.price.set_amount(fields.price)
        self.category.choose(fields.category_id)
        self._thumb.show_picture(fields.picture)
        self._none.setVisible(bool(fields.picture))
        self.show_errors(dict(self._work.errors))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V with a picture on the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            source = clipboard_picture()
            if source is not None:
                self._work.take_picture(source, discard=True)
                return
        super().keyPressEvent(event)


class LossPanel(_Form):
    """Pieces that are lost or damaged."""

    def __init__(self, work: ShelfWork) -> None:
        super().__init__(_("Lost or damaged"), _("Write off"))
        self._work = work
        kinds: list[tuple[LossKind, str]] = [("loss", _("Lost")), ("damage", _("Damaged"))]
        self.kind: Choice[LossKind] = Choice(kinds, "loss")
        self.qty = TextInput("1")
        self.qty.setMaxLength(5)
        self.reason = TextInput("", _("For example: fell from the rack"))
        self.fields = {
            "qty": Field(_("Pieces"), self.qty),
            "reason": Field(_("Reason"), self.reason),
        }
        self._item = Label("", "item", wrap=True)
        self._worth = Label("", "body", "muted", wrap=True)
        self.qty.textEdited.connect(lambda _text: self._show_worth())
        self.qty.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.write)
        self.save.clicked.connect(self.write)
        self.lay_out(self._item, self.kind, *self.fields.values(), self._worth)

    def opened(self) -> None:
        """For the chosen item."""
        item = self._work.item
        self._item.setText(item.name if item else "")
        self.qty.setText("1")
        self.reason.clear()
        self._show_worth()
        self.take_focus()

    def take_focus(self) -> None:
        """Into the count."""
        self.qty.setFocus()
        self.qty.selectAll()

    def write(self) -> None:
        """Write it off."""
        self._work.lose(typed_count(self.qty.text()), self.kind.value, self.reason.text())

    def _show_worth(self) -> None:
        value = self._work.loss_value(typed_count(self.qty.text()))
        if value is None:
            self._worth.setText("")
            return
        self._worth.setText(
            _("Borne by {who}: the seller is owed {amount}.").format(
                who=bearer_name(value.bearer), amount=rupiah(value.owed)
            )
        )


class CorrectPanel(_Form):
    """The count, set right by hand."""

    def __init__(self, work: ShelfWork) -> None:
        super().__init__(_("Set the count right"), _("Set right"))
        self._work = work
        self.qty = TextInput()
        self.qty.setMaxLength(5)
        self.reason = TextInput("", _("For example: counted wrongly when it came"))
        self.fields = {
            "qty": Field(_("Pieces really on the shelf"), self.qty),
            "reason": Field(_("Reason"), self.reason),
        }
        self._item = Label("", "item", wrap=True)
        self._book = Label("", "body", "muted", wrap=True)
        self.qty.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.write)
        self.save.clicked.connect(self.write)
        self.lay_out(self._item, self._book, *self.fields.values())

    def opened(self) -> None:
        """For the chosen item."""
        item = self._work.item
        if item is not None:
            self._item.setText(item.name)
            self._book.setText(_("The book has {count}.").format(count=pieces(item.on_hand)))
            self.qty.setText(thousands(max(0, item.on_hand)))
        self.reason.clear()
        self.take_focus()

    def take_focus(self) -> None:
        """Into the count."""
        self.qty.setFocus()
        self.qty.selectAll()

    def write(self) -> None:
        """The difference goes into the book."""
        item = self._work.item
        digits = self.qty.text().strip().replace(".", "")
        if item is not None and digits.isdecimal():
            self._work.correct(int(digits) - item.on_hand, self.reason.text())
        else:
            self._work.tell(errors={"qty": _("Type how many pieces.")})


def typed_count(text: str) -> int:
    """Pieces typed; 0 where that is no number."""
    digits = text.strip().replace(".", "")
    return int(digits) if digits.isdecimal() else 0
