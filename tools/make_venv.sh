#!/usr/bin/env bash
# Makes .venv from a lock file. Nothing is installed that the lock does not name with a hash.
#
#   tools/make_venv.sh FOLDER LOCK [--editable]
set -eu

venv=${1:?folder} lock=${2:?lock file} editable=${3:-}
here=$(dirname "$0")

python=$(bash "$here/find_python.sh")
echo "Setting up $venv with $("$python" --version) from $lock ..."
# On top of a good venv for running, the developer's packages are only added: the till that runs
# out of it keeps its files. Every other venv is made anew, so that nothing old stays in it.
clear=--clear
if [ "$editable" = --editable ] && [ "$venv/.ready-run" -nt "$here/../requirements.lock" ] \
    && [ ! -e "$venv/.ready-dev" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    clear=
fi
"$python" -m venv $clear "$venv" || {
    echo "Python's venv module is incomplete here; on Debian: apt-get install python3-venv" >&2
    exit 1
}
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }
# Wheels only: building a source package would fetch build tools that no lock names.
pip install -qq --no-deps --require-hashes --only-binary :all: -r "$lock"
if [ "$editable" = --editable ]; then
    pip install -qq --no-deps --no-build-isolation --no-index -e .
fi
