"""Withdrawals, losses, stock counts, payouts: what happens between the stand and the sellers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
)

from pos.models.base import BOOK, LOCAL, flag, key, number, one_of, ref, table, text

withdrawals = table(
    "withdrawals",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    ref("seller_id", "sellers.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    text("reason"),
    text("channel"),
    text("note"),
    one_of("reason", "unsold", "online", "repair", "other"),
    one_of("channel", "", "shopee", "tokopedia", "tiktok", "other"),
    Index("uq_withdrawals_number", "till_no", "number", unique=True),
    Index(None, "seller_id"),
    Index(None, "business_date"),
)

withdrawal_lines = table(
    "withdrawal_lines",
    BOOK,
    ref("withdrawal_id", "withdrawals.id"),
    number("no"),
    ref("item_id", "items.id"),
    number("qty"),
    number("online_price"),
    PrimaryKeyConstraint("withdrawal_id", "no"),
    CheckConstraint("qty > 0", name="qty"),
    sqlite_with_rowid=False,
)

losses = table(
    "losses",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    text("reason"),
    Index("uq_losses_number", "till_no", "number", unique=True),
)

corrections = table(
    "corrections",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("at"),
    text("business_date"),
    text("reason"),
)

loss_lines = table(
    "loss_lines",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    number("document_id"),
    ref("stand_id", "stands.id"),
    ref("item_id", "items.id"),
    ref("seller_id", "sellers.id"),
    number("at"),
    text("business_date"),
    text("kind"),
    number("qty"),
    text("bearer"),
    text("basis"),
    number("owed"),
    one_of("kind", "loss", "damage"),
    one_of("bearer", "seller", "stand", "shared"),
    one_of("basis", "price", "share"),
    CheckConstraint("qty > 0 AND owed >= 0", name="qty"),
    Index(None, "seller_id", "id"),
    Index(None, "business_date"),
)
"""Pieces lost or damaged; the document is a row of losses or of stock_counts."""

unrecorded_lines = table(
    "unrecorded_lines",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    number("document_id"),
    ref("stand_id", "stands.id"),
    ref("item_id", "items.id"),
    ref("seller_id", "sellers.id"),
    number("at"),
    text("business_date"),
    number("qty"),
    number("share"),
    number("commission"),
    CheckConstraint("qty > 0", name="qty"),
    Index(None, "seller_id", "id"),
)
"""Pieces that a count found sold without having been rung up."""

stock_counts = table(
    "stock_counts",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    ref("seller_id", "sellers.id", optional=True),
    number("started_at"),
    number("at"),
    text("business_date"),
    number("counted"),
    Index("uq_stock_counts_number", "till_no", "number", unique=True),
)

count_missing = table(
    "count_missing",
    BOOK,
    ref("count_id", "stock_counts.id"),
    ref("item_id", "items.id"),
    number("qty"),
    PrimaryKeyConstraint("count_id", "item_id"),
    CheckConstraint("qty > 0", name="qty"),
    sqlite_with_rowid=False,
)
"""Pieces that a count did not find and nobody explained ("belum ditemukan")."""

payouts = table(
    "payouts",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    ref("seller_id", "sellers.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    text("method"),
    text("reference"),
    number("amount"),
    number("advance"),
    number("upto_id"),
    text("note"),
    *flag("undone"),
    one_of("method", "cash", "transfer"),
    CheckConstraint("amount > 0 AND advance BETWEEN 0 AND amount", name="amount"),
    Index("uq_payouts_number", "till_no", "number", unique=True),
    Index(None, "seller_id", "id"),
    Index(None, "business_date"),
)

payout_left_out = table(
    "payout_left_out",
    BOOK,
    ref("payout_id", "payouts.id"),
    number("line_id"),
    PrimaryKeyConstraint("payout_id", "line_id"),
    sqlite_with_rowid=False,
)
"""Lines in dispute that a payout did not settle; they are open for the next one."""

payout_undos = table(
    "payout_undos",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("payout_id", "payouts.id"),
    ref("seller_id", "sellers.id"),
    number("at"),
    text("business_date"),
    text("reason"),
    Index(None, "seller_id", "id"),
)

open_counts = table(
    "open_counts",
    LOCAL,
    Column("id", Integer, primary_key=True),
    number("started_at"),
    number("staff_id"),
    number("seller_id"),
    number("start_entry"),
    sqlite_autoincrement=True,
)
"""A stock count that goes on; it survives a restart. `start_entry` is the journal's last then."""

count_scans = table(
    "count_scans",
    LOCAL,
    number("count_id"),
    number("item_id"),
    number("qty"),
    number("first_entry"),
    number("last_entry"),
    PrimaryKeyConstraint("count_id", "item_id"),
    ForeignKeyConstraint(["count_id"], ["open_counts.id"]),
    sqlite_with_rowid=False,
)
"""Pieces scanned; the entries are the journal's last at the first and at the last scan."""

count_answers = table(
    "count_answers",
    LOCAL,
    number("count_id"),
    number("item_id"),
    text("outcome"),
    number("qty"),
    PrimaryKeyConstraint("count_id", "item_id", "outcome"),
    ForeignKeyConstraint(["count_id"], ["open_counts.id"]),
    one_of("outcome", "found", "lost", "damaged", "sold", "added"),
    CheckConstraint("qty > 0", name="qty"),
    sqlite_with_rowid=False,
)
"""What staff said of the pieces that an open count did not find, or found too many."""
