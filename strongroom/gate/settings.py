"""Settings whose change weakens a backup although the resource itself stays, by type.

Only what must not become less in one step is here; what a setting has to be at least, the policy pack says.
"""

from collections.abc import Mapping
from typing import Final

from strongroom.gate import settings_of_access, settings_of_backups, settings_of_objects, settings_of_watching
from strongroom.gate.guarded import token
from strongroom.gate.setting import Settings

SETTINGS: Final[Mapping[str, Settings]] = {
    token(module, name): settings
    for area in (settings_of_access, settings_of_backups, settings_of_objects, settings_of_watching)
    for (module, name), settings in area.SETTINGS.items()
}
"""By the token of the type."""
