"""Edits of the workflows and of who is asked about them."""

from typing import Final

from tests.mutations.mutation import Judge, Mutation

_PULL: Final = ".github/workflows/pull-request.yml"
_DEPLOY: Final = ".github/workflows/deploy-stack.yml"


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
        "nobody is asked about the pack",
        ".github/CODEOWNERS",
        "/policies/                 @example/backup-owners\n",
        "",
    ),
)
