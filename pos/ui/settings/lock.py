"""Locking after idle minutes, and the scanner's prefix."""

from dataclasses import dataclass

from pos.i18n import _
from pos.ui.settings.section import Section

IDLE_CHOICES = (0, 1, 2, 5, 10, 15, 30)
"""Minutes; 0 never locks by itself."""
DEFAULT_IDLE = 5


@dataclass(frozen=True)
class LockFields:
    """The page's fields."""

    idle_minutes: int
    scanner_prefix: str


class LockSection(Section):
    """Preferences of this machine; idle locking is a manager's to change."""

    def fields(self) -> LockFields:
        """What holds now."""
        kept = self._till.settings.preference("idle_minutes", str(DEFAULT_IDLE))
        return LockFields(
            idle_minutes=int(kept) if kept.isdigit() else DEFAULT_IDLE,
            scanner_prefix=self._till.settings.preference("scanner_prefix"),
        )

    def choose_idle(self, minutes: int) -> None:
        """Lock after so many minutes without a key or touch."""
        self._gate.ask(
            _("A manager's PIN is needed to change the lock."),
            lambda _word: self._keep("idle_minutes", str(minutes)),
        )
        self.on_change()

    def set_prefix(self, text: str) -> None:
        """The sign that the scanner sends before each code; "" when it sends none."""
        prefix = text.strip()
        if len(prefix) > 1 or (prefix and (not prefix.isprintable() or prefix.isalnum())):
            self.tell(
                errors={
                    "scanner_prefix": _("One sign that is neither letter nor digit, such as ~.")
                }
            )
            return
        self._keep("scanner_prefix", prefix)

    def _keep(self, name: str, value: str) -> None:
        self.do(
            lambda: self._till.settings.set_preference(name, value),
            lambda _done: self.tell(note=_("Saved.")),
        )
