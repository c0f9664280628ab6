"""CloudFormation's bucket: encryption, lifecycle, lock, tags and ownership go through S3's own operations."""

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html (read 2026-11-22)

from collections.abc import Callable
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces


@replaces("services.cloudformation.provisioners:_s3_apply_configurations", read="9a299ad21255ed90")
def apply_configurations(original: Any, name: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
    """Apply what MiniStack applies, then the rest."""
    original(name, new, old)
    if _flag(new.get("ObjectLockEnabled")) and name not in door.s3._bucket_object_lock:  # noqa: SLF001
        door.s3._bucket_object_lock[name] = {"enabled": True, "default_retention": None}  # noqa: SLF001
        door.s3._bucket_versioning[name] = "Enabled"  # noqa: SLF001
    for prop, (document, operation) in _CONFIGURATIONS.items():
        if prop in new:
            _must(prop, getattr(door.s3, f"_put_{operation}")(name, document(new[prop])))
        elif old and prop in old:
            if prop == "ObjectLockConfiguration":
                raise ValueError("Object Lock configuration can't be removed from a bucket")
            _must(prop, getattr(door.s3, f"_delete_{operation}")(name))


def _must(prop: str, answer: tuple[int, Any, bytes]) -> None:
    status, _, body = answer
    if status not in (200, 204):
        raise ValueError(f"{prop}: {body.decode()}")


def _encryption(value: dict[str, Any]) -> bytes:
    root = Element("ServerSideEncryptionConfiguration")
    for rule in value["ServerSideEncryptionConfiguration"]:
        element = SubElement(root, "Rule")
        default = rule.get("ServerSideEncryptionByDefault")
        if default:
            _fill(SubElement(element, "ApplyServerSideEncryptionByDefault"), default)
        if "BucketKeyEnabled" in rule:
            SubElement(element, "BucketKeyEnabled").text = str(_flag(rule["BucketKeyEnabled"])).lower()
    return tostring(root)


def _lifecycle(value: dict[str, Any]) -> bytes:
    root = Element("LifecycleConfiguration")
    for rule in value["Rules"]:
        _lifecycle_rule(SubElement(root, "Rule"), dict(rule))
    return tostring(root)


def _lifecycle_rule(element: Element, rule: dict[str, Any]) -> None:
    if "Id" in rule:
        SubElement(element, "ID").text = str(rule.pop("Id"))
    SubElement(element, "Status").text = rule.pop("Status")
    SubElement(SubElement(element, "Filter"), "Prefix").text = rule.pop("Prefix", "")
    expiration = {
        "Days": rule.pop("ExpirationInDays", None),
        "ExpiredObjectDeleteMarker": rule.pop("ExpiredObjectDeleteMarker", None),
    }
    _fill_if_any(element, "Expiration", expiration)
    for transition in rule.pop("Transitions", []):
        days = {"Days": transition["TransitionInDays"], "StorageClass": transition["StorageClass"]}
        _fill(SubElement(element, "Transition"), days)
    for part in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        _fill_if_any(element, part, rule.pop(part, {}))
    if rule:
        raise ValueError(f"Encountered unsupported property {sorted(rule)[0]} in a lifecycle rule")


def _lock(value: dict[str, Any]) -> bytes:
    root = Element("ObjectLockConfiguration")
    SubElement(root, "ObjectLockEnabled").text = value["ObjectLockEnabled"]
    rule = value.get("Rule")
    if rule:
        _fill(SubElement(SubElement(root, "Rule"), "DefaultRetention"), rule["DefaultRetention"])
    return tostring(root)


def _tags(value: list[dict[str, str]]) -> bytes:
    root = Element("Tagging")
    tags = SubElement(root, "TagSet")
    for tag in value:
        _fill(SubElement(tags, "Tag"), tag)
    return tostring(root)


def _ownership(value: dict[str, Any]) -> bytes:
    root = Element("OwnershipControls")
    for rule in value["Rules"]:
        _fill(SubElement(root, "Rule"), rule)
    return tostring(root)


def _fill(element: Element, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value is not None:
            SubElement(element, name).text = str(value).lower() if isinstance(value, bool) else str(value)


def _fill_if_any(element: Element, name: str, values: dict[str, Any]) -> None:
    if any(value is not None for value in values.values()):
        _fill(SubElement(element, name), values)


def _flag(value: Any) -> bool:
    return str(value).lower() == "true"


_CONFIGURATIONS: Final[dict[str, tuple[Callable[[Any], bytes], str]]] = {
    "BucketEncryption": (_encryption, "bucket_encryption"),
    "LifecycleConfiguration": (_lifecycle, "bucket_lifecycle"),
    "ObjectLockConfiguration": (_lock, "object_lock_configuration"),
    "OwnershipControls": (_ownership, "bucket_ownership_controls"),
    "Tags": (_tags, "bucket_tagging"),
}
"""Property -> its document, and the operation of S3's that takes it."""
