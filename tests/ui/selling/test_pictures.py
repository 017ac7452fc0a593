"""Pictures of goods: asked for while painting, read after it, kept up to a limit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QImage

from pos.app import make_application
from pos.ui.bridge import Done
from pos.ui.selling import pictures
from pos.ui.selling.pictures import Pictures

SIZE = QSize(40, 30)


class Shelf:
    """Pictures whose reading waits until the test lets it go on."""

    def __init__(self, folder: Path) -> None:
        make_application(["titip"])
        self.folder = folder
        self.arrived: list[str] = []
        self.works: list[tuple[Callable[[], list[QImage | None]], Done]] = []
        self.pictures = Pictures(self.find, self.aside, self.arrived.append)

    def aside(self, work: Callable[[], list[QImage | None]], done: Done) -> None:
        self.works.append((work, done))

    def find(self, name: str) -> Path | None:
        if name == "locked":
            raise PermissionError(name)
        path = self.folder / f"{name}.png"
        return path if path.exists() else None

    def put(self, name: str) -> None:
        image = QImage(80, 80, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        assert image.save(str(self.folder / f"{name}.png"))

    def shown(self, name: str) -> bool:
        return self.pictures.get(name, SIZE, 1) is not None

    def read(self) -> None:
        """Let everything that waits be read."""
        QCoreApplication.processEvents()
        while self.works:
            work, done = self.works.pop(0)
            done(work())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_a_picture_is_read_after_the_painting_and_only_once(shelf: Shelf) -> None:
    shelf.put("vas")
    assert not shelf.shown("vas")
    assert not shelf.works, "what is being painted does not wait for a file"
    QCoreApplication.processEvents()
    assert not shelf.shown("vas"), "asked for again while it is being read"
    shelf.read()
    assert shelf.arrived == ["vas"]
    assert shelf.shown("vas")
    picture = shelf.pictures.get("vas", SIZE, 1)
    assert picture is not None
    assert picture.size() == SIZE


def test_a_few_are_read_at_a_time(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_AT_ONCE", 2)
    for name in "abc":
        shelf.put(name)
        assert not shelf.shown(name)
    QCoreApplication.processEvents()
    assert len(shelf.works) == 1
    work, done = shelf.works.pop()
    done(work())
    assert shelf.arrived == ["a", "b"]
    shelf.read()
    assert shelf.arrived == ["a", "b", "c"]


def test_a_file_that_comes_later_is_found_when_it_is_painted_again(shelf: Shelf) -> None:
    for name in ("vas", "locked"):
        assert not shelf.shown(name)
    shelf.read()
    assert shelf.arrived == [], "nothing to paint anew: that would ask for it without end"
    shelf.put("vas")
    assert not shelf.shown("vas")
    shelf.read()
    assert shelf.shown("vas")


def test_it_is_busy_until_all_are_read(shelf: Shelf) -> None:
    states = [shelf.pictures.busy]
    shelf.put("vas")
    shelf.shown("vas")
    states.append(shelf.pictures.busy)
    shelf.read()
    states.append(shelf.pictures.busy)
    assert states == [False, True, False]


def test_a_broken_file_is_not_read_again_and_again(shelf: Shelf) -> None:
    (shelf.folder / "vas.png").write_bytes(b"no picture")
    assert not shelf.shown("vas")
    shelf.read()
    assert not shelf.shown("vas")
    shelf.read()
    assert shelf.arrived == ["vas"]


def test_the_oldest_go_when_there_are_too_many(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LIMIT_BYTES", 2 * 4 * SIZE.width() * SIZE.height())
    for name in "abc":
        shelf.put(name)
        shelf.shown(name)
        shelf.read()
    assert (shelf.shown("c"), shelf.shown("b"), shelf.shown("a")) == (True, True, False)


def test_what_is_in_view_is_kept_whatever_its_size(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LIMIT_BYTES", 1)
    shelf.pictures.least = 2
    for name in "abc":
        shelf.put(name)
        shelf.shown(name)
        shelf.read()
    assert (shelf.shown("c"), shelf.shown("b"), shelf.shown("a")) == (True, True, False)


def test_what_was_scrolled_past_is_forgotten_and_asked_for_anew(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_WAITING", 2)
    for name in "abc":
        shelf.put(name)
        shelf.shown(name)
    shelf.read()
    assert shelf.arrived == ["b", "c", ""], "once the others are there, all is painted anew"
    assert not shelf.shown("a")
    shelf.read()
    assert shelf.shown("a")
