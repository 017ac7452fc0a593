"""Sales, payments, postings and balances.

Revision 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sales()
    _sale_lines()
    _line_discounts()
    _payments()
    _postings()
    _balances()


def _sales() -> None:
    op.create_table(
        "sales",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("subtotal", sa.Integer(), nullable=False),
        sa.Column("line_discounts", sa.Integer(), nullable=False),
        sa.Column("cart_discount", sa.Integer(), nullable=False),
        sa.Column("rounding", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "paid = subtotal - line_discounts - cart_discount + rounding AND paid >= 0",
            name=op.f("ck_sales_paid"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_sales_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sales_staff_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_sales_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sales_business_date"), "sales", ["business_date"], unique=False)
    op.create_index(op.f("ix_sales_paid"), "sales", ["paid"], unique=False)
    op.create_index("uq_sales_number", "sales", ["till_no", "number"], unique=True)


def _sale_lines() -> None:
    op.create_table(
        "sale_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sale_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("list_price", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("seller_discount", sa.Integer(), nullable=False),
        sa.Column("stand_discount", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("terms_kind", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("net_price", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("commission", sa.Integer(), nullable=False),
        sa.Column("price_approved_by", sa.Integer(), nullable=False),
        sa.Column("price_reason", sa.Text(), nullable=False),
        sa.Column("unlisted", sa.Integer(), nullable=False),
        sa.Column("over_stock", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "paid = qty * price - seller_discount - stand_discount", name=op.f("ck_sale_lines_paid")
        ),
        sa.CheckConstraint("qty > 0", name=op.f("ck_sale_lines_qty")),
        sa.CheckConstraint(
            "share + commission = paid + stand_discount", name=op.f("ck_sale_lines_split")
        ),
        sa.CheckConstraint("unlisted IN (0, 1)", name=op.f("ck_sale_lines_unlisted")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_sale_lines_item_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_sale_lines_sale_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_sale_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_lines")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sale_lines_item_id"), "sale_lines", ["item_id"], unique=False)
    op.create_index(op.f("ix_sale_lines_seller_id"), "sale_lines", ["seller_id"], unique=False)
    op.create_index("uq_sale_lines_no", "sale_lines", ["sale_id", "no"], unique=True)


def _line_discounts() -> None:
    op.create_table(
        "line_discounts",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("percent_bp", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("seller_part", sa.Integer(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "bearer IN ('seller', 'stand', 'shared')", name=op.f("ck_line_discounts_bearer")
        ),
        sa.CheckConstraint("scope IN ('line', 'cart')", name=op.f("ck_line_discounts_scope")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sale_lines.id"], name=op.f("fk_line_discounts_line_id")
        ),
        sa.PrimaryKeyConstraint("line_id", "no", name=op.f("pk_line_discounts")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sale_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("tendered", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_payments_method")
        ),
        sa.CheckConstraint("checked IN (0, 1)", name=op.f("ck_payments_checked")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_payments_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payments_sale_id"), "payments", ["sale_id"], unique=False)
    op.create_index(
        "ix_payments_unchecked",
        "payments",
        ["id"],
        unique=False,
        sqlite_where=sa.text("checked = 0"),
    )


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "account IN ('cash', 'qris', 'transfer', 'card', 'seller', 'commission', 'deposits', 'rounding', 'over_short', 'stand_discounts', 'losses', 'office', 'expenses')",
            name=op.f("ck_postings_account"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_postings_entry_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_postings_stand_id")),
        sa.PrimaryKeyConstraint("entry_id", "leg", name=op.f("pk_postings")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_postings_account_stand_id_subject_id_entry_id"),
        "postings",
        ["account", "stand_id", "subject_id", "entry_id"],
        unique=False,
    )


def _balances() -> None:
    op.create_table(
        "balances",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_balances_stand_id")),
        sa.PrimaryKeyConstraint("account", "stand_id", "subject_id", name=op.f("pk_balances")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
