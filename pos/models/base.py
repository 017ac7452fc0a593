"""The metadata, and the families of tables (DESIGN, "Three kinds of tables").

Every table is STRICT, so only INTEGER, TEXT and BLOB columns exist here; every constraint has a
name; nothing cascades.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

BOOK = "book"
"""Consequence of the journal: rebuilt from it and compared by verify."""
LOCAL = "local"
"""Belongs to this machine and never travels."""
CONTACTS = "contacts"
"""Personal things, beside the journal, so that a person can be erased."""
JOURNAL = "journal"
"""The truth itself."""
ASIDE = "aside"
"""Entries that came from elsewhere and contradict the journal; kept, applied to nothing."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, family: str, *parts: Any, **options: Any) -> Table:
    """A STRICT table of one family."""
    return Table(name, metadata, *parts, sqlite_strict=True, info={"family": family}, **options)


def tables_of(family: str) -> list[Table]:
    """The tables of a family, in an order that satisfies foreign keys."""
    return [found for found in metadata.sorted_tables if found.info["family"] == family]


def number(name: str, **options: Any) -> Column[int]:
    """A whole number that must be there."""
    return Column(name, Integer, nullable=False, **options)


def text(name: str, **options: Any) -> Column[str]:
    """A text that must be there (it may be empty)."""
    return Column(name, Text, nullable=False, **options)


def flag(name: str) -> tuple[Column[int], CheckConstraint]:
    """0 or 1."""
    return number(name), CheckConstraint(f"{name} IN (0, 1)", name=name)


def key(name: str = "id") -> Column[int]:
    """An id given by pos.ids, never by the database."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def ref(name: str, target: str, *, optional: bool = False) -> Column[int]:
    """A reference to another table's row."""
    return Column(name, Integer, ForeignKey(target), nullable=optional)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A closed list of words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
