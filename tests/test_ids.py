import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.ids import MAX_TILL_NO, IdMaker, counter_of, make_id, till_of

LAST = (1 << 40) - 1


@given(st.integers(1, MAX_TILL_NO), st.integers(1, LAST))
def test_an_id_tells_its_till_and_counter_and_fits_64_bits(till_no: int, counter: int) -> None:
    an_id = make_id(till_no, counter)
    assert (till_of(an_id), counter_of(an_id)) == (till_no, counter)
    assert 0 < an_id < 1 << 63


@pytest.mark.parametrize(
    ("till_no", "counter"), [(0, 1), (-1, 1), (MAX_TILL_NO + 1, 1), (1, 0), (1, -1), (1, LAST + 1)]
)
def test_outside_of_its_bits_there_is_no_id(till_no: int, counter: int) -> None:
    with pytest.raises(ValueError, match="no id for till"):
        make_id(till_no, counter)


def test_ids_of_two_tills_never_meet() -> None:
    assert make_id(1, LAST) < make_id(2, 1) < make_id(2, LAST) < make_id(3, 1)


def test_a_maker_goes_on_from_where_the_journal_ends() -> None:
    maker = IdMaker(5)
    assert [maker.next(), maker.next()] == [make_id(5, 1), make_id(5, 2)]
    later = IdMaker(5, maker.last_counter)
    assert later.next() == make_id(5, 3)
    assert later.last_counter == 3
