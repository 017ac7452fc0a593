"""The log says what went wrong and where, and nothing that is private."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.logs import CRASH, FILE, FOLDER, Log

SECRET = "Ibu Sari 2486 Rp 1.250.000"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    before = logging.getLogger().level
    made = Log(tmp_path)
    yield made
    made.close()
    logging.getLogger().setLevel(before)


def written(folder: Path) -> str:
    return (folder / FOLDER / FILE).read_text(encoding="utf-8")


def test_an_error_is_its_kind_and_its_places(tmp_path: Path, log: Log) -> None:
    try:
        try:
            raise OSError(28, SECRET)
        except OSError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("till").exception("work failed in %s", tmp_path / "titip.db")
    said = written(tmp_path)
    assert "ERROR till: work failed in ~/titip.db" in said
    assert "ValueError\n" in said
    assert "OSError 28\n" in said
    assert "test_logs.py:" in said
    assert SECRET not in said
    assert str(tmp_path) not in said


def test_it_rotates(tmp_path: Path, log: Log) -> None:
    for _line in range(40):
        logging.getLogger("till").warning("x" * 100_000)
    files = sorted((tmp_path / FOLDER).glob(f"{FILE}*"))
    assert len(files) == 5
    assert sum(path.stat().st_size for path in files) < 5 * 600_000


def test_only_the_owner_reads_it(tmp_path: Path, log: Log) -> None:
    assert (tmp_path / FOLDER).stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_a_run_that_dies_leaves_its_last_words_for_the_next(tmp_path: Path) -> None:
    died = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys, os, signal; from pathlib import Path; from pos.logs import Log;"
                "Log(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGSEGV)"
            ),
            str(tmp_path),
        ],
        check=False,
        capture_output=True,
    )
    assert died.returncode != 0
    after = Log(tmp_path)
    assert "Segmentation fault" in after.last_crash
    assert str(Path.home()) not in after.last_crash
    after.close()
    # Told once.
    again = Log(tmp_path)
    assert again.last_crash == ""
    again.close()
    assert not (tmp_path / FOLDER / CRASH).exists()


def test_a_folder_that_takes_no_log_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    log = Log(tmp_path)
    assert log.last_crash == ""
    log.close()
