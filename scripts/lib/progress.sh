# shellcheck shell=bash
# Shows what takes its time, explains what went wrong, and ends what it started.

# A step is silent for this many seconds, and shows a line as often as the second number says from then on.
QUIET=2
BEAT=15

# The process group of the step that runs, and the file with the output of the last one.
running=
log=

say() {
    printf 'setup: %s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

# step NAME COMMAND...: runs the command with its output in a file, and returns its status.
step() {
    local name=$1 start=$SECONDS next=$QUIET status=0
    shift
    log=$LOGS/${name//[^A-Za-z0-9]/-}.log
    # A process group of its own, so that an interrupted setup can end a compiler's children too.
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    running=$!
    set +m
    while kill -0 "$running" 2>/dev/null; do
        if ((SECONDS - start >= next)); then
            say "$name: $((SECONDS - start)) s"
            next=$((next == QUIET ? BEAT : next + BEAT))
        fi
        sleep 0.05
    done
    wait "$running" || status=$?
    running=
    if ((status == 0 && next > QUIET)); then
        say "$name: done in $((SECONDS - start)) s"
    fi
    return "$status"
}

# need NAME COMMAND...: a step without which nothing goes on.
need() {
    if ! step "$@"; then
        explain "$1"
        exit 1
    fi
}

# How the clients in use (uv, pip, go, Python) say that nobody answered.
NO_ANSWER='dial tcp|no such host|name resolution|name or service not known|dns error|failed to lookup|connection refused'
NO_ANSWER+='|connect error|timed out|timeout|network is unreachable|no route to host|error sending request'

explain() {
    local evidence
    if evidence=$(grep -m1 -iE "$NO_ANSWER" "$log"); then
        say "$1: not done, because a package registry could not be reached:"
        say "    ${evidence:0:300}"
        say "check the network, and the proxy and registry settings of the client named there; then run this again:" \
            "what is finished is kept"
    else
        say "$1: failed; the end of its output:"
        tail -n 15 "$log" >&2
    fi
    say "all of its output: $log"
}

# one_at_a_time FILE SENTENCE: waits while another process holds the lock; this one's ends with the process.
one_at_a_time() {
    exec {lock}>"$1"
    if ! flock --nonblock "$lock"; then
        say "$2: waiting for it"
        flock "$lock"
    fi
}

interrupted() {
    if [[ -n $running ]]; then
        kill -TERM -- "-$running" 2>/dev/null || true
        wait "$running" || true
    fi
    say "interrupted; run this again, what is finished is kept"
    exit "$1"
}
trap 'interrupted 130' INT
trap 'interrupted 143' TERM HUP
