"""`python -m tests.faults [CAMPAIGN ...] [--count N] [--json]`: make faults happen, say what was lost.

Without a campaign all of them run at their full length, and RESULTS.md is written.
"""

import argparse
import datetime as dt
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from tests.faults import disk, outcome

CAMPAIGNS: dict[str, dict[str, Any]] = {
    "power": {"count": 10_000},
    "kills": {"count": 300},
    "io_errors": {},
    "full_disk": {"count": 20},
    "loops": {"count": 180},
    "clocks": {},
    "printers": {},
    "inputs": {"count": 1_100_000},
    "soak": {"count": 3_600},
}
"""Each is a module of that name beside this one, with what its `run` is asked for in full."""


QUICK = {
    "power": 200,
    "kills": 18,
    "io_errors": 2,
    "full_disk": 2,
    "loops": 6,
    "clocks": 2,
    "printers": 1,
    "inputs": 5_000,
    "soak": 30,
}
"""The counts of `--quick`, which is to show in a few minutes that each campaign runs at all."""
ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "faults"
"""The outcomes of each campaign's last run, of which RESULTS.md is made."""


def main() -> int:
    """Run what was asked for; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--count", type=int, help="how many faults")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--planted", action="store_true", help="plant the mistake to be caught")
    parser.add_argument("--json", type=Path, help="write the outcomes there")
    parser.add_argument("--quick", action="store_true", help="a few of each; nothing is kept")
    parser.add_argument("--write", action="store_true", help="only write RESULTS.md anew")
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=", ".join(CAMPAIGNS))
    asked = parser.parse_args()
    if len(asked.campaigns) == 1 and not (asked.write or asked.quick):
        return _one(asked)
    kept = KEPT / "quick" if asked.quick else KEPT
    kept.mkdir(parents=True, exist_ok=True)
    if not asked.write:
        for name in asked.campaigns or CAMPAIGNS:
            _apart(name, kept, QUICK.get(name, 0) if asked.quick else 0)
    found = [one for name in asked.campaigns or CAMPAIGNS for one in _kept(name, kept)]
    print(outcome.table(found))
    if not asked.campaigns and not asked.quick:
        outcome.write(found, dt.datetime.now(tz=dt.UTC).date().isoformat())
    return int(any(one.wrong for one in found))


def _one(asked: argparse.Namespace) -> int:
    name = asked.campaigns[0]
    module: Any = importlib.import_module(f"tests.faults.{name}")
    if getattr(module, "NEEDS_DISK", False) and not disk.why_not() and not disk.Disk().loaded:
        return disk.run_with_it(sys.argv[1:])
    wanted = dict(CAMPAIGNS[name])
    takes = inspect.signature(module.run).parameters
    for option in ("count", "seed", "planted"):
        value = getattr(asked, option)
        if value and option in takes:
            wanted[option] = value
    made = module.run(**wanted)
    found = [made] if isinstance(made, outcome.Outcome) else list(made)
    for one in found:
        print(outcome.told(one), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(msgspec.to_builtins(found)), encoding="utf-8")
    return int(any(one.wrong for one in found))


def _apart(name: str, kept: Path, count: int) -> None:
    """A campaign in a process of its own, so that none inherits what another has broken."""
    result = kept / f"{name}.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.faults", name, "--json", str(result)]
    command += ["--count", str(count)] if count else []
    subprocess.run(command, check=False)


def _kept(name: str, kept: Path) -> list[outcome.Outcome]:
    result = kept / f"{name}.json"
    if not result.exists():
        return [outcome.Outcome(name, "", "", wrong=("the campaign broke off",))]
    return msgspec.json.decode(result.read_bytes(), type=list[outcome.Outcome])


if __name__ == "__main__":
    sys.exit(main())
