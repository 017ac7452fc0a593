"""Accounts and postings: double entry in whole rupiah.

An account is (kind, stand, subject): the subject is the till for cash, the seller for dues, the
order for deposits, 0 where there is none. "office" is cash that the stand's office holds or
brought, "expenses" what was paid out of the drawer. Debits are positive, credits negative, so every entry's
legs sum to zero. What the stand owes a seller is minus that account's balance.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Index, PrimaryKeyConstraint, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from pos.models.base import BOOK, number, one_of, ref, table, text
from pos.models.gathering import add, note_legs
from pos.models.prepared import Cursor, Prepared, insert_into

ACCOUNTS = (
    "cash",
    "qris",
    "transfer",
    "card",
    "seller",
    "commission",
    "deposits",
    "rounding",
    "over_short",
    "stand_discounts",
    "losses",
    "office",
    "expenses",
)

postings = table(
    "postings",
    BOOK,
    ref("entry_id", "journal.id"),
    number("leg"),
    text("account"),
    ref("stand_id", "stands.id"),
    number("subject_id"),
    number("amount"),
    PrimaryKeyConstraint("entry_id", "leg"),
    one_of("account", *ACCOUNTS),
    Index(None, "account", "stand_id", "subject_id", "entry_id"),
    sqlite_with_rowid=False,
)

balances = table(
    "balances",
    BOOK,
    text("account"),
    ref("stand_id", "stands.id"),
    number("subject_id"),
    number("amount"),
    PrimaryKeyConstraint("account", "stand_id", "subject_id"),
    sqlite_with_rowid=False,
)


class Leg(msgspec.Struct, frozen=True):
    """One side of a posting, in rupiah: positive is a debit, negative a credit."""

    account: str
    stand_id: int
    subject_id: int
    amount: int


class UnbalancedError(ValueError):
    """Debits and credits of an entry differ: a bug, never a person's mistake."""


_post = insert_into(postings)
_upsert = insert(balances)
_balance = Prepared(
    _upsert.on_conflict_do_update(
        index_elements=[balances.c.account, balances.c.stand_id, balances.c.subject_id],
        set_={"amount": balances.c.amount + _upsert.excluded.amount},
    )
)
_read = Prepared(
    select(balances.c.amount).where(
        balances.c.account == bindparam("account"),
        balances.c.stand_id == bindparam("stand_id"),
        balances.c.subject_id == bindparam("subject_id"),
    )
)


def post(cursor: Cursor, entry_id: int, legs: Iterable[Leg]) -> None:
    """Write an entry's legs and move the balances. Raises UnbalancedError unless they sum to zero.

    Legs of the same account are put together, zero legs left out.
    """
    sums: dict[tuple[str, int, int], int] = {}
    for leg in legs:
        account = (leg.account, leg.stand_id, leg.subject_id)
        sums[account] = sums.get(account, 0) + leg.amount
    if sum(sums.values()):
        raise UnbalancedError(f"entry {entry_id}: {sums}")
    rows = [(*account, amount) for account, amount in sums.items() if amount]
    cursor.executemany(_post.sql, [(entry_id, leg, *row) for leg, row in enumerate(rows, start=1)])
    add(cursor, _balance.sql, 3, rows)
    note_legs(rows)


def balance(cursor: Cursor, account: str, stand_id: int, subject_id: int = 0) -> int:
    """An account's balance in rupiah: one row read, at any age of the book."""
    row = _read.one(cursor, account=account, stand_id=stand_id, subject_id=subject_id)
    return int(row[0]) if row else 0
