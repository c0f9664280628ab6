"""What we decided: settings, tiers and data classes. Knows no Pulumi."""
