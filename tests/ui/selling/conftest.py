from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.services.till import Till
from pos.ui.window import Window
from tests.support import make_till
from tests.ui.selling.counter import Counter
from tests.ui.support import open_window


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


@pytest.fixture
def counter(window: Window) -> Counter:
    return Counter(window)
