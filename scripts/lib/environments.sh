# shellcheck shell=bash
# The two Python environments. The emulator has its own, because MiniStack pins the exact botocore that it needs.

# Used only where no uv is on PATH.
UV_VERSION=0.13.9

# Set by find_tools, which is only called where something is to be made.
uv=
python=

sync_environments() {
    local main_stamp emulator_stamp
    main_stamp=$(fingerprint "$ROOT/requirements.lock" "$ROOT/pyproject.toml")
    emulator_stamp=$(fingerprint "$ROOT/rehearsal/emulator/requirements.lock")
    if ! finished "$ROOT/.venv" "$main_stamp"; then
        find_tools
        need "Python packages" make_environment "$ROOT/.venv" "$ROOT/requirements.lock" "$ROOT" "$main_stamp"
    fi
    if ! finished "$ROOT/rehearsal/emulator/.venv" "$emulator_stamp"; then
        find_tools
        need "emulator packages" make_environment \
            "$ROOT/rehearsal/emulator/.venv" "$ROOT/rehearsal/emulator/requirements.lock" "" "$emulator_stamp"
    fi
}

# The place of the checkout is part of it, because an environment holds absolute paths.
fingerprint() {
    { printf '%s\n' "$ROOT" && cat "$@"; } | sha256sum | cut -d' ' -f1
}

finished() {
    [[ -x $1/bin/python && -f $1/setup.stamp && $(<"$1/setup.stamp") == "$2" ]]
}

# make_environment FOLDER LOCK PROJECT STAMP: the stamp is written last, so that a broken-off one is made anew.
make_environment() {
    local folder=$1 lock=$2 project=$3 stamp=$4
    if [[ ! -x $folder/bin/python || ! -f $folder/setup.stamp ]]; then
        rm -rf "$folder" && "$uv" venv --python "$python" "$folder" || return
    fi
    rm -f "$folder/setup.stamp"
    "$uv" pip sync --require-hashes --python "$folder/bin/python" "$lock" || return
    if [[ -n $project ]]; then
        "$uv" pip install --no-deps --no-build-isolation --python "$folder/bin/python" --editable "$project" || return
    fi
    printf '%s\n' "$stamp" >"$folder/setup.stamp"
}

find_tools() {
    if [[ -z $uv ]]; then
        python=$(find_python) || fail "python 3.11 or newer is not on PATH: install it (Debian: python3)"
        uv=$(type -P uv) || find_own_uv
    fi
}

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            type -P "$name"
            return
        fi
    done
    return 1
}

find_own_uv() {
    uv=$CACHE/uv/$UV_VERSION/uv
    if [[ ! -x $uv ]]; then
        "$python" -c 'import ensurepip' 2>/dev/null ||
            fail "neither uv nor Python's venv module is there: install one of them (Debian: python3-venv)"
        need "uv" install_uv
    fi
}

# uv is one executable file, so it needs nothing of the environment that pip unpacked it in.
install_uv() {
    local work status=0
    work=$(mktemp -d "$CACHE/uv.XXXXXX")
    { "$python" -m venv "$work" && "$work/bin/pip" install "uv==$UV_VERSION" &&
        mkdir -p "$(dirname "$uv")" && mv "$work/bin/uv" "$uv"; } || status=$?
    rm -rf "$work"
    return "$status"
}
