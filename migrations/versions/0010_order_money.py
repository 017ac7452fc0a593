"""Deposits, advances, cancellations; payments and refunds may be an order's.

Revision 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _order_deposits()
    _order_refunds()
    _order_advances()
    _order_cancellations()
    _payments()
    _refunds()
    op.execute("PRAGMA user_version = 4")


def _order_deposits() -> None:
    op.create_table(
        "order_deposits",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0 AND change >= 0", name=op.f("ck_order_deposits_amount")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_order_deposits_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_deposits_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_order_deposits_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_deposits")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_deposits_business_date"), "order_deposits", ["business_date"], unique=False
    )
    op.create_index(
        op.f("ix_order_deposits_order_id"), "order_deposits", ["order_id"], unique=False
    )


def _order_refunds() -> None:
    op.create_table(
        "order_refunds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_order_refunds_amount")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_order_refunds_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_refunds_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_order_refunds_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_refunds")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_refunds_business_date"), "order_refunds", ["business_date"], unique=False
    )
    op.create_index(op.f("ix_order_refunds_order_id"), "order_refunds", ["order_id"], unique=False)


def _order_advances() -> None:
    op.create_table(
        "order_advances",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("method IN ('cash', 'transfer')", name=op.f("ck_order_advances_method")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_order_advances_amount")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_order_advances_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_advances_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_order_advances_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_order_advances_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_advances")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_advances_business_date"), "order_advances", ["business_date"], unique=False
    )
    op.create_index(
        op.f("ix_order_advances_order_id"), "order_advances", ["order_id"], unique=False
    )
    op.create_index(
        op.f("ix_order_advances_seller_id_id"), "order_advances", ["seller_id", "id"], unique=False
    )
    op.create_index(
        "uq_order_advances_number", "order_advances", ["till_no", "number"], unique=True
    )


def _order_cancellations() -> None:
    op.create_table(
        "order_cancellations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("commission", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "by IN ('customer', 'maker', 'stand')", name=op.f("ck_order_cancellations_by")
        ),
        sa.CheckConstraint(
            "rule IN ('returned', 'kept', 'split')", name=op.f("ck_order_cancellations_rule")
        ),
        sa.CheckConstraint(
            "share + commission = kept AND returned >= 0", name=op.f("ck_order_cancellations_kept")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_order_cancellations_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_cancellations_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_order_cancellations_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_order_cancellations_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_cancellations")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_cancellations_business_date"),
        "order_cancellations",
        ["business_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_order_cancellations_order_id"), "order_cancellations", ["order_id"], unique=False
    )
    op.create_index(
        op.f("ix_order_cancellations_seller_id_id"),
        "order_cancellations",
        ["seller_id", "id"],
        unique=False,
    )


def _payments() -> None:
    op.create_table(
        "payments_new",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sale_id", sa.Integer(), nullable=True),
        sa.Column("deposit_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("tendered", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_payments_method")
        ),
        sa.CheckConstraint(
            "(sale_id IS NULL) <> (deposit_id IS NULL)", name=op.f("ck_payments_what_for")
        ),
        sa.CheckConstraint("checked IN (0, 1)", name=op.f("ck_payments_checked")),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["order_deposits.id"], name=op.f("fk_payments_deposit_id")
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_payments_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO payments_new (id, sale_id, method, amount, tendered, checked, reference) "
        "SELECT id, sale_id, method, amount, tendered, checked, reference FROM payments ORDER BY id"
    )
    op.drop_table("payments")
    op.rename_table("payments_new", "payments")
    op.create_index(
        "ix_payments_deposit_id",
        "payments",
        ["deposit_id"],
        unique=False,
        sqlite_where=sa.text("deposit_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_payments_sale_id"), "payments", ["sale_id"], unique=False)
    op.create_index(
        "ix_payments_unchecked",
        "payments",
        ["id"],
        unique=False,
        sqlite_where=sa.text("checked = 0"),
    )


def _refunds() -> None:
    op.create_table(
        "refunds_new",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column("order_refund_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_refunds_method")
        ),
        sa.CheckConstraint(
            "(return_id IS NULL) <> (order_refund_id IS NULL)", name=op.f("ck_refunds_what_for")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(
            ["order_refund_id"], ["order_refunds.id"], name=op.f("fk_refunds_order_refund_id")
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_refunds_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO refunds_new (id, return_id, method, amount) "
        "SELECT id, return_id, method, amount FROM refunds ORDER BY id"
    )
    op.drop_table("refunds")
    op.rename_table("refunds_new", "refunds")
    op.create_index(
        "ix_refunds_order_refund_id",
        "refunds",
        ["order_refund_id"],
        unique=False,
        sqlite_where=sa.text("order_refund_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_refunds_return_id"), "refunds", ["return_id"], unique=False)
