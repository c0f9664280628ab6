"""Edits of the workflows and of who is asked about them."""

from typing import Final

from tests.mutations.mutation import Judge, Mutation

_PULL: Final = ".github/workflows/pull-request.yml"
_DEPLOY: Final = ".github/workflows/deploy-stack.yml"
_GATE: Final = ".github/scripts/gate"
_PREVIEW: Final = ".github/scripts/preview"
_SCRIPTS: Final = ".github/scripts/"
_PACK: Final = ".github/scripts/under-pack"
_PULUMI: Final = ".github/scripts/pulumi"
_DRIFT: Final = ".github/workflows/drift.yml"
_OWNERS: Final = ".github/CODEOWNERS"
_ON: Final = "    branches: [main]\n"
_HAND: Final = "      - name: Hand the preview on\n"
_JUDGE: Final = "      - name: Judge\n"


def _pipeline(name: str, file: str, old: str, new: str) -> Mutation:
    return Mutation(name, file, old, new, Judge.PIPELINE)


MUTATIONS: Final = (
    _pipeline(
        "the gate is the change's own", _PULL, "run: base/.github/scripts/gate", "run: change/.github/scripts/gate"
    ),
    _pipeline(
        "the preview's pack is the change's own",
        _PULL,
        "run: base/.github/scripts/preview",
        "run: change/.github/scripts/preview",
    ),
    _pipeline("a gate that never ran is a good one", _PULL, "[[ $RESULT == success ]]", "true"),
    _pipeline("an action is whatever its tag means today", _PULL, "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7"),
    _pipeline(
        "what is judged against is the change", _PULL, "BASE: ${{ github.event.pull_request.base.sha }}", "BASE: HEAD"
    ),
    _pipeline("one stack is not judged", _PULL, "stack: [backup, prod, ci]", "stack: [backup, ci]"),
    _pipeline("a deployment is not judged", _DEPLOY, ".github/scripts/gate", ".github/scripts/pulumi"),
    _pipeline(
        "a pull request goes on after its gate refused", _PULL, _JUDGE, f"{_JUDGE}        continue-on-error: true\n"
    ),
    _pipeline(
        "a deployment goes on after its gate refused", _DEPLOY, _JUDGE, f"{_JUDGE}        continue-on-error: true\n"
    ),
    _pipeline(
        "a gate's job may fail",
        _PULL,
        "    needs: preview\n    runs-on",
        "    needs: preview\n    continue-on-error: true\n    runs-on",
    ),
    _pipeline("a pull request is never judged", _PULL, _JUDGE, f"{_JUDGE}        if: ${{{{ false }}}}\n"),
    _pipeline("a deployment is never judged", _DEPLOY, _JUDGE, f"{_JUDGE}        if: ${{{{ false }}}}\n"),
    _pipeline("a check is left out", _PULL, "    name: check\n", "    name: check\n    if: ${{ false }}\n"),
    _pipeline("a refusal is lost in a pipe", _DEPLOY, "preview.json comment.md", "preview.json comment.md | cat"),
    _pipeline(
        "a refusal is passed over",
        _PULL,
        "preview.json comment.md\n      - name: Comm",
        "preview.json comment.md || true\n      - name: Comm",
    ),
    _pipeline("commands run in a shell that is always content", _PULL, _JUDGE, f"{_JUDGE}        shell: bash {{0}}\n"),
    _pipeline("a gate's refusal is passed over", _GATE, '\n"${ask[@]}"\n', '\n"${ask[@]}" || true\n'),
    _pipeline("a gate goes on after a fault", _GATE, "set -euo pipefail", "set -u"),
    _pipeline("a gate does not compare the pack", _GATE, ' --pack "$JUDGE/policies"', ""),
    _pipeline("a gate knows no base", _GATE, ' --base "$base"', ""),
    _pipeline("a preview is made without the pack", _PREVIEW, "under-pack", "pulumi"),
    _pipeline("a pack has no configuration", _PACK, " --policy-pack-config", " --config-file"),
    _pipeline("a pack is the change's own", _PACK, '--policy-pack "$JUDGE', '--policy-pack "$1'),
    _pipeline("an empty preview is judged", _GATE, 'cd "$change"\n', 'cd "$change"\necho "{}" >"$preview"\n'),
    _pipeline("the judge is the change", _GATE, "change=$1 stack", "change=$1 JUDGE=$1 stack"),
    _pipeline("leave is taken from elsewhere", _GATE, 'cd "$change"\n', 'cd "$change"\nask+=(--overrides x)\n'),
    _pipeline("the base is the change", _GATE, 'cd "$change"\n', 'cd "$change"\nask[6]=HEAD\n'),
    _pipeline("one resource is looked at", _PULUMI, '--stack "$stack" "$@"', '--stack "$stack" --target x "$@"'),
    _pipeline("a refused commit judges", _SCRIPTS + "deployed", '"succeeded")]', '"failed")]'),
    _pipeline("a pull request is judged when it is closed", _PULL, _ON, f"{_ON}    types: [closed]\n"),
    _pipeline("some files are not judged", _PULL, _ON, f"{_ON}    paths-ignore: [components/**]\n"),
    _pipeline("the required check has another name", _PULL, "name: judged\n", "name: looked at\n"),
    _pipeline("the base is a stranger's", _PULL, "path: base\n", "path: base\n          repository: evil/strongroom\n"),
    _pipeline("a preview is rewritten", _PULL, _HAND, f"      - run: echo '{{}}' >preview.json\n{_HAND}"),
    _pipeline("a base is rewritten", _PULL, _JUDGE, f"      - run: rm base/policies/*\n{_JUDGE}"),
    _pipeline("another file is handed on", _PULL, "path: preview.json", "path: change/preview.json"),
    _pipeline("something runs before each command", _DEPLOY, "      STACK:", "      BASH_ENV: change/x\n      STACK:"),
    _pipeline("an option comes from outside", _DEPLOY, "      STACK:", "      PULUMI_OPTION_TARGET: x\n      STACK:"),
    _pipeline("anybody's machine judges", _DEPLOY, "runs-on: ubuntu-24.04", "runs-on: self-hosted"),
    _pipeline("anybody's image judges", _DEPLOY, "runs-on: ubuntu-24.04", "runs-on: ubuntu-24.04\n    container: x"),
    _pipeline("nobody has time to judge", _PULL, "timeout-minutes: 30", "timeout-minutes: 1"),
    _pipeline("every branch is deployed", ".github/workflows/deploy.yml", "[main]", "['**']"),
    _pipeline("one resource is deployed", _DEPLOY, "up --yes", "up --target x --yes"),
    _pipeline("what is deployed is disposable", _DEPLOY, "up --yes", "up --config strongroom:disposable=true --yes"),
    _pipeline("a stack is destroyed", _DEPLOY, "up --yes --skip-preview", "destroy --yes"),
    _pipeline("a commit judges itself", _DEPLOY, "BASE: ${{ needs.base.outputs.commit }}", "BASE: ${{ github.sha }}"),
    _pipeline("an update has no pack", _DEPLOY, "scripts/under-pack", "scripts/pulumi"),
    _pipeline("drift is looked for once a year", _DRIFT, "17 5 * * *", "17 5 1 1 *"),
    _pipeline("drift is content", _DRIFT, " --expect-no-changes", ""),
    _pipeline("drift is taken over", _DRIFT, "refresh --preview-only", "refresh --yes"),
    _pipeline("one more pipeline", ".github/workflows/extra.yaml", "", "on: pull_request_target\njobs: {}\n"),
    _pipeline("somebody else is asked", _OWNERS, "backup-owners\n", "backup-owners\n/components/*.py @evil\n"),
    _pipeline("nobody is asked", _OWNERS, "*  @example/backup-owners\n", ""),
)
