# shellcheck shell=bash
# Which Pulumi engine is used: the one on PATH, else one by Pulumi's installer, else one built from Go modules.

RECIPE=$ROOT/tools/engine

# The answer: the folder that holds pulumi and its Python host, the version, and where it comes from.
ENGINE=
ENGINE_VERSION=
ENGINE_ORIGIN=

choose_engine() {
    local pinned installed built
    pinned=$("$RECIPE/build" --version)
    installed=$CACHE/engine/$pinned-installer
    built=$CACHE/engine/$("$RECIPE/build" --name)
    if ! use_path "$pinned" && ! use_cached "$pinned" "$installed" "$built"; then
        install_engine "$pinned" "$installed" || need "engine from Go modules" "$RECIPE/build" "$built"
        use_cached "$pinned" "$installed" "$built"
    fi
}

use_path() {
    local pulumi folder version
    pulumi=$(type -P pulumi) || return 1
    version=$(PULUMI_SKIP_UPDATE_CHECK=true timeout 20 "$pulumi" version 2>/dev/null) || version="of unknown version"
    # The engine follows links to its own place before it looks for the host beside it.
    folder=$(dirname "$(realpath "$pulumi")")
    if ! recent_enough "$version" "$1"; then
        say "not using $pulumi $version: 3.x from $1 on is needed"
        return 1
    fi
    if [[ ! -x $folder/pulumi-language-python ]] && ! type -P pulumi-language-python >/dev/null; then
        say "not using $pulumi $version: pulumi-language-python is neither beside it nor on PATH"
        return 1
    fi
    ENGINE=$folder ENGINE_VERSION=${version#v} ENGINE_ORIGIN="on PATH"
}

# recent_enough VERSION MINIMUM: the Python SDK refuses an engine of another major version; a pre-release of the
# minimum comes before it.
recent_enough() {
    local version=${1#v} minimum=$2 release
    [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+ && ${version%%.*} == "${minimum%%.*}" ]] || return 1
    release=${BASH_REMATCH[0]}
    if [[ $release == "$minimum" ]]; then
        [[ $version != *-* ]]
    else
        printf '%s\n' "$minimum" "$release" | sort --version-sort --check=silent
    fi
}

use_cached() {
    if [[ -x $2/bin/pulumi ]]; then
        ENGINE=$2/bin ENGINE_VERSION=$1 ENGINE_ORIGIN="by Pulumi's installer"
    elif [[ -x $3/pulumi ]]; then
        ENGINE=$3 ENGINE_VERSION=$1 ENGINE_ORIGIN="built from Go modules"
    else
        return 1
    fi
}

install_engine() {
    if ! step "Pulumi's installer" timeout 300 "$ROOT/.venv/bin/python" "$RECIPE/install.py" "$1" "$2"; then
        say "Pulumi's installer could not be used ($(tail -n 1 "$log" | cut -c1-160)): building the engine instead"
        return 1
    fi
}
