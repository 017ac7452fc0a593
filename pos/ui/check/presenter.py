"""Cek titipan: a code and a PIN let a seller see what is theirs. No widgets.

Everything that is read goes by the id that the PIN gave; nothing that is typed or scanned afterwards
reaches a query.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from pos.i18n import _
from pos.services.pins import WrongPinError
from pos.services.queries.check import SoldDay, SoldSums
from pos.ui.check.message import statement_text
from pos.ui.sellers.words import elsewhere_text

if TYPE_CHECKING:
    from pos.errors import TitipError
    from pos.services.queries.payouts import PayoutRow
    from pos.services.queries.statement import LastPayout, OpenAccount, StatementLine
    from pos.services.queries.stock import ShelfRow
    from pos.services.sellers import SellerSession
    from pos.services.till import Till
    from pos.terms import Terms
    from pos.ui.bridge import Runner

View = Literal["today", "month", "payout", "all", "shelf", "payouts"]
VIEWS: Final[tuple[View, ...]] = ("today", "month", "payout", "all", "shelf", "payouts")
PAGE: Final = 50
CHART_DAYS: Final = 30
LEAVE_AFTER: Final = 60
"""Seconds without a touch until the screen leaves by itself."""
MAX_CODE: Final = 5
LONG: Final = 200
"""Lines since the last payout; more than that would hold up the screen while they are read."""
_NOTHING: Final = SoldSums()


@dataclass(frozen=True)
class Ask:
    """Before the PIN: what the pad says, and for how many seconds it is closed."""

    busy: bool = False
    sentence: str = ""
    wait: int = 0


@dataclass(frozen=True)
class Mine:
    """What one seller sees (rupiah). `carried` stands under the lines since the last payout.

    `lent` is money for material of open orders, `elsewhere` the account at other stands in words.
    `reading`: these lines are so many that they are read beside the screen, and not there yet.
    """

    code: str
    workshop: str
    cluster: str
    terms: "Terms | None"
    due: int
    last: "LastPayout | None"
    days: tuple[SoldDay, ...]
    sold_today: int
    on_shelf: int
    lent: int = 0
    elsewhere: str = ""
    view: View = "payout"
    lines: "tuple[StatementLine, ...]" = ()
    sums: SoldSums = _NOTHING
    carried: int = 0
    more: bool = False
    shelf: "tuple[ShelfRow, ...]" = ()
    payouts: "tuple[PayoutRow, ...]" = ()
    link: str = ""
    note: str = ""
    reading: bool = False

    @property
    def payable(self) -> int:
        """What a payout would pay: money lent for open orders is not set off yet (rupiah)."""
        return self.due + self.lent


class CheckPresenter:
    """`ask` holds until `mine` is there. `on_change` after each change."""

    def __init__(self, till: "Till", run: "Runner", aside: "Runner | None" = None) -> None:
        self._till, self._run, self._aside = till, run, aside or run
        self._session: SellerSession | None = None
        self._open: tuple[StatementLine, ...] = ()
        self._asked = 0
        self._touched = till.clock.monotonic()
        self.ask = Ask()
        self.mine: Mine | None = None
        self.on_change: Callable[[], None] = lambda: None

    # -- coming in and going out ---------------------------------------------------------------

    def submit(self, code: str, pin: str) -> None:
        """Check code and PIN."""
        if self.ask.busy or self.mine is not None:
            return
        self.touch()
        if not code.strip():
            self._ask(Ask(sentence=_("Type the code that is on your labels first.")))
            return
        self._ask(Ask(busy=True))
        sellers = self._till.sellers
        self._run(
            lambda: sellers.check_pin(code[:MAX_CODE], pin),
            self._accept,
            self._refuse,
            self._refuse,
        )

    def touch(self) -> None:
        """Somebody is there: the time begins anew."""
        self._touched = self._till.clock.monotonic()

    @property
    def seconds_left(self) -> int:
        """Seconds until the screen leaves by itself."""
        gone = self._till.clock.monotonic() - self._touched
        return max(0, LEAVE_AFTER - int(gone))

    def leave(self) -> None:
        """Forget everything."""
        self._session, self.mine, self._open = None, None, ()
        self._asked += 1
        self._ask(Ask())

    # -- looking -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read anew what is in view."""
        if self._session is not None:
            self._show(self.mine.view if self.mine else "payout")

    def show_view(self, view: View) -> None:
        """Other lines, the shelf, or the payouts."""
        mine, session = self.mine, self._session
        if mine is None or session is None:
            return
        blank = replace(
            mine,
            view=view,
            lines=(),
            sums=_NOTHING,
            carried=0,
            more=False,
            shelf=(),
            payouts=(),
            note="",
            reading=False,
        )
        self._put(self._with_view(blank, session.seller_id))

    def load_more(self) -> None:
        """The next page of older lines."""
        mine, session = self.mine, self._session
        if mine is None or session is None or not mine.more or not mine.lines:
            return
        if mine.view == "payout":
            self._set(self._of_open(mine, len(mine.lines) + PAGE))
            return
        older = self._till.office.check.lines(
            session.seller_id,
            since=self._since(mine.view),
            limit=PAGE,
            before=mine.lines[-1].line_id,
        )
        self._set(replace(mine, lines=mine.lines + older, more=len(older) == PAGE))

    def print_it(self) -> None:
        """The account on the receipt printer, for the period in view."""
        mine, session = self.mine, self._session
        if mine is None or session is None:
            return
        papers, since = self._till.office.seller_papers, self._since(mine.view)
        if mine.view == "payout" and mine.last is not None:
            since = mine.last.business_date
        seller_id, code = session.seller_id, session.code

        def done(_nothing: object) -> None:
            self._note(code, _("The statement goes to the printer."))

        def failed(error: "TitipError") -> None:
            self._note(code, error.sentence)

        self._run(lambda: papers.print_statement(seller_id, since=since), done, failed, failed)

    # -- inside --------------------------------------------------------------------------------

    def _accept(self, session: "SellerSession") -> None:
        if not self.ask.busy:
            return
        self._session = session
        self.ask = Ask()
        self.touch()
        self._show("payout")

    def _refuse(self, error: "TitipError") -> None:
        wait = error.wait_seconds if isinstance(error, WrongPinError) else 0
        self._ask(Ask(sentence=error.sentence, wait=wait))

    def _note(self, code: str, words: str) -> None:
        """Only for the seller who asked: by now another may be looking."""
        if self.mine is not None and self.mine.code == code:
            self._set(replace(self.mine, note=words))

    def _ask(self, ask: Ask) -> None:
        self.ask = ask
        self.on_change()

    def _since(self, view: View) -> dt.date | None:
        today = self._till.business_date()
        return {"today": today, "month": today.replace(day=1)}.get(view)

    def _show(self, view: View) -> None:
        session = self._session
        if session is None:
            return
        seller_id, till, office = session.seller_id, self._till, self._till.office
        detail, today = till.sellers.card(seller_id), till.business_date()
        first = today - dt.timedelta(days=CHART_DAYS - 1)
        mine = Mine(
            code=session.code,
            workshop=session.workshop,
            cluster=detail.cluster,
            terms=detail.terms,
            due=detail.due,
            last=detail.last_payout,
            days=office.check.days(seller_id, first, today),
            sold_today=office.check.pieces_sold(seller_id, today),
            on_shelf=detail.on_shelf,
            lent=office.check.lent(seller_id),
            elsewhere=self._elsewhere(seller_id),
            view=view,
        )
        mine = self._with_view(mine, seller_id)
        newest = office.check.lines(seller_id, limit=8)
        link = statement_text(mine, newest, till.info.stand_name, till.now())
        self._put(replace(mine, link=link))

    def _elsewhere(self, seller_id: int) -> str:
        if len(self._till.boxes.known()) < 2:
            return ""
        sold = self._till.office.bazaars.seller_by_stand(seller_id)
        return elsewhere_text(sold, self._till.info.stand_id)

    def _with_view(self, mine: Mine, seller_id: int) -> Mine:
        office, today = self._till.office, self._till.business_date()
        if mine.view == "shelf":
            return replace(mine, shelf=self._till.stock.on_shelf(seller_id=seller_id))
        if mine.view == "payouts":
            return replace(mine, payouts=office.seller_papers.payouts_of(seller_id))
        if mine.view == "payout":
            return self._with_open(mine, seller_id)
        lines = office.check.lines(seller_id, since=self._since(mine.view), limit=PAGE)
        if mine.view == "today":
            sums = office.check.of_day(seller_id, today)
        elif mine.view == "month":
            sums = office.check.of_month(seller_id, today)
        else:
            sums = office.check.of_all(seller_id)
        return replace(mine, lines=lines, sums=sums, more=len(lines) == PAGE)

    # -- since the last payout: bounded for most, years of lines for who was never paid ---------

    def _with_open(self, mine: Mine, seller_id: int) -> Mine:
        statements = self._till.statements
        if not statements.is_long(seller_id, LONG):
            return self._opened(mine, statements.open_account(seller_id))
        before = self.mine
        if before is None or before.view != "payout":
            return replace(mine, reading=True)
        # What was there stays until the new lines are: the table does not flicker.
        shown = {name: getattr(before, name) for name in ("lines", "sums", "carried", "more")}
        return replace(mine, reading=True, **shown)

    def _read_open(self, session: "SellerSession") -> None:
        statements, asked = self._till.statements, self._asked

        def there(account: "OpenAccount") -> None:
            # By now another may be looking, or at something else.
            if asked == self._asked and self.mine is not None:
                self._set(self._opened(self.mine, account))

        def failed(error: "TitipError") -> None:
            if asked == self._asked and self.mine is not None:
                self._set(replace(self.mine, reading=False, note=error.sentence))

        self._aside(lambda: statements.open_account(session.seller_id), there, failed, failed)

    def _opened(self, mine: Mine, account: "OpenAccount") -> Mine:
        lines = self._open = account.lines[::-1]
        sums = SoldSums(
            price=sum(line.price for line in lines),
            commission=sum(line.commission for line in lines),
            amount=account.due,
            stand_discount=sum(line.stand_discount for line in lines),
        )
        whole = replace(mine, sums=sums, carried=account.carried, reading=False)
        return self._of_open(whole, PAGE)

    def _of_open(self, mine: Mine, count: int) -> Mine:
        return replace(mine, lines=self._open[:count], more=len(self._open) > count)

    def _put(self, mine: Mine) -> None:
        """Show what was read anew; what is still to be read comes after it."""
        self._asked += 1
        self._set(mine)
        if mine.reading and self._session is not None:
            self._read_open(self._session)

    def _set(self, mine: Mine) -> None:
        if mine != self.mine:
            self.mine = mine
            self.on_change()


def view_text(view: View) -> str:
    """A view, for people."""
    names: dict[View, str] = {
        "today": _("Today"),
        "month": _("This month"),
        "payout": _("Since the last payout"),
        "all": _("All"),
        "shelf": _("On the shelf"),
        "payouts": _("Payouts"),
    }
    return names[view]
