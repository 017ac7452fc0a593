import pytest

from pos.errors import UserError
from pos.ui.selling.entry import Entry, read_entry


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("DKR-1187", Entry(1, "DKR-1187")),
        ("3*DKR-1187", Entry(3, "DKR-1187")),
        (" 12 * bros kain ", Entry(12, "bros kain")),
        ("3*", Entry(3, "")),
        ("0000003*x", Entry(3, "x")),
        ("", Entry(1, "")),
        ("3x4 taplak", Entry(1, "3x4 taplak")),
        ("a*b", Entry(1, "a*b")),
    ],
)
def test_a_number_and_a_star_are_a_quantity(typed: str, read: Entry) -> None:
    assert read_entry(typed) == read


@pytest.mark.parametrize(
    "typed", ["0*DKR-1187", "10000*x", "999999*", "1234567*x", "9" * 100 + "*x"]
)
def test_a_quantity_out_of_reach_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_entry(typed)
