"""Two (or more) running programs, each told by a test what a person at it does."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Program:
    """A Titip of its own on its own data folder; see tests/e2e/driver.py for the steps."""

    def __init__(self, folder: Path, begin_ms: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.driver", str(folder), str(begin_ms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, step: str, **given: Any) -> Any:
        """One step; fails with all that is in view where it can't be done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": step, "with": given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._last_words()
        said = json.loads(line)
        assert "failed" not in said, f"{step} {given}: {said['failed']}\n" + "\n".join(
            said["texts"]
        )
        return said["done"]

    def press(self, key: str, mods: str = "") -> None:
        self.do("press", key=key, mods=mods)

    def type(self, text: str, into: str = "") -> None:
        self.do("type", text=text, into=into)

    def fill(self, field: str, text: str) -> None:
        """Type into a field, over what stands there."""
        self.do("into", field=field)
        self.type(text, into=field)

    def see(self, text: str) -> str:
        return str(self.do("see", text=text))

    def close(self) -> None:
        """Close the window; the program must end by itself, in peace."""
        self.do("close")
        assert self._process.wait(60) == 0, self._last_words()
        self._let_go()

    def kill(self) -> None:
        """At the end of a test that failed."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(30)
        self._let_go()

    def _let_go(self) -> None:
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _last_words(self) -> str:
        self._process.kill()
        assert self._process.stderr is not None
        return self._process.stderr.read()[-4_000:]
