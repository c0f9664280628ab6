"""Edits of the workflows and of who is asked about them."""

from typing import Final

from tests.mutations.mutation import Judge, Mutation

_PULL: Final = ".github/workflows/pull-request.yml"
_DEPLOY: Final = ".github/workflows/deploy-stack.yml"
_GATE: Final = ".github/scripts/gate"
_PREVIEW: Final = ".github/scripts/preview"
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
    _pipeline("a preview is made without the pack", _PREVIEW, ' "${pack[@]}" >"$file"', ' >"$file"'),
    _pipeline("nobody sees a preview under the pack", _PREVIEW, 'preview --diff "${pack[@]}"', "preview --diff"),
    _pipeline("a preview's pack has no configuration", _PREVIEW, " --policy-pack-config", " --config-file"),
    _pipeline(
        "nobody is asked about components",
        ".github/CODEOWNERS",
        "/components/               @example/backup-owners\n",
        "",
    ),
    _pipeline(
        "nobody is asked about the pack",
        ".github/CODEOWNERS",
        "/policies/                 @example/backup-owners\n",
        "",
    ),
)
