"""What the cases give back: signals, the collective needs they make, what is done about them."""
