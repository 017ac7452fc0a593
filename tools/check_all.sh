#!/usr/bin/env bash
# All that CI checks, quick checks first. Each is run even when an earlier one failed, so that one
# run shows all there is to mend; the last lines name the checks that failed.
#
#   tools/check_all.sh BIN "FOLDERS" WORKERS [pytest arguments]
set -u -o pipefail

bin=${1:?} code=${2:?} workers=${3:?}
shift 3
failed=()
check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

report=$(mktemp) || exit 1
trap 'rm -f "$report"' EXIT
coverage_of_tests() {
    "$bin/python" -m coverage json -q -o "$report" &&
        "$bin/python" -m tools.check_coverage "$report"
}

check format "$bin/ruff" format --check $code
check lint "$bin/ruff" check $code
check types "$bin/mypy" $code
check architecture "$bin/lint-imports" --no-logo
check messages "$bin/python" -m tools.messages check
# With a group, a set-up that takes long is made by one worker only.
check tests "$bin/python" -m pytest -n "$workers" --dist loadgroup --cov --cov-report= "$@"
check coverage coverage_of_tests

if [ "${#failed[@]}" -gt 0 ]; then
    printf '\nFailed: %s\n' "${failed[*]}"
    exit 1
fi
