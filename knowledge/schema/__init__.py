"""The shape of content: frozen models that refuse unknown keys."""
