#!/bin/sh
# Makes the environment in which Sayso is worked on, with nothing but Python 3.11 to 3.13 and a package index.
#
#   tools/environment.sh [FOLDER [GROUP]]      FOLDER: .venv; GROUP, a dependency group of pyproject.toml: dev
#
# What is installed stands in uv.lock, by version and hash. The lock names pypi.org; a machine whose pip is set to
# another index has the very same files from there, which is why they are installed from an export of the lock
# (names, versions and hashes, no addresses) and not by `uv sync`. See docs/decisions/0009-environment.md.
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
group=${2:-dev}

say() { printf 'environment: %s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if fits "$python"; then return; fi
    done
    say "Python 3.11, 3.12 or 3.13 is needed; looked for: ${PYTHON:-python3 python3.13 python3.12 python3.11 python}."
    say "Install one, or name it: make PYTHON=/path/to/python"
    exit 1
}

make_venv() {
    if [ -x "$venv/bin/python" ] && fits "$venv/bin/python"; then return; fi
    find_python
    rm -rf "$venv"
    "$python" -m venv "$venv" || {
        rm -rf "$venv"
        say "'$python -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv"
        exit 1
    }
}

# uv does not read pip's settings. Whoever set an index or a certificate for pip means it for this too.
heed_pip_settings() {
    index=${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIP_INDEX_URL:-}}}
    if [ -z "$index" ]; then index=$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true); fi
    unset UV_INDEX_URL
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index" PIP_INDEX_URL="$index"; fi
    certificate=${PIP_CERT:-$("$venv/bin/python" -m pip config get global.cert 2>/dev/null || true)}
    if [ -n "$certificate" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$certificate"; fi
    export PIP_DISABLE_PIP_VERSION_CHECK=1
}

get_uv() {
    pin=$(sed -n 's/.*"\(uv==[0-9.]*\)".*/\1/p' pyproject.toml)
    if [ "$("$venv/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" = "${pin#uv==}" ]; then return; fi
    "$venv/bin/python" -m pip install --quiet "$pin"
}

install_locked() {
    "$venv/bin/uv" export --quiet --frozen --no-emit-project --no-default-groups --group "$group" --group dev --group lock \
        --format requirements.txt --output-file "$venv/locked.txt" >/dev/null
    "$venv/bin/uv" pip sync --quiet --python "$venv/bin/python" --require-hashes "$venv/locked.txt" || {
        say "uv could not install; trying the same versions with pip"
        "$venv/bin/python" -m pip install --quiet --require-hashes --requirement "$venv/locked.txt"
    }
    "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
}

# The lock's torch is the build with CUDA, 3 GB. pip takes a build without it where the machine's settings offer one
# (find-links, an extra index): same version, other hash. So here the lock's versions bind and its hashes do not.
install_training() {
    "$venv/bin/uv" export --quiet --frozen --no-emit-project --no-default-groups --group training --no-hashes \
        --format requirements.txt --output-file "$venv/locked.txt" >/dev/null
    "$venv/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
    "$venv/bin/python" -m pip install --quiet --constraint "$venv/locked.txt" --editable . --group training
}

install_unlocked() {
    say "uv cannot be had here: installing with pip alone, so versions may differ from those in uv.lock"
    "$venv/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
    "$venv/bin/python" -m pip install --quiet --editable . --group "$group"
}

make_venv
heed_pip_settings
if ! get_uv; then install_unlocked
elif [ "$group" = training ]; then install_training
else install_locked; fi
say "$venv is ready ($("$venv/bin/python" --version), group $group)"
