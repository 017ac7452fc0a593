"""What may be said to the person at the till without stopping them: values, no widgets."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeAction:
    """A button on a banner. `call` runs on the GUI thread; the banner stays unless it is hidden."""

    text: str
    call: Callable[[], None]


@dataclass(frozen=True)
class Banner:
    """A line across the top that says what to do. `kind`: "warning", "bad", "info" or "good"."""

    key: str
    text: str
    kind: str = "warning"
    actions: tuple[NoticeAction, ...] = ()


@dataclass(frozen=True)
class Toast:
    """A short word that goes by itself, perhaps with one button."""

    text: str
    action: str = ""
    call: Callable[[], None] | None = None
