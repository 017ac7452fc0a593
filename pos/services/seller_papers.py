"""The papers about a seller's money: payout slips and statements, printed or as documents."""

import datetime as dt
from collections.abc import Callable, Sequence

from pos.clock import Clock
from pos.errors import UserError
from pos.receipts.documents import DrawerKick
from pos.receipts.documents_consignment import (
    AccountLine,
    PaidLine,
    PaperSeller,
    PayoutSlip,
    SellerStatement,
)
from pos.services.paper_heads import paper_head
from pos.services.payouts import CompletedPayout, PayoutAsked, Payouts
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.payouts import PaidSlip, PayoutQueries, PayoutRow
from pos.services.queries.sellers import SellerQueries
from pos.services.queries.statement import StatementLine, StatementQueries
from pos.services.receipt_papers import Letterhead
from pos.services.staff import Session
from pos.services.unit_of_work import UnitOfWork

EVERYTHING = 1_000_000
"""More lines than any account has."""
SHORT_PAPER_LINES = 60
"""As many lines of an account as go on a receipt printer's paper; PDFs have all of them."""


class SellerPapers:
    """Documents are complete in themselves; printing is a command, reading is not."""

    def __init__(
        self,
        unit: UnitOfWork,
        payouts: Payouts,
        slips: PayoutQueries,
        sellers: SellerQueries,
        statements: StatementQueries,
        *,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
    ) -> None:
        self._unit = unit
        self._payouts = payouts
        self._slips = slips
        self._sellers = sellers
        self._statements = statements
        self._letterhead = letterhead
        self._printing = printing

    @property
    def _clock(self) -> Clock:
        return self._unit.clock

    # -- documents -------------------------------------------------------------------

    def payouts_of(self, seller_id: int, *, limit: int = 50) -> tuple[PayoutRow, ...]:
        """A seller's payouts, newest first."""
        return self._slips.list_of(seller_id, limit=limit)

    def payouts_of_day(self, day: dt.date) -> tuple[int, ...]:
        """The ids of a day's payouts that stand, in their order."""
        return self._slips.of_day(day)

    def payout(self, payout_id: int, *, copied_at: dt.datetime | None = None) -> PayoutSlip:
        """The slip of a payout as it was. Raises KeyError for an unknown id."""
        return payout_paper(self._slips.slip(payout_id), self._letterhead(), copied_at)

    def payouts(self, payout_ids: tuple[int, ...]) -> tuple[PayoutSlip, ...]:
        """The slips of a batch, in this order. Raises KeyError for an unknown id."""
        head = self._letterhead()
        return tuple(payout_paper(self._slips.slip(one), head) for one in payout_ids)

    def statement(
        self,
        seller_id: int,
        *,
        since: dt.date | None = None,
        staff: str = "",
        most: int = EVERYTHING,
    ) -> SellerStatement:
        """The account from a day on (None: all of it), its `most` newest lines, oldest first."""
        with self._unit.book.snapshot():
            newest_first = self._statements.page(seller_id, limit=most, since=since)
            due = self._statements.due(seller_id)
        lines = newest_first[::-1]
        opening = lines[0].balance - lines[0].amount if lines else due
        now = self._clock.now_ms()
        head = paper_head(self._letterhead(), "", now, staff)
        cut = len(newest_first) == most
        begin = lines[0].business_date if lines and cut else since
        return SellerStatement(
            head=head,
            seller=self._seller(seller_id),
            since=begin.isoformat() if begin else "",
            until=head.at_local[:10],
            opening=opening,
            lines=tuple(_account_line(line) for line in lines),
        )

    # -- commands --------------------------------------------------------------------

    def pay(
        self,
        asked: PayoutAsked,
        *,
        session: Session,
        approver_id: int = 0,
        drawer_opens: bool = True,
    ) -> CompletedPayout:
        """Pay, and queue the slip in the same transaction; for cash the drawer opens.

        It need not for the next one of a row (`drawer_opens`). Raises as Payouts.pay.
        """
        cash = drawer_opens and asked.method == "cash"
        kick = cash and self._printing.choice().has_drawer
        with self._unit.write() as tx:
            paid = self._payouts.pay_in(tx, asked, session=session, approver_id=approver_id)
            document_id, title = paid.payout_id, paid.number
            if kick:
                add_job(tx.cursor, "drawer", DrawerKick(), title=title, at=tx.at)
            paper = payout_paper(self._slips.slip(document_id, tx.cursor), self._letterhead())
            add_job(tx.cursor, "payout", paper, title=title, at=tx.at, document_id=document_id)
            tx.changed("print_jobs")
        self._printing.wake()
        return paid

    def pay_some(
        self,
        asked: Sequence[PayoutAsked],
        *,
        session: Session,
        enough: Callable[[], bool],
        drawer_opens: bool,
    ) -> list[CompletedPayout | UserError]:
        """As Payouts.pay_some, without slips; for cash the drawer opens, where this is the first of
        several parts.
        """
        done = self._payouts.pay_some(asked, session=session, enough=enough)
        first = next((one for one in done if isinstance(one, CompletedPayout)), None)
        cash = any(one.method == "cash" for one in asked[: len(done)])
        if first and cash and drawer_opens and self._printing.choice().has_drawer:
            with self._unit.write() as tx:
                add_job(tx.cursor, "drawer", DrawerKick(), title=first.number, at=tx.at)
                tx.changed("print_jobs")
            self._printing.wake()
        return done

    def print_payout(self, payout_id: int, *, copied_at: dt.datetime) -> None:
        """Queue a copy of a slip, marked as one."""
        paper = self.payout(payout_id, copied_at=copied_at)
        with self._unit.write() as tx:
            add_job(
                tx.cursor,
                "payout",
                paper,
                title=paper.head.number,
                at=tx.at,
                document_id=payout_id,
                copy=True,
            )
            tx.changed("print_jobs")
        self._printing.wake()

    def print_statement(
        self, seller_id: int, *, since: dt.date | None = None, staff: str = ""
    ) -> None:
        """Queue the account for the receipt printer; of a long one the newest lines."""
        paper = self.statement(seller_id, since=since, staff=staff, most=SHORT_PAPER_LINES)
        with self._unit.write() as tx:
            add_job(tx.cursor, "statement", paper, title=paper.seller.workshop, at=tx.at)
            tx.changed("print_jobs")
        self._printing.wake()

    def _seller(self, seller_id: int) -> PaperSeller:
        facts, card = self._sellers.facts(seller_id), self._sellers.card(seller_id)
        return PaperSeller(facts.code, facts.workshop, card.maker)


def payout_paper(
    slip: PaidSlip, letterhead: Letterhead, copied_at: dt.datetime | None = None
) -> PayoutSlip:
    """The document of a payout."""
    undone = slip.undone_at.replace(microsecond=0, tzinfo=None) if slip.undone_at else None
    return PayoutSlip(
        head=paper_head(
            letterhead,
            slip.number,
            slip.at_ms,
            slip.staff,
            entry_hash=slip.entry_hash,
            copied_at=copied_at,
        ),
        seller=PaperSeller(slip.seller_code, slip.workshop, slip.maker),
        method=slip.method,
        reference=slip.reference,
        account=slip.bank,
        lines=tuple(
            PaidLine(
                day=line.business_date.isoformat(),
                paper=line.paper,
                kind=line.kind,
                name=line.name,
                qty=line.qty,
                price=line.price,
                commission=line.commission,
                amount=line.amount,
            )
            for line in slip.lines
        ),
        carried=slip.carried,
        carried_from=slip.carried_from,
        paid=slip.amount,
        advance=slip.advance,
        left_out=slip.left_out,
        note=slip.note,
        undone_at_local=undone.isoformat() if undone else "",
        waiting=slip.waiting,
    )


def _account_line(line: StatementLine) -> AccountLine:
    return AccountLine(
        day=line.business_date.isoformat(),
        paper=line.paper,
        kind=line.kind,
        name=line.name,
        qty=line.qty,
        price=line.price,
        amount=line.amount,
        balance=line.balance,
        commission=line.commission,
        stand_discount=line.stand_discount,
    )
