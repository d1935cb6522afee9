"""What a message asks of the forum calendar: which events answer, and how surely the calendar is meant."""
