"""Which topic and section a message is likely after: what is learned from the phrases, and read in context."""
