"""Cycles are collected on the GUI thread, and only there, while a window lives."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from pos.ui.garbage import Garbage


@pytest.fixture
def collector(qapp: object) -> Iterator[Garbage]:
    window = QObject()
    yield Garbage(window)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_automatic_collection_is_off_while_the_window_lives(collector: Garbage) -> None:
    assert not gc.isenabled()


def test_what_is_due_is_collected_by_the_timer(collector: Garbage) -> None:
    while collector.look() >= 0:
        pass
    kept: list[list[object]] = [[] for _number in range(gc.get_threshold()[0] + 100)]
    assert collector.look() >= 0
    assert gc.get_count()[0] < gc.get_threshold()[0]
    assert kept
