"""The first start: three steps on one calm panel."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from pos import i18n
from pos.i18n import _
from pos.ui.backups.wanted import RestoreWanted
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.rail import Logo
from pos.ui.screen import Screen
from pos.ui.set_up.forms import BoxManagerForm, JoinForm, ManagerForm, StandForm
from pos.ui.set_up.presenter import STEPS, SetUpPresenter
from pos.ui.set_up.steps import Steps
from pos.ui.settings.printer_page import PrinterPage
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.i18n import Language
    from pos.services.staff import Session

_WIDE: Final = 980
_HIGH: Final = 640
_TINY: Final = 800


class SetUpScreen(Screen):
    """Ends with the manager signed in. Another language builds the panel anew, typing kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SetUpPresenter(
            desk.till,
            desk.run,
            opened=self._opened,
            signed_in=self._finished,
            aside=desk.run_aside,
        )
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._panel: _Panel | None = None
        self._last = (0, 0, False)
        listen(self, self.presenter, self._changed)
        self._build()

    @property
    def panel(self) -> "_Panel":
        """What is shown now."""
        if self._panel is None:
            raise RuntimeError("not built")
        return self._panel

    def entered(self) -> None:
        """See Screen."""
        self.panel.show_state(focus=True)

    def scanned(self, code: str) -> bool:
        """See Screen: there is nothing to sell yet."""
        del code
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes a step back."""
        if event.key() == Qt.Key.Key_Escape:
            self.presenter.back()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        old = self._panel
        self._panel = _Panel(self.desk, self.presenter)
        self._panel.language.changed.connect(self._speak)
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._box.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignCenter)
        self._fit()

    def _changed(self) -> None:
        """The focus moves only when a step was made, or refused."""
        state = self.presenter.state
        moved = (state.step, state.refusals, state.busy) != self._last
        self._last = (state.step, state.refusals, state.busy)
        self.panel.show_state(focus=moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel is calm in the middle, and no larger than it needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.size()
        self.panel.setFixedSize(min(_WIDE, room.width() - 32), min(_HIGH, room.height() - 32))

    def _speak(self) -> None:
        i18n.set_language(self.panel.language.value)
        self._build()
        self.panel.show_state(focus=True)

    def _opened(self) -> None:
        self.desk.watch_printer()
        self.desk.till.start_printing()
        self.desk.till.start_backups()

    def _finished(self, session: "Session") -> None:
        self.desk.set_up.emit()
        self.desk.sign_in(session)


class _Panel(QWidget):
    """Steps on the left, fields on the right, the way on below."""

    def __init__(self, desk: Desk, presenter: SetUpPresenter) -> None:
        super().__init__()
        self._desk, self.presenter = desk, presenter
        choices: list[tuple[Language, str]] = [
            (code, name.removeprefix("Bahasa ")) for code, name in i18n.languages().items()
        ]
        self.language: Choice[Language] = Choice(choices, i18n.language())
        self._steps = Steps([_step_name(name) for name in STEPS])
        self._title = Label("", "heading")
        self._error = Label("", "body", "bad", wrap=True)
        self.back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        self.back.clicked.connect(presenter.back)
        self.next = Button("", "primary", key="Enter", big=True)
        self.next.clicked.connect(presenter.next)
        # On a new machine the stand's backup comes from a stick; there is no book to ask a PIN of.
        self.restore = Button(_("Restore a backup"), "ghost", icon="clock-counter-clockwise")
        self.restore.clicked.connect(lambda: desk.restore.emit(RestoreWanted()))
        self._pages = QStackedWidget()
        self.stand = StandForm(self._edit, presenter.next)
        self.manager = ManagerForm(self._edit, presenter.next)
        self.join = JoinForm(self._edit, presenter.next)
        self.box_manager = BoxManagerForm(self._edit, presenter.next)
        self.join.stand.activated.connect(lambda _at: presenter.join(self.join.stand.chosen))
        chosen = self.box_manager.manager
        chosen.activated.connect(lambda _at: presenter.choose_manager(chosen.chosen))
        forms = {
            ("stand", False): self.stand,
            ("manager", False): self.manager,
            ("stand", True): self.join,
            ("manager", True): self.box_manager,
        }
        self._forms = {key: (form, scroll(form)) for key, form in forms.items()}
        for _form, shown in self._forms.values():
            self._pages.addWidget(shown)
        self._make_box_parts()
        self.printer: PrinterPage | None = None
        self._lay_out()

    def _make_box_parts(self) -> None:
        self.box = Button(_("Start from a box"), "ghost", icon="package")
        self.box.clicked.connect(self._take_box)
        self.choose_open: Callable[[], Path | None] = self._choose_open
        self.stop = Button(_("Stop"), "danger", icon="x")
        self.stop.clicked.connect(self.presenter.box.cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._show_progress)

    def _take_box(self) -> None:
        path = self.choose_open()
        if path is not None:
            self.presenter.take_box(path)

    def _choose_open(self) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Open"), "", "Titip (*.titipbox)")
        return Path(name) if name else None

    def _show_progress(self) -> None:
        box = self.presenter.box
        self.progress.setRange(0, box.total)
        self.progress.setValue(box.done)

    def _lay_out(self) -> None:
        welcome = Label(_("Three short steps, then the first sale."), "small", "muted", wrap=True)
        side = column(
            row(Logo(40), 6, Label("Titip", "heading"), None),
            12,
            welcome,
            12,
            self._steps,
            None,
            Label(_("Language"), "label", "muted"),
            self.language,
            6,
            self.box,
            self.restore,
            gap=6,
            margins=(16, 22, 16, 16),
        )
        left = frame("card", side)
        self._left = left
        foot = row(self.back, None, self.next, gap=12)
        self._going = QWidget()
        going = row(self.progress, self.stop, gap=10)
        going.setStretch(0, 1)
        self._going.setLayout(going)
        self._inner = column(self._title, 10, self._pages, self._error, self._going, foot, gap=8)
        self._inner.setStretch(2, 1)
        right = frame("card", self._inner)
        line = row(left, right, gap=16)
        line.setStretch(1, 1)
        self.setLayout(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less around things where the window is small."""
        super().resizeEvent(event)
        tiny = self.width() < _TINY
        self._left.setFixedWidth(230 if tiny else 300)
        self._inner.setContentsMargins(*((16, 14, 16, 14) if tiny else (28, 22, 28, 22)))

    def _edit(self, field: str, text: str) -> None:
        self.presenter.edit(**{field: text})

    def show_state(self, *, focus: bool) -> None:
        """The step that is under way; with `focus` the next key goes into its first field."""
        state = self.presenter.state
        self._steps.show_step(state.step)
        self._title.setText(_step_title(state.step_name))
        self._error.setText(state.error(""))
        self._error.setVisible(bool(state.error("")))
        self.back.setVisible(state.can_go_back)
        self.restore.setVisible(state.step_name != "printer")
        self.next.setText(_("Start selling") if state.step_name == "printer" else _("Next"))
        self.next.updateGeometry()
        self.next.setEnabled(not state.busy)
        for form, _shown in self._forms.values():
            form.show_state(state)
        self._show_box()
        if state.step_name == "printer":
            self._show_printer()
        else:
            self._pages.setCurrentWidget(self._forms[state.step_name, state.from_box][1])
        if focus and not state.busy:
            self._focus()

    def _show_box(self) -> None:
        state = self.presenter.state
        self.join.stand.set_choices([(s.id, s.text) for s in state.stands], state.draft.stand_id)
        self.box_manager.manager.set_choices(
            [(m.id, m.text) for m in state.managers], state.draft.manager_id
        )
        self.box.setVisible(state.step == 0)
        self.box.setEnabled(not state.busy)
        self._going.setVisible(state.taking)
        if state.taking and not self._timer.isActive():
            self._timer.start()
        elif not state.taking:
            self._timer.stop()

    def _show_printer(self) -> None:
        if self.printer is None:
            self.printer = PrinterPage(self._desk, long=False)
            self._printer_page = scroll(self.printer)
            self._pages.addWidget(self._printer_page)
            self.printer.refresh()
        self._pages.setCurrentWidget(self._printer_page)

    def _focus(self) -> None:
        state = self.presenter.state
        if state.step_name == "printer":
            self.next.setFocus()
        else:
            self._forms[state.step_name, state.from_box][0].focus_first(state)


def _step_name(step: str) -> str:
    return {"stand": _("The stand"), "manager": _("The manager"), "printer": _("The printer")}[step]


def _step_title(step: str) -> str:
    return {
        "stand": _("Which stand is this?"),
        "manager": _("Who manages it?"),
        "printer": _("Which printer makes the receipts?"),
    }[step]
