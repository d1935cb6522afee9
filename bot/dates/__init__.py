"""Words to spans of days, in Spanish and English: a library of its own, which knows no content and no dialogue."""
