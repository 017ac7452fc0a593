"""About this program and this book."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout

from pos.i18n import _
from pos.ui.rail import Logo
from pos.ui.settings.about import About
from pos.ui.settings.page import Page
from pos.ui.settings.section import Section
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label


class AboutPage(Page):
    """Version, stand, where the data is."""

    def __init__(self, section: Section, facts: About) -> None:
        super().__init__(section)
        self._facts = facts
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        for at, (name, value) in enumerate(_lines(facts)):
            grid.addWidget(Label(name, "body", "muted"), at, 0)
            grid.addWidget(ElidedLabel(value, "item"), at, 1)
        grid.setColumnStretch(1, 1)
        opener = Button(_("Open the folder"), "outline", icon="folder-open")
        opener.clicked.connect(self._open)
        copier = Button(_("Copy the path"), "outline", icon="copy")
        copier.clicked.connect(self._copy)
        self.first = opener
        title = row(Logo(40), 8, Label("Titip", "heading"), None)
        self.lay_out(title, 8, grid, 8, row(opener, copier, None))

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._facts.folder))):
            self.section.tell(errors={"": _("This machine has nothing that shows folders.")})

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._facts.folder))
        self.section.tell(note=_("Copied."))


def _lines(facts: About) -> tuple[tuple[str, str], ...]:
    return (
        (_("Version"), facts.version),
        (_("Stand"), facts.stand),
        (_("Till"), facts.till_code),
        (_("Time zone"), facts.zone),
        (_("Data folder"), str(facts.folder)),
    )
