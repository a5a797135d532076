"""The door of those who prepare the sessions of the governance."""
