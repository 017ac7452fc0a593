"""Goods taken in line by line, withdrawals, losses, stock counts.

Revision 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _consignment_lines()
    _withdrawals()
    _withdrawal_lines()
    _losses()
    _corrections()
    _loss_lines()
    _unrecorded_lines()
    _stock_counts()
    _count_missing()
    _open_counts()
    _count_scans()
    _count_answers()


def _consignment_lines() -> None:
    op.create_table(
        "consignment_lines",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("return_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_consignment_lines_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["consignment_notes.id"], name=op.f("fk_consignment_lines_note_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "no", name=op.f("pk_consignment_lines")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_consignment_lines_item_id"), "consignment_lines", ["item_id"], unique=False
    )


def _withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('', 'shopee', 'tokopedia', 'tiktok', 'other')",
            name=op.f("ck_withdrawals_channel"),
        ),
        sa.CheckConstraint(
            "reason IN ('unsold', 'online', 'repair', 'other')", name=op.f("ck_withdrawals_reason")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_withdrawals_entry_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_withdrawals_seller_id")
        ),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_withdrawals_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_withdrawals_business_date"), "withdrawals", ["business_date"], unique=False
    )
    op.create_index(op.f("ix_withdrawals_seller_id"), "withdrawals", ["seller_id"], unique=False)
    op.create_index("uq_withdrawals_number", "withdrawals", ["till_no", "number"], unique=True)


def _withdrawal_lines() -> None:
    op.create_table(
        "withdrawal_lines",
        sa.Column("withdrawal_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("online_price", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_withdrawal_lines_qty")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_withdrawal_lines_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"], ["withdrawals.id"], name=op.f("fk_withdrawal_lines_withdrawal_id")
        ),
        sa.PrimaryKeyConstraint("withdrawal_id", "no", name=op.f("pk_withdrawal_lines")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _losses() -> None:
    op.create_table(
        "losses",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_losses_entry_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_losses_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_losses")),
        sqlite_strict=True,
    )
    op.create_index("uq_losses_number", "losses", ["till_no", "number"], unique=True)


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_corrections_entry_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_corrections_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_strict=True,
    )


def _loss_lines() -> None:
    op.create_table(
        "loss_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis IN ('price', 'share')", name=op.f("ck_loss_lines_basis")),
        sa.CheckConstraint(
            "bearer IN ('seller', 'stand', 'shared')", name=op.f("ck_loss_lines_bearer")
        ),
        sa.CheckConstraint("kind IN ('loss', 'damage')", name=op.f("ck_loss_lines_kind")),
        sa.CheckConstraint("qty > 0 AND owed >= 0", name=op.f("ck_loss_lines_qty")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_loss_lines_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_loss_lines_item_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_loss_lines_seller_id")
        ),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_loss_lines_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_lines")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_loss_lines_business_date"), "loss_lines", ["business_date"], unique=False
    )
    op.create_index(
        op.f("ix_loss_lines_seller_id_id"), "loss_lines", ["seller_id", "id"], unique=False
    )


def _unrecorded_lines() -> None:
    op.create_table(
        "unrecorded_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("commission", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_unrecorded_lines_qty")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_unrecorded_lines_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_unrecorded_lines_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_unrecorded_lines_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_unrecorded_lines_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unrecorded_lines")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_unrecorded_lines_seller_id_id"),
        "unrecorded_lines",
        ["seller_id", "id"],
        unique=False,
    )


def _stock_counts() -> None:
    op.create_table(
        "stock_counts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_stock_counts_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_stock_counts_seller_id")
        ),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_stock_counts_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_counts")),
        sqlite_strict=True,
    )
    op.create_index("uq_stock_counts_number", "stock_counts", ["till_no", "number"], unique=True)


def _count_missing() -> None:
    op.create_table(
        "count_missing",
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_count_missing_qty")),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_counts.id"], name=op.f("fk_count_missing_count_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_count_missing_item_id")),
        sa.PrimaryKeyConstraint("count_id", "item_id", name=op.f("pk_count_missing")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _open_counts() -> None:
    op.create_table(
        "open_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("start_entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_counts")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _count_scans() -> None:
    op.create_table(
        "count_scans",
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["count_id"], ["open_counts.id"], name=op.f("fk_count_scans_count_id")
        ),
        sa.PrimaryKeyConstraint("count_id", "item_id", name=op.f("pk_count_scans")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _count_answers() -> None:
    op.create_table(
        "count_answers",
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('found', 'lost', 'damaged', 'sold', 'added')",
            name=op.f("ck_count_answers_outcome"),
        ),
        sa.CheckConstraint("qty > 0", name=op.f("ck_count_answers_qty")),
        sa.ForeignKeyConstraint(
            ["count_id"], ["open_counts.id"], name=op.f("fk_count_answers_count_id")
        ),
        sa.PrimaryKeyConstraint("count_id", "item_id", "outcome", name=op.f("pk_count_answers")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
