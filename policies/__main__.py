"""The pack that Pulumi starts: it lists the rules, and serves them until the engine ends it."""

from pulumi_policy import PolicyPack
from strongroom_policies.catalogue import RULES
from strongroom_policies.door import policy

PolicyPack("strongroom", [policy(rule) for rule in RULES])
