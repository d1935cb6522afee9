"""What is said while a danger, or a check, is open."""
