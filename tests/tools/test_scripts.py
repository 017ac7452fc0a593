"""The Makefile and its shell scripts, on machines other than this one."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted([*ROOT.glob("tools/*.sh"), ROOT / ".ci" / "run"])


def _run(*command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def few_programs(tmp_path: Path) -> Path:
    """A folder with only the programs that every machine has."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "dirname", "env", "grep", "id", "mktemp", "rm", "tail", "uname"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def _program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def debian(few_programs: Path) -> Path:
    """A Debian with nothing but python3, which comes without venv, and nobody is root."""
    _program(
        few_programs,
        "python3",
        'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac',
    )
    _program(few_programs, "dpkg-query", "exit 1")
    (few_programs / "id").unlink()
    _program(few_programs, "id", "echo 1000")
    (few_programs / "os-release").write_text("ID=debian\n", encoding="utf-8")
    return few_programs


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_read(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert _run("bash", "-n", script).stderr == ""


def test_help_is_the_default_and_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)", makefile, re.MULTILINE)
    assert listed
    done = _run("make")
    shown = re.findall(r"^  make ([\w-]+) +\S", done.stdout, re.MULTILINE)
    assert sorted(shown) == sorted(listed[1].replace("\\\n", " ").split())
    assert {"run", "test", "fmt", "lint", "types", "lock", "messages", "wheel"} < set(shown)


def test_every_module_that_the_commands_start_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", *SCRIPTS)]
    started = set(re.findall(r"(?<=-m )[a-z_]+(?:\.[a-z_]+)*", "\n".join(texts)))
    assert {"pos", "pytest", "tools.messages"} < started
    assert {name for name in started if importlib.util.find_spec(name) is None} == set()


def test_an_old_python_is_passed_over(few_programs: Path) -> None:
    _program(few_programs, "python3", "exit 1")
    _program(few_programs, "python3.12", "exit 0")
    done = _run("bash", "tools/find_python.sh", PATH=str(few_programs))
    assert done.stdout.strip() == str(few_programs / "python3.12")


def test_no_python_is_said_in_a_sentence(few_programs: Path) -> None:
    done = _run("bash", "tools/find_python.sh", PATH=str(few_programs), PYTHON="python-none")
    assert done.returncode == 1
    assert done.stderr == "Titip needs Python 3.11 or newer, and none was found at python-none.\n"


def test_another_system_is_told_what_it_needs(few_programs: Path, tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text("ID=fedora\n", encoding="utf-8")
    done = _run(
        *("bash", "tools/system_libs.sh", "run"),
        PATH=str(few_programs),
        TITIP_OS_RELEASE=str(tmp_path / "os-release"),
    )
    assert done.returncode == 0
    assert "libegl1" in done.stdout
    assert "umockdev" not in done.stdout
    assert done.stderr == ""


def _on_debian(folder: Path, purpose: str) -> str:
    done = _run(
        *("bash", "tools/system_libs.sh", purpose),
        PATH=str(folder),
        TITIP_OS_RELEASE=str(folder / "os-release"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_without_rights_the_owner_is_told_what_to_install(debian: Path) -> None:
    said = _on_debian(debian, "dev")
    assert "installing them needs root: libegl1 " in said
    assert "umockdev" in said
    assert " python3.11-venv\n" in said


def test_a_debian_without_python_gets_one(debian: Path) -> None:
    done = _run(
        *("bash", "tools/system_libs.sh", "run"),
        PATH=str(debian),
        TITIP_OS_RELEASE=str(debian / "os-release"),
        PYTHON="python-none",
    )
    assert done.stdout.endswith(" python3 python3-venv\n")


def test_root_installs_and_says_what_could_not_be_had(debian: Path) -> None:
    _program(debian, "id", "echo 0")
    # As apt does: one unknown name, and it installs none of the others.
    _program(debian, "apt-get", 'case "$*" in *libegl1*) echo "no libegl1"; exit 100;; esac')
    said = _on_debian(debian, "run")
    assert said.startswith("Installing system packages: libegl1 ")
    assert said.endswith("These system packages could not be installed: libegl1\n")


def test_nothing_is_said_where_nothing_is_missing(debian: Path) -> None:
    _program(debian, "dpkg-query", "echo 'installed '")
    _program(debian, "python3", "exit 0")
    assert _on_debian(debian, "dev") == ""


def test_without_a_screen_the_till_draws_in_memory() -> None:
    show = ("bash", "tools/with_screen.sh", "bash", "-c", "echo platform=$QT_QPA_PLATFORM")
    without = _run(*show)
    assert without.stdout.startswith("There is no screen here")
    assert without.stdout.endswith("platform=offscreen\n")
    assert _run(*show, DISPLAY=":0").stdout == "platform=\n"
    assert _run(*show, QT_QPA_PLATFORM="vnc").stdout == "platform=vnc\n"


# --- all the checks together ----------------------------------------------------------------------

# A word of each check's command line, by which a stand-in tells which check it is to fail.
CHECKS = {
    "format": "format --check",
    "lint": "ruff check",
    "types": "mypy",
    "architecture": "lint-imports",
    "messages": "tools.messages check",
    "tests": "-m pytest",
    "coverage": "tools.check_coverage",
}


def _check_all(tmp_path: Path, failing: str) -> subprocess.CompletedProcess[str]:
    for name in ("ruff", "mypy", "lint-imports", "python"):
        _program(
            tmp_path,
            name,
            f'line="{name} $*"; echo "ran: $line"\n'
            f'[ -n "{failing}" ] && [[ $line == *"{failing}"* ]] && exit 3; exit 0',
        )
    return _run("bash", "tools/check_all.sh", tmp_path, "pos tests", "2", "-k", "cart")


def test_all_checks_pass(tmp_path: Path) -> None:
    done = _check_all(tmp_path, "")
    assert (done.returncode, done.stderr) == (0, "")
    commands = re.findall(r"^ran: (.*)", done.stdout, re.MULTILINE)
    assert [name for name in CHECKS if not any(CHECKS[name] in line for line in commands)] == []
    assert "ran: ruff format --check pos tests\n" in done.stdout
    assert re.search(r"^ran: python -m pytest -n 2 .*--cov.* -k cart$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", CHECKS)
def test_one_failing_check_fails_the_whole_and_lets_the_others_run(
    tmp_path: Path, name: str
) -> None:
    done = _check_all(tmp_path, CHECKS[name])
    assert done.returncode == 1
    assert done.stdout.endswith(f"\nFailed: {name}\n")
    assert done.stdout.count("\n== ") == len(CHECKS)
