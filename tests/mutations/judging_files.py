"""Edits of what judges: the pack, its configuration, and overrides of the gate."""

from typing import Final

from strongroom.cli.gate_judge import OVERRIDES
from tests.mutations.mutation import Judge, Mutation

_RULES: Final = "policies/strongroom_policies"
_PROD: Final = "policies/configuration/prod.json"
_URN: Final = (
    "urn:pulumi:prod::strongroom::strongroom:index:ProtectedTable$aws:dynamodb/table:Table::prod-submit-passes-table"
)
_GOOD: Final = f"""overrides:
  - urn: {_URN}
    operation: forget
    reason: "ticket 12: moved to the new account"
    expires: 2026-12-01
"""


def _pack(name: str, file: str, old: str, new: str) -> Mutation:
    return Mutation(name, f"{_RULES}/{file}.py", old, new, Judge.GATE)


def _configuration(name: str, old: str, new: str) -> Mutation:
    return Mutation(name, _PROD, old, new, Judge.CHECK)


def _override(name: str, old: str = "", new: str = "") -> Mutation:
    return Mutation(name, OVERRIDES, "", _GOOD.replace(old, new), Judge.GATE)


MUTATIONS: Final = (
    _pack("a rule is taken out of the pack", "catalogue", "    tables.PITR,\n", ""),
    _pack("a rule only advises", "rule", "level: Level = Level.MANDATORY", "level: Level = Level.ADVISORY"),
    _pack("a rule asks for a week", "tables", "35", "7"),
    _pack("nothing that a rule finds is reported", "judging", "report(sentence, resource.urn)", "pass"),
    _pack("what is unknown passes", "judging", "elif not _named(sentence, may_be_unknown)", "elif False"),
    _pack("the engine is answered that all is well", "serving", "        if looking:\n", "        if not looking:\n"),
    _pack("a key that is left to the stack is forgotten", "serving", "if policy.rule.keys:", "if False:"),
    Mutation(
        "the pack is started without its rules",
        "policies/__main__.py",
        "for rule in RULES",
        "for rule in ()",
        Judge.GATE,
    ),
    _configuration("a rule is switched off", '{\n  "aws-', '{\n  "dynamodb-table-pitr": "disabled",\n  "aws-'),
    _configuration("every rule only advises", '{\n  "aws-', '{\n  "all": "advisory",\n  "aws-'),
    _configuration("a bound is lowered", '{\n  "aws-', '{\n  "dynamodb-table-pitr": {"minimumDays": 1},\n  "aws-'),
    _configuration(
        "a table is exempt",
        '{\n  "aws-',
        '{\n  "dynamodb-table-pitr": {"exempt": ["prod-submit-receipts-table"]},\n  "aws-',
    ),
    _configuration("more may be unknown", '"notResources"', '"notResources", "resources"'),
    _configuration(
        "a key may come from anywhere",
        '{\n  "aws-',
        '{\n  "s3-bucket-encryption": {"mayBeUnknown": ["rules"]},\n  "aws-',
    ),
    _configuration("copies may stay in the account", '"allowedVaults": [', '"allowedVaults": ["*",'),
    _configuration("another Region is allowed", '"eu-west-2"\n', '"eu-west-2", "us-east-1"\n'),
    _configuration("the local vault's pattern takes any vault", '"strongroom-prod"', '"strongroom-*"'),
    _configuration("a rule's name is misspelt", '"kms-key-policy"', '"kms-key-polices"'),
    _configuration("the configuration is cut short", '"strongroom-prod-exports-111111111111-eu-west-2"\n    ]', ""),
    Mutation("there is no configuration", _PROD, "", "", Judge.CHECK),
    _override("leave is given in the change that needs it"),
    _override("leave has expired", "2026-12-01", "2026-11-01"),
    _override("leave is given for good", "2026-12-01", "2027-12-01"),
    _override("leave has no reason", '    reason: "ticket 12: moved to the new account"\n', ""),
    _override("leave is for any table", "::prod-submit-passes-table", "::*"),
    _override("leave is for another stack's table", "urn:pulumi:prod", "urn:pulumi:ci"),
)
