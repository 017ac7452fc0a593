"""What all pages of the settings share: errors by field, a note of what was done, one run at a time."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from pos.errors import TitipError

if TYPE_CHECKING:
    from pos.services.till import Till
    from pos.ui.bridge import Runner
    from pos.ui.settings.gate import Gate

T = TypeVar("T")


class Section:
    """Base of the pages' presenters.

    `errors` holds a sentence by field ("" for one that belongs to no field), `note` what was done
    last, `busy` that something is under way. `on_change` is called after each change.
    """

    def __init__(self, till: "Till", run: "Runner", gate: "Gate") -> None:
        self._till, self._run, self._gate = till, run, gate
        self.errors: Mapping[str, str] = {}
        self.note = ""
        self.busy = False
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """Read everything anew; called when the page is shown."""
        self.errors, self.note = {}, ""
        self.on_change()

    def tell(self, *, note: str = "", errors: Mapping[str, str] | None = None) -> None:
        """Say what was done, or what is wrong; either takes the other's place."""
        self.note, self.errors = note, errors or {}
        self.on_change()

    def do(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run a command off the GUI thread; its UserError becomes a sentence beside its field."""
        if self.busy:
            return
        self.busy, self.errors, self.note = True, {}, ""
        self.on_change()

        def finished(result: T) -> None:
            self.busy = False
            done(result)
            self.on_change()

        def failed(error: TitipError) -> None:
            self.busy = False
            self.refresh_after_failure()
            self.tell(errors={getattr(error, "field", ""): error.sentence})

        self._run(work, finished, failed, failed)

    def refresh_after_failure(self) -> None:
        """For pages that show more than their fields: read again what may have changed."""
