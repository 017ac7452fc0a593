"""What the tree must be free of: package hosts, paths of a machine, overgrown code, loose pins."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The patterns are written in pieces so that this file does not hold what it looks for.
HOST = re.compile(
    r"https?://[^\s)\"'>]*(?:py" r"pi|pythonhos" r"ted|npm" r"js|debian\.o" r"rg|/sim" r"ple/)",
    re.IGNORECASE,
)
INDEX_OPTION = re.compile(r"--(?:extra-)?index-" r"url|--find-" r"links|--trusted-" r"host")
# A system's own folders (/usr, /etc, /dev, /tmp) are the same everywhere; these are not.
MACHINE = re.compile(
    r"(?<![\w./{}-])/(?:ro" r"ot|wo" r"rk|ho" r"me/\w+|Us" r"ers/\w+|op" r"t/\w+)/[\w.-]+"
)


def faults(text: str) -> list[str]:
    """The parts of a text that tell where it was made."""
    return [m[0] for pattern in (HOST, INDEX_OPTION, MACHINE) for m in pattern.finditer(text)]


def _tracked() -> list[Path]:
    """What git holds or would take in."""
    listing = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_the_tree_names_no_package_host_and_no_machine() -> None:
    paths = _tracked()
    assert ROOT / "pyproject.toml" in paths
    found = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a compiled catalogue
        found += [f"{path.relative_to(ROOT)}: {fault}" for fault in faults(text)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://py" + "pi.org/project/titip",
        "http://deb.debian.o" + "rg/debian bookworm",
        "https://mirror.example/sim" + "ple/titip/",
        "--extra-index-" + "url file:///srv/wheels",
        "--find-" + "links wheels",
        "cd /ro" + "ot/titip",
        "built in /ho" + "me/sari/titip",
        "'/wo" + "rk/main/pos'",
        "/op" + "t/wheels/x.whl",
    ],
)
def test_a_planted_address_is_found(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://titip.example/help",
        "file:/dev/usb/lp0",
        "/etc/udev/rules.d/70-titip.rules",
        "share/work/of/art",
        "tests/work/out",
    ],
)
def test_ordinary_words_are_fine(text: str) -> None:
    assert faults(text) == []


# --- sizes ----------------------------------------------------------------------------------------

MODULE_LINES = 400
FUNCTION_LINES = 60


def too_long(source: str) -> list[str]:
    """What has outgrown one thought: the module itself, or functions by name."""
    lines = source.count("\n")
    found = [f"{lines} lines, {MODULE_LINES} at most"] if lines > MODULE_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{node.name} has {lines} lines, {FUNCTION_LINES} at most")
    return found


def test_modules_and_functions_stay_small() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): too_long(path.read_text(encoding="utf-8"))
        for path in _tracked()
        if path.suffix == ".py"
    }
    assert len(found) > 20
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_long_module_and_a_long_function_are_found() -> None:
    body = "    x = 1\n"
    assert too_long("def f():\n" + body * (FUNCTION_LINES - 1)) == []
    assert too_long("def f():\n" + body * FUNCTION_LINES) == ["f has 61 lines, 60 at most"]
    assert too_long("x = 1\n" * MODULE_LINES) == []
    assert too_long("x = 1\n" * (MODULE_LINES + 1)) == ["401 lines, 400 at most"]


# --- the lock files -------------------------------------------------------------------------------

LOCKS = ("requirements.lock", "requirements-dev.lock")


def _pins(name: str) -> dict[str, tuple[str, int]]:
    """Each requirement of a lock: its version, and how many hashes it may have."""
    pins = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8")):
        if entry.startswith("#"):
            continue
        match = re.match(r"([\w.-]+)==(\S+)", entry)
        assert match, f"{name}: not pinned to one version: {entry.splitlines()[0]}"
        pins[match[1].lower()] = (match[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)))
    return pins


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    pins = _pins(name)
    assert len(pins) > 20
    assert [requirement for requirement, (_version, hashes) in pins.items() if not hashes] == []


def test_developers_run_the_same_versions_as_the_stands() -> None:
    stands, developers = (_pins(name) for name in LOCKS)
    assert {name: developers.get(name) for name in stands} == stands


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for lock, requirements in asked.items():
        names = {re.match(r"[\w.-]+", r)[0].lower().replace("_", "-") for r in requirements}  # type: ignore[index]
        assert names <= set(_pins(lock)), f"{lock} is behind pyproject.toml: run `make lock`"


def test_pins_are_checked_not_assumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "x.lock").write_text("# made by hand\nalpha>=1\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="not pinned"):
        _pins("x.lock")
    (tmp_path / "x.lock").write_text("# made by hand\nalpha==1\nbeta==2 \\\n", encoding="utf-8")
    assert _pins("x.lock") == {"alpha": ("1", 0), "beta": ("2", 0)}
