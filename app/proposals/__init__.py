"""Local actors that official lists know: proposed for the directory, entered once an administrator accepts them."""
