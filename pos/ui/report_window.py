"""The one window for a bug: what happened, to be copied, with nothing private in it."""

import platform
import sys
from collections.abc import Callable

from PySide6.QtCore import QtMsgType, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

import pos
from pos.errors import TitipError
from pos.i18n import _
from pos.logs import told
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label


def describe(error: BaseException) -> str:
    """Kind of error and the places it went through.

    Neither the error's own words nor any value: they may hold a name, an amount or a PIN.
    """
    head = f"Titip {pos.__version__} · Qt {qVersion()} · Python {platform.python_version()} · {sys.platform}"
    return "\n".join([head, "", *told(error)])


class ReportWindow(QDialog):
    """Shown once; further errors while it is open are added below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(640, 440)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        copy = Button(_("Copy"), "outline", icon="copy")
        copy.clicked.connect(self._copy)
        close = Button(_("Go on"), "primary")
        close.clicked.connect(self.accept)
        close.setFocus()
        said = _(
            "The program made a mistake. What was recorded is safe and the cart is kept. "
            "Please copy this and send it to whoever looks after Titip: it holds no names and no amounts."
        )
        self.setLayout(
            column(
                Label(_("Something went wrong"), "heading"),
                Label(said, "body", wrap=True),
                self._text,
                row(copy, None, close),
                gap=14,
                margins=(24, 22, 24, 20),
            )
        )

    def add(self, report: str) -> None:
        """Show this report too."""
        before = self._text.toPlainText()
        parts = [before] if before else []
        self._text.setPlainText("\n\n".join([*parts, report]))

    @property
    def text(self) -> str:
        """What is shown and copied."""
        return self._text.toPlainText()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())


class Reporter:
    """Takes errors that nobody caught: bugs go to the one window, sentences to `tell`."""

    def __init__(self) -> None:
        self._window: ReportWindow | None = None
        self.tell: Callable[[TitipError], None] = lambda error: None  # noqa: ARG005

    def show(self, error: BaseException) -> None:
        """Show the report window, or add to it; what is a sentence for the person is just said."""
        if isinstance(error, TitipError):
            self.tell(error)
            return
        self.show_report(describe(error))

    def show_report(self, report: str) -> None:
        """Show what is already described, such as what an earlier run left."""
        if self._window is None or not self._window.isVisible():
            self._window = ReportWindow()
        self._window.add(report)
        self._window.show()
        self._window.raise_()

    @property
    def is_open(self) -> bool:
        """Whether a report is on the screen."""
        return self._window is not None and self._window.isVisible()

    def close(self) -> None:
        """Take the window away (at the end of the program)."""
        if self._window is not None:
            self._window.close()
            self._window = None


def level(kind: QtMsgType) -> str:
    """The logging level for a message of Qt's own."""
    return {
        QtMsgType.QtDebugMsg: "DEBUG",
        QtMsgType.QtInfoMsg: "INFO",
        QtMsgType.QtWarningMsg: "WARNING",
    }.get(kind, "ERROR")
