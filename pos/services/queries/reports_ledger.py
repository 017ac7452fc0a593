"""The ledger over a period: an account's movements with its running balance, and all accounts."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.sql.functions import Function

from pos.clock import local
from pos.models.catalog import contact_cards, sellers
from pos.models.consignment import payout_undos, payouts
from pos.models.journal import journal
from pos.models.ledger import ACCOUNTS, balances, postings
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import staff, tills
from pos.models.sums import day_methods, seller_sums
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.periods import Period, total, within
from pos.tender import METHODS

_PAPERS = {
    "sale_returned": LETTERS["return"],
    "paid_out": LETTERS["payout"],
    "payout_undone": LETTERS["payout"],
    "cash_moved": LETTERS["cash_move"],
    "shift_closed": LETTERS["z"],
    "goods_lost": LETTERS["loss"],
    "stock_counted": LETTERS["stock_count"],
    "order_taken": LETTERS["order"],
    "advance_paid": LETTERS["advance"],
}
_TOLD_EACH = 500
_ONE = dt.timedelta(days=1)
Told = Callable[[int, int], None]


class LedgerLine(msgspec.Struct, frozen=True):
    """An entry's part in an account (rupiah, positive is a debit), and the balance after it.

    `kind` is the journal's; `detail` says more where there is more: the kind of a cash move, "void".
    """

    business_date: dt.date
    at: dt.datetime
    kind: str
    detail: str
    paper: str
    reason: str
    who: str
    staff: str
    amount: int
    balance: int


class LedgerAccount(msgspec.Struct, frozen=True):
    """An account over a period (rupiah): before it, in it, after it."""

    account: str
    subject_id: int
    name: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """The balance at the end of the period."""
        return self.opening + self.debit - self.credit


class AccountBook(msgspec.Struct, frozen=True):
    """All movements of an account in a period."""

    account: str
    opening: int
    lines: tuple[LedgerLine, ...]

    @property
    def closing(self) -> int:
        """The balance at the end of the period."""
        return self.lines[-1].balance if self.lines else self.opening


def _field(path: str) -> Function[Any]:
    return func.json_extract(journal.c.body, path)


_here = postings.c.stand_id == bindparam("stand_id")
_balance = Prepared(
    select(total(balances.c.amount)).where(
        balances.c.account == bindparam("account"),
        balances.c.stand_id == bindparam("stand_id"),
    )
)
_after = Prepared(
    select(total(postings.c.amount))
    .select_from(postings.join(journal, journal.c.id == postings.c.entry_id))
    .where(
        postings.c.account == bindparam("account"),
        _here,
        journal.c.business_date > bindparam("until"),
    )
)
_lines = Prepared(
    select(
        journal.c.business_date,
        journal.c.at,
        journal.c.kind,
        func.coalesce(_field("$.kind"), _field("$.void"), ""),
        func.coalesce(_field("$.number"), payouts.c.number, 0),
        tills.c.prefix,
        func.coalesce(_field("$.reason"), _field("$.reference"), ""),
        func.coalesce(sellers.c.workshop, ""),
        func.coalesce(contact_cards.c.name, ""),
        func.sum(postings.c.amount),
    )
    .select_from(
        postings.join(journal, journal.c.id == postings.c.entry_id)
        .join(tills, tills.c.till_no == journal.c.till_no)
        .outerjoin(staff, staff.c.id == journal.c.staff_id)
        .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
        .outerjoin(sellers, sellers.c.id == _field("$.seller_id"))
        .outerjoin(payout_undos, payout_undos.c.id == _field("$.undo_id"))
        .outerjoin(payouts, payouts.c.id == payout_undos.c.payout_id)
    )
    .where(
        # By the days' entries: the index of accounts (which the added text keeps out) leads
        # through all years.
        postings.c.entry_id.in_(select(journal.c.id).where(within(journal.c.business_date))),
        postings.c.account.concat("") == bindparam("account"),
        _here,
    )
    .group_by(journal.c.id)
    .order_by(journal.c.business_date, journal.c.id)
)
_balances = Prepared(
    select(
        balances.c.account,
        balances.c.subject_id,
        func.coalesce(sellers.c.workshop, tills.c.code, ""),
        balances.c.amount,
    )
    .select_from(
        balances.outerjoin(sellers, sellers.c.id == balances.c.subject_id).outerjoin(
            tills, tills.c.till_no == balances.c.subject_id
        )
    )
    .where(balances.c.stand_id == bindparam("stand_id"))
)
_debit = func.sum(func.iif(postings.c.amount > 0, postings.c.amount, 0))
_credit = func.sum(func.iif(postings.c.amount < 0, -postings.c.amount, 0))
_sums = Prepared(
    select(postings.c.account, postings.c.subject_id, _debit, _credit)
    .select_from(postings.join(journal, journal.c.id == postings.c.entry_id))
    .where(_here, within(journal.c.business_date))
    .group_by(postings.c.account, postings.c.subject_id)
)
_last = Prepared(select(func.max(journal.c.business_date)))
_money_after = Prepared(
    select(total(day_methods.c.moved)).where(
        day_methods.c.stand_id == bindparam("stand_id"),
        day_methods.c.business_date > bindparam("until"),
        day_methods.c.method == bindparam("account"),
    )
)
_sellers_after = Prepared(
    select(-total(seller_sums.c.owed)).where(
        seller_sums.c.span == "day",
        seller_sums.c.stand_id == bindparam("stand_id"),
        seller_sums.c.since > bindparam("until"),
    )
)


def _later(account: str) -> Prepared:
    """What moved an account after a day; of money and sellers it is kept day by day."""
    if account in METHODS:
        return _money_after
    return _sellers_after if account == "seller" else _after


def account_book(
    cursor: Cursor,
    stand_id: int,
    account: str,
    period: Period,
    zone: str,
    told: Told = lambda _done, _all: None,
) -> AccountBook:
    """Every movement of an account in the order of the book; all tills' cash is one account here.

    `told` hears (lines read, 0 for not known) now and then and may raise to stop.
    """
    bounds = {**period.bounds(stand_id), "account": account}
    now = _balance.one(cursor, **bounds) or (0,)
    later = _later(account).one(cursor, **bounds) or (0,)
    rows = []
    for row in _lines.each(cursor, **bounds):
        rows.append(row)
        if len(rows) % _TOLD_EACH == 0:
            told(len(rows), 0)
    opening = now[0] - later[0] - sum(row[-1] for row in rows)
    running, lines = opening, []
    for date, at, kind, detail, number, prefix, reason, who, by, amount in rows:
        running += amount
        letters = prefix if kind == "sale_completed" else _PAPERS.get(kind, "")
        lines.append(
            LedgerLine(
                business_date=dt.date.fromisoformat(date),
                at=local(at, zone),
                kind=kind,
                detail="void" if detail == 1 else str(detail or ""),
                paper=paper_number(letters, number) if letters and number else "",
                reason=reason,
                who=who,
                staff=by,
                amount=amount,
                balance=running,
            )
        )
    return AccountBook(account, opening, tuple(lines))


def trial_balance(
    cursor: Cursor, stand_id: int, period: Period, told: Told = lambda _done, _all: None
) -> tuple[LedgerAccount, ...]:
    """Every account that ever moved, in the order of ACCOUNTS; debits and credits are equal.

    Read month by month, from the period's first to the book's last; `told` hears (done, all) after
    each and may raise to stop.
    """
    last = _last.one(cursor) or (None,)
    ends = dt.date.fromisoformat(last[0]) if last[0] else period.until
    chunks = _months(period) + (_months(Period(period.until + _ONE, ends)))
    sums: dict[bool, dict[tuple[str, int], tuple[int, int]]] = {True: {}, False: {}}
    for done, chunk in enumerate(chunks, start=1):
        moved = sums[chunk.since <= period.until]
        for account, subject, debit, credit in _sums.all(cursor, **chunk.bounds(stand_id)):
            before = moved.get((account, subject), (0, 0))
            moved[account, subject] = (before[0] + debit, before[1] + credit)
        told(done, len(chunks))
    found = []
    for account, subject, name, amount in _balances.all(cursor, stand_id=stand_id):
        debit, credit = sums[True].get((account, subject), (0, 0))
        later = sums[False].get((account, subject), (0, 0))
        opening = amount - later[0] + later[1] - debit + credit
        found.append(LedgerAccount(account, subject, name, opening, debit, credit))
    return tuple(
        sorted(found, key=lambda one: (ACCOUNTS.index(one.account), one.name, one.subject_id))
    )


def _months(period: Period) -> list[Period]:
    """The period cut at the ends of months; nothing where it ends before it begins."""
    found, since = [], period.since
    while since <= period.until:
        until = min(Period.of_month(since).until, period.until)
        found.append(Period(since, until))
        since = until + _ONE
    return found
