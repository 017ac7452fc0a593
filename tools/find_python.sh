#!/usr/bin/env bash
# Prints the python that the venv is made from: the first one of at least 3.11.
# PYTHON=... names another one.
set -u

for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3 python}; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
done
echo "Titip needs Python 3.11 or newer, and none was found${PYTHON:+ at $PYTHON}." >&2
exit 1
