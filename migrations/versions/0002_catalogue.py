"""Sellers, terms, items, stock, goods taken in, and the search index.

Revision 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ITEM_SEARCH = "CREATE VIRTUAL TABLE item_search USING fts5(name, code, seller, category, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"


def upgrade() -> None:
    _clusters()
    _categories()
    _sellers()
    _items()
    _terms()
    _stock()
    _stock_moves()
    _consignment_notes()
    op.execute(ITEM_SEARCH)


def _clusters() -> None:
    op.create_table(
        "clusters",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
        sa.UniqueConstraint("name", name=op.f("uq_clusters_name")),
        sqlite_strict=True,
    )


def _categories() -> None:
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
        sqlite_strict=True,
    )


def _sellers() -> None:
    op.create_table(
        "sellers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("workshop", sa.Text(), nullable=False),
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("loss_bearer", sa.Text(), nullable=False),
        sa.Column("loss_basis", sa.Text(), nullable=False),
        sa.CheckConstraint("loss_basis IN ('price', 'share')", name=op.f("ck_sellers_loss_basis")),
        sa.CheckConstraint(
            "loss_bearer IN ('seller', 'stand', 'shared')", name=op.f("ck_sellers_loss_bearer")
        ),
        sa.CheckConstraint("active IN (0, 1)", name=op.f("ck_sellers_active")),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["clusters.id"], name=op.f("fk_sellers_cluster_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sellers")),
        sa.UniqueConstraint("code", name=op.f("uq_sellers_code")),
        sqlite_strict=True,
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("to_complete", sa.Integer(), nullable=False),
        sa.Column("return_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('unique', 'stock', 'made_to_order')", name=op.f("ck_items_kind")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_items_price")),
        sa.CheckConstraint("to_complete IN (0, 1)", name=op.f("ck_items_to_complete")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_items_category_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_items_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("code", name=op.f("uq_items_code")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_items_barcode",
        "items",
        ["barcode"],
        unique=False,
        sqlite_where=sa.text("barcode != ''"),
    )
    op.create_index(op.f("ix_items_category_id"), "items", ["category_id"], unique=False)
    op.create_index(op.f("ix_items_seller_id"), "items", ["seller_id"], unique=False)
    op.create_index(
        "ix_items_to_complete",
        "items",
        ["id"],
        unique=False,
        sqlite_where=sa.text("to_complete = 1"),
    )


def _terms() -> None:
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("net_price", sa.Integer(), nullable=False),
        sa.CheckConstraint("base IN ('paid', 'list')", name=op.f("ck_terms_base")),
        sa.CheckConstraint("kind IN ('percent', 'net')", name=op.f("ck_terms_kind")),
        sa.CheckConstraint("net_price >= 0", name=op.f("ck_terms_net_price")),
        sa.CheckConstraint("rate_bp BETWEEN 0 AND 10000", name=op.f("ck_terms_rate_bp")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_terms_item_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_terms_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_terms_seller_id_item_id_valid_from"),
        "terms",
        ["seller_id", "item_id", "valid_from"],
        unique=False,
    )


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stock_item_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_stock_stand_id")),
        sa.PrimaryKeyConstraint("stand_id", "item_id", name=op.f("pk_stock")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_stock_on_shelf",
        "stock",
        ["stand_id", "item_id"],
        unique=False,
        sqlite_where=sa.text("on_hand > 0"),
    )


def _stock_moves() -> None:
    op.create_table(
        "stock_moves",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('intake', 'sale', 'return', 'withdrawal', 'transfer', 'loss', 'damage', 'correction')",
            name=op.f("ck_stock_moves_kind"),
        ),
        sa.CheckConstraint("qty <> 0", name=op.f("ck_stock_moves_qty")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_stock_moves_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stock_moves_item_id")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_stock_moves_stand_id")),
        sa.PrimaryKeyConstraint("entry_id", "no", name=op.f("pk_stock_moves")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_stock_moves_item_id_entry_id"),
        "stock_moves",
        ["item_id", "entry_id"],
        unique=False,
    )


def _consignment_notes() -> None:
    op.create_table(
        "consignment_notes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_consignment_notes_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_consignment_notes_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_consignment_notes_stand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignment_notes")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_consignment_notes_seller_id"), "consignment_notes", ["seller_id"], unique=False
    )
    op.create_index(
        "uq_consignment_notes_number", "consignment_notes", ["till_no", "number"], unique=True
    )
