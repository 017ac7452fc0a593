#!/usr/bin/env bash
# Writes the lock files: exact versions with hashes for every platform and Python, naming no index.
# Pins that still fit stay as they are, unless "upgrade" asks for the newest of all.
#
#   tools/lock.sh UV [upgrade]
set -eu

uv=${1:-uv}
upgrade=${2:+--upgrade}
compile() {
    "$uv" pip compile --quiet $upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" pyproject.toml "$@"
}
compile -o requirements.lock
# The developers' lock is the other one and more, never another version of the same.
compile -c requirements.lock --group dev -o requirements-dev.lock
