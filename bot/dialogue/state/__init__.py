"""What is remembered of a person between two messages: only these functions change it."""
