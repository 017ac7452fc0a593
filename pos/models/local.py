"""What belongs to this machine and never travels: PINs, preferences, parked carts, print jobs."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint

from pos.models.base import LOCAL, flag, number, one_of, table, text

pins = table(
    "pins",
    LOCAL,
    text("kind"),
    number("subject_id"),
    text("hash"),
    number("failures"),
    one_of("kind", "staff", "seller"),
    PrimaryKeyConstraint("kind", "subject_id"),
    sqlite_with_rowid=False,
)

preferences = table(
    "preferences",
    LOCAL,
    text("name", primary_key=True),
    text("value"),
    sqlite_with_rowid=False,
)

carts = table(
    "carts",
    LOCAL,
    Column("id", Integer, primary_key=True),
    text("name"),
    number("staff_id"),
    number("at"),
    *flag("open"),
    Column("cart", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
Index("uq_carts_open", carts.c.open, unique=True, sqlite_where=carts.c.open == 1)

print_jobs = table(
    "print_jobs",
    LOCAL,
    Column("id", Integer, primary_key=True),
    text("kind"),
    text("title"),
    number("document_id"),
    Column("document", LargeBinary, nullable=False),
    *flag("copy"),
    text("status"),
    number("attempts"),
    text("problem"),
    number("at"),
    one_of("status", "waiting", "sending", "done", "unknown", "cancelled"),
    CheckConstraint("attempts >= 0", name="attempts"),
    sqlite_autoincrement=True,
)
Index("ix_print_jobs_pending", print_jobs.c.id, sqlite_where=print_jobs.c.status != "done")
