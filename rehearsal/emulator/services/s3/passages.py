"""S3: the way that a replica goes, and what the replication role may do on it."""

from dataclasses import dataclass
from typing import Final

from rehearsal.emulator import judgement

_TLS: Final = {"aws:SecureTransport": "true"}


@dataclass(frozen=True)
class Passage:
    """The way of one object from its bucket to another."""

    role: str
    source: str
    """Name of the bucket."""
    destination: str
    key: str

    @property
    def source_bucket(self) -> str:
        """ARN."""
        return f"arn:aws:s3:::{self.source}"

    @property
    def source_object(self) -> str:
        """ARN."""
        return f"{self.source_bucket}/{self.key}"

    @property
    def replica(self) -> str:
        """ARN."""
        return f"arn:aws:s3:::{self.destination}/{self.key}"

    def may(self, action: str, resource: str) -> bool:
        """Return whether the role may do something."""
        return judgement.may(self.role, action, resource, _TLS)
