"""Shifts, money moved by hand, drawer openings, and the counts."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from pos.models.base import BOOK, flag, key, number, one_of, ref, table, text

shifts = table(
    "shifts",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    number("opening"),
    number("brought"),
    number("over_short"),
    text("reason"),
    Index(None, "till_no", "id"),
    Index(None, "business_date"),
)

shift_closings = table(
    "shift_closings",
    BOOK,
    key(),
    ref("shift_id", "shifts.id", optional=False),
    ref("entry_id", "journal.id"),
    number("till_no"),
    number("number"),
    number("at"),
    ref("staff_id", "staff.id"),
    number("approver_id"),
    number("over_short"),
    text("reason"),
    number("deposit"),
    number("kept"),
    Index("uq_shift_closings_number", "till_no", "number", unique=True),
    Index("uq_shift_closings_shift_id", "shift_id", unique=True),
)
"""The Z reports. A closed shift is a shift with a row here; neither is ever changed."""

shift_counts = table(
    "shift_counts",
    BOOK,
    number("document_id"),
    number("value"),
    *flag("coin"),
    number("pieces"),
    PrimaryKeyConstraint("document_id", "value", "coin"),
    CheckConstraint("pieces >= 0", name="pieces"),
    sqlite_with_rowid=False,
)
"""Notes and coins, of an opening (shift id) or a closing (closing id)."""

shift_methods = table(
    "shift_methods",
    BOOK,
    ref("closing_id", "shift_closings.id"),
    text("method"),
    number("expected"),
    number("counted"),
    PrimaryKeyConstraint("closing_id", "method"),
    one_of("method", "cash", "qris", "transfer", "card"),
    sqlite_with_rowid=False,
)

shift_left_open = table(
    "shift_left_open",
    BOOK,
    ref("closing_id", "shift_closings.id"),
    ref("payment_id", "payments.id"),
    number("staff_id"),
    PrimaryKeyConstraint("closing_id", "payment_id"),
    sqlite_with_rowid=False,
)

cash_moves = table(
    "cash_moves",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("shift_id", "shifts.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    text("kind"),
    number("amount"),
    text("reason"),
    text("picture"),
    one_of("kind", "in", "out", "deposit"),
    CheckConstraint("amount > 0", name="amount"),
    Index("uq_cash_moves_number", "till_no", "number", unique=True),
    Index(None, "shift_id"),
    Index(None, "business_date"),
)

drawer_openings = table(
    "drawer_openings",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("shift_id", "shifts.id"),
    ref("staff_id", "staff.id"),
    number("at"),
    text("business_date"),
    text("reason"),
    Index(None, "shift_id"),
    Index(None, "business_date"),
)
