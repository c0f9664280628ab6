"""How a rehearsal tells what it does and what came of it."""
