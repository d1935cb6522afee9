"""Consulates and towns: what a message asks of the directory, and what is answered."""
