"""Case work: one lead dossier per need, its life, its clocks, its journal."""
