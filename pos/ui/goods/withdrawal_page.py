"""Withdrawal: whose, what and why on the left, the slip as it grows on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import thousands
from pos.ui.goods.finding import find_items, find_sellers, pieces, seller_text
from pos.ui.goods.item_panels import typed_count
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.side import DoneSide, LinesSide
from pos.ui.goods.type_ahead import TypeAhead
from pos.ui.goods.withdrawal import BackLine, WithdrawalWork
from pos.ui.goods.words import reason_name
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.events.consignment import Channel, WithdrawalReason
    from pos.services.queries.slips import WithdrawalRow
    from pos.ui.desk import Desk
    from pos.ui.goods.type_ahead import Found


class WithdrawalPage(GoodsPage):
    """Scanning a label puts a piece on the slip."""

    def __init__(self, desk: "Desk", work: WithdrawalWork) -> None:
        super().__init__(work)
        self._desk, self._back = desk, work
        self._make_fields()
        self.lines = LinesSide(
            _("Withdrawal slip"),
            _("Scan the labels of what goes back, or look for it by name."),
            _("Save and print"),
        )
        self.lines.list.chosen.connect(lambda number: work.mark(number - 1))
        self.lines.mend.connect(self._to_qty)
        self.lines.remove.connect(work.remove)
        self.lines.save.clicked.connect(self.save)
        self.done = DoneSide(_("Withdrawal slip"), _("Next slip"))
        self.done.printed.connect(work.reprint)
        self.done.pdf.connect(self._pdf)
        self.done.closed.connect(self._next)
        self.slips = RowList(_("Earlier slips"), height=54)
        self.slips.clicked.connect(lambda _index: work.show_slip(self.slips.current_id))
        self.slips.opened.connect(work.show_slip)
        self._lay_out()
        self._connect()
        self.start()

    def _make_fields(self) -> None:
        till = self._desk.till
        self.seller = TypeAhead(_("Code or name of the seller"))
        self.seller.search = lambda typed: find_sellers(till, typed)
        self.item = TypeAhead(_("Scan, or type name or code"))
        self.item.search = self._find_items
        reasons: list[tuple[WithdrawalReason, str]] = [
            ("unsold", _("Unsold")),
            ("online", _("Sold online")),
            ("repair", _("Repair")),
            ("other", _("Other")),
        ]
        self.reason: Choice[WithdrawalReason] = Choice(reasons, "unsold")
        channels: list[tuple[Channel, str]] = [
            ("shopee", "Shopee"),
            ("tokopedia", "Tokopedia"),
            ("tiktok", "TikTok"),
            ("other", _("Other")),
        ]
        self.channel: Choice[Channel] = Choice(channels, "shopee")
        self.qty = TextInput()
        self.qty.setMaxLength(5)
        self.online = MoneyInput()
        self.remark = TextInput("", _("May be empty"))
        self.fields = {
            "seller": Field(_("Seller"), self.seller),
            "item": Field(_("What goes back"), self.item),
            "reason": Field(_("Why"), self.reason),
            "channel": Field(_("Sold through"), self.channel),
            "qty": Field(_("Pieces"), self.qty),
            "online_price": Field(_("Sold online for, a piece (if told)"), self.online),
            "note": Field(_("Note"), self.remark),
        }

    def _lay_out(self) -> None:
        fields = self.fields
        self._line_name = ElidedLabel("", "label", "brand")
        figures = row(fields["qty"], fields["online_price"], gap=12)
        figures.setStretch(0, 1)
        figures.setStretch(1, 2)
        inner = QWidget()
        body = column(
            fields["seller"],
            fields["item"],
            fields["reason"],
            fields["channel"],
            fields["note"],
            self._line_name,
            figures,
            self.said,
            4,
            gap=10,
            margins=(18, 14, 18, 14),
        )
        self._earlier = Label(_("Earlier slips"), "label", "muted")
        body.addWidget(self._earlier)
        body.addWidget(self.slips, 1)
        self.slips.setMinimumHeight(120)
        inner.setLayout(body)
        left = frame("card", column(scroll(inner), margins=(1, 4, 1, 4)))
        self.side = QStackedWidget()
        self.side.addWidget(self.lines)
        self.side.addWidget(self.done)
        self.panel = frame("panel", column(self.side))
        whole = row(gap=0)
        whole.addLayout(row(left, margins=(18, 0, 18, 18)), 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)
        self._form = inner

    def _connect(self) -> None:
        work = self._back
        self.seller.picked.connect(self._seller_picked)
        self.item.picked.connect(self._item_picked)
        self.item.typed.connect(self._item_typed)
        self.reason.changed.connect(lambda: work.set_reason(self.reason.value))
        self.channel.changed.connect(self._channel_chosen)
        self.qty.returnPressed.connect(self._qty_typed)
        self.online.edited.connect(work.set_online)
        self.online.returnPressed.connect(self.item.setFocus)
        self.remark.textEdited.connect(self._remarked)
        self.remark.returnPressed.connect(self.item.setFocus)

    # -- see GoodsPage ---------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        if self._back.done is not None:
            self.done.go_on.setFocus()
        else:
            (self.item if self._back.seller else self.seller).setFocus()

    def back(self) -> bool:
        """See GoodsPage."""
        if self._back.done is not None:
            self._next()
            return True
        return False

    def save(self) -> None:
        """See GoodsPage."""
        if self._back.done is not None or self._back.busy:
            return
        if self.qty.hasFocus():
            self._back.set_qty(typed_count(self.qty.text()))
            if self._back.errors:
                return
        self._back.save()

    def scanned(self, code: str) -> None:
        """See GoodsPage: one more piece."""
        if self._back.add_code(code):
            self.item.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the marked line off while the list has the focus."""
        if event.key() == Qt.Key.Key_Delete and self.lines.list.hasFocus():
            self._back.remove(self.lines.list.current_id - 1)
            return
        super().keyPressEvent(event)

    # -- inside ------------------------------------------------------------------------------

    def _find_items(self, typed: str) -> "list[Found]":
        seller = self._back.seller
        return find_items(self._desk.till, typed, seller.seller_id if seller else 0, on_shelf=True)

    def _seller_picked(self, seller_id: int) -> None:
        if self._back.choose_seller(seller_id):
            self.item.setFocus()

    def _item_picked(self, item_id: int) -> None:
        self.item.choose(0, "")
        self._back.add(item_id)

    def _item_typed(self, text: str) -> None:
        if text and self._back.add_code(text):
            self.item.choose(0, "")
        elif not text:
            self.item.open_list()

    def _channel_chosen(self) -> None:
        self._back.channel = self.channel.value

    def _remarked(self, text: str) -> None:
        self._back.remark = text

    def _to_qty(self, at: int) -> None:
        self._back.mark(at)
        self.qty.setFocus()
        self.qty.selectAll()

    def _qty_typed(self) -> None:
        self._back.set_qty(typed_count(self.qty.text()))
        if self._back.errors:
            return
        (self.online if self._back.reason == "online" else self.item).setFocus()

    def _pdf(self) -> None:
        slip = self._back.done
        if slip is not None:
            target = self.choose_save(f"{slip.number}.pdf", "PDF (*.pdf)")
            if target is not None:
                self._back.save_slip_pdf(target)

    def _next(self) -> None:
        self._back.next_slip()
        self.focus_first()

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self._back
        if work.seller is not None:
            self.seller.choose(work.seller.seller_id, seller_text(work.seller))
        elif self.seller.chosen:
            self.seller.choose(0, "")
        self.reason.set_value(work.reason)
        if work.channel:
            self.channel.set_value(work.channel)
        online = work.reason == "online"
        if self.remark.text() != work.remark:
            self.remark.setText(work.remark)
        self.fields["channel"].setVisible(online)
        self._show_line(online=online)
        rows = [_line_row(at, line, online=online) for at, line in enumerate(work.lines)]
        self.lines.list.set_rows(rows, work.at + 1)
        self.lines.show_lines(rows, work.pieces, work.value, busy=work.busy)
        self.slips.set_rows([_slip_row(slip) for slip in work.slips], self.slips.current_id)
        self.slips.setVisible(bool(work.slips))
        self._earlier.setVisible(bool(work.slips))
        self._show_done()

    def _show_line(self, *, online: bool) -> None:
        work = self._back
        line = work.lines[work.at] if 0 <= work.at < len(work.lines) else None
        self._line_name.setVisible(line is not None)
        self.fields["qty"].setVisible(line is not None)
        self.fields["online_price"].setVisible(line is not None and online)
        if line is None:
            return
        words = _("{name}: {count} on hand").format(name=line.name, count=thousands(line.on_hand))
        self._line_name.set_text(words)
        if not work.errors.get("qty") and self.qty.text() != str(line.qty):
            self.qty.setText(str(line.qty))
        if self.online.amount != line.online:
            self.online.set_amount(line.online)

    def _show_done(self) -> None:
        slip = self._back.done
        shown = self.side.currentWidget() is self.done
        self._form.setEnabled(slip is None)
        if slip is None:
            self.side.setCurrentWidget(self.lines)
            return
        self.side.setCurrentWidget(self.done)
        rows = [
            Row(
                line.item_id,
                line.name,
                line.code,
                thousands(line.qty * line.price),
                f"{thousands(line.qty)} x {thousands(line.price)}",
            )
            for line in slip.lines
        ]
        value = sum(line.qty * line.price for line in slip.lines)
        who = f"{slip.seller_code} · {slip.workshop} · {reason_name(slip.reason)}"
        self.done.show_paper(slip.number, who, slip.pieces, value, rows)
        error = next(iter(self._back.errors.values()), "")
        self.done.say(error or self._back.note, bad=bool(error))
        self.said.hide()
        if not shown and self.isVisible():
            self.done.go_on.setFocus()


def _line_row(at: int, line: BackLine, *, online: bool) -> Row:
    told = ""
    if online and line.online:
        told = _("online {amount}").format(amount=thousands(line.online))
    return Row(
        at + 1,
        line.name,
        " · ".join(part for part in (line.code, told) if part),
        thousands(line.qty * line.price),
        f"{thousands(line.qty)} x {thousands(line.price)}",
    )


def _slip_row(slip: "WithdrawalRow") -> Row:
    when = f"{format_date_short(slip.at.date())} {format_time(slip.at)}"
    return Row(
        slip.withdrawal_id,
        f"{slip.seller_code} · {slip.workshop}",
        f"{slip.number} · {when} · {reason_name(slip.reason)}",
        pieces(slip.pieces),
    )
