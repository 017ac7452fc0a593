#!/usr/bin/env bash
# Runs a command that opens a window; without a screen, Qt draws in memory instead of failing.
set -eu

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    echo "There is no screen here: the till runs without showing its window. Ctrl+C ends it."
    export QT_QPA_PLATFORM=offscreen
fi
exec "$@"
