"""Stands, tills, staff, settings that change results, and the counters of paper numbers."""

from sqlalchemy import PrimaryKeyConstraint

from pos.models.base import BOOK, flag, key, number, one_of, ref, table, text

stands = table(
    "stands",
    BOOK,
    key(),
    text("code"),
    text("name"),
    text("address"),
    text("zone"),
    *flag("sample"),
    text("kind"),
    text("first_day"),
    text("last_day"),
    one_of("kind", "stand", "bazaar"),
)
"""Codes and names are not unique here, nor those of sellers, items, clusters and categories: two
tills that have not met yet may each give the same one, and both entries stand."""

tills = table(
    "tills",
    BOOK,
    key("till_no"),
    ref("stand_id", "stands.id"),
    text("code"),
    text("prefix"),
)

settings = table(
    "settings",
    BOOK,
    ref("stand_id", "stands.id"),
    text("name"),
    text("value"),
    PrimaryKeyConstraint("stand_id", "name"),
    sqlite_with_rowid=False,
)

staff = table(
    "staff",
    BOOK,
    key(),
    number("contact_id"),
    text("role"),
    *flag("active"),
    one_of("role", "kasir", "manajer"),
)

counters = table(
    "counters",
    BOOK,
    number("till_no"),
    text("name"),
    number("value"),
    PrimaryKeyConstraint("till_no", "name"),
    sqlite_with_rowid=False,
)
"""Paper numbers, gapless per till: the last number given out."""
