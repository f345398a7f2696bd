#!/bin/sh
# venv.sh FOLDER LOCK [SOURCES]: build the virtual environment FOLDER from LOCK alone, with this checkout installed in it.
# SOURCES names libraries that come as source only (none that the command itself needs does), parted by commas.
# Needs Python 3.11 or later with its venv module, and nothing else: no compiler, no tool besides pip.
set -eu
folder=$1 lock=$2

say() { printf 'mabillon: %s\n' "$*" >&2; }

right_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13 python3.14 python; do
    if right_python "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    say "Python 3.11 or later is missing. Get it with:"
    say "    apt-get install python3 python3-venv      (Debian 12, Ubuntu 24.04 and later)"
    say "    brew install python@3.11                  (macOS)"
    say "or from python.org, and name it where it is not found: make install PYTHON=/path/to/python3.11"
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"
    exit 1
fi

printf 'Installing into %s ...\n' "$folder"
"$python" -m venv --clear "$folder"
pip() { "$folder/bin/python" -m pip --disable-pip-version-check -qq "$@"; }
if ! pip install --require-hashes --no-deps --only-binary :all: ${3:+--no-binary "$3"} -r "$lock"; then
    say "the libraries named in $lock could not be installed: see pip's message above."
    say "They come from the Python Package Index; pip needs to reach it, or a mirror or wheel folder set in its own configuration."
    exit 1
fi
pip install --no-deps --no-build-isolation --editable .
