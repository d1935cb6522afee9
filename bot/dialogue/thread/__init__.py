"""What is said to a message that follows an answer."""
