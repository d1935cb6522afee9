"""Who writes and where: what people say of themselves, and for whom an answer is."""
