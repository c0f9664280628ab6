"""Examples of the rule about types of resources."""

import pulumi_aws as aws
from strongroom_policies import types

from tests.policies.example import Broken, Example
from tests.policies.judging import BOX, Made


def strange(shown: str, kind: str) -> str:
    """What is said of a type that nobody has named."""
    return (
        f"{shown} 'it' is of type {kind}, of which no rule may know anything; only types that the configuration names"
        " may be made: take it out, or add its type to types of resource-types-known"
    )


EXAMPLES = [
    Example(
        types.KNOWN,
        Made(aws.s3.Bucket, {}),
        [
            Broken("@kind", aws.s3.AccessPoint, strange("s3.AccessPoint", "aws:s3/accessPoint:AccessPoint")),
            Broken(
                "@kind", aws.cloudformation.Stack, strange("cloudformation.Stack", "aws:cloudformation/stack:Stack")
            ),
            Broken("@kind", aws.Provider, strange("aws.Provider", "pulumi:providers:aws")),
            Broken("@kind", BOX.kind, strange("index.Box", "acme:index:Box")),
        ],
        [("@kind", aws.dynamodb.Table), ("@kind", aws.dynamodb.TableReplica), ("@kind", aws.s3.BucketV2)],
        configuration={"types": ["aws:s3/bucket:Bucket", "aws:dynamodb/*"]},
    ),
]
