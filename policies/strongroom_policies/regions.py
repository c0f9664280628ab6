"""Rules about where resources are: in which Regions, in which accounts, by whose credentials."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.copies import arn_part, own_accounts
from strongroom_policies.former import present
from strongroom_policies.plans import named
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, texts
from strongroom_policies.tokens import TypeToken


def _in_an_allowed_place(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(
        _region(resource, wanted),
        _account(resource, wanted),
        _replicas(resource, wanted),
        _copies(resource, wanted),
        _replications(resource, wanted),
    )


def _region(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    got, allowed = resource.properties.text("region"), wanted.texts("regions")
    if allowed and got is not None and got not in allowed:
        yield f"{resource} lies in {got}; only {', '.join(allowed)} may hold data: set region to one of them"


def _replicas(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(*(_replica(resource, replica, wanted) for replica in resource.properties.parts("replicas")))


def _replica(resource: Resource, replica: Properties, wanted: Properties) -> Iterator[Sentence]:
    got, allowed = replica.text("regionName") or replica.text("region"), wanted.texts("regions")
    if allowed and got is not None and got not in allowed:
        yield f"{resource} has a replica in {got}; only {', '.join(allowed)} may hold data: take it out of replicas"


def _copies(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    regions, accounts = _beyond(wanted, "regions", "copyRegions"), _beyond(wanted, "accounts", "copyAccounts")
    if plan.type == TypeToken.BACKUP_PLAN and (regions or accounts):
        copies = [(rule, copy) for rule in plan.properties.parts("rules") for copy in rule.parts("copyActions")]
        yield from apart(*(_copy(named(plan, rule), copy, regions, accounts) for rule, copy in copies))


def _beyond(wanted: Properties, places: str, more: str) -> tuple[str, ...]:
    """Where copies may go: where resources may lie, and some more; none means anywhere."""
    allowed = wanted.texts(places)
    return (*allowed, *wanted.texts(more)) if allowed else ()


def _copy(name: str, copy: Properties, regions: tuple[str, ...], accounts: tuple[str, ...]) -> Iterator[Sentence]:
    vault = copy.text("destinationVaultArn") or ""
    if regions and arn_part(vault, 3) not in regions:
        yield (
            f"{name} copies to {vault}, in {arn_part(vault, 3) or 'no Region'}; only {', '.join(regions)} may hold"
            " copies: change destination_vault_arn, or copyRegions of aws-allowed-places"
        )
    if accounts and arn_part(vault, 4) not in accounts:
        yield (
            f"{name} copies to {vault}, in {_shown(arn_part(vault, 4))}; only {', '.join(accounts)} may hold copies:"
            " change destination_vault_arn, or copyAccounts of aws-allowed-places"
        )


def _shown(account: str) -> str:
    return f"account {account}" if account else "no account"


def _replications(configuration: Resource, wanted: Properties) -> Iterator[Sentence]:
    # The ARN of a bucket names no Region.
    accounts = _beyond(wanted, "accounts", "copyAccounts")
    if present(configuration.type) == TypeToken.S3_BUCKET_REPLICATION_CONFIG and accounts:
        rules = configuration.properties.parts("rules")
        yield from apart(*(_replication(configuration, rule, accounts) for rule in rules))


def _replication(configuration: Resource, rule: Properties, accounts: tuple[str, ...]) -> Iterator[Sentence]:
    got = rule.part("destination").text("account")
    if got is not None and got not in accounts:
        yield (
            f"rule {rule.text('id')!r} of {configuration} replicates to account {got}; only {', '.join(accounts)} may"
            " hold copies: change account of its destination, or copyAccounts of aws-allowed-places"
        )


def _account(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    if resource.type == TypeToken.PROVIDER:
        return
    own, allowed = own_accounts(resource), wanted.texts("accounts")
    foreign = [one for one in own if one not in allowed]
    if allowed and foreign:
        yield (
            f"{resource} goes to account {', '.join(foreign)}; only {', '.join(allowed)} may be used:"
            " change its provider"
        )
    if allowed and not own:
        yield (
            f"{resource} goes to whatever account is at hand; one of {', '.join(allowed)} is required: give it a"
            " provider with allowed_account_ids"
        )


PLACES: Final = Rule(
    name="aws-allowed-places",
    description="Checks that resources, copies and replicas lie in allowed Regions and accounts.",
    why="Personal data in another Region breaks the promise that it stays in the country.",
    controls={"NIST 800-53": ("SA-9(5)",), "ISO 27001:2022": ("A.5.34",)},
    severity=Severity.HIGH,
    on=(),
    check=_in_an_allowed_place,
    options={
        "regions": texts((), "Regions that resources may lie in; none means any."),
        "accounts": texts((), "Accounts that resources may lie in; none means any."),
        "copyRegions": texts((), "Regions that copies of points may go to besides regions."),
        "copyAccounts": texts((), "Accounts that copies of points and replicas may go to besides accounts."),
    },
)

_KEYS: Final = ("accessKey", "secretKey", "token")


def _is_pinned(provider: Resource, _: Properties) -> Iterator[Sentence]:
    yield from apart(_names_its_account(provider), _keeps_no_key(provider))


def _names_its_account(provider: Resource) -> Iterator[Sentence]:
    if not provider.properties.listed("allowedAccountIds"):
        yield (
            f"{provider} works in whatever account its credentials reach; one account is required:"
            " set allowed_account_ids"
        )


def _keeps_no_key(provider: Resource) -> Iterator[Sentence]:
    for name in _KEYS:
        if name in provider.properties:
            yield (
                f"{provider} has {name}, which is kept in Pulumi's state; none may be: use a profile or the environment"
            )


PROVIDERS: Final = Rule(
    name="aws-provider-pinned",
    description="Checks that a provider names the only account that it works in, and holds no key.",
    why="With the wrong profile at hand a stack of one account is made in another one.",
    controls={"NIST 800-53": ("CM-7",), "ISO 27001:2022": ("A.5.15",)},
    severity=Severity.HIGH,
    on=(TypeToken.PROVIDER,),
    check=_is_pinned,
)
