"""A view listens to its presenter for as long as the view lives."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject


class Tells(Protocol):
    """A presenter: it calls `on_change` after each change."""

    on_change: Callable[[], None]


def listen(view: QObject, presenter: Tells, call: Callable[[], None]) -> None:
    """Call `call` after each change, until the view is destroyed.

    Work that was under way then may still end; its presenter must not touch a view that is gone.
    """
    presenter.on_change = call

    def gone() -> None:
        presenter.on_change = _nothing

    view.destroyed.connect(gone)


def _nothing() -> None:
    """Nobody looks any more."""
