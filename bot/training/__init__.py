"""Everything that only `kb build` runs: models from the lessons of content."""

"""What only `kb build` runs: models made from the content."""
