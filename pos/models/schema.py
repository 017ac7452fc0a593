"""The whole schema in one place: importing this module makes the metadata complete."""

from pos.models import (
    catalog,
    consignment,
    journal,
    ledger,
    local,
    orders,
    returns,
    sales,
    shifts,
    stands,
    sums,
    tills,
)
from pos.models.base import metadata

EXTRA_DDL: dict[str, str] = {**journal.TRIGGERS, "item_search": catalog.ITEM_SEARCH}
"""What Core can't express, by its name in sqlite_master. Batch migrations drop triggers silently:
tests compare sqlite_master with this list."""

__all__ = [
    "EXTRA_DDL",
    "catalog",
    "consignment",
    "journal",
    "ledger",
    "local",
    "metadata",
    "orders",
    "returns",
    "sales",
    "shifts",
    "stands",
    "sums",
    "tills",
]
