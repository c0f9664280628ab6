"""Who a pipeline's identity token says it is, for each mode of a stack's pipeline.

Form: https://docs.github.com/en/actions/reference/security/oidc, read 2026-11-22.
"""

from typing import Final

from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings

ORGANIZATION: Final = "org"
"""Environment of the pipeline that may turn the organization's switch."""


def of(settings: Settings, mode: Mode) -> list[str]:
    """Subjects of the tokens that one mode of a stack's pipeline carries."""
    repository, environment = settings.pipeline.repository, settings.environment
    match mode:
        case Mode.PREVIEW:
            return [f"repo:{repository}:pull_request", f"repo:{repository}:ref:refs/heads/main"]
        case Mode.DEPLOY:
            return [f"repo:{repository}:environment:{environment}"]
        case _:
            return [f"repo:{repository}:environment:{environment}-{mode.value}"]


def of_any_mode(settings: Settings) -> list[str]:
    """Subjects of every mode of a stack's pipeline."""
    return [subject for mode in Mode for subject in of(settings, mode)]


def of_organization(settings: Settings) -> list[str]:
    """Subject of the pipeline that may turn the organization's switch."""
    return [f"repo:{settings.pipeline.repository}:environment:{ORGANIZATION}"]
