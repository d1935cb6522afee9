"""The console script `ventanilla`."""
