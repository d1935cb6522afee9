"""The service that an app stands before."""

from fastapi import Request

from bot.wiring import Service


def service_of(request: Request) -> Service:
    """Built by bot.wiring, put there by api.app."""
    service: Service = request.app.state.service
    return service
