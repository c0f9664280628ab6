"""A verdict in the forms that people and tools read. None of them shows what stands in a property."""
