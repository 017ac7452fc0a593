#!/usr/bin/env bash
# Installs the system libraries that the till (run), its tests (dev) or the long campaign of faults
# (faults) need, on Debian and its kin. Without the means or the rights it says what is missing and lets the caller go on: the
# libraries may be there under another name.
#
#   tools/system_libs.sh run|dev|faults
set -u

purpose=${1:?run, dev or faults}
system=${TITIP_OS_RELEASE:-/etc/os-release}

# Qt draws with these even where there is no screen.
qt="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 libx11-6
    fonts-dejavu-core"
# Qt's window on X11 and Wayland.
window="libwayland-client0 libwayland-cursor0 libwayland-egl1
     libx11-xcb1 libxkbcommon-x11-0 libxcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0
     libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0
     libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
usb="libusb-1.0-0"
# A simulated USB printer, a virtual screen, a reader of PDFs, and git for the tests of the tree.
tests="umockdev gir1.2-umockdev-1.0 python3-gi xvfb xauth poppler-utils git"

# Filesystems to cut the power of, a clock that lies, and a compiler for what is preloaded.
faults="xfsprogs btrfs-progs faketime gcc libc6-dev"

wanted="$qt $window $usb"
[ "$purpose" = run ] || wanted="$wanted $tests"
[ "$purpose" = faults ] && wanted="$wanted $faults"

grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' "$system" && command -v dpkg-query >/dev/null || {
    if [ "$(uname -s)" = Linux ]; then
        echo "If the till does not start, install your system's packages for these libraries:" $wanted
    fi
    exit 0
}

# The python that the venv will be made from may be Debian's, which comes without venv and pip.
if python=$(bash "$(dirname "$0")/find_python.sh" 2>/dev/null); then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        wanted="$wanted python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
else
    wanted="$wanted python3 python3-venv"
fi

missing=""
for package in $wanted; do
    # Newer releases renamed some libraries to NAMEt64, which still answer to the old name.
    state=$(dpkg-query -W -f='${db:Status-Status} ' "$package" "${package}t64" 2>/dev/null)
    case " $state" in
        *" installed "*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    # Asks for a password only where somebody can type one.
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root="sudo"
    else
        echo "These system packages are missing, and installing them needs root:$missing"
        echo "Ask the machine's owner for:  apt-get install$missing"
        exit 0
    fi
fi

echo "Installing system packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
if $as_root apt-get update -q >"$log" 2>&1 && install $missing >>"$log" 2>&1; then
    exit 0
fi
# One unknown name must not keep the others out.
failed=""
for package in $missing; do
    install "$package" >>"$log" 2>&1 || failed="$failed $package"
done
if [ -n "$failed" ]; then
    tail -n 5 "$log"
    echo "These system packages could not be installed:$failed"
fi
exit 0
