"""A printer with its faults, and the program that prints on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.driven import Make, Till
from tests.faults.rigs import RIGS, Rig


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A printer of a kind with its faults, and a till that prints on it."""
    rigs: list[Rig] = []
    tills: list[Till] = []

    def build(kind: str, **faults: object) -> tuple[Rig, Till]:
        rig = RIGS[kind](tmp_path, **faults)
        till = Till(tmp_path, rig)
        rigs.append(rig)
        tills.append(till)
        return rig, till

    try:
        yield build
        for till in tills:
            till.stop()
    finally:
        for till in tills:
            till.kill()
        for rig in rigs:
            rig.close()
