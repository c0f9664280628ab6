"""A web shop as its team wrote it: no word of backups, a few habits from tutorials."""

import json

import pulumi
import pulumi_aws as aws


def program() -> None:
    """The team's `__main__.py`."""
    tags = {"project": "shop", "stage": "production"}

    orders = aws.dynamodb.Table(
        "orders",
        attributes=[
            {"name": "orderId", "type": "S"},
            {"name": "customer", "type": "S"},
        ],
        hash_key="orderId",
        billing_mode="PAY_PER_REQUEST",
        global_secondary_indexes=[{"name": "by-customer", "hash_key": "customer", "projection_type": "ALL"}],
        tags=tags,
    )
    carts = aws.dynamodb.Table(
        "carts",
        attributes=[{"name": "id", "type": "S"}],
        hash_key="id",
        read_capacity=5,
        write_capacity=5,
        ttl={"attribute_name": "expires", "enabled": True},
        point_in_time_recovery={"enabled": True},
        deletion_protection_enabled=True,
        opts=pulumi.ResourceOptions(protect=True),
    )

    assets = aws.s3.Bucket("assets", force_destroy=True, tags=tags)
    aws.s3.BucketPolicy(
        "assets-public",
        bucket=assets.id,
        policy=assets.arn.apply(
            lambda arn: json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{arn}/*"}
                    ],
                }
            )
        ),
    )

    password = aws.secretsmanager.Secret("db-password", recovery_window_in_days=0)
    aws.secretsmanager.SecretVersion("db-password", secret_id=password.id, secret_string="correct horse")

    role = aws.iam.Role(
        "api",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "lambda.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
    )
    aws.iam.RolePolicy(
        "api",
        role=role.id,
        policy=pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": "dynamodb:*", "Resource": [orders.arn, carts.arn]},
                    {"Effect": "Allow", "Action": "*", "Resource": "*"},
                ],
            }
        ),
    )

    oncall = aws.sns.Topic("oncall")
    aws.cloudwatch.MetricAlarm(
        "errors",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        threshold=0,
        metric_name="Errors",
        namespace="AWS/Lambda",
        period=300,
        statistic="Sum",
        alarm_actions=[oncall.arn],
    )
    pulumi.export("orders", orders.name)
