"""One command a figure; see README.md."""
