"""DynamoDB: tables, and what becomes of their items over time."""
