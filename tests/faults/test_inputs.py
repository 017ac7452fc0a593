"""A short look by Hypothesis at everything that takes input; `make faults` looks at it at length."""

import pytest

from tests.faults.inputs import by_hypothesis
from tests.faults.targets import TARGETS

SLOW = {"xlsx_table", "receipt_text", "receipt_bytes"}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.filterwarnings(
    "ignore::UserWarning", "ignore::RuntimeWarning", "ignore::ResourceWarning"
)
@pytest.mark.filterwarnings("ignore:Image size:Warning")
def test_input_is_taken_or_refused(name: str) -> None:
    assert by_hypothesis(name, 30 if name in SLOW else 150, seed=0) == ""
