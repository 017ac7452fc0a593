"""What holds for tests with a window."""

import pytest

_PLUGIN_SAYS = r"This plugin does not support (propagateSizeHints|raise)\(\)"
"""The offscreen platform says so whenever a window is shown; it means nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui" in item.path.as_posix() or "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(_PLUGIN_SAYS, extend=True))
