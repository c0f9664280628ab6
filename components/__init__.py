"""The components: each is one thing that a stack needs, with everything that makes it safe."""
