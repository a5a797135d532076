"""Communes, intercommunalities, labour-market zones and Maisons de Ma Région."""
