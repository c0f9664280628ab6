"""Edits of the program that add what no rule looks at, or lead calls and keys out of the accounts."""

from typing import Final

from tests.mutations.edits import checked, edit
from tests.mutations.mutation import Judge, Mutation

_MADE: Final = "    written = manifest.of(settings)\n"
_AWS: Final = '__import__("pulumi_aws")'
_TOLD: Final = "        profile=profile,\n"
_TAGGED: Final = "names.TAG_ENVIRONMENT: settings.environment}},\n"
_STRANGERS_KEY: Final = '"arn:aws:kms:eu-west-2:999999999999:key/1"'


def _added(name: str, made: str) -> Mutation:
    return edit(name, "stacks/source", _MADE, f"{_MADE}    {made}\n")


def _told(name: str, argument: str) -> Mutation:
    return edit(name, "stacks/providers", _TOLD, f"{_TOLD}        {argument},\n")


def _sealed(name: str, file: str, old: str, sign: str) -> Mutation:
    return edit(name, f"components/{file}", old, f"{old.partition(sign)[0]}{sign}{_STRANGERS_KEY}")


def _optioned(name: str, value: object) -> str:
    return f'{_TAGGED}        opts=__import__("pulumi").ResourceOptions({name}={value!r}),\n'


def _leads(name: str, file: str, old: str, new: str) -> Mutation:
    return Mutation(name, file, old, new, Judge.CHECK)


MUTATIONS: Final = (
    _added(
        "a resource of any type is made by cloud control",
        f'{_AWS}.cloudcontrol.Resource("x", type_name="AWS::S3::Bucket", desired_state="{{}}", opts=own)',
    ),
    _added(
        "a whole stack of CloudFormation is made", f'{_AWS}.cloudformation.Stack("x", template_body="{{}}", opts=own)'
    ),
    _added(
        "a dynamic resource runs code when it is made",
        'pulumi.CustomResource("pulumi-python:dynamic:Resource", "x", {})',
    ),
    _added(
        "the policies of a role are taken away",
        f'{_AWS}.iam.RolePoliciesExclusive("x", role_name="strongroom-prod-backup", policy_names=[], opts=own)',
    ),
    _added(
        "a table's own policy lets a stranger in",
        f'{_AWS}.dynamodb.ResourcePolicy("x", resource_arn="x", policy="{{}}", opts=own)',
    ),
    _added("a bucket is opened by an access point", f'{_AWS}.s3.AccessPoint("x", bucket="x", opts=own)'),
    _added("a vault is shared", f'{_AWS}.ram.ResourceShare("x", allow_external_principals=True, opts=own)'),
    _added(
        "a schedule deletes recovery points",
        f'{_AWS}.scheduler.Schedule("x", flexible_time_window={{"mode": "OFF"}}, schedule_expression="rate(1 days)",'
        ' target={"arn": "arn:aws:scheduler:::aws-sdk:backup:deleteRecoveryPoint", "role_arn": "x"}, opts=own)',
    ),
    _told("calls go to a stranger's address", 'endpoints=[{"backup": "https://example.com"}]'),
    _told("calls go by a stranger's proxy", 'https_proxy="https://example.com"'),
    _told("nobody asks in which account a stack is made", "skip_requesting_account_id=True"),
    _leads("more types may be made", "policies/configuration/prod.json", '"types": [', '"types": ["*",'),
    _leads("the provider is another one", "Pulumi.yaml", "config:", "plugins: {providers: []}\nconfig:"),
    _leads("what has no provider lands anywhere", "Pulumi.yaml", 'value: ["*"]', "value: []"),
    _leads("every stack is disposable by default", "Pulumi.yaml", "default: false", "default: true"),
    _leads("a stack's file configures providers", "Pulumi.prod.yaml", "config:", "config:\n  aws:region: us-east-1"),
    _leads("a stack's file takes in another one", "Pulumi.prod.yaml", "config:", "environment: [x]\nconfig:"),
    _leads("a stack's state lies under another key", "Pulumi.prod.yaml", "strongroom/state?", "theirs?"),
    _leads("tokens of another repository are trusted", "Pulumi.prod.yaml", "example/strongroom", "theirs/strongroom"),
    checked(
        "the program does otherwise when it is not previewed",
        "stacks/source",
        _MADE,
        f"{_MADE}    assert pulumi.runtime.is_dry_run() is not None\n",
    ),
    checked("the provider comes from elsewhere", "stacks/providers", _TAGGED, _optioned("plugin_download_url", "x")),
    checked("the provider has other variables", "stacks/providers", _TAGGED, _optioned("env_var_mappings", {"A": "B"})),
    checked("the program looks at its environment", "components/buckets", "import json\n", "import json\nimport os\n"),
    _told("tags are overlooked", 'ignore_tags={"keys": ["strongroom:data-class"]}'),
    _told("a role takes the place of the profile", 'assume_roles=[{"role_arn": "arn:aws:iam::111111111111:role/x"}]'),
    _sealed("a stranger owns the key of the vault", "local_backup", "kms_key_arn=sealing.arn", "="),
    _sealed("a stranger owns the key of the alarms", "backup_alarms", "kms_master_key_id=sealing.arn", "="),
    _sealed("a stranger owns the key of the buckets", "buckets", '"kms_master_key_id": key_arn', ": "),
    Mutation(
        "a stranger owns the key of a table",
        "Pulumi.prod.yaml",
        "name: prod-submit-receipts\n",
        f"name: prod-submit-receipts\n      kmsKeyArn: {_STRANGERS_KEY}\n",
        Judge.PACK,
    ),
)
