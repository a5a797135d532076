"""The door of a Maison de Ma Région: what nobody was told yet."""
