"""The web process: webhooks, admin API, health. Nobody imports it."""
