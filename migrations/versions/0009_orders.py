"""Orders: what is to be made, its steps, what was handed over.

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
    _order_handovers()
    _order_handed()


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
