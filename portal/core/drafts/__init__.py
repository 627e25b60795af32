"""Forms that are kept as they are typed, until what they say is saved: one for needs, posts and
whatever else takes long to write."""
