"""The administrator's door: directory, agreements, official files."""
