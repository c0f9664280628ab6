"""What tests of uploads need: one that sends no checksum, and a multipart upload from end to end."""

from typing import Any

from tests.emulator_process import Emulator


def without_checksums(emulator: Emulator) -> Any:
    """Return a client of prod's S3 that leaves out the checksum that boto3 adds by itself."""
    client = emulator.client("s3")
    client.meta.events.register("before-sign.s3", _strip)
    return client


def upload(s3: Any, bucket: str, key: str, *bodies: bytes, **asked: object) -> dict[str, Any]:
    """Make an object of parts and return the answer to the completion."""
    named = {"Bucket": bucket, "Key": key}
    begun = s3.create_multipart_upload(**named, **asked)
    named["UploadId"] = begun["UploadId"]
    algorithm = {"ChecksumAlgorithm": asked["ChecksumAlgorithm"]} if "ChecksumAlgorithm" in asked else {}
    parts: list[dict[str, object]] = []
    for number, body in enumerate(bodies, 1):
        part = s3.upload_part(**named, PartNumber=number, Body=body, **algorithm)
        sums = {name: value for name, value in part.items() if name.startswith("Checksum") and name != "ChecksumType"}
        parts.append({"PartNumber": number, "ETag": part["ETag"], **sums})
    return s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})


def _strip(request: Any, **_: object) -> None:
    for name in ("x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm"):
        del request.headers[name]
