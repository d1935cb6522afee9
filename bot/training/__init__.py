"""Everything that only `kb build` runs: models from the lessons of content."""
