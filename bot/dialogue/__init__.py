"""The pure dialogue engine: `engine.take_turn(conversation, message, knowledge, now)`."""
