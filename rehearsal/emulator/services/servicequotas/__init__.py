"""Service Quotas, as far as it tells of quotas of AWS Backup and DynamoDB; nobody's quota was ever changed."""
