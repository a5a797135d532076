"""The bodies that govern the desk: what is put before them."""
