"""Editions of the rulebook: data, their publication, the one in force."""
