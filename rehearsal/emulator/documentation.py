"""Writes docs/emulator.md from the rules and differences that the code declares, so that it cannot fall behind."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from rehearsal.emulator import patches, services
from rehearsal.emulator.rules import DIFFERENCES, RULES, Rule

_SERVICES: Final = {
    "backup": "AWS Backup",
    "cloudformation": "CloudFormation",
    "cloudwatch": "CloudWatch",
    "dynamodb": "DynamoDB",
    "events": "EventBridge",
    "iam": "IAM and STS",
    "kms": "KMS",
    "organizations": "Organizations",
    "ram": "RAM",
    "s3": "S3",
    "scheduler": "EventBridge Scheduler",
    "servicequotas": "Service Quotas",
    "sns": "SNS",
    "sqs": "SQS",
    "states": "Step Functions",
}
_EVERY: Final = "Every service"
_HEAD: Final = """\
# What the local AWS refuses

Written by `make docs` from the code; do not edit. Each rule is one function of that name, and the page is where AWS
says so. What the local AWS is and how to run it stands in [rehearsal.md](rehearsal.md).
"""
_DIFFERENCES: Final = """
## Known differences from AWS

A green rehearsal shows what this program does, not what AWS does. The local AWS is known to answer otherwise here:
"""


def document() -> str:
    """Return the text of docs/emulator.md."""
    services.declare()
    patches.declare()
    return "".join([_HEAD, f"\n{len(RULES)} rules.\n", *_rules(), _DIFFERENCES, *_differences()])


def _rules() -> Iterator[str]:
    listed = sorted(RULES, key=lambda rule: (_service(rule), rule.module, rule.name))
    for service, rules in groupby(listed, _service):
        yield f"\n## {service}\n\n| rule | what it says | page, read |\n|---|---|---|\n"
        yield from (
            f"| `{rule.name}` | {' '.join(rule.says.split())} | [{_page(rule.source)}]({rule.source}), {rule.read} |\n"
            for rule in rules
        )


def _differences() -> Iterator[str]:
    listed = sorted(DIFFERENCES, key=lambda difference: (difference.service, difference.says))
    for service, differences in groupby(listed, lambda difference: difference.service):
        yield f"\n### {service}\n\n"
        yield from (f"- {difference.says}\n" for difference in differences)


def _service(rule: Rule) -> str:
    parts = rule.module.split(".")
    return _SERVICES[parts[3]] if parts[2] == "services" and parts[3] in _SERVICES else _EVERY


def _page(source: str) -> str:
    return source.rstrip("/").rpartition("/")[2].removesuffix(".html")


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - what `make docs` writes into the file
