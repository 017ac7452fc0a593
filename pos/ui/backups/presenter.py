"""Choosing a backup: what each holds, and what going back to it would mean."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import TitipError
from pos.services.restore import Choice, Outlook, list_choices, look_ahead
from pos.services.restore_words import foretell
from pos.ui.backups.wanted import RestoreOrder

if TYPE_CHECKING:
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class RestoreState:
    """What the panel shows. `looking` says that something is being read."""

    choices: tuple[Choice, ...] = ()
    chosen: int = 0
    outlook: Outlook | None = None
    take_newer: bool = True
    looking: bool = False
    error: str = ""

    @property
    def choice(self) -> Choice | None:
        """The chosen backup; the numbers of choices begin with 1."""
        return self.choices[self.chosen - 1] if 0 < self.chosen <= len(self.choices) else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What going back would mean."""
        if self.outlook is None:
            return ()
        return tuple(foretell(self.outlook, take_newer=self.take_newer))

    @property
    def can_take(self) -> bool:
        """Whether the present book has something that could be taken over."""
        return (
            self.outlook is not None and not self.outlook.other and bool(self.outlook.newer.entries)
        )

    @property
    def order(self) -> RestoreOrder | None:
        """What would be done now; None while nothing can be."""
        if self.choice is None or self.outlook is None:
            return None
        return RestoreOrder(self.choice.path, self.take_newer)


class RestorePresenter:
    """Works on files alone: the book may be damaged, or open beside it."""

    def __init__(self, folder: Path, run_aside: "Runner") -> None:
        self._folder, self._run_aside = folder, run_aside
        self._elsewhere: tuple[Path, ...] = ()
        self._asked = 0
        self.state = RestoreState()
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """Read the list anew."""
        self._set(looking=True, error="")
        self._run_aside(
            lambda: list_choices(self._folder, *self._elsewhere), self._listed, None, self._failed
        )

    def look_in(self, folder: Path) -> None:
        """Show what another folder holds, too."""
        self._elsewhere = (*self._elsewhere, folder)
        self.refresh()

    def choose(self, number: int) -> None:
        """Look what the backup of this number would mean."""
        choice = replace(self.state, chosen=number).choice
        if choice is None or (number == self.state.chosen and self.state.outlook is not None):
            return
        self._asked += 1
        asked = self._asked
        self._set(chosen=number, outlook=None, looking=True, error="")

        def seen(outlook: Outlook) -> None:
            # Another may have been chosen meanwhile.
            if asked == self._asked:
                self._set(outlook=outlook, looking=False)

        def failed(error: TitipError) -> None:
            if asked == self._asked:
                self._failed(error)

        self._run_aside(lambda: look_ahead(self._folder, choice.path), seen, failed, failed)

    def take_newer(self, on: bool) -> None:
        """Whether newer entries of the present book come along."""
        self._set(take_newer=on)

    def _listed(self, choices: tuple[Choice, ...]) -> None:
        self._set(choices=choices, chosen=0, outlook=None, looking=False)

    def _failed(self, error: TitipError) -> None:
        self._set(looking=False, error=error.sentence)

    def _set(self, **changed: object) -> None:
        self.state = replace(self.state, **changed)  # type: ignore[arg-type]  # names of its fields
        self.on_change()
