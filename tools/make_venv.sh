#!/usr/bin/env bash
# Makes .venv anew from a lock file. Nothing is installed that the lock does not name with a hash.
#
#   tools/make_venv.sh FOLDER LOCK [--editable]
set -eu

venv=${1:?folder} lock=${2:?lock file} editable=${3:-}
here=$(dirname "$0")

python=$(bash "$here/find_python.sh")
echo "Setting up $venv with $("$python" --version) from $lock ..."
"$python" -m venv --clear "$venv" || {
    echo "Python's venv module is incomplete here; on Debian: apt-get install python3-venv" >&2
    exit 1
}
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }
# Wheels only: building a source package would fetch build tools that no lock names.
pip install -qq --no-deps --require-hashes --only-binary :all: -r "$lock"
if [ "$editable" = --editable ]; then
    pip install -qq --no-deps --no-build-isolation --no-index -e .
fi
