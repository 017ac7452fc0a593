"""A short run of each campaign of `make faults`, and the planted mistake that each must catch."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.faults import disk, loops
from tests.faults.outcome import Outcome
from tests.faults.replay import WAYS

ROOT = Path(__file__).parents[2]


def campaign(tmp_path: Path, name: str, *options: str) -> list[Outcome]:
    """Run a campaign in a process of its own."""
    result = tmp_path / "found.json"
    command = [sys.executable, "-m", "tests.faults", name, "--json", str(result), *options]
    # What is counted here is faults, not lines.
    environment = {key: os.environ[key] for key in os.environ if not key.startswith("COV")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.exists(), done.stdout + done.stderr
    return msgspec.json.decode(result.read_bytes(), type=list[Outcome])


def holds(outcomes: list[Outcome]) -> None:
    """Every outcome that could be had met its goal; none at all is a skipped test."""
    assert [one.wrong for one in outcomes if one.wrong] == []
    missed = {one.skipped for one in outcomes if one.skipped}
    if missed and all(one.skipped for one in outcomes):
        pytest.skip("; ".join(sorted(missed)))
    assert all(one.tries for one in outcomes if not one.skipped)


def test_power_cuts_at_every_write_lose_nothing(tmp_path: Path) -> None:
    outcomes = campaign(tmp_path, "power", "--count", "160")
    holds(outcomes)
    assert outcomes[0].tries == 160


@pytest.mark.skipif(bool(disk.why_not()), reason=disk.NO_COMPILER)
def test_power_cuts_at_every_write_catch_a_missing_sync(tmp_path: Path) -> None:
    """Were the recorder blind, it would find nothing here either."""
    (outcome,) = campaign(tmp_path, "power", "--count", "120", "--planted")
    assert any("lost: sale" in one for one in outcome.wrong)
    assert any("can't be read" in one or "integrity" in one for one in outcome.wrong)


def test_power_cuts_of_real_filesystems_lose_nothing(tmp_path: Path) -> None:
    holds(campaign(tmp_path, "loops", "--count", "6"))


@pytest.mark.skipif(bool(loops.why_not(loops.KINDS[0])), reason=loops.why_not(loops.KINDS[0]))
def test_power_cuts_of_real_filesystems_catch_a_missing_sync(tmp_path: Path) -> None:
    outcomes = campaign(tmp_path, "loops", "--count", "3", "--planted")
    holds([one for one in outcomes if one.skipped])
    assert all("lost" in " ".join(one.wrong) for one in outcomes if not one.skipped)


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    outcomes = campaign(tmp_path, "kills", "--count", "18")
    holds(outcomes)
    assert sum(one.tries for one in outcomes) >= 18


def test_a_failing_call_is_told_in_a_sentence(tmp_path: Path) -> None:
    holds(campaign(tmp_path, "io_errors", "--count", "2"))


def test_a_clock_that_is_set_back_is_told_and_numbers_go_on(tmp_path: Path) -> None:
    holds(campaign(tmp_path, "clocks", "--count", "2"))


def test_a_full_disk_refuses_and_then_goes_on(tmp_path: Path) -> None:
    holds(campaign(tmp_path, "full_disk", "--count", "1"))


def test_the_ways_of_a_cut_differ() -> None:
    """Each way leaves another file of the same two unsynced writes."""
    import random

    from tests.faults.replay import OPENED, WROTE, Disk, Step

    cut = Disk({"book": bytes(4096)})
    cut.take(Step(OPENED, 0, 1, -1, b"book"))
    cut.take(Step(WROTE, 0, 1, 1024, b"a" * 2048))
    cut.take(Step(WROTE, 0, 1, 4096, b"b" * 1024))
    left = {way: cut.after_cut(way, random.Random(5))["book"] for way in WAYS}
    assert len(set(left.values())) == len(WAYS)
    assert left["lost"] == bytes(4096)
    assert left["kept"] == bytes(1024) + b"a" * 2048 + bytes(1024) + b"b" * 1024
    assert left["only the last"] == bytes(4096) + b"b" * 1024
    assert left["length alone"] == bytes(5120)


def test_a_robot_at_the_window_loses_nothing(tmp_path: Path) -> None:
    """Too short to say anything of memory, which is looked at in the hour of `make faults`."""
    (outcome,) = campaign(tmp_path, "soak", "--count", "6")
    wrong = [one for one in outcome.wrong if not one.startswith("memory")]
    holds([msgspec.structs.replace(outcome, wrong=tuple(wrong))])
