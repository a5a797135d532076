"""The door of the people who sign in."""
