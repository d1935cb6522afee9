"""The walk through an open danger, by the protocols of content."""
