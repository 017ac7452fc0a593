"""For commands that change what an open till would not notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.errors import EnvironmentProblem
from pos.i18n import _


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the data folder, so that no till opens it meanwhile."""
    from pos.ui.single import SingleInstance

    single = SingleInstance(folder)
    if not single.claim():
        raise EnvironmentProblem(
            _("Titip is already running with this data folder. Close it first.")
        )
    try:
        yield
    finally:
        single.release()
