"""Several tills: newest words, sightings, transfers, settlements; codes that two tills may both give.

Revision 0008.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UNIQUE = re.compile(r',\s*CONSTRAINT "?uq_\w+"? UNIQUE \("?(?:code|name)"?\)')


def upgrade() -> None:
    _own_till()
    _stands()
    for name in ("clusters", "categories", "sellers", "items"):
        _without_unique(name)
    op.create_index(op.f("ix_sellers_code"), "sellers", ["code"], unique=False)
    op.create_index(op.f("ix_items_code"), "items", ["code"], unique=False)
    _newest()
    _sightings()
    _transfers()
    _checks()
    _shared_settings()
    _settlements()
    _payout_reach()
    _entries_aside()
    op.execute("PRAGMA user_version = 3")


def _own_till() -> None:
    """Until now a book knew one till, its own; from now on the machine remembers which it is."""
    op.execute(
        "INSERT INTO preferences (name, value) SELECT 'till_no', till_no FROM tills WHERE true "
        "LIMIT 1 ON CONFLICT DO NOTHING"
    )


def _without_unique(name: str) -> None:
    """Make a table anew without its unique constraint, with its rows and indexes."""
    connection = op.get_bind()
    kept = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (name,)
    ).fetchall()
    made = next(sql for kind, sql in kept if kind == "table")
    anew, found = UNIQUE.subn("", made)
    if found != 1:
        raise RuntimeError(f"{name} is not as it was left by revision 0007")
    anew = re.sub(rf'^CREATE TABLE "?{name}"?', f"CREATE TABLE {name}_anew", anew)
    connection.exec_driver_sql(anew)
    connection.exec_driver_sql(f"INSERT INTO {name}_anew SELECT * FROM {name}")  # noqa: S608 (constants)
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {name}_anew RENAME TO {name}")
    for kind, sql in kept:
        if kind == "index":
            connection.exec_driver_sql(sql)


def _stands() -> None:
    op.create_table(
        "stands_anew",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.CheckConstraint("sample IN (0, 1)", name=op.f("ck_stands_sample")),
        sa.CheckConstraint("kind IN ('stand', 'bazaar')", name=op.f("ck_stands_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stands")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO stands_anew SELECT id, code, name, address, zone, sample, 'stand', '', '' "
        "FROM stands"
    )
    op.execute("DROP TABLE stands")
    op.execute("ALTER TABLE stands_anew RENAME TO stands")


def _newest() -> None:
    op.create_table(
        "newest",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_newest")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    # What the one till there was said last of each thing; its words came in their order.
    for kind, about, entry_kind in (
        ("'setting ' || json_extract(body, '$.name')", "stand_id", "setting_changed"),
        ("'staff'", "staff_id", "staff_changed"),
        ("'item'", "item_id", "item_changed"),
        ("'seller'", "seller_id", "seller_changed"),
    ):
        op.execute(
            f"INSERT INTO newest SELECT {kind}, json_extract(body, '$.{about}'), max(at), max(id) "  # noqa: S608 (constants)
            f"FROM journal WHERE kind = '{entry_kind}' GROUP BY 1, 2"
        )
    op.execute(
        "INSERT INTO newest SELECT 'return_by', item_id, max(at), max(id) FROM ("
        "SELECT json_extract(body, '$.item_id') AS item_id, at, id FROM journal "
        "WHERE kind = 'return_by_changed' UNION ALL "
        "SELECT json_extract(line.value, '$.item_id'), journal.at, journal.id "
        "FROM journal, json_each(journal.body, '$.lines') line WHERE kind = 'goods_received' "
        "AND json_extract(line.value, '$.return_by') <> '') GROUP BY 2"
    )


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("seen_till", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("till_no", "seen_till", name=op.f("pk_sightings")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("from_stand", sa.Integer(), nullable=False),
        sa.Column("to_stand", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_transfers_entry_id")),
        sa.ForeignKeyConstraint(
            ["from_stand"], ["stands.id"], name=op.f("fk_transfers_from_stand")
        ),
        sa.ForeignKeyConstraint(["to_stand"], ["stands.id"], name=op.f("fk_transfers_to_stand")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_transfers_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
        sqlite_strict=True,
    )
    op.create_index("uq_transfers_number", "transfers", ["till_no", "number"], unique=True)
    op.create_index(op.f("ix_transfers_to_stand"), "transfers", ["to_stand"], unique=False)
    op.create_index(op.f("ix_transfers_from_stand"), "transfers", ["from_stand"], unique=False)
    op.create_table(
        "transfer_lines",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_transfer_lines_qty")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_transfer_lines_item_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_transfer_lines_transfer_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "no", name=op.f("pk_transfer_lines")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_transfer_lines_item_id"), "transfer_lines", ["item_id"], unique=False)


def _checks() -> None:
    op.create_table(
        "transfer_checks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_transfer_checks_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_transfer_checks_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stands.id"], name=op.f("fk_transfer_checks_stand_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_transfer_checks_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_checks")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_transfer_checks_transfer_id"), "transfer_checks", ["transfer_id"], unique=False
    )
    op.create_table(
        "transfer_check_lines",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_transfer_check_lines_qty")),
        sa.ForeignKeyConstraint(
            ["check_id"], ["transfer_checks.id"], name=op.f("fk_transfer_check_lines_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_transfer_check_lines_item_id")
        ),
        sa.PrimaryKeyConstraint("check_id", "item_id", name=op.f("pk_transfer_check_lines")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _shared_settings() -> None:
    op.create_table(
        "shared_settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shared_settings")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name=op.f("fk_settlements_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_settlements_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_settlements_kind_subject_id"), "settlements", ["kind", "subject_id"], unique=False
    )


def _payout_reach() -> None:
    op.create_table(
        "payout_reach",
        sa.Column("payout_id", sa.Integer(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("upto_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_reach_payout_id")
        ),
        sa.PrimaryKeyConstraint("payout_id", "till_no", name=op.f("pk_payout_reach")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO payout_reach SELECT id, upto_id >> 40, upto_id FROM payouts WHERE upto_id > 0"
    )


def _entries_aside() -> None:
    op.create_table(
        "entries_aside",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("why IN ('fork', 'rests_on_fork')", name=op.f("ck_entries_aside_why")),
        sa.CheckConstraint(
            "length(hash) = 32 AND length(previous) = 32", name=op.f("ck_entries_aside_hash")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_entries_aside")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_entries_aside_till_no_seq"), "entries_aside", ["till_no", "seq"], unique=False
    )
