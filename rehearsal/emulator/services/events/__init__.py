"""EventBridge: rules and buses."""
