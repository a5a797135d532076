"""Words everybody shares; pure."""
