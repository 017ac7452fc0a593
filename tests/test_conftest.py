"""The safety nets around the tests do catch: each is given something to catch."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent

# A test's source, and the words by which its failure tells the reason.
PLANTED = {
    "qWarning": (
        "from PySide6.QtCore import qWarning\ndef test_it(qapp):\n    qWarning('planted')\n",
        "*QtWarningMsg: planted*",
    ),
    "qCritical": (
        "from PySide6.QtCore import qCritical\ndef test_it():\n    qCritical('planted')\n",
        "*QtCriticalMsg: planted*",
    ),
    "Qt's own warning": (
        "from PySide6.QtCore import QTimer\ndef test_it(qapp):\n    QTimer(qapp).start(-1)\n",
        "*QtWarningMsg: *negative*",
    ),
    "an error in a slot": (
        (
            "from PySide6.QtCore import QTimer\n"
            "def test_it(qtbot):\n"
            "    QTimer.singleShot(0, lambda: 1 / 0)\n"
            "    with qtbot.waitCallback() as called:\n"
            "        QTimer.singleShot(0, called)\n"
        ),
        "*Exceptions caught in Qt event loop*",
    ),
    "a Python warning": (
        "import warnings\ndef test_it():\n    warnings.warn('planted')\n",
        "*UserWarning: planted*",
    ),
    "a file left open": (
        (
            "import gc\ndef test_it(tmp_path):\n"
            "    open(tmp_path / 'planted', 'w').write('x')\n    gc.collect()\n"
        ),
        "*PytestUnraisableExceptionWarning*",
    ),
    "an error in a thread": (
        (
            "import threading\ndef test_it():\n"
            "    t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()\n"
        ),
        "*PytestUnhandledThreadExceptionWarning*",
    ),
}


def _run(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    """One test file under this project's own pytest settings."""
    for name in ("pyproject.toml", "tests/conftest.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pytester.path.joinpath(Path(name).name).write_text(text, encoding="utf-8")
    pytester.makepyfile(test_planted=source)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "test_planted.py")


@pytest.mark.parametrize(("source", "reason"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_stray_fails_its_test(
    pytester: pytest.Pytester, source: str, reason: str
) -> None:
    result = _run(pytester, source)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([reason])


def test_without_a_stray_the_same_settings_pass(pytester: pytest.Pytester) -> None:
    result = _run(
        pytester,
        "import os\nfrom PySide6.QtCore import qDebug\n"
        "def test_it(qapp):\n"
        "    qDebug('fine')\n"
        "    assert qapp.platformName() == os.environ['QT_QPA_PLATFORM']\n",
    )
    result.assert_outcomes(passed=1)


def test_no_test_sees_the_real_home(own_home: Path) -> None:
    names = [name for name in os.environ if re.fullmatch(r"HOME|XDG_\w+_HOME|TITIP_DATA", name)]
    assert len(names) == 6
    assert all(Path(os.environ[name]).is_relative_to(own_home) for name in names)
    child = subprocess.run(
        [sys.executable, "-c", "import platformdirs as p; print(p.user_data_dir('titip'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(child.stdout.strip()).is_relative_to(own_home)


@given(st.integers())
def test_the_fixtures_that_are_always_there_go_with_hypothesis(number: int) -> None:
    assert number + 1 > number
