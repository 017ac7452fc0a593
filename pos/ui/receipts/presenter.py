"""Finding a receipt and what can be done with it. No widgets."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.ids import till_of
from pos.services.boxes.words import up_to
from pos.services.queries.receipts import ReceiptQuery
from pos.ui.receipts.latest import LatestSearch
from pos.ui.receipts.query import scanned_number, whole_number

if TYPE_CHECKING:
    from pos.receipts.documents import Receipt
    from pos.services.queries.receipts import ReceiptRow, UncheckedPayment
    from pos.services.queries.returns import ReturnRow
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.bridge import Runner

PAGE = 50
DayChoice = Literal["all", "today", "yesterday", "date"]


@dataclass(frozen=True)
class ReceiptsState:
    """What the screen shows.

    `till_no` is the till whose receipts are shown, 0 for every one. `more` says that older receipts are there to load, `searching` that rows are being looked for; `paper` is the chosen one's, `came_back` what was taken back of it; `note` is the
    last thing done, `sentence` what went wrong with it.
    """

    text: str = ""
    day: DayChoice = "all"
    date: dt.date | None = None
    seller_id: int = 0
    till_no: int = 0
    unchecked_only: bool = False
    rows: "tuple[ReceiptRow, ...]" = ()
    more: bool = False
    unchecked: "tuple[UncheckedPayment, ...]" = ()
    chosen: int = 0
    paper: "Receipt | None" = None
    came_back: "tuple[ReturnRow, ...]" = ()
    searching: bool = False
    busy: bool = False
    note: str = ""
    sentence: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything but the plain list was asked for."""
        return bool(self.text.strip() or self.day != "all" or self.seller_id)

    @property
    def to_tick(self) -> "tuple[UncheckedPayment, ...]":
        """The chosen receipt's payments that nobody has ticked."""
        return tuple(payment for payment in self.unchecked if payment.sale_id == self.chosen)

    @property
    def unchecked_ids(self) -> frozenset[int]:
        """The sales that have a payment to tick."""
        return frozenset(payment.sale_id for payment in self.unchecked)


class ReceiptsPresenter:
    """Searches as the query changes.

    The plain list and a day's are read at once; words and sellers are looked for by `run_aside`,
    beside the window's thread, and `state.searching` says that they are.
    """

    def __init__(
        self,
        till: "Till",
        run: "Runner",
        run_aside: "Runner",
        session: "Callable[[], Session]",
    ) -> None:
        self._till, self._run, self._session = till, run, session
        self._latest = LatestSearch(self._page, run_aside)
        self._open_first = False
        self.tills = till_choices(till)
        self.state = ReceiptsState(till_no=till.unit.till_no if self.tills else 0)
        self.on_change: Callable[[], None] = lambda: None

    # -- asking ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again: the first page, and the payments to tick. Keeps the chosen receipt."""
        self.tills = till_choices(self._till)
        self._set(replace(self.state, unchecked=self._unchecked(self.state)))
        self._search()

    def type(self, text: str) -> None:
        """Another text in the search field; a scanned receipt code is opened at once."""
        number = scanned_number(text)
        if number:
            self.open_number(number)
        else:
            self._ask(replace(self.state, text=text, unchecked_only=False))

    def open_number(self, number: str) -> None:
        """Show the receipt with this number, over any filter; says so if there is none."""
        try:
            sale_id = self._till.receipts.by_number(number)
        except UserError:
            self._ask(ReceiptsState(text=number))
            said = _("There is no receipt {number} in this book.").format(number=number)
            self._set(replace(self.state, sentence=said))
        else:
            self._ask(ReceiptsState(text=number))
            self.choose(sale_id)

    def open_best(self) -> None:
        """Enter in the search field: the receipt meant exactly, else the first that is found."""
        number = whole_number(self.state.text)
        if number:
            self.open_number(number)
        elif self.state.searching:
            self._open_first = True
        elif self.state.rows:
            self.choose(self.state.rows[0].sale_id)

    def choose_day(self, day: DayChoice, date: dt.date | None = None) -> None:
        """Only one business day, or all."""
        self._ask(replace(self.state, day=day, date=date, unchecked_only=False))

    def choose_seller(self, seller_id: int) -> None:
        """Only receipts with something of one seller; 0 for all."""
        self._ask(replace(self.state, seller_id=seller_id, unchecked_only=False))

    def choose_till(self, till_no: int) -> None:
        """Only one till's receipts; 0 for those of all tills that are known here."""
        self._ask(replace(self.state, till_no=till_no, unchecked_only=False))

    def show_unchecked(self, only: bool) -> None:
        """Only what still has to be ticked, or everything again."""
        self._set(replace(self.state, unchecked_only=only, note="", sentence=""))

    def load_more(self) -> None:
        """The next page of older receipts."""
        if self.state.more and self.state.rows and not self.state.searching:
            self._search(before=self.state.rows[-1].sale_id)

    def choose(self, sale_id: int) -> None:
        """Show one receipt's paper."""
        if sale_id == self.state.chosen and self.state.paper is not None:
            return
        paper = self._till.receipts.document(sale_id)
        came_back = self._till.returns.of_sale(sale_id)
        self._set(
            replace(
                self.state, chosen=sale_id, paper=paper, came_back=came_back, note="", sentence=""
            )
        )

    def reread(self) -> None:
        """Something of the chosen receipt may have come back."""
        if self.state.chosen:
            came_back = self._till.returns.of_sale(self.state.chosen)
            self._set(replace(self.state, came_back=came_back))

    # -- doing -------------------------------------------------------------------------------

    def reprint(self) -> None:
        """Print the chosen receipt again, marked as a copy."""
        if self.state.paper is None or self.state.busy:
            return
        sale_id, number = self.state.chosen, self.state.paper.number
        self._set(replace(self.state, busy=True, note="", sentence=""))

        def done(_result: object) -> None:
            note = _("A copy of {number} goes to the printer.").format(number=number)
            self._set(replace(self.state, busy=False, note=note))

        self._run(
            lambda: self._till.receipts.reprint(sale_id),
            done,
            self._fail,
            self._fail,
        )

    def reprint_return(self) -> None:
        """Print the slip of the chosen receipt's last return again, marked as a copy."""
        if not self.state.came_back or self.state.busy:
            return
        last = self.state.came_back[-1]
        self._set(replace(self.state, busy=True, note="", sentence=""))

        def done(_result: object) -> None:
            note = _("A copy of {number} goes to the printer.").format(number=last.number)
            self._set(replace(self.state, busy=False, note=note))

        self._run(lambda: self._till.returns.reprint(last.return_id), done, self._fail, self._fail)

    def check(self, payment_id: int) -> None:
        """Staff saw the money of this payment arrive."""
        if self.state.busy:
            return
        self._set(replace(self.state, busy=True, note="", sentence=""))
        session = self._session()

        def done(_result: object) -> None:
            self._set(replace(self.state, busy=False, note=_("Ticked: the money has arrived.")))
            self.refresh()

        self._run(
            lambda: self._till.receipts.check_payment(payment_id, session=session),
            done,
            self._fail,
            self._fail,
        )

    # -- inside ------------------------------------------------------------------------------

    def _ask(self, state: ReceiptsState) -> None:
        """Another query; the rows of the last one stay until the new ones are there."""
        self._open_first = False
        kept = self.state
        self._set(
            replace(
                state,
                rows=kept.rows,
                more=False,
                unchecked=self._unchecked(state),
                chosen=kept.chosen,
                paper=kept.paper,
                came_back=kept.came_back,
                note="",
                sentence="",
            )
        )
        self._search()

    def _unchecked(self, state: ReceiptsState) -> "tuple[UncheckedPayment, ...]":
        found = self._till.receipts.unchecked()
        only = state.till_no
        return tuple(one for one in found if not only or till_of(one.payment_id) == only)

    def _search(self, before: int = 0) -> None:
        state = self.state
        query = ReceiptQuery(
            text=state.text.strip(),
            day=self._day(state),
            seller_id=state.seller_id,
            till_no=state.till_no,
        )

        def found(rows: "tuple[ReceiptRow, ...]") -> None:
            self._found(rows, older=bool(before))

        if query.text or query.seller_id:
            self._set(replace(state, searching=True))
            self._latest.ask(query, before, found)
        else:
            self._latest.forget()
            found(self._page(query, before))

    def _found(self, rows: "tuple[ReceiptRow, ...]", *, older: bool) -> None:
        shown = self.state.rows + rows if older else rows
        self._set(replace(self.state, rows=shown, more=len(rows) == PAGE, searching=False))
        if self._open_first:
            self._open_first = False
            self.open_best()

    def _page(self, query: ReceiptQuery, before: int) -> "tuple[ReceiptRow, ...]":
        return self._till.receipts.search(query, limit=PAGE, before=before)

    def _day(self, state: ReceiptsState) -> dt.date | None:
        if state.day == "all":
            return None
        if state.day == "date":
            return state.date
        today = self._till.business_date()
        return today if state.day == "today" else today - dt.timedelta(days=1)

    def _fail(self, error: TitipError) -> None:
        self._set(replace(self.state, busy=False, sentence=error.sentence))

    def _set(self, state: ReceiptsState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def empty_sentence(state: ReceiptsState) -> str:
    """Why the list is empty, and what to do about it."""
    if state.searching:
        return _("Looking…")
    if state.unchecked_only:
        return _("Nothing to check: every QRIS and transfer payment is ticked.")
    if state.filtered:
        return _("No receipt fits. Try less text, another day or all sellers.")
    return _("No receipts yet. The first sale appears here.")


def till_choices(till: "Till") -> tuple[tuple[int, str], ...]:
    """The tills whose receipts are here, with up to when others are known; none where it is one."""
    known = till.boxes.known()
    if len(known) < 2:
        return ()
    mine, zone = till.unit.till_no, till.info.zone
    names = [
        (one.till_no, one.till_code)
        if one.till_no == mine
        else (one.till_no, up_to(one.till_code, one.at, zone))
        for one in known
    ]
    return (*names, (0, _("All tills")))
