"""The steps of a plan in one sentence a kind: of 250 tables a thousand steps are no reading."""

from strongroom.facts import names
from strongroom.recovery.plans.plan import Plan, StepKind


def phases(plan: Plan) -> list[str]:
    """What is done, in its order, and in which account."""
    tables = f"{len(plan.chosen)} tables" if len(plan.chosen) != 1 else "1 table"
    vault = names.landing_vault(plan.environment, plan.run)
    said = {
        StepKind.KEY: f"make a key for the copies, tagged with run {plan.run}",
        StepKind.VAULT: f"open vault {vault} under it, for copies from account {plan.backup_account} alone",
        StepKind.COPY: f"copy the points of {tables} into that vault, up to {plan.quotas.copies} at a time",
        StepKind.RESTORE: f"restore {tables} under their own names, up to {plan.quotas.restores} at a time",
        StepKind.SETTINGS: "set point-in-time recovery, deletion protection, streams and tags as declared",
        StepKind.VERIFY: "read, count and digest every item of every restored table, then let items expire as declared",
        StepKind.IMPORT: f"write Pulumi.{plan.environment}.yaml for the new account, with the tables to adopt",
    }
    return [f"account {plan.of(kind)[0].account}: {what}" for kind, what in said.items() if plan.of(kind)]
