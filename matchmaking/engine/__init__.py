"""Algorithms of matchmaking in plain Python and NumPy: nothing here knows Django or a database."""
