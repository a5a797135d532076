"""The adviser's door: inbox, case, and what may be done to it."""
