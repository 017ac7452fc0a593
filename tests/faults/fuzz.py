"""`python -m tests.faults.fuzz TARGET RUNS SEED`: atheris, guided by what of pos the input reaches."""

import sys

import atheris

LONGEST = {"scanner": 6_000, "qris": 600}
"""Bytes of an input; 2,000 for the others."""


def main() -> None:
    name, runs, seed = sys.argv[1:4]
    with atheris.instrument_imports(include=["pos"]):
        from tests.faults.targets import TARGETS
    run = TARGETS[name]
    options = [
        f"-runs={runs}",
        f"-seed={seed}",
        f"-max_len={LONGEST.get(name, 2_000)}",
        "-len_control=50",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
