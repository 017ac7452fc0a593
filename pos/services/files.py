"""Files that people save: all of it or nothing."""

from pathlib import Path

from pos.errors import EnvironmentProblem
from pos.i18n import _


def write_whole(target: Path, raw: bytes) -> None:
    """Write a file; an earlier one stays until the new one is whole.

    Raises EnvironmentProblem when the disk refuses.
    """
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.write_bytes(raw)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise EnvironmentProblem(
            _("The file could not be written: {why}").format(why=error.strerror)
        ) from error
