"""The list of receipts where other tills' receipts are in the book, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.services.till import Till
from pos.ui.receipts.presenter import ReceiptsPresenter
from tests.boxes_support import give, make_till, plan_bazaar, sell, start_from
from tests.support import FakeClock, manager_of
from tests.ui.support import run_now


@pytest.fixture
def tills(tmp_path: Path) -> Iterator[tuple[Till, Till]]:
    home = make_till(tmp_path, clock=FakeClock())
    stand = plan_bazaar(home)
    box = tmp_path / "first.titipbox"
    home.boxes.write(box)
    bazaar = start_from(box, tmp_path / "bazaar", stand, clock=FakeClock(), code="BZR1")
    for till in (home, bazaar, home, bazaar):
        sell(till, "DKR-1187")
    give(bazaar, home, tmp_path)
    yield home, bazaar
    home.close()
    bazaar.close()


def shown(presenter: ReceiptsPresenter) -> list[str]:
    return [row.number for row in presenter.state.rows]


def test_the_own_tills_receipts_are_shown_until_another_is_chosen(tills: tuple[Till, Till]) -> None:
    home, bazaar = tills
    presenter = ReceiptsPresenter(home, run_now, run_now, lambda: manager_of(home))
    presenter.refresh()
    assert shown(presenter) == ["DKR-000002", "DKR-000001"]
    assert not presenter.state.filtered
    assert [words for _till, words in presenter.tills] == [
        "DKR1",
        "BZR1 s.d. 22 Nov 2026 09.00",
        "Semua mesin kasir",
    ]
    presenter.choose_till(bazaar.unit.till_no)
    assert shown(presenter) == ["BZR-000002", "BZR-000001"]
    presenter.choose_till(0)
    assert sorted(shown(presenter)) == ["BZR-000001", "BZR-000002", "DKR-000001", "DKR-000002"]
    presenter.choose_till(home.unit.till_no)
    presenter.open_number("BZR-000001")
    assert presenter.state.paper is not None
    assert presenter.state.paper.number == "BZR-000001"


def test_where_there_is_one_till_there_is_nothing_to_choose(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    try:
        presenter = ReceiptsPresenter(till, run_now, run_now, lambda: manager_of(till))
        assert (presenter.tills, presenter.state.till_no) == ((), 0)
    finally:
        till.close()
