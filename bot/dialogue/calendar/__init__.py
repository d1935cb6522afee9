"""Forums: what a message asks of the calendar, and what is answered."""
