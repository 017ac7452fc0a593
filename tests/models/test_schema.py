"""The migrations make the schema of the metadata, to the letter, with data in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from pos.config import book_path
from pos.errors import BookDamagedError
from pos.models import migrate as migrations
from pos.models.engine import driver, make_engine
from pos.models.migrate import SCHEMA_VERSION, migrate, needs_migration, version_of
from pos.models.schema import EXTRA_DDL, metadata
from pos.services.till import Till
from tests.models.conftest import sell_three
from tests.support import make_till

_OURS = (
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE 'item_search_%' AND name <> 'alembic_version'"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A migrated book with sales in it."""
    till = make_till(tmp_path)
    sell_three(till)
    till.close()
    return book_path(tmp_path / "data")


@pytest.fixture
def raw(book: Path) -> Iterator[Any]:
    connection = driver.connect(book)
    yield connection
    connection.close()


def from_metadata() -> dict[str, str]:
    """What create_all and the statements beyond Core make."""
    engine = create_engine("sqlite://", module=driver, poolclass=StaticPool)
    with engine.connect() as connection:
        metadata.create_all(connection)
        database: Any = connection.connection.driver_connection
        for statement in EXTRA_DDL.values():
            database.execute(statement)
        found = dict(database.execute(_OURS).fetchall())
    engine.dispose()
    return found


def normal(sql: str) -> list[str]:
    """A statement's lines, sorted: the order of constraints has no meaning and differs."""
    lines = [re.sub(r"\s+", " ", line).replace('"', "").strip(" ,") for line in sql.splitlines()]
    return sorted(line for line in lines if line)


def test_upgrading_to_head_gives_what_the_metadata_says(raw: Any) -> None:
    migrated = dict(raw.execute(_OURS).fetchall())
    made = from_metadata()
    assert migrated.keys() == made.keys()
    for name, sql in made.items():
        assert normal(migrated[name]) == normal(sql), name


def test_alembic_itself_finds_nothing_to_migrate(book: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = make_engine(book)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not str(name).startswith("item_search")
                ),
                "compare_type": True,
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_data_survives_migrating_again(tmp_path: Path) -> None:
    """A book as an older program left it, with rows in it, comes through with all of them."""
    till = make_till(tmp_path)
    till.close()
    book = book_path(tmp_path / "data")
    connection = driver.connect(book)
    before = _counts(connection)
    connection.execute("PRAGMA user_version = 0")
    connection.commit()
    connection.close()
    assert needs_migration(book)
    migrate(book)
    connection = driver.connect(book)
    assert _counts(connection) == before
    assert before["journal"] > 10
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.commit()
    connection.close()
    again = Till.open(tmp_path / "data", cheap_pins=True)
    assert again.info.stand_name == "Galeri Dekranasda"
    again.close()


def _counts(connection: Any) -> dict[str, int]:
    return {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in metadata.tables
    }


def test_every_table_is_strict(raw: Any) -> None:
    rows = raw.execute("PRAGMA table_list").fetchall()
    strict = {row[1]: row[5] for row in rows if row[0] == "main"}
    for name in metadata.tables:
        assert strict[name] == 1, name


def test_the_journals_triggers_are_there(raw: Any) -> None:
    rows = raw.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert set(rows) >= {("journal_no_update", "journal"), ("journal_no_delete", "journal")}


def test_every_constraint_has_a_name() -> None:
    for table in metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint!r}"
        for index in table.indexes:
            assert index.name


def test_every_constraint_in_the_file_has_a_name(raw: Any) -> None:
    for name, sql in raw.execute(_OURS).fetchall():
        if name not in metadata.tables:
            continue
        for line in sql.splitlines()[1:]:
            unnamed = re.match(r"\s*(PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b", line)
            assert unnamed is None, f"{name}: {line}"


def test_nothing_cascades(raw: Any) -> None:
    sql = " ".join(row[1] for row in raw.execute(_OURS).fetchall()).upper()
    assert "CASCADE" not in sql
    assert "SET NULL" not in sql
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete is None
            assert key.onupdate is None


def test_every_table_says_which_family_it_is_of() -> None:
    families = {table.info["family"] for table in metadata.tables.values()}
    assert families == {"book", "local", "contacts", "journal", "aside"}


def test_the_last_migration_writes_the_version_that_the_program_expects(book: Path) -> None:
    assert version_of(book) == SCHEMA_VERSION
    assert not needs_migration(book)


def test_a_new_folder_gets_a_whole_book_in_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert version_of(path) == 0
    assert needs_migration(path)
    migrate(path)
    assert version_of(path) == SCHEMA_VERSION


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    original = migrations._scripts()
    (scripts / "env.py").write_text((original / "env.py").read_text())
    for path in (original / "versions").glob("*.py"):
        (scripts / "versions" / path.name).write_text(path.read_text())
    last = max(path.stem[:4] for path in (scripts / "versions").glob("*.py"))
    (scripts / "versions" / "9999_bad.py").write_text(
        "from alembic import op\n"
        f'revision, down_revision, branch_labels, depends_on = "9999", "{last}", None, None\n'
        "def upgrade():\n"
        '    op.execute("CREATE TABLE half (id INTEGER)")\n'
        '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    )
    monkeypatch.setattr(migrations, "_scripts", lambda: scripts)
    path = tmp_path / "new.db"
    with pytest.raises(Exception, match="nowhere"):
        migrate(path)
    connection = driver.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()


def test_a_book_whose_references_lead_nowhere_is_not_migrated(book: Path) -> None:
    connection = driver.connect(book, isolation_level=None)
    connection.execute("INSERT INTO stock VALUES (1, 2, 3)")
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with pytest.raises(BookDamagedError):
        migrate(book)
    assert version_of(book) == 0
