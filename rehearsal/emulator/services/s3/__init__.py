"""S3: buckets, what they keep, and what they hand on."""

from rehearsal.emulator.rules import differs

differs(
    "S3",
    "A replica that failed is never tried again, and Batch Replication, replica modifications and changes "
    "of ACLs are not replicated.",
    "A replica has no owner of its own: an owner override is judged, not modelled.",
    "Replication metrics come at the next full minute after a change; what waits is shown every five "
    "minutes for a day.",
    "A destination region that is down is tried again every five minutes; the object stays PENDING meanwhile.",
    "Lifecycle acts at the midnight at which something is due; AWS does some time after.",
    "A restore from the archive takes the longest time that AWS states for its tier.",
    "An object that is uploaded without a checksum gets none; AWS adds CRC64NVME.",
    "Browser form uploads do not ask the KMS key, and DSSE-KMS is unknown.",
    "s3:object-lock-remaining-retention-days of PutObjectRetention is judged by Deny statements only; an "
    "Allow that depends on it is refused.",
    "Requests through access points are judged without service control policies.",
)
