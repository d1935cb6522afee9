"""The conversation: vocabulary, pure engine, hand-off, channels, storage, delivery. Knows no HTTP server."""
