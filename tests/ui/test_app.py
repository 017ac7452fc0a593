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
from pos.ui.single import SingleInstance
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


def test_a_start_after_a_fall_says_so_and_offers_the_report(tmp_path: Path) -> None:
    make_till(tmp_path).close()
    shelf = tmp_path / "data" / "logs"
    shelf.mkdir()
    (shelf / "crash.log").write_text(
        'Fatal Python error: x\n  File "/somewhere/sari/a.py", line 1\n'
    )
    shown: list[str] = []
    app.make_application(["titip"])

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window)]
        found = [b for w in windows for b in w.banners if b.key == "crash"]
        if not found:
            return
        found[0].actions[0].call()
        reports = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportWindow)]
        shown.extend(r.text for r in reports if r.isVisible())
        timer.stop()
        QApplication.closeAllWindows()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    assert app.run(tmp_path / "data") == 0
    assert len(shown) == 1
    assert "Fatal Python error" in shown[0]
    assert "somewhere" not in shown[0]
    # Told once.
    seen: list[QWidget] = []
    started(tmp_path / "data", seen)
    assert not (shelf / "crash.log").exists()


def test_a_second_start_waits_while_the_first_one_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_till(tmp_path).close()
    app.make_application(["titip"])
    ending = SingleInstance(tmp_path / "data")
    assert ending.claim()
    monkeypatch.setattr(app, "WAIT_SECONDS", 0.2)
    with pytest.raises(EnvironmentProblem):
        app.run(tmp_path / "data")
    monkeypatch.setattr(app, "WAIT_SECONDS", 60.0)
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        ending.release()

    monkeypatch.setattr(app, "sleep", nap)
    seen: list[QWidget] = []
    assert started(tmp_path / "data", seen) == 0
    assert len(naps) == 1
    assert [type(widget) for widget in seen] == [Window]
