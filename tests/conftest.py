"""What holds for every test: no screen, no stray Qt message, no touch of a real stand's folder."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

# Read when Qt is imported, so it has to stand before any test module is.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest

from pos import i18n

# The same examples on every run: a red build says that the change broke something. No deadline,
# since the machine's load is not what is tested. `HYPOTHESIS_PROFILE=explore` looks further.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test, also for the programs it starts."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "run",
        "LOCALAPPDATA": "data",
        "APPDATA": "config",
        "TITIP_DATA": "titip",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    # Qt refuses a runtime folder that others may read.
    (home / "run").mkdir(mode=0o700)
    return home


@pytest.fixture(autouse=True)
def garbage_of_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with Qt collect on the main thread alone, as the window does (see pos.ui.garbage)."""
    if not {"ui", "e2e"} & set(request.path.parts):
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Each test starts in the language that a new stand has."""
    i18n.set_language(i18n.DEFAULT_LANGUAGE)
    yield
    i18n.set_language(i18n.DEFAULT_LANGUAGE)
