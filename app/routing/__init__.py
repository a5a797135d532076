"""Floor 0: the engine. Pure: no Flask, no SQLAlchemy, no clock, no input or output."""
