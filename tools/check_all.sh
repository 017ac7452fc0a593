#!/usr/bin/env bash
# All that CI checks, quick checks first; stops at the first that fails.
#
#   tools/check_all.sh BIN "FOLDERS" WORKERS [pytest arguments]
set -eu -o pipefail

bin=${1:?} code=${2:?} workers=${3:?}
shift 3
step() { printf '\n== %s\n' "$*"; }

step "format"
"$bin/ruff" format --check $code
step "lint"
"$bin/ruff" check $code
step "types"
"$bin/mypy" $code
step "architecture"
"$bin/lint-imports" --no-logo
step "messages"
"$bin/python" -m tools.messages check
step "tests"
report=$(mktemp)
trap 'rm -f "$report"' EXIT
"$bin/python" -m pytest -n "$workers" --dist loadgroup --cov --cov-report= "$@"
step "coverage"
"$bin/python" -m coverage json -q -o "$report"
"$bin/python" -m tools.check_coverage "$report"
