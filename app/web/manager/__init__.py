"""The door of those who steer: figures with their definition and their base."""
