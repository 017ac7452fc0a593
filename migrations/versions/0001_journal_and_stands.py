"""The journal, stands, tills, staff, and what is local to a machine.

Revision 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JOURNAL_TRIGGERS = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)


def upgrade() -> None:
    _journal()
    _stands()
    _tills()
    _settings()
    _staff()
    _counters()
    _contact_cards()
    _pins()
    _preferences()
    _carts()
    _print_jobs()
    for statement in JOURNAL_TRIGGERS:
        op.execute(statement)


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
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
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = till_no * 1099511627776 + seq", name=op.f("ck_journal_id")),
        sa.CheckConstraint(
            "length(hash) = 32 AND length(previous) = 32", name=op.f("ck_journal_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("till_no", "seq", name=op.f("uq_journal_till_no_seq")),
        sqlite_strict=True,
    )


def _stands() -> None:
    op.create_table(
        "stands",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.CheckConstraint("sample IN (0, 1)", name=op.f("ck_stands_sample")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stands")),
        sa.UniqueConstraint("code", name=op.f("uq_stands_code")),
        sqlite_strict=True,
    )


def _tills() -> None:
    op.create_table(
        "tills",
        sa.Column("till_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_tills_stand_id")),
        sa.PrimaryKeyConstraint("till_no", name=op.f("pk_tills")),
        sqlite_strict=True,
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["stand_id"], ["stands.id"], name=op.f("fk_settings_stand_id")),
        sa.PrimaryKeyConstraint("stand_id", "name", name=op.f("pk_settings")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('kasir', 'manajer')", name=op.f("ck_staff_role")),
        sa.CheckConstraint("active IN (0, 1)", name=op.f("ck_staff_active")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sqlite_strict=True,
    )


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("till_no", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("till_no", "name", name=op.f("pk_counters")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _contact_cards() -> None:
    op.create_table(
        "contact_cards",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_cards")),
        sqlite_strict=True,
    )


def _pins() -> None:
    op.create_table(
        "pins",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('staff', 'seller')", name=op.f("ck_pins_kind")),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_pins")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_preferences")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _carts() -> None:
    op.create_table(
        "carts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("cart", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("open IN (0, 1)", name=op.f("ck_carts_open")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carts")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "uq_carts_open", "carts", ["open"], unique=True, sqlite_where=sa.text("open = 1")
    )


def _print_jobs() -> None:
    op.create_table(
        "print_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'sending', 'done', 'unknown', 'cancelled')",
            name=op.f("ck_print_jobs_status"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_print_jobs_attempts")),
        sa.CheckConstraint("copy IN (0, 1)", name=op.f("ck_print_jobs_copy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_print_jobs_pending",
        "print_jobs",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status != 'done'"),
    )
