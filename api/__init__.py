"""The web process: webhooks, web chat, console, calendar, admin API, health. Nobody imports it."""
