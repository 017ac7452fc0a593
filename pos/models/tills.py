"""What comes with more than one till: newest words, sightings, transfers, settled conflicts."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, PrimaryKeyConstraint

from pos.models.base import ASIDE, BOOK, key, number, one_of, ref, table, text

newest = table(
    "newest",
    BOOK,
    text("kind"),
    number("subject_id"),
    number("stamp"),
    number("entry_id"),
    PrimaryKeyConstraint("kind", "subject_id"),
    sqlite_with_rowid=False,
)
"""Which word about something holds: the one with the greater (stamp, entry)."""

sightings = table(
    "sightings",
    BOOK,
    number("till_no"),
    number("seen_till"),
    number("seq"),
    number("entry_id"),
    PrimaryKeyConstraint("till_no", "seen_till"),
    sqlite_with_rowid=False,
)
"""How far a till has other tills' journals, as its own journal says."""

transfers = table(
    "transfers",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("from_stand", "stands.id"),
    ref("to_stand", "stands.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    text("note"),
    Index("uq_transfers_number", "till_no", "number", unique=True),
    Index(None, "to_stand"),
    Index(None, "from_stand"),
)

transfer_lines = table(
    "transfer_lines",
    BOOK,
    ref("transfer_id", "transfers.id"),
    number("no"),
    ref("item_id", "items.id"),
    number("qty"),
    PrimaryKeyConstraint("transfer_id", "no"),
    CheckConstraint("qty > 0", name="qty"),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

transfer_checks = table(
    "transfer_checks",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("transfer_id", "transfers.id"),
    ref("stand_id", "stands.id"),
    number("at"),
    ref("staff_id", "staff.id"),
    Index(None, "transfer_id"),
)

transfer_check_lines = table(
    "transfer_check_lines",
    BOOK,
    ref("check_id", "transfer_checks.id"),
    ref("item_id", "items.id"),
    number("qty"),
    PrimaryKeyConstraint("check_id", "item_id"),
    CheckConstraint("qty > 0", name="qty"),
    sqlite_with_rowid=False,
)

shared_settings = table(
    "shared_settings",
    BOOK,
    text("name", primary_key=True),
    number("value"),
    sqlite_with_rowid=False,
)
"""Settings of all stands together, such as which till pays."""

settlements = table(
    "settlements",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    text("kind"),
    number("subject_id"),
    number("at"),
    ref("staff_id", "staff.id"),
    number("approver_id"),
    text("decision"),
    Index(None, "kind", "subject_id"),
)

payout_reach = table(
    "payout_reach",
    BOOK,
    ref("payout_id", "payouts.id"),
    number("till_no"),
    number("upto_id"),
    PrimaryKeyConstraint("payout_id", "till_no"),
    sqlite_with_rowid=False,
)
"""Up to which of each till's ids a payout settles the account."""

entries_aside = table(
    "entries_aside",
    ASIDE,
    Column("hash", LargeBinary, primary_key=True),
    number("till_no"),
    number("seq"),
    number("at"),
    text("business_date"),
    number("staff_id"),
    number("approver_id"),
    text("kind"),
    number("last_id"),
    text("body"),
    Column("previous", LargeBinary, nullable=False),
    text("why"),
    one_of("why", "fork", "rests_on_fork"),
    CheckConstraint("length(hash) = 32 AND length(previous) = 32", name="hash"),
    Index(None, "till_no", "seq"),
    sqlite_with_rowid=False,
)
"""Entries that came in a box and can't be added: another branch of a journal that is here already,
or what rests on one. They are kept, and travel on."""
