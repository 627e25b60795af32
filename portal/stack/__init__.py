"""The supervisor, and the PostgreSQL and Valkey it brings along. Plain Python, no Django."""
