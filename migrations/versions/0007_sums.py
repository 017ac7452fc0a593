"""Sums that reports read, made from the documents that are there; the journal by business date.

Revision 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOVED = (
    "pieces",
    "returned",
    "gross",
    "seller_discount",
    "stand_discount",
    "commission",
    "share",
)
_DAY = (
    "sales",
    "pieces",
    "gross",
    "discounts",
    "rounding",
    "paid",
    "returns",
    "voids",
    "refunded",
    "commission",
)
_LINES = """
SELECT s.stand_id, s.business_date, l.seller_id, l.item_id, l.qty AS pieces, 0 AS returned,
       l.qty * l.price AS gross, l.seller_discount, l.stand_discount, l.commission, l.share
FROM sale_lines l JOIN sales s ON s.id = l.sale_id
UNION ALL
SELECT r.stand_id, r.business_date, l.seller_id, l.item_id, -l.qty, l.qty,
       -(l.paid + l.seller_discount + l.stand_discount), -l.seller_discount, -l.stand_discount,
       -l.commission, -l.share
FROM return_lines l JOIN returns r ON r.id = l.return_id
"""
_UNRECORDED = """
UNION ALL
SELECT stand_id, business_date, seller_id, item_id, qty, 0, share + commission, 0, 0,
       commission, share
FROM unrecorded_lines
"""
_SPANS = {"day": "business_date", "month": "substr(business_date, 1, 7) || '-01'"}


def upgrade() -> None:
    _day_sums()
    _day_quarters()
    _day_methods()
    _day_bearers()
    _day_items()
    _seller_sums()
    _category_sums()
    op.create_index(op.f("ix_journal_business_date"), "journal", ["business_date"], unique=False)
    op.execute("PRAGMA user_version = 2")


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _day_table(
    name: str, *columns: "sa.Column[int] | sa.Column[str] | sa.Constraint", key: str = ""
) -> None:
    keys = ("stand_id", "business_date", *((key,) if key else ()))
    op.create_table(
        name,
        _number("stand_id"),
        _text("business_date"),
        *columns,
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f(f"fk_{name}_stand_id")),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _day_sums() -> None:
    _day_table("day_sums", *map(_number, _DAY))
    op.execute("""
        INSERT INTO day_sums
        SELECT stand_id, business_date, sum(sales), sum(pieces), sum(gross), sum(discounts),
               sum(rounding), sum(paid), sum(returns), sum(voids), sum(refunded), sum(commission)
        FROM (
            SELECT stand_id, business_date, 1 AS sales, pieces, subtotal AS gross,
                   line_discounts + cart_discount AS discounts, rounding, paid, 0 AS returns,
                   0 AS voids, 0 AS refunded, 0 AS commission
            FROM sales
            UNION ALL
            SELECT stand_id, business_date, 0, 0, 0, 0, 0, 0, 1, void, refunded, 0 FROM returns
            UNION ALL
            SELECT s.stand_id, s.business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, l.commission
            FROM sale_lines l JOIN sales s ON s.id = l.sale_id
            UNION ALL
            SELECT r.stand_id, r.business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, -l.commission
            FROM return_lines l JOIN returns r ON r.id = l.return_id
            UNION ALL
            SELECT stand_id, business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, commission
            FROM unrecorded_lines
        )
        GROUP BY stand_id, business_date
    """)


def _day_quarters() -> None:
    _day_table("day_quarters", _number("quarter"), _number("sales"), _number("paid"), key="quarter")
    op.execute("""
        INSERT INTO day_quarters
        SELECT stand_id, business_date, at / 900000, count(*), sum(paid)
        FROM sales GROUP BY 1, 2, 3
    """)


def _day_methods() -> None:
    _day_table(
        "day_methods",
        _text("method"),
        *map(_number, ("payments", "taken", "refunded", "moved")),
        sa.CheckConstraint(
            "method IN ('cash', 'qris', 'transfer', 'card')", name=op.f("ck_day_methods_method")
        ),
        key="method",
    )
    op.execute("""
        INSERT INTO day_methods
        SELECT stand_id, business_date, method, sum(payments), sum(taken), sum(refunded), sum(moved)
        FROM (
            SELECT s.stand_id, s.business_date, p.method, 1 AS payments, p.amount AS taken,
                   0 AS refunded, 0 AS moved
            FROM payments p JOIN sales s ON s.id = p.sale_id
            UNION ALL
            SELECT r.stand_id, r.business_date, f.method, 0, 0, f.amount, 0
            FROM refunds f JOIN returns r ON r.id = f.return_id
            UNION ALL
            SELECT g.stand_id, j.business_date, g.account, 0, 0, 0, g.amount
            FROM postings g JOIN journal j ON j.id = g.entry_id
            WHERE g.account IN ('cash', 'qris', 'transfer', 'card')
        )
        GROUP BY 1, 2, 3
    """)


def _day_bearers() -> None:
    _day_table(
        "day_bearers",
        _text("bearer"),
        *map(_number, ("discounts", "amount", "seller_part")),
        sa.CheckConstraint(
            "bearer IN ('seller', 'stand', 'shared')", name=op.f("ck_day_bearers_bearer")
        ),
        key="bearer",
    )
    op.execute("""
        INSERT INTO day_bearers
        SELECT s.stand_id, s.business_date, d.bearer, count(*), sum(d.amount), sum(d.seller_part)
        FROM line_discounts d JOIN sale_lines l ON l.id = d.line_id
        JOIN sales s ON s.id = l.sale_id
        GROUP BY 1, 2, 3
    """)


def _day_items() -> None:
    _day_table(
        "day_items",
        *map(_number, ("item_id", "pieces", "paid")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_day_items_item_id")),
        key="item_id",
    )
    op.execute(f"""
        INSERT INTO day_items
        SELECT stand_id, business_date, item_id, sum(pieces),
               sum(gross - seller_discount - stand_discount)
        FROM ({_LINES}) GROUP BY 1, 2, 3
    """)  # noqa: S608 (constants)


def _seller_sums() -> None:
    op.create_table(
        "seller_sums",
        _text("span"),
        _number("stand_id"),
        _text("since"),
        *map(_number, ("seller_id", *_MOVED, "paid_out", "compensation", "owed")),
        sa.CheckConstraint("span IN ('day', 'month')", name=op.f("ck_seller_sums_span")),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_seller_sums_stand_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_seller_sums_seller_id")
        ),
        sa.PrimaryKeyConstraint(
            "span", "stand_id", "since", "seller_id", name=op.f("pk_seller_sums")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    moved = ", ".join(_MOVED)
    sums = ", ".join(f"sum({name})" for name in (*_MOVED, "paid_out", "compensation", "owed"))
    none = ", ".join("0" for _name in _MOVED)
    for span, since in _SPANS.items():
        op.execute(f"""
            INSERT INTO seller_sums
            SELECT '{span}', stand_id, {since}, seller_id, {sums}
            FROM (
                SELECT stand_id, business_date, seller_id, {moved}, 0 AS paid_out,
                       0 AS compensation, 0 AS owed
                FROM ({_LINES} {_UNRECORDED})
                UNION ALL
                SELECT stand_id, business_date, seller_id, {none}, amount, 0, 0 FROM payouts
                UNION ALL
                SELECT p.stand_id, u.business_date, p.seller_id, {none}, -p.amount, 0, 0
                FROM payout_undos u JOIN payouts p ON p.id = u.payout_id
                UNION ALL
                SELECT stand_id, business_date, seller_id, {none}, 0, owed, 0
                FROM loss_lines WHERE owed <> 0
                UNION ALL
                SELECT g.stand_id, j.business_date, g.subject_id, {none}, 0, 0, -g.amount
                FROM postings g JOIN journal j ON j.id = g.entry_id WHERE g.account = 'seller'
            )
            GROUP BY 2, 3, 4
        """)  # noqa: S608 (constants)


def _category_sums() -> None:
    op.create_table(
        "category_sums",
        _text("span"),
        _number("stand_id"),
        _text("since"),
        *map(_number, ("category_id", *_MOVED)),
        sa.CheckConstraint("span IN ('day', 'month')", name=op.f("ck_category_sums_span")),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_category_sums_stand_id")
        ),
        sa.PrimaryKeyConstraint(
            "span", "stand_id", "since", "category_id", name=op.f("pk_category_sums")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    sums = ", ".join(f"sum({name})" for name in _MOVED)
    for span, since in _SPANS.items():
        op.execute(f"""
            INSERT INTO category_sums
            SELECT '{span}', l.stand_id, {since}, coalesce(i.category_id, 0), {sums}
            FROM ({_LINES} {_UNRECORDED}) l JOIN items i ON i.id = l.item_id
            GROUP BY 2, 3, 4
        """)  # noqa: S608 (constants)
