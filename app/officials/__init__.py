"""Official files: which kinds there are, where they are published, and how each comes in."""
