"""Programs that end when their window has been painted, and tell when that was.

`python -m tests.benchmarks.first_paint FOLDER` opens the till as `titip` does; without a folder it
is the yardstick: PySide6 and an empty window. The moment is on the clock that all processes share.
"""

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget


def _waited() -> float:
    """As `measure.waited`, which would load more than an empty window does."""
    try:
        told = Path("/proc/thread-self/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


def _watch(window: "QWidget") -> "QObject":
    """Tells the moment after the first paint of a window, and ends the program."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    def painted() -> None:
        # Without the time for which other programs had the processors, as in the other figures.
        print(f"painted {time.monotonic() - _waited()}", flush=True)
        QApplication.quit()

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                # The children are painted in the same go; the loop comes back when all is out.
                QTimer.singleShot(0, painted)
            return False

    watch = Watch()
    window.installEventFilter(watch)
    return watch


def _empty() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    watch = _watch(window)
    window.show()
    app.exec()
    del watch


def _till(folder: Path) -> None:
    # In the order of `pos.cli`, which then finds everything loaded.
    gc.disable()
    import pos.services.till  # noqa: F401
    from pos import cli
    from pos.ui.window import Window

    watches = []
    restore = Window.restore_place

    def watched(window: Window) -> None:
        watches.append(_watch(window))
        restore(window)

    Window.restore_place = watched  # type: ignore[method-assign, assignment]
    cli.main(["--data", str(folder)])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _till(Path(sys.argv[1]))
    else:
        _empty()
