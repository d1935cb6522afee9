"""Acts of ours as replies: words, numbers, choices; nothing twice."""
