"""The `strongroom` command: one file a command, exit codes mapped once."""
