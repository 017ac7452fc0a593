"""Shifts, closings, money moved by hand.

Revision 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _shifts()
    _shift_closings()
    _shift_counts()
    _shift_methods()
    _shift_left_open()
    _cash_moves()
    _drawer_openings()
    op.execute("PRAGMA user_version = 1")


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.Column("over_short", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_shifts_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shifts_staff_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_shifts_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_shifts_business_date"), "shifts", ["business_date"], unique=False)
    op.create_index(op.f("ix_shifts_till_no_id"), "shifts", ["till_no", "id"], unique=False)


def _shift_closings() -> None:
    op.create_table(
        "shift_closings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("over_short", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deposit", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_shift_closings_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_shift_closings_shift_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_shift_closings_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_closings")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_shift_closings_number", "shift_closings", ["till_no", "number"], unique=True
    )
    op.create_index("uq_shift_closings_shift_id", "shift_closings", ["shift_id"], unique=True)


def _shift_counts() -> None:
    op.create_table(
        "shift_counts",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("coin", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.CheckConstraint("coin IN (0, 1)", name=op.f("ck_shift_counts_coin")),
        sa.CheckConstraint("pieces >= 0", name=op.f("ck_shift_counts_pieces")),
        sa.PrimaryKeyConstraint("document_id", "value", "coin", name=op.f("pk_shift_counts")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _shift_methods() -> None:
    op.create_table(
        "shift_methods",
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_shift_methods_method")
        ),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["shift_closings.id"], name=op.f("fk_shift_methods_closing_id")
        ),
        sa.PrimaryKeyConstraint("closing_id", "method", name=op.f("pk_shift_methods")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _shift_left_open() -> None:
    op.create_table(
        "shift_left_open",
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["shift_closings.id"], name=op.f("fk_shift_left_open_closing_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_shift_left_open_payment_id")
        ),
        sa.PrimaryKeyConstraint("closing_id", "payment_id", name=op.f("pk_shift_left_open")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _cash_moves() -> None:
    op.create_table(
        "cash_moves",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('in', 'out', 'deposit')", name=op.f("ck_cash_moves_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_cash_moves_amount")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_cash_moves_entry_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_cash_moves_shift_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cash_moves_staff_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_cash_moves_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_moves")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_cash_moves_business_date"), "cash_moves", ["business_date"], unique=False
    )
    op.create_index(op.f("ix_cash_moves_shift_id"), "cash_moves", ["shift_id"], unique=False)
    op.create_index("uq_cash_moves_number", "cash_moves", ["till_no", "number"], unique=True)


def _drawer_openings() -> None:
    op.create_table(
        "drawer_openings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_drawer_openings_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_drawer_openings_shift_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_drawer_openings_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawer_openings")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_drawer_openings_business_date"), "drawer_openings", ["business_date"], unique=False
    )
    op.create_index(
        op.f("ix_drawer_openings_shift_id"), "drawer_openings", ["shift_id"], unique=False
    )
