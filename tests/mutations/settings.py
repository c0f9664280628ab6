"""Edits of the settings."""

from typing import Final

from tests.mutations.mutation import Judge, Mutation

_PROD: Final = "Pulumi.prod.yaml"
_CENTRAL: Final = "Pulumi.backup.yaml"
_RECEIPTS: Final = "name: prod-submit-receipts\n      dataClass: critical"
_PASSES: Final = """    - name: prod-submit-passes
      dataClass: standard
      hashKey: {name: passId, type: S}
      ttlAttribute: ttl
"""
_SOURCE: Final = """      account: "111111111111"
      retentionDays: {daily: 35, weekly: 90, monthly: 2557}
      archive: {managedBy: central, retentionDays: 2557}
"""


def _prod(name: str, old: str, new: str, by: Judge) -> Mutation:
    return Mutation(name, _PROD, old, new, by)


def _central(name: str, old: str, new: str, by: Judge) -> Mutation:
    return Mutation(name, _CENTRAL, old, new, by, "backup")


MUTATIONS: Final = (
    _prod("daily copies are kept for a week", "daily: 35", "daily: 7", Judge.CONSTRUCTION),
    _prod("monthly copies are kept for a year", "monthly: 2557", "monthly: 365", Judge.CONSTRUCTION),
    _prod("a source keeps weekly copies for other days than its vault", "weekly: 90", "weekly: 120", Judge.CHECK),
    _prod(
        "data may go with its stack", "strongroom:tags:", "strongroom:disposable: true\n  strongroom:tags:", Judge.PACK
    ),
    _prod(
        "a source lies in another Region", "strongroom:region: eu-west-2", "strongroom:region: us-east-1", Judge.PACK
    ),
    _prod("copies stay in the source's own account", 'backup: "333333333333"', 'backup: "111111111111"', Judge.PACK),
    _prod("a table is worth less", _RECEIPTS, _RECEIPTS.replace("critical", "short"), Judge.GATE),
    _prod("a table is left out", _PASSES, "", Judge.GATE),
    _prod("items vanish by a clock", _RECEIPTS, f"{_RECEIPTS}\n      ttlAttribute: madeAt", Judge.GATE),
    _prod("recovery reaches back a week", _RECEIPTS, f"{_RECEIPTS}\n      pitrDays: 7", Judge.PACK),
    _prod("recovery reaches back for no day", _RECEIPTS, f"{_RECEIPTS}\n      pitrDays: 0", Judge.CONSTRUCTION),
    _prod("the archive keeps objects for a month", "retentionDays: 2557", "retentionDays: 30", Judge.CONSTRUCTION),
    _prod("nobody makes the archive", "managedBy: central", "managedBy: source", Judge.CHECK),
    _prod("alarms are sent to nobody", "emails: [operations@example.com]", "emails: []", Judge.CONSTRUCTION),
    _prod("a key is misspelt", "strongroom:retentionDays:", "strongroom:retentionDay:", Judge.CONSTRUCTION),
    _prod("the file is cut short", "strongroom:tables:", 'strongroom:tables: "', Judge.CONSTRUCTION),
    _prod("another environment's tables are backed up", "environment: prod", "environment: ci", Judge.CHECK),
    _central("the vault takes other daily copies", "{daily: 35, weekly: 90", "{daily: 40, weekly: 90", Judge.CHECK),
    _central("a source is left out", f"    - environment: prod\n{_SOURCE}", "", Judge.CHECK),
    _central("a source has no monthly vault", _SOURCE, f"{_SOURCE}      tiers: [daily, weekly]\n", Judge.CHECK),
    _central("a stranger's account is let in", 'account: "111111111111"', 'account: "999999999999"', Judge.CHECK),
    _central("any account of the organization is a source", "/r-exam/ou-exam-sources1/", "/r-exam/", Judge.CHECK),
    _central(
        "the archive keeps less than the source asks for",
        "central, retentionDays: 2557",
        "central, retentionDays: 2192",
        Judge.CHECK,
    ),
    _central("the copies lie in a source's account", 'own: "333333333333"', 'own: "111111111111"', Judge.CONSTRUCTION),
    _central("a lock that nobody can lift is not meant", "mode: governance", "mode: compliance", Judge.CONSTRUCTION),
    _central(
        "the central vaults may go with their stack",
        "strongroom:tags:",
        "strongroom:disposable: true\n  strongroom:tags:",
        Judge.CHECK,
    ),
)
