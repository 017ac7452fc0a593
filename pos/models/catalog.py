"""Who consigns and what is for sale: sellers, terms, items, stock."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from pos.models.base import BOOK, flag, key, number, one_of, ref, table, text

clusters = table("clusters", BOOK, key(), text("name"))

categories = table("categories", BOOK, key(), text("name"))

sellers = table(
    "sellers",
    BOOK,
    key(),
    text("code"),
    text("workshop"),
    ref("cluster_id", "clusters.id"),
    number("contact_id"),
    *flag("active"),
    text("loss_bearer"),
    text("loss_basis"),
    one_of("loss_bearer", "seller", "stand", "shared"),
    one_of("loss_basis", "price", "share"),
    Index(None, "code"),
)

terms = table(
    "terms",
    BOOK,
    key(),
    ref("seller_id", "sellers.id"),
    ref("item_id", "items.id", optional=True),
    text("valid_from"),
    text("kind"),
    number("rate_bp"),
    text("base"),
    number("net_price"),
    one_of("kind", "percent", "net"),
    one_of("base", "paid", "list"),
    CheckConstraint("rate_bp BETWEEN 0 AND 10000", name="rate_bp"),
    CheckConstraint("net_price >= 0", name="net_price"),
    Index(None, "seller_id", "item_id", "valid_from"),
)

items = table(
    "items",
    BOOK,
    key(),
    text("code"),
    text("barcode"),
    text("name"),
    text("kind"),
    number("price"),
    ref("category_id", "categories.id", optional=True),
    ref("seller_id", "sellers.id"),
    text("picture"),
    *flag("to_complete"),
    text("return_by"),
    one_of("kind", "unique", "stock", "made_to_order"),
    CheckConstraint("price >= 0", name="price"),
    Index(None, "code"),
    Index(None, "category_id"),
    Index(None, "seller_id"),
)
Index("ix_items_barcode", items.c.barcode, sqlite_where=items.c.barcode != "")
Index("ix_items_to_complete", items.c.id, sqlite_where=items.c.to_complete == 1)

stock = table(
    "stock",
    BOOK,
    ref("stand_id", "stands.id"),
    ref("item_id", "items.id"),
    number("on_hand"),
    PrimaryKeyConstraint("stand_id", "item_id"),
    sqlite_with_rowid=False,
)
Index("ix_stock_on_shelf", stock.c.stand_id, stock.c.item_id, sqlite_where=stock.c.on_hand > 0)

MOVE_KINDS = (
    "intake",
    "sale",
    "return",
    "withdrawal",
    "transfer",
    "loss",
    "damage",
    "correction",
)

stock_moves = table(
    "stock_moves",
    BOOK,
    ref("entry_id", "journal.id"),
    number("no"),
    ref("stand_id", "stands.id"),
    ref("item_id", "items.id"),
    text("kind"),
    number("qty"),
    number("document_id"),
    PrimaryKeyConstraint("entry_id", "no"),
    one_of("kind", *MOVE_KINDS),
    CheckConstraint("qty <> 0", name="qty"),
    Index(None, "item_id", "entry_id"),
    sqlite_with_rowid=False,
)

consignment_notes = table(
    "consignment_notes",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    ref("seller_id", "sellers.id"),
    number("till_no"),
    number("number"),
    text("business_date"),
    Index("uq_consignment_notes_number", "till_no", "number", unique=True),
    Index(None, "seller_id"),
)

consignment_lines = table(
    "consignment_lines",
    BOOK,
    ref("note_id", "consignment_notes.id"),
    number("no"),
    ref("item_id", "items.id"),
    number("qty"),
    text("return_by"),
    text("name"),
    number("price"),
    PrimaryKeyConstraint("note_id", "no"),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

contact_cards = table(
    "contact_cards",
    "contacts",
    key(),
    text("name"),
    text("phone"),
    text("bank"),
    number("updated_at"),
    number("updated_by"),
)
"""Personal things that the journal names by id only. The newer card wins."""

ITEM_SEARCH = (
    "CREATE VIRTUAL TABLE item_search USING fts5("
    "name, code, seller, category, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
)
"""The index behind search-as-you-type; a consequence of items, filled by apply.catalog."""
