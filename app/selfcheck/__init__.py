"""« Faire le point en 10 questions »: what an owner reads of its own team; anonymous counts, only if it agrees."""
