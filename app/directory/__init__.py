"""Networks, branches and the territory they cover; the OPCO of each collective agreement."""
