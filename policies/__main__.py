"""The pack that Pulumi starts: it lists the rules, and serves them until the engine ends it."""

from pulumi_policy import PolicyPack
from strongroom_policies.catalogue import RULES
from strongroom_policies.decoding import decode_once
from strongroom_policies.door import policy

decode_once()
PolicyPack("strongroom", [policy(rule) for rule in RULES])
