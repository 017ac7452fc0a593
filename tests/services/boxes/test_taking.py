"""Taking a box that was looked at before, and in pieces while the till goes on selling."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.config import book_path
from pos.models.verify import verify
from pos.services.boxes import take
from pos.services.boxes.check import BoxFacts, check_box
from pos.services.boxes.manifest import BoxError
from pos.services.till import Till
from pos.services.worker import Worker
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.support import FakeClock, manager_of

CODE = "DKR-1187"


class Two:
    """A gallery and a bazaar that starts from its box; `steps` is what taking told of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = make_till(folder, clock=FakeClock())
        stand = plan_bazaar(self.home)
        box = folder / "first.titipbox"
        self.home.boxes.write(box)
        self.bazaar = start_from(box, folder / "bazaar", stand, clock=FakeClock(), code="BZR1")
        self.steps: list[str] = []

    def tick(self, step: str, _done: int, _total: int) -> None:
        self.steps.append(step)

    def box(self, name: str = "next") -> Path:
        path = self.folder / f"{name}.titipbox"
        self.bazaar.boxes.write(path)
        return path

    def checks(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """One for each time that a box is looked through by `take`."""
        seen: list[int] = []

        def counted(*given: Any) -> BoxFacts:
            seen.append(1)
            return check_box(*given)

        monkeypatch.setattr(take, "check_box", counted)
        return seen


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.home.close()
    made.bazaar.close()


def test_what_was_looked_through_is_not_looked_through_again(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(two.bazaar, CODE)
    box, by = two.box(), manager_of(two.home).staff_id
    facts = two.home.boxes.check(box)
    checks = two.checks(monkeypatch)
    sell(two.home, CODE)  # our own journal goes on meanwhile; the box knows less of it
    taken = two.home.boxes.take(box, by=by, checked=facts)
    assert (taken.entries, checks) == (facts.fresh, [])
    give(two.home, two.bazaar, two.folder)
    give(two.bazaar, two.home, two.folder)
    assert rows_of(two.home.folder) == rows_of(two.bazaar.folder)


def test_it_is_looked_through_again_where_the_book_went_on(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(two.bazaar, CODE)
    box, by = two.box(), manager_of(two.home).staff_id
    facts = two.home.boxes.check(box)
    give(two.bazaar, two.home, two.folder)
    checks = two.checks(monkeypatch)
    taken = two.home.boxes.take(box, by=by, checked=facts)
    assert (taken.entries, checks) == (0, [1])


def test_it_is_looked_through_again_where_the_file_is_another(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(two.bazaar, CODE)
    box, by = two.box(), manager_of(two.home).staff_id
    facts = two.home.boxes.check(box)
    sell(two.bazaar, CODE)
    two.box()
    checks = two.checks(monkeypatch)
    taken = two.home.boxes.take(box, by=by, checked=facts)
    assert (taken.entries, checks) == (facts.fresh + 1, [1])
    raw = bytearray(box.read_bytes())
    raw[len(raw) // 2] ^= 1
    box.write_bytes(raw)
    with pytest.raises(BoxError):
        two.home.boxes.take(box, by=by, checked=taken.facts)


@pytest.mark.parametrize("wanted", [(True,), (False, True), (False, False, True)])
def test_slices_that_end_early_lose_nothing(
    two: Two, monkeypatch: pytest.MonkeyPatch, wanted: tuple[bool, ...]
) -> None:
    """Others want the book all the time: slices end after a few entries, the rest comes next."""
    answers = itertools.cycle(wanted)
    monkeypatch.setattr(take, "SLICE", 5)
    monkeypatch.setattr(take, "BATCH", 2)
    monkeypatch.setattr(Worker, "wanted", property(lambda _worker: next(answers)))
    for _sale in range(17):
        sell(two.bazaar, CODE)
    box = two.box()
    dones: list[int] = []
    taken = two.home.boxes.take(
        box,
        by=manager_of(two.home).staff_id,
        tick=lambda step, done, _total: dones.append(done) if step == "entries" else None,
    )
    assert dones[-1] == taken.entries
    assert all(0 < after - before <= 5 for before, after in itertools.pairwise([0, *dones]))
    report = verify(book_path(two.home.folder))
    assert report.ok, report.first_failure
    two.home.boxes.write(box)
    fourth = Till.open(two.folder / "fourth", cheap_pins=True)
    try:
        fourth.boxes.take(box, by=0)
        assert rows_of(fourth.folder) == rows_of(two.home.folder)
    finally:
        fourth.close()
