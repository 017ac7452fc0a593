"""Searching while somebody types: one search at a time, and only the last one counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos.services.queries.receipts import ReceiptQuery, ReceiptRow

if TYPE_CHECKING:
    from pos.ui.bridge import Runner

Rows = tuple[ReceiptRow, ...]
Search = Callable[[ReceiptQuery, int], Rows]
"""(query, before) -> rows; a word that is nowhere takes a second in a book of five years."""


class LatestSearch:
    """Runs searches aside. What is asked while one runs waits; of several only the last is made."""

    def __init__(self, search: Search, run_aside: "Runner") -> None:
        self._search, self._run_aside = search, run_aside
        self._wanted: tuple[ReceiptQuery, int, Callable[[Rows], None]] | None = None
        self._running = False

    def ask(self, query: ReceiptQuery, before: int, found: Callable[[Rows], None]) -> None:
        """Search, and call `found` unless something else was asked meanwhile."""
        self._wanted = (query, before, found)
        if not self._running:
            self._start()

    def forget(self) -> None:
        """What runs now counts no more."""
        self._wanted = None

    def _start(self) -> None:
        asked = self._wanted
        if asked is None:
            return
        query, before, found = asked
        self._running = True

        def ended(rows: Rows) -> None:
            self._running = False
            if self._wanted is asked:
                self._wanted = None
                found(rows)
            else:
                self._start()

        def failed(_error: object) -> None:
            ended(())

        self._run_aside(lambda: self._search(query, before), ended, failed, failed)
