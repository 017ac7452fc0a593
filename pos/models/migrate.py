"""Bringing a book to the schema of this program.

At start only PRAGMA user_version is compared with a constant; Alembic (0.15 s) is imported when
they differ. Migrations run with foreign keys off, which are checked before the commit.
"""

from pathlib import Path
from typing import Any

from pos.errors import BookDamagedError, BookTooNewError
from pos.i18n import _
from pos.models.engine import driver, make_engine, translated_errors
from pos.models.problems import damaged_sentence

SCHEMA_VERSION = 4
"""Written to PRAGMA user_version by the last migration."""


def version_of(path: Path) -> int:
    """The schema version of a file; 0 for one that is new or empty."""
    if not path.exists():
        return 0
    with translated_errors():
        # Not read-only: what a kill has left half written is rolled back by whoever opens first.
        connection = driver.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
        try:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()


def needs_migration(path: Path) -> bool:
    """Whether `migrate` has anything to do. Raises BookTooNewError for a newer version's book."""
    version = version_of(path)
    if version > SCHEMA_VERSION:
        raise BookTooNewError(
            _("This book was written by a newer version of Titip. Install that version to open it.")
        )
    return version < SCHEMA_VERSION


def migrate(path: Path) -> None:
    """Run the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_scripts()))
    config.set_main_option("path_separator", "os")
    engine = make_engine(path)
    with translated_errors(), engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF"):
            raw.execute(f"PRAGMA {pragma}")
        # Alembic joins a transaction that is already open and leaves its end to us.
        with connection.begin():
            raw.execute("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BookDamagedError(damaged_sentence())
    engine.dispose()


def _scripts() -> Path:
    """The migrations: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"
