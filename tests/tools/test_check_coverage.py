import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import check_coverage

ROOT = Path(__file__).resolve().parents[2]

BRANCHY = "def sign(n):\n    if n < 0:\n        return -1\n    return 1\n"


@pytest.fixture
def measured(tmp_path: Path) -> Any:
    """Runs a piece of code under coverage and returns the report that coverage itself wrote."""

    def measure(call: str, *, branch: bool = True) -> Any:
        (tmp_path / "sample.py").write_text(BRANCHY + call, encoding="utf-8")
        coverage = [sys.executable, "-m", "coverage"]
        switch = ["--branch"] if branch else []
        for command in (
            ["run", *switch, "--rcfile=/dev/null", "--source=.", "sample.py"],
            ["json", "-q", "--rcfile=/dev/null", "-o", "report.json"],
        ):
            subprocess.run([*coverage, *command], cwd=tmp_path, check=True, capture_output=True)
        return json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    return measure


def test_full_coverage_is_enough(measured: Any) -> None:
    report = measured("sign(1)\nsign(-1)\n")
    assert check_coverage.shortfalls(report, ["sample.py"], 100.0) == []


def test_a_branch_not_taken_is_named(measured: Any) -> None:
    found = check_coverage.shortfalls(measured("sign(1)\n"), ["sample.py"], 0.0)
    assert found == ["sample.py must be run in full; not run: 3, 2->3."]


def test_a_missing_way_out_is_named(measured: Any) -> None:
    report = measured("def f(n):\n    if n:\n        print(n)\nf(1)\nsign(1)\nsign(-1)\n")
    found = check_coverage.shortfalls(report, ["sample.py"], 0.0)
    assert found == ["sample.py must be run in full; not run: 6->exit."]


def test_a_file_hardly_run_is_named_in_short(measured: Any) -> None:
    report = measured("sign(1)\nif not sign(1):\n" + "    sign(2)\n" * 20)
    (sentence,) = check_coverage.shortfalls(report, ["sample.py"], 0.0)
    assert re.fullmatch(r"sample.py must .*; not run: (\S+, ){11}\S+ and 11 more\.", sentence)


def test_a_listed_file_that_is_gone_is_named(measured: Any) -> None:
    found = check_coverage.shortfalls(measured("sign(1)\n"), ["renamed.py"], 0.0)
    assert found == ["renamed.py is listed for full coverage, but the report does not know it."]


def test_the_floor_holds(measured: Any) -> None:
    report = measured("sign(1)\n")
    assert check_coverage.shortfalls(report, [], 70.0) == []
    (sentence,) = check_coverage.shortfalls(report, [], 80.0)
    assert "at least 80.00 % must be" in sentence


def test_a_report_without_branches_is_refused(measured: Any) -> None:
    report = measured("sign(1)\nsign(-1)\n", branch=False)
    assert check_coverage.shortfalls(report, [], 0.0) != []


def test_the_list_names_files_that_exist() -> None:
    names = check_coverage.listed(check_coverage.LIST.read_text(encoding="utf-8"))
    assert names == sorted(set(names))
    assert [name for name in names if not (ROOT / name).is_file()] == []


def test_comments_and_empty_lines_are_no_names() -> None:
    assert check_coverage.listed("# why\n\n a.py  # because\nb.py\n") == ["a.py", "b.py"]


def test_the_command_exits_with_1_when_something_falls_short(
    measured: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured("sign(1)\n")
    assert check_coverage.main([str(tmp_path / "report.json")]) == 1
    assert "pos/money.py is listed" in capsys.readouterr().out
