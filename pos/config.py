"""Where things are on this machine."""

import os
from pathlib import Path

from pos.errors import EnvironmentProblem
from pos.i18n import _

APP = "titip"
BOOK = "titip.db"


def default_folder() -> Path:
    """The data folder: TITIP_DATA if set, else where the platform keeps a program's data."""
    told = os.environ.get("TITIP_DATA")
    if told:
        return Path(told)
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def book_path(folder: Path) -> Path:
    """The book in a data folder."""
    return folder / BOOK


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can read; names of customers and sellers lie in it.

    Raises EnvironmentProblem when it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise EnvironmentProblem(
            _("The data folder {folder} can't be used: {why}").format(
                folder=folder, why=error.strerror
            )
        ) from error
