"""The pack that Pulumi starts: it lists the rules, and serves them until the engine ends it."""

from pulumi_policy import PolicyPack
from strongroom_policies.catalogue import RULES
from strongroom_policies.door import policy
from strongroom_policies.serving import serve_by_this

serve_by_this()
PolicyPack("strongroom", [policy(rule) for rule in RULES])
