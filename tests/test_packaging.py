"""The wheel, installed alone in an empty environment, starts, migrates and sells."""

import email
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import pos

ROOT = Path(__file__).resolve().parent.parent

# pip's words when no index answers; anything else is a fault of the lock or of the wheel.
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError"
    r"|Network is unreachable|Temporary failure in name resolution"
)

# One worker builds and installs for all of these.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@dataclass(frozen=True)
class Installed:
    """The wheel and an environment that holds nothing but it and what its lock names."""

    wheel: Path
    bin: Path

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """A command of the environment, as on a machine with nothing set but an empty home."""
        home = cwd / "home"
        home.mkdir(exist_ok=True)
        return subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=cwd,
            env={
                "HOME": str(home),
                "PATH": "/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def _must(command: Sequence[str | Path], **more: str) -> None:
    """Run one step of the set-up; only an index that can't be reached excuses a failure."""
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **more}, check=False
    )
    said = done.stdout + done.stderr
    if done.returncode and UNREACHABLE.search(said) and not os.environ.get("CI"):
        pytest.skip("no package index can be reached, so the wheel's dependencies can't be had")
    assert done.returncode == 0, said


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built and installed once; set up before `own_home`, so that pip finds its real cache."""
    place = tmp_path_factory.mktemp("wheel")
    build: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    _must([*build, "--outdir", place, ROOT])
    (wheel,) = place.glob("*.whl")
    _must([sys.executable, "-m", "venv", place / "venv"])
    python = place / "venv" / "bin" / "python"
    install: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "install"]
    install += ["-q", "--no-deps"]
    lock = ROOT / "requirements.lock"
    _must([*install, "--require-hashes", "--only-binary", ":all:", "-r", lock])
    _must([*install, "--no-index", wheel])
    return Installed(wheel, python.parent)


def _travelling(folder: str, pattern: str) -> set[str]:
    """Files of a folder of the project that a till needs while it runs."""
    files = (path for path in (ROOT / folder).rglob(pattern) if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}


def test_the_wheel_holds_all_that_a_till_needs_and_no_more(installed: Installed) -> None:
    held = set(zipfile.ZipFile(installed.wheel).namelist())
    code = _travelling("pos", "*.py") | {"pos/py.typed"}
    catalogues = _travelling("pos/locale", "*.mo")
    pictures = _travelling("pos/assets", "*")
    migrations = _travelling("migrations", "*.py") | _travelling("migrations", "*.mako")
    assert "pos/locale/id/LC_MESSAGES/titip.mo" in catalogues
    assert {"migrations/env.py", "migrations/script.py.mako"} < migrations
    assert any(name.startswith("migrations/versions/") for name in migrations)
    wanted = code | catalogues | pictures | {f"pos/_{name}" for name in migrations}
    assert wanted - held == set()
    assert {name for name in held - wanted if not name.startswith("titip-")} == set()


def test_the_wheel_tells_what_it_needs(installed: Installed, tmp_path: Path) -> None:
    archive = zipfile.ZipFile(installed.wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = email.message_from_bytes(archive.read(name))
    assert (metadata["Name"], metadata["Version"]) == ("titip", pos.__version__)
    assert metadata["Requires-Python"] == ">=3.11"
    # What the lock installed is just what the wheel asks for.
    checked = installed.run("python", "-m", "pip", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_the_installed_package_is_the_one_that_is_imported(
    installed: Installed, tmp_path: Path
) -> None:
    done = installed.run("python", "-c", "import pos; print(pos.__file__)", cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.bin.parent), done.stderr


@pytest.mark.parametrize("command", [["titip"], ["python", "-m", "pos"]])
def test_it_tells_its_version(installed: Installed, tmp_path: Path, command: list[str]) -> None:
    done = installed.run(*command, "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"titip {pos.__version__}\n"), done.stderr


def start_migrate_and_sell(installed: Installed, folder: Path) -> None:
    """The till's own self-test: a new book, migrated, one piece sold, the book verified."""
    data = folder / "book"
    done = installed.run("python", "-m", "pos", "--data", str(data), "selftest", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^OK [A-Z]+-000001$", done.stdout, re.MULTILINE), done.stdout
    assert (data / "titip.db").is_file()


def test_it_starts_migrates_and_sells(installed: Installed, tmp_path: Path) -> None:
    start_migrate_and_sell(installed, tmp_path)
