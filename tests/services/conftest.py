from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.services.staff import Session
from pos.services.till import Till
from tests.support import FakeClock, kasir_of, make_till, manager_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """A stand with goods; see tests.support."""
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def manager(till: Till) -> Session:
    return manager_of(till)


@pytest.fixture
def kasir(till: Till) -> Session:
    return kasir_of(till)
