"""S3: notices each change after which lifecycle rules may have something else to do."""

from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.s3.lifecycle_agenda import AGENDA
from rehearsal.emulator.services.s3.lifecycle_deeds import Rule
from rehearsal.emulator.services.s3.tables import LIFECYCLES, UPLOADS


@replaces("services.s3:_put_bucket_lifecycle", read="8babb1b384083332")
def put_bucket_lifecycle(original: Any, bucket: str, body: bytes) -> Any:
    """Ask the new rules about all that is there, with the prefix of rules of the older form, which MiniStack drops."""
    answer = original(bucket, body)
    if answer[0] == 200:
        rules: list[Rule] | str | None = LIFECYCLES.get(bucket)
        if isinstance(rules, list):
            LIFECYCLES[bucket] = [_with_prefix(*both) for both in zip(rules, _rules(body), strict=True)]
        AGENDA.look_at_bucket(door.account(), bucket)
    return answer


@replaces("services.s3:_delete_bucket_lifecycle", read="cc44cf87ac446f70")
def delete_bucket_lifecycle(original: Any, bucket: str) -> Any:
    """Let nothing happen any more."""
    answer = original(bucket)
    AGENDA.look_at_bucket(door.account(), bucket)
    return answer


@replaces("services.s3:_record_object_version", read="9af490c3d6ff2f01")
@replaces("services.s3:_record_delete_marker", read="38fd10001d9b5f43")
@replaces("services.s3:_put_object_tagging", read="2aa1a21a10086fb4")
@replaces("services.s3:_delete_object_tagging", read="f19d15ff36ca1f80")
@replaces("services.s3:_put_object_legal_hold", read="4e159939ec562b0d")
@replaces("services.s3:_put_object_retention", read="2915c4d97ebaa5b4")
def change_an_object(original: Any, bucket: str, key: str, *how: Any) -> Any:
    """Ask the rules again about an object and its versions: a rule may be for it now, or a hold has let it go."""
    answer = original(bucket, key, *how)
    AGENDA.look_again(bucket, key)
    return answer


@replaces("services.s3:_delete_object_version", read="db06a3a9188c8bad")
def delete_object_version(original: Any, record: Any, bucket: str, key: str, version_id: str) -> Any:
    """Ask the rules about what is left."""
    found = original(record, bucket, key, version_id)
    AGENDA.look_again(bucket, key)
    return found


@replaces("services.s3:_create_multipart_upload", read="3e8ca288f4801946")
def create_multipart_upload(original: Any, bucket: str, key: str, headers: Any) -> Any:
    """Ask the rules how long a new upload may take."""
    answer = original(bucket, key, headers)
    if answer[0] == 200 and bucket in LIFECYCLES:
        for upload_id, upload in UPLOADS.items():
            if (upload["bucket"], upload["key"]) == (bucket, key):
                AGENDA.look_again(bucket, key, upload_id)
    return answer


def _rules(body: bytes) -> list[Any]:
    return [one for one in door.s3.fromstring(body) if one.tag.rpartition("}")[2] == "Rule"]


def _with_prefix(rule: Rule, element: Any) -> Rule:
    prefix = next((child.text or "" for child in element if child.tag.rpartition("}")[2] == "Prefix"), None)
    return rule if prefix is None or rule.get("Filter") else {**rule, "Filter": {"Prefix": prefix}}
