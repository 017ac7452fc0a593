"""Terms: what was agreed, and a new agreement from a day on."""

from pos.errors import UserError
from pos.i18n import _
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.terms import TermsWork, agreement_row
from pos.ui.sellers.terms_form import TermsForm
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

_ROW = 58
_LOWEST = 2 * _ROW


class TermsPage(GoodsPage):
    """A form above the history."""

    def __init__(self, work: TermsWork) -> None:
        super().__init__(work)
        self.terms_work = work
        self._seller_id = 0
        self.form = TermsForm()
        self.item = DropDown(_("For"))
        self.day = DateInput(_("Holds from"))
        self._day = Field(_("Holds from"), self.day)
        self.fields = {"valid_from": self._day}
        self.agree = Button(
            _("Agree"), "primary", icon="check", key=actions.key_text("sellers-save")
        )
        self.agree.clicked.connect(self.save)
        self.list = RowList(_("Terms so far"), height=_ROW)
        self.list.setMinimumHeight(_LOWEST)
        about = row(Field(_("For"), self.item), self._day, gap=12)
        about.setStretch(0, 1)
        note = Label(
            _("What is sold already keeps the terms of its day."), "small", "muted", wrap=True
        )
        deal = row(self.agree, note, gap=12)
        deal.setStretch(1, 1)
        head = column(
            Label(_("New agreement"), "title"),
            self.form,
            about,
            deal,
            self.said,
            gap=8,
        )
        history = frame("card", column(self.list, margins=(2, 4, 2, 4)))
        body = column(head, 6, Label(_("Terms so far"), "title"), history, gap=8)
        body.setStretch(3, 1)
        body.setContentsMargins(2, 2, 2, 2)
        self.setLayout(body)
        self.start()

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.form.percent_input.setFocus()
        self.form.percent_input.selectAll()

    def save(self) -> None:
        """See GoodsPage."""
        try:
            terms = self.form.read()
        except UserError as error:
            self.terms_work.agree(error, self.terms_work.today(), 0)
            return
        self.terms_work.agree(terms, self.day.day, self.item.chosen)

    def show_work(self) -> None:
        """See GoodsPage."""
        work = self.terms_work
        if work.seller_id != self._seller_id:
            self._seller_id = work.seller_id
            self.form.begin()
            items = [(one.item_id, f"{one.code} · {one.name}") for one in work.items]
            self.item.set_choices([(0, _("All goods")), *items], 0)
            today = work.today()
            self.day.not_before(today)
            self.day.set_day(today)
        self.list.set_rows([agreement_row(one) for one in work.agreements], self.list.current_id)
        self.form.show_error(work.errors.get("terms", ""))
        super().show_work()
        if "terms" in work.errors:
            self.said.hide()
