"""A disk that fails while a restore's moves are looked for at the start."""

from pathlib import Path

import pytest

from pos.errors import EnvironmentProblem
from pos.services.restore_moves import NOTE, finish_interrupted


def test_a_note_that_can_not_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / NOTE).mkdir()  # reading it is an OSError, as of a failing disk
    with pytest.raises(EnvironmentProblem) as told:
        finish_interrupted(tmp_path)
    assert str(tmp_path) in told.value.sentence
