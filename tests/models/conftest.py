from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cart import Cart, Discount
from pos.config import book_path
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock, make_till, manager_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """A stand with goods; see tests.support."""
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def sold(till: Till) -> Till:
    """The same after three sales: cash with a discount, QRIS, and something unlisted."""
    sell_three(till)
    return till


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with three sales in it."""
    till = make_till(tmp_path)
    sell_three(till)
    till.close()
    return book_path(tmp_path / "data")


def sell_three(till: Till) -> None:
    manager = manager_of(till)
    till.settings.set_setting("rounding_step", "100", by=manager.staff_id)
    bros = Cart().add(till.catalog.find("DKR-1187"), 2)
    bros = bros.discount_line(1, Discount(amount=5_050, bearer="shared"))
    till.selling.complete(bros, (Tender("cash", 100_000),), session=manager)
    vas = Cart().add(till.catalog.find("DKR-2210")).add(till.catalog.find("DKR-3001"), 3)
    till.selling.complete(vas, (Tender("qris", 355_000),), session=manager)
    seller = till.catalog.sellers()[0].seller_id
    new = till.catalog.unlisted("Syal tenun", 90_000, seller, approved_by=manager.staff_id)
    till.selling.complete(Cart().add(new), (Tender("card", 90_000),), session=manager)
