"""The command line itself: its help, and what happens when nobody reads on."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support import make_till


def titip(*words: str, stdout: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "pos", *words]
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)


def test_whoever_reads_no_further_is_not_complained_to(tmp_path: Path) -> None:
    make_till(tmp_path).close()
    unread, written = os.pipe()
    os.close(unread)
    with titip("--data", str(tmp_path / "data"), "report", "day", stdout=written) as process:
        os.close(written)
        assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


def test_the_help_speaks_indonesian() -> None:
    with titip("report", "--help", stdout=subprocess.PIPE) as process:
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0
    assert said.startswith("pemakaian: titip report")
    assert "pilihan:" in said
    assert "usage" not in said
    assert "options" not in said
