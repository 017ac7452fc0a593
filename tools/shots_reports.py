"""The report screen in its states."""

import datetime as dt
from pathlib import Path

from PySide6.QtTest import QTest

from pos.ui.reports.screen import ReportsScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def _reports(stage: Stage, kind: str, role: str = "manajer") -> ReportsScreen:
    stage.sign_in(role)
    stage.go("reports")
    screen = stage.window.shop.current
    if not isinstance(screen, ReportsScreen):
        raise TypeError("another screen is in view")
    screen.presenter.choose(kind)
    _made(stage, screen)
    return screen


def _made(stage: Stage, screen: ReportsScreen) -> None:
    stage.settle()
    for _round in range(100):
        if not screen.presenter.state.doing:
            break
        QTest.qWait(20)
    stage.settle()


@shot("reports-day", DOCUMENT)
def day(stage: Stage) -> None:
    screen = _reports(stage, "day")
    screen.presenter.step(-1)
    _made(stage, screen)
    screen.view.verticalScrollBar().setValue(430)


@shot("reports-month", DOCUMENT)
def month(stage: Stage) -> None:
    screen = _reports(stage, "month")
    screen.view.verticalScrollBar().setValue(360)


@shot("reports-sellers")
def sellers(stage: Stage) -> None:
    _reports(stage, "sellers")


@shot("reports-ledger")
def ledger(stage: Stage) -> None:
    _reports(stage, "ledger")


@shot("reports-empty")
def empty(stage: Stage) -> None:
    screen = _reports(stage, "day-sellers")
    screen.presenter.choose_day(dt.date(2020, 1, 1))
    _made(stage, screen)


@shot("reports-saved")
def saved(stage: Stage) -> None:
    screen = _reports(stage, "year")
    target = stage.till.folder / screen.presenter.file_name("pdf")
    screen.choose_save = lambda _name, _kinds: Path(target)
    screen.pdf.click()
    _made(stage, screen)
