"""Free text → needs; pure."""
