"""How long jobs take in the rehearsal's disaster. AWS promises no time for any of them: these are ours, in minutes.

What is measured under them is a virtual time; it shows that the slow jobs run beside each other, and nothing of AWS.
"""

from collections.abc import Mapping
from typing import Final

_MINUTE: Final = 60

DISASTER: Final[Mapping[str, Mapping[str, object]]] = {
    "backup": {"seconds": 6 * _MINUTE},
    "copy": {"seconds": 12 * _MINUTE, "resources": {"prod-submit-bundles": 25 * _MINUTE}},
    "restore": {"seconds": 20 * _MINUTE, "resources": {"prod-submit-receipts": 35 * _MINUTE}},
    "pitr": {"seconds": 15 * _MINUTE},
}
"""Scenario of the emulator's control path."""
