"""The start as `titip` does it, in this process."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QWidget

from pos import app
from pos.errors import EnvironmentProblem
from pos.i18n import language
from pos.ui import theme
from pos.ui.report_window import ReportWindow
from pos.ui.window import Window
from tests.support import make_till


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """What a start takes over is given back."""
    before = sys.excepthook
    yield
    sys.excepthook = before
    qInstallMessageHandler(None)
    theme.apply("light")


def started(folder: Path, then: list[QWidget], *, error: Exception | None = None) -> int:
    """Run the program; a moment later look at its windows, perhaps let a bug happen, close it."""
    app.make_application(["titip"])

    def look() -> None:
        if error is not None:
            sys.excepthook(type(error), error, None)
        then.extend(w for w in QApplication.topLevelWidgets() if w.isVisible())
        QApplication.closeAllWindows()

    QTimer.singleShot(400, look)
    return app.run(folder)


def test_it_opens_and_closes_and_remembers_the_window(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.settings.set_preference("theme", "dark")
    till.settings.set_preference("language", "en")
    till.close()
    seen: list[QWidget] = []
    assert started(tmp_path / "data", seen) == 0
    assert [type(widget) for widget in seen] == [Window]
    assert theme.is_dark()
    assert language() == "en"
    assert seen[0].windowTitle() == "Galeri Dekranasda · DKR1 · Titip"
    seen.clear()
    assert started(tmp_path / "data", seen) == 0
    assert len(seen) == 1


def test_an_empty_folder_begins_with_the_set_up(tmp_path: Path) -> None:
    seen: list[QWidget] = []
    assert started(tmp_path / "new", seen) == 0
    assert [widget.windowTitle() for widget in seen] == ["Titip"]


def test_a_bug_is_logged_and_reported_and_the_program_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_till(tmp_path).close()
    seen: list[QWidget] = []
    assert started(tmp_path / "data", seen, error=ZeroDivisionError("a bug")) == 0
    assert {type(widget) for widget in seen} == {Window, ReportWindow}
    assert "unexpected error" in caplog.text


def test_a_full_disk_is_no_bug(tmp_path: Path) -> None:
    make_till(tmp_path).close()
    seen: list[QWidget] = []
    error = EnvironmentProblem("The disk is full.")
    assert started(tmp_path / "data", seen, error=error) == 0
    assert [type(widget) for widget in seen] == [Window]


def test_what_qt_says_goes_to_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_till(tmp_path).close()
    caplog.set_level(logging.DEBUG)
    app.make_application(["titip"])
    QTimer.singleShot(200, lambda: qWarning("a word of Qt's"))
    started(tmp_path / "data", [])
    assert ("qt", logging.WARNING, "a word of Qt's") in caplog.record_tuples
