"""Door of machines."""
