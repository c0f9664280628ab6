"""What every pipeline has to be: these triggers, jobs and steps, in this order, and nothing else.

Text is what YAML and GitHub read; names of steps are left out, as nothing hangs on them.
"""

from collections.abc import Mapping
from typing import Any, Final

Part = Mapping[str, Any]

OWNERS: Final = ["@example/backup-owners"]

CHECKOUT: Final = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
UPLOAD: Final = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"
DOWNLOAD: Final = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c"

_READ: Final = {"contents": "read"}
_SIGN_IN: Final = {"contents": "read", "id-token": "write"}
_STACKS: Final = {"fail-fast": "false", "matrix": {"stack": ["backup", "prod", "ci"]}}
_ASKED: Final = "${{ github.event.pull_request.base.sha }}"
_DEPLOYED: Final = "${{ needs.base.outputs.commit }}"
_JUDGE: Final = 'base/.github/scripts/gate change "$STACK" "$BASE" preview.json comment.md'
_PREVIEW: Final = 'base/.github/scripts/preview change "$STACK" preview.json'


def _checkout(**more: str) -> Part:
    return {"uses": CHECKOUT, "with": {**more, "persist-credentials": "false"}}


def _run(command: str, **more: object) -> Part:
    return {"run": command, **more}


def _job(name: str, minutes: int, permissions: Part, *steps: Part, **more: object) -> Part:
    said = {"name": name, "runs-on": "ubuntu-24.04", "timeout-minutes": str(minutes)}
    return {**said, "permissions": permissions, "steps": [*steps], **more}


def _both_set_up(base: str) -> tuple[Part, ...]:
    """The change first, so that what sets it up cannot get at the base."""
    change = _run("XDG_CACHE_HOME=$RUNNER_TEMP/change change/scripts/setup")
    return _checkout(path="change"), change, _checkout(ref=base, path="base"), _run("base/scripts/setup")


def _previewed(base: str, stack: str, **env: Part) -> tuple[Part, ...]:
    kept = {"path": "preview.json", "if-no-files-found": "error", "retention-days": "1"}
    handed = {"uses": UPLOAD, "with": {"name": f"preview-{stack}", **kept}}
    return *_both_set_up(base), _run(_PREVIEW, **env), handed


def _judged(base: str, stack: str) -> tuple[Part, ...]:
    """Nothing of the change is set up."""
    taken = {"uses": DOWNLOAD, "with": {"name": f"preview-{stack}"}}
    checkouts = _checkout(ref=base, path="base"), _checkout(path="change", **{"fetch-depth": "0"})
    return *checkouts, _run("base/scripts/setup"), taken, _run(_JUDGE, env={"BASE": base})


def _workflow(name: str, on: Part, jobs: Part, **more: object) -> Part:
    return {"name": name, "on": on, "permissions": {}, "jobs": jobs, **more}


def _one_by_one(group: str) -> Part:
    return {"group": group, "cancel-in-progress": "false"}


_MATRIX: Final = "${{ matrix.stack }}"
_INPUT: Final = "${{ inputs.stack }}"

_COMMENT: Final = _run(
    'base/.github/scripts/comment "$NUMBER" comment.md',
    env={"GH_TOKEN": "${{ github.token }}", "NUMBER": "${{ github.event.pull_request.number }}"},
    **{"if": "always() && hashFiles('comment.md') != ''"},
)

_PULL_REQUEST: Final = {
    "check": _job(
        "check",
        30,
        _READ,
        _checkout(),
        _run("make check"),
        _run(".venv/bin/strongroom check"),
        _run("make test-fast\nscripts/test processes\n"),
    ),
    "preview": _job(
        f"preview {_MATRIX}",
        45,
        _SIGN_IN,
        *_previewed(_ASKED, _MATRIX, env={"STACK": _MATRIX}),
        needs="check",
        strategy=_STACKS,
        **{"if": "github.event.pull_request.head.repo.full_name == github.repository"},
    ),
    "gate": _job(
        f"gate {_MATRIX}",
        30,
        {**_READ, "pull-requests": "write"},
        *_judged(_ASKED, _MATRIX),
        _COMMENT,
        needs="preview",
        strategy=_STACKS,
        env={"STACK": _MATRIX},
    ),
    "judged": _job(
        "judged",
        5,
        {},
        _run('echo "gate: $RESULT"\n[[ $RESULT == success ]]\n', env={"RESULT": "${{ needs.gate.result }}"}),
        needs="gate",
        **{"if": "always()"},
    ),
}

_DEPLOY: Final = {
    "backup": {
        "name": "backup",
        "uses": "./.github/workflows/deploy-stack.yml",
        "permissions": _SIGN_IN,
        "with": {"stack": "backup"},
    },
    "sources": {
        "name": _MATRIX,
        "needs": "backup",
        "strategy": {"fail-fast": "false", "matrix": {"stack": ["prod", "ci"]}},
        "uses": "./.github/workflows/deploy-stack.yml",
        "permissions": _SIGN_IN,
        "with": {"stack": _MATRIX},
    },
}

_INPUTS: Final = {
    "stack": {
        "description": "Stack, which is the name of its environment too.",
        "type": "string",
        "required": "true",
    }
}

_FIND: Final = 'commit=$(.github/scripts/deployed "$STACK")\necho "commit=$commit" >>"$GITHUB_OUTPUT"\n'

_DEPLOY_STACK: Final = {
    "base": _job(
        f"base of {_INPUT}",
        30,
        _SIGN_IN,
        _checkout(ref="${{ github.event.before }}", **{"fetch-depth": "0"}),
        _run("scripts/setup"),
        _run(_FIND, id="deployed"),
        env={"STACK": _INPUT},
        outputs={"commit": "${{ steps.deployed.outputs.commit }}"},
    ),
    "preview": _job(
        f"preview {_INPUT}", 45, _SIGN_IN, *_previewed(_DEPLOYED, _INPUT), needs="base", env={"STACK": _INPUT}
    ),
    "gate": _job(
        f"gate {_INPUT}", 30, _READ, *_judged(_DEPLOYED, _INPUT), needs=["base", "preview"], env={"STACK": _INPUT}
    ),
    "up": _job(
        f"up {_INPUT}",
        120,
        _SIGN_IN,
        *_both_set_up(_DEPLOYED),
        _run('base/.github/scripts/under-pack change "$STACK" deploy up --yes --skip-preview'),
        needs=["base", "gate"],
        environment=_INPUT,
        concurrency=_one_by_one(f"stack-{_INPUT}"),
        env={"STACK": _INPUT},
    ),
}

_REFRESH: Final = "preview refresh --preview-only --run-program --expect-no-changes --diff"

_DRIFT: Final = _job(
    f"drift of {_MATRIX}",
    45,
    _SIGN_IN,
    _checkout(ref="main"),
    _run("scripts/setup"),
    _run(f'.github/scripts/pulumi . "$STACK" {_REFRESH}'),
    _run('.github/scripts/pulumi . "$STACK" preview preview --expect-no-changes --diff', **{"if": "always()"}),
    strategy=_STACKS,
    env={"STACK": _MATRIX},
)

_VERIFY: Final = _job(
    f"verify {_MATRIX}",
    30,
    _SIGN_IN,
    _checkout(ref="main"),
    _run("scripts/setup"),
    _run('.github/scripts/signed-in "$STACK" operate .venv/bin/strongroom verify "$STACK" --publish'),
    environment=f"{_MATRIX}-operate",
    strategy=_STACKS,
    env={"STACK": _MATRIX},
)


def _at(cron: str) -> Part:
    return {"schedule": [{"cron": cron}], "workflow_dispatch": ""}


_NEWEST: Final = {
    "group": "pull-request-${{ github.event.pull_request.number }}",
    "cancel-in-progress": "true",
}

PIPELINES: Final[Mapping[str, Part]] = {
    "pull-request.yml": _workflow(
        "pull request", {"pull_request": {"branches": ["main"]}}, _PULL_REQUEST, concurrency=_NEWEST
    ),
    "deploy.yml": _workflow("deploy", {"push": {"branches": ["main"]}}, _DEPLOY, concurrency=_one_by_one("deploy")),
    "deploy-stack.yml": _workflow("deploy one stack", {"workflow_call": {"inputs": _INPUTS}}, _DEPLOY_STACK),
    "drift.yml": _workflow("drift", _at("17 5 * * *"), {"drift": _DRIFT}, concurrency=_one_by_one("drift")),
    "verify.yml": _workflow("verify", _at("41 */4 * * *"), {"verify": _VERIFY}, concurrency=_one_by_one("verify")),
}
