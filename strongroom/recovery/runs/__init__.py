"""A plan carried out, taken up again after whatever stopped it, and cleaned up after."""
