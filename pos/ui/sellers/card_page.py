"""The card of a seller."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos.i18n import _
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.card import CardFields, CardWork
from pos.ui.sellers.terms_form import TermsForm
from pos.ui.widgets.box import column, row, top_row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from pos.events.goods import LossBasis
    from pos.terms import Bearer

_PIN_LENGTH = 8
_CODE_LENGTH = 5
_WIDEST = 840
"""Pixels: a line of a form that is longer is hard to follow."""


class CardPage(GoodsPage):
    """open_other: the id of the seller who is meant instead of a new one."""

    open_other = Signal(object)

    def __init__(self, work: CardWork) -> None:
        super().__init__(work)
        self.card = work
        self._filled = -1
        self._suggested = ""
        self._make_fields()
        self._make_rules()
        self.save_button = Button(
            _("Save"), "primary", icon="check", key=actions.key_text("sellers-save")
        )
        self.save_button.clicked.connect(self.save)
        self.erase = Button("", "ghost", icon="eraser")
        self.erase.clicked.connect(work.erase)
        self._same = Button("", "accent", icon="user")
        self._same.clicked.connect(self._open_same)
        self._same.hide()
        self._lay_out()
        self.start()

    def _make_fields(self) -> None:
        self.workshop, self.code = TextInput(), TextInput()
        self.code.setMaxLength(_CODE_LENGTH)
        self.maker, self.phone, self.bank = TextInput(), TextInput(), TextInput()
        self.phone.setPlaceholderText("0812 3456 7890")
        self.bank.setPlaceholderText(_("BCA 1234567890 in the name of …"))
        self.cluster = DropDown(_("Cluster"))
        self.new_cluster = TextInput(placeholder=_("or type a new one"))
        self.pin, self.again = _pin_input(), _pin_input()
        self.workshop.textEdited.connect(self._named)
        self._cluster_field = Field(_("Cluster"), self.cluster)
        self.fields = {
            "workshop": Field(_("Workshop or brand"), self.workshop),
            "code": Field(_("Code on the labels"), self.code),
            "maker": Field(_("Maker's name"), self.maker),
            "phone": Field(_("WhatsApp"), self.phone),
            "cluster": Field(_("New cluster"), self.new_cluster),
            "bank": Field(_("Bank account or e-wallet"), self.bank),
            "pin": Field(_("PIN for Cek titipan"), self.pin),
            "pin_again": Field(_("The PIN again"), self.again),
        }
        for field in self.fields.values():
            if isinstance(field.input, QLineEdit):
                field.input.returnPressed.connect(partial(self._after, field.input))

    def _make_rules(self) -> None:
        bearers: list[tuple[Bearer, str]] = [
            ("stand", _("Stand")),
            ("shared", _("Half each")),
            ("seller", _("Seller")),
        ]
        bases: list[tuple[LossBasis, str]] = [
            ("share", _("Seller's share")),
            ("price", _("Full price")),
        ]
        self.bearer: Choice[Bearer] = Choice(bearers, "stand")
        self.basis: Choice[LossBasis] = Choice(bases, "share")
        self.active = Switch(_("Active: goods are taken in and sold"), on=True)
        self.terms = TermsForm()

    def _lay_out(self) -> None:
        fields = self.fields
        self._pin_note = Label("", "small", "muted", wrap=True)
        self._terms_title = Label(_("Terms"), "label", "muted")
        loss = column(Label(_("Who bears a lost piece"), "label", "muted"), self.bearer, gap=6)
        basis = column(Label(_("What counts then"), "label", "muted"), self.basis, gap=6)
        inner = column(
            top_row(fields["workshop"], fields["code"], shares=(3, 1)),
            self._same,
            top_row(fields["maker"], fields["phone"]),
            top_row(self._cluster_field, fields["cluster"]),
            fields["bank"],
            self._terms_title,
            self.terms,
            loss,
            basis,
            top_row(fields["pin"], fields["pin_again"]),
            self._pin_note,
            self.active,
            row(self.save_button, None, self.erase),
            self.said,
            None,
            gap=10,
            margins=(2, 2, 12, 2),
        )
        self.setLayout(inner)
        self.setMaximumWidth(_WIDEST)

    # -- see GoodsPage -------------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.workshop.setFocus()

    def save(self) -> None:
        """See GoodsPage."""
        self.card.save(
            CardFields(
                workshop=self.workshop.text(),
                code=self.code.text(),
                maker=self.maker.text(),
                phone=self.phone.text(),
                cluster_id=self.cluster.chosen,
                new_cluster=self.new_cluster.text(),
                bank=self.bank.text(),
                loss_bearer=self.bearer.value,
                loss_basis=self.basis.value,
                active=self.active.isChecked(),
                pin=self.pin.text(),
                pin_again=self.again.text(),
            ),
            self.terms.read,
        )

    def show_work(self) -> None:
        """See GoodsPage."""
        if self.card.number != self._filled:
            self._filled = self.card.number
            self._fill()
        similar = self.card.similar
        self._same.setVisible(bool(similar))
        if similar:
            self._same.setText(
                _("Open {name} ({code})").format(name=similar[0].workshop, code=similar[0].code)
            )
        self.terms.show_error(self.card.errors.get("terms", ""))
        self.save_button.setEnabled(not self.card.busy)
        sure = self.card.erase_asked
        self.erase.setText(
            _("Really erase? It can't be undone") if sure else _("Erase personal data")
        )
        self.erase.setVisible(self.card.detail is not None)
        super().show_work()
        self.go_to_error()
        if "terms" in self.card.errors:
            self.said.hide()

    # -- inside --------------------------------------------------------------------------------

    def _fill(self) -> None:
        fields, detail = self.card.fields(), self.card.detail
        new = detail is None
        for field, text in (
            (self.workshop, fields.workshop),
            (self.code, fields.code),
            (self.maker, fields.maker),
            (self.phone, fields.phone),
            (self.bank, fields.bank),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        for field in (self.new_cluster, self.pin, self.again):
            field.clear()
        clusters = [(one.cluster_id, one.name) for one in self.card.clusters]
        self.cluster.set_choices(clusters, fields.cluster_id)
        self.code.setReadOnly(not new)
        self.code.setEnabled(new)
        self.bearer.set_value(fields.loss_bearer)
        self.basis.set_value(fields.loss_basis)
        self.active.setChecked(fields.active)
        self.active.setVisible(not new)
        self._terms_title.setVisible(new)
        self.terms.setVisible(new)
        if new:
            self.terms.begin()
        self._suggested = ""
        for shown in self.fields.values():
            shown.show_error("")
        self._pin_note.setText(_pin_words(self.card))

    def _named(self, text: str) -> None:
        if self.card.detail is not None:
            return
        typed = self.code.text()
        suggested = self.card.named(text)
        if typed == self._suggested:
            self.code.setText(suggested)
        self._suggested = suggested

    def _open_same(self) -> None:
        if self.card.similar:
            self.open_other.emit(self.card.similar[0].seller_id)

    def _after(self, field: QLineEdit) -> None:
        field.focusNextChild()


def _pin_input() -> TextInput:
    field = TextInput()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(_PIN_LENGTH)
    return field


def _pin_words(card: CardWork) -> str:
    if card.detail is None:
        return _("With a PIN the seller can look at their own goods and money on this till.")
    if card.detail.pin_locked:
        return _("The PIN is locked after too many wrong tries. A new one opens it.")
    if card.detail.has_pin:
        return _("Leave empty to keep the PIN.")
    return _("There is no PIN yet: the seller can't use Cek titipan.")
