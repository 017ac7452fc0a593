"""Doing what needs a manager: at once for a manager, after a PIN in place for a kasir."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.services.staff import Session


@dataclass(frozen=True)
class Word:
    """Who does something that needs a manager: `by` themselves, or allowed by `approver_id`."""

    by: int
    approver_id: int = 0

    @property
    def manager(self) -> int:
        """The manager's id."""
        return self.approver_id or self.by


class Gate:
    """Holds what waits for a manager's PIN.

    `asking` is the sentence over the PIN panel, "" while nothing waits. Each thing asks anew: a
    PIN given for one change allows no other.
    """

    def __init__(self, session: "Callable[[], Session]") -> None:
        self._session = session
        self._pending: Callable[[Word], None] | None = None
        self._asked_by = 0
        self.asking = ""
        self.on_change: Callable[[], None] = lambda: None

    @property
    def open(self) -> bool:
        """Whether the person signed in is a manager."""
        return self._session().role == "manajer"

    def ask(self, sentence: str, action: Callable[[Word], None]) -> None:
        """Call `action` with the word of a manager: who does it, and who allowed it."""
        by = self._session().staff_id
        if self.open:
            action(Word(by))
            return
        self._pending, self._asked_by, self.asking = action, by, sentence
        self.on_change()

    def approved(self, manager_id: int) -> None:
        """A manager typed the PIN."""
        action, self._pending, self.asking = self._pending, None, ""
        self.on_change()
        if action is not None:
            action(Word(self._asked_by, manager_id))

    def give_up(self) -> None:
        """The PIN panel was left."""
        self._pending, self.asking = None, ""
        self.on_change()
