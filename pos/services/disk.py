"""Is there room left? Told early, while a sale still finds some."""

import shutil
from pathlib import Path

WARN_BELOW = 500 * 1024 * 1024
"""Bytes: weeks of selling, and a backup."""


def free_bytes(folder: Path) -> int | None:
    """What is free where the data lies; None when the disk can't tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_low(free: int | None) -> bool:
    """Whether to say so."""
    return free is not None and free < WARN_BELOW
