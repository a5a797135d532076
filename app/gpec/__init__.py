"""Official figures by job and zone; the ROME, the FAP and the passage between them."""
