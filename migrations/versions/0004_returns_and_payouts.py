"""Returns and payouts.

Revision 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _returns()
    _return_lines()
    _refunds()
    _payouts()
    _payout_left_out()
    _payout_undos()


def _returns() -> None:
    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sale_id", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("rounding", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.CheckConstraint("refunded = paid + rounding", name=op.f("ck_returns_refunded")),
        sa.CheckConstraint("void IN (0, 1)", name=op.f("ck_returns_void")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_returns_entry_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_returns_sale_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_returns_staff_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_returns_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_returns_business_date"), "returns", ["business_date"], unique=False)
    op.create_index(op.f("ix_returns_sale_id"), "returns", ["sale_id"], unique=False)
    op.create_index("uq_returns_number", "returns", ["till_no", "number"], unique=True)


def _return_lines() -> None:
    op.create_table(
        "return_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("seller_discount", sa.Integer(), nullable=False),
        sa.Column("stand_discount", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("commission", sa.Integer(), nullable=False),
        sa.Column("to_shelf", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_return_lines_qty")),
        sa.CheckConstraint(
            "share + commission = paid + stand_discount", name=op.f("ck_return_lines_split")
        ),
        sa.CheckConstraint("to_shelf IN (0, 1)", name=op.f("ck_return_lines_to_shelf")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_return_lines_item_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sale_lines.id"], name=op.f("fk_return_lines_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_return_lines_return_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_return_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_lines")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_lines_line_id"), "return_lines", ["line_id"], unique=False)
    op.create_index(op.f("ix_return_lines_return_id"), "return_lines", ["return_id"], unique=False)
    op.create_index(
        op.f("ix_return_lines_seller_id_id"), "return_lines", ["seller_id", "id"], unique=False
    )


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_refunds_method")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_refunds_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_refunds_return_id"), "refunds", ["return_id"], unique=False)


def _payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("advance", sa.Integer(), nullable=False),
        sa.Column("upto_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.CheckConstraint("method IN ('cash', 'transfer')", name=op.f("ck_payouts_method")),
        sa.CheckConstraint(
            "amount > 0 AND advance BETWEEN 0 AND amount", name=op.f("ck_payouts_amount")
        ),
        sa.CheckConstraint("undone IN (0, 1)", name=op.f("ck_payouts_undone")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_payouts_entry_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_payouts_seller_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_payouts_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payouts_business_date"), "payouts", ["business_date"], unique=False)
    op.create_index(op.f("ix_payouts_seller_id_id"), "payouts", ["seller_id", "id"], unique=False)
    op.create_index("uq_payouts_number", "payouts", ["till_no", "number"], unique=True)


def _payout_left_out() -> None:
    op.create_table(
        "payout_left_out",
        sa.Column("payout_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_left_out_payout_id")
        ),
        sa.PrimaryKeyConstraint("payout_id", "line_id", name=op.f("pk_payout_left_out")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _payout_undos() -> None:
    op.create_table(
        "payout_undos",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("payout_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_payout_undos_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_undos_payout_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_payout_undos_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_undos")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_payout_undos_seller_id_id"), "payout_undos", ["seller_id", "id"], unique=False
    )
