# shellcheck shell=bash
# What setup leaves behind for others to read: build/setup.json.

write_answer() {
    local answer=$ROOT/build/setup.json text
    printf -v text '{"engine": %s, "engine_version": %s, "emulator_python": %s}' \
        "$(json_string "$ENGINE")" "$(json_string "$ENGINE_VERSION")" \
        "$(json_string "$ROOT/rehearsal/emulator/.venv/bin/python")"
    # Renamed into place: a rehearsal that starts beside a setup reads the old answer or the new one.
    printf '%s\n' "$text" >"$answer.new"
    mv "$answer.new" "$answer"
}

json_string() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}
