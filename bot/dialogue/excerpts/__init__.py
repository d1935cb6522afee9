"""What of a topic is said in a thread: the section or sentences that answer, buttons, who knows more."""
