"""Where things are on this machine."""

import os
from pathlib import Path

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
    """Make a folder that only its owner can read; names of customers and sellers lie in it."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
