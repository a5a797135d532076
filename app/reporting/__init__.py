"""Figures: definitions, queries, secrecy."""
