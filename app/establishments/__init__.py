"""What the public register of companies says of an establishment: a help to fill the form, never a condition."""
