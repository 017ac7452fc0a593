"""Orders: what is to be made, deposits, advances; payments and refunds may be an order's.

Revision 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _orders()
    _order_lines()
    _order_fields()
    _order_steps()
    _order_deposits()
    _order_refunds()
    _order_advances()
    _order_cancellations()
    _order_handovers()
    _order_handed()
    _payments()
    _refunds()
    op.execute("PRAGMA user_version = 4")


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("if_customer", sa.Text(), nullable=False),
        sa.Column("if_maker", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("step_at", sa.Integer(), nullable=False),
        sa.Column("step_entry", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_entry", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("deposit", sa.Integer(), nullable=False),
        sa.Column("advance", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "if_customer IN ('returned', 'kept', 'split')", name=op.f("ck_orders_if_customer")
        ),
        sa.CheckConstraint(
            "if_maker IN ('returned', 'kept', 'split')", name=op.f("ck_orders_if_maker")
        ),
        sa.CheckConstraint(
            "state IN ('ordered', 'confirmed', 'making', 'ready', 'cancelled', 'handed')",
            name=op.f("ck_orders_state"),
        ),
        sa.CheckConstraint(
            "step IN ('ordered', 'confirmed', 'making', 'ready', 'cancelled')",
            name=op.f("ck_orders_step"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_orders_entry_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_orders_seller_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_orders_staff_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_orders_stand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_orders_business_date"), "orders", ["business_date"], unique=False)
    op.create_index(op.f("ix_orders_contact_id"), "orders", ["contact_id"], unique=False)
    op.create_index(op.f("ix_orders_seller_id"), "orders", ["seller_id"], unique=False)
    op.create_index(op.f("ix_orders_state_promised"), "orders", ["state", "promised"], unique=False)
    op.create_index("uq_orders_number", "orders", ["till_no", "number"], unique=True)


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=False),
        sa.Column("terms_kind", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("net_price", sa.Integer(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("handed", sa.Integer(), nullable=False),
        sa.CheckConstraint("price >= 0 AND ceiling >= 0", name=op.f("ck_order_lines_price")),
        sa.CheckConstraint("qty > 0", name=op.f("ck_order_lines_qty")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
        sqlite_strict=True,
    )
    op.create_index("uq_order_lines_no", "order_lines", ["order_id", "no"], unique=True)


def _order_fields() -> None:
    op.create_table(
        "order_fields",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_lines.id"], name=op.f("fk_order_fields_line_id")
        ),
        sa.PrimaryKeyConstraint("line_id", "no", name=op.f("pk_order_fields")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _order_steps() -> None:
    op.create_table(
        "order_steps",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ordered', 'confirmed', 'making', 'ready', 'cancelled', 'paid', 'changed', 'advance', 'refunded', 'handed', 'returned')",
            name=op.f("ck_order_steps_kind"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_steps_order_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_order_steps")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_steps_order_id_entry_id"),
        "order_steps",
        ["order_id", "entry_id"],
        unique=False,
    )


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


def _order_handovers() -> None:
    op.create_table(
        "order_handovers",
        sa.Column("sale_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("deposit", sa.Integer(), nullable=False),
        sa.CheckConstraint("deposit >= 0", name=op.f("ck_order_handovers_deposit")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_handovers_order_id")
        ),
        sa.PrimaryKeyConstraint("sale_id", name=op.f("pk_order_handovers")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_handovers_order_id"), "order_handovers", ["order_id"], unique=False
    )


def _order_handed() -> None:
    op.create_table(
        "order_handed",
        sa.Column("sale_line_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_order_handed_qty")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_lines.id"], name=op.f("fk_order_handed_line_id")
        ),
        sa.PrimaryKeyConstraint("sale_line_id", name=op.f("pk_order_handed")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_order_handed_line_id"), "order_handed", ["line_id"], unique=False)


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
