"""Two starts on one data folder are one program."""

import subprocess
import sys
from pathlib import Path

import pytest

from pos.config import make_private
from pos.errors import EnvironmentProblem
from pos.ui.single import SingleInstance

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from pos.ui.single import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
assert one.claim()
one.listen(lambda: app.exit(7))
print("here", flush=True)
QTimer.singleShot(30_000, lambda: app.exit(1))
code = app.exec()
one.release()
sys.exit(code)
"""
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from pos.ui.single import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
sys.exit(10 * one.claim() + one.show_first())
"""


def test_the_second_start_brings_the_first_to_the_front(tmp_path: Path) -> None:
    def program(text: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", text, str(tmp_path)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    with program(FIRST) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "here\n"
        with program(SECOND) as second:
            assert second.wait(30) == 1
        assert first.wait(40) == 7


def test_another_folder_is_another_program_and_a_folder_let_go_is_free(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "a")
    other = SingleInstance(tmp_path / "b")
    again = SingleInstance(tmp_path / "a")
    assert first.claim()
    assert other.claim()
    assert not again.claim()
    assert not again.show_first()
    first.release()
    assert again.claim()
    again.release()
    other.release()


def test_a_lock_of_a_program_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import os, sys; from pathlib import Path; from pos.ui.single import SingleInstance;"
                "one = SingleInstance(Path(sys.argv[1])); assert one.claim(); os._exit(9)"
            ),
            str(tmp_path),
        ],
        check=False,
    )
    assert killed.returncode == 9
    assert (tmp_path / "titip.lock").exists()
    after = SingleInstance(tmp_path)
    assert after.claim()
    after.release()


def test_a_folder_that_can_not_be_made_is_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(EnvironmentProblem):
        make_private(in_the_way / "data")
