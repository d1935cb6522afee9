"""Every setting, with the prefix VENTANILLA_. Only bot.wiring reads them."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

SHORTEST_SECRET = 32
TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def _base_url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise ValueError("must be a time zone like America/Mexico_City") from None
    return value


def _networks(value: str) -> str:
    try:
        return ",".join(str(ip_network(part.strip())) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("must be networks like 10.0.0.0/8, with commas between them") from None


MINUTES = r"^\s*(\d{1,5}(\s*,\s*\d{1,5})*)?\s*$"
"""Numbers with commas; empty: none."""
BaseUrl = Annotated[str, AfterValidator(_base_url)]


def _default_database() -> str:
    return f"sqlite+aiosqlite:///{(Path.cwd() / 'var' / 'ventanilla.sqlite3').resolve()}"


class _Files(PydanticBaseSettingsSource):
    """`VENTANILLA_SECRET_KEY_FILE=/run/secrets/key`: any setting from a file, so that no secret is in the environment.

    An empty file sets nothing. SettingsError where it cannot be read, or where the setting itself is there too.
    """

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """What the file says, without the white space around it."""
        name = f"VENTANILLA_{field_name}".upper()
        path = os.environ.get(f"{name}_FILE")
        if not path:
            return None, field_name, False
        if os.environ.get(name):
            raise SettingsError(f"{name} and {name}_FILE are both set: which one holds?")
        try:
            return Path(path).read_text(encoding="utf-8").strip() or None, field_name, False
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}_FILE cannot be read: {type(error).__name__}") from None

    def __call__(self) -> dict[str, Any]:
        """Those that a file gives."""
        read = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in read.items() if value is not None}


class Settings(BaseSettings):
    """Read from the environment (and from a file `.env` in the working directory)."""

    model_config = SettingsConfigDict(env_prefix="VENTANILLA_", env_file=".env", extra="ignore", env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that the server listens on; 0 takes a free one.")
    database_url: str = Field(
        default_factory=_default_database,
        description="SQLAlchemy URL; without one, a SQLite file in var/ of the working directory.",
    )
    public_url: BaseUrl | None = Field(None, description="How the world reaches this server; needed for webhooks.")
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        "127.0.0.1/32,::1/128",
        description="Networks of the proxies before this server, with commas: what their `X-Forwarded-For` says is "
        "believed. Without them everybody behind a proxy counts as one network.",
    )
    secret_key: SecretStr | None = Field(
        None, description="Any text of 32 characters or more; without one, a private file beside the database is made."
    )
    operated_by: str = Field("", max_length=200, description="Who runs this service, as people should read it.")
    on_duty: bool = Field(False, description="Whether somebody reads cases now; only then is a person promised.")
    telegram_token: SecretStr | None = Field(None, description="The bot's token; alone it means long polling.")
    telegram_secret: SecretStr | None = Field(None, description="Webhook secret; with the token it opens the endpoint.")
    telegram_api_url: BaseUrl = Field("https://api.telegram.org", description="The Bot API's address.")
    twilio_account_sid: str = Field("", description="Twilio's account (AC…), for WhatsApp and SMS.")
    twilio_auth_token: SecretStr | None = Field(
        None, description="Its token; with PUBLIC_URL it opens the endpoint `/webhooks/twilio`."
    )
    twilio_from: str = Field(
        "", description="Address that replies leave from where a message names none: `whatsapp:+1…` or `+1…`."
    )
    twilio_api_url: BaseUrl = Field("https://api.twilio.com", description="Twilio's address.")
    twilio_choices_template: str = Field(
        "",
        pattern=r"^\s*(\w+\s*(,\s*\w+\s*){0,2})?$",
        description="ContentSid (HX…) of a quick-reply template with three buttons; before it, with commas, those with "
        "one and two. Variables: 1 the text, 2 and 3 title and id of the first button, and so on. "
        "Without it: numbered lines.",
    )
    twilio_window_template: str = Field(
        "",
        pattern=r"^\s*(\w+\s*(,\s*\w+\s*)?)?$",
        description="ContentSid (HX…) of an approved WhatsApp template without variables that asks them to write; "
        "behind a comma, one in English. It goes out where an operator answers more than 24 hours after the person "
        "wrote; the answer follows when they write. Neutral words: others may read along.",
    )

    twilio_reminder_template: str = Field(
        "",
        pattern=r"^\s*(\w+\s*(,\s*\w+\s*)?)?$",
        description="ContentSid (HX…) of an approved WhatsApp template without variables that says that a reminder "
        "waits; behind a comma, one in English. Without it nobody is reminded on WhatsApp, and is told so when they "
        "ask. Neutral words: others may read along.",
    )

    answer_minutes: int = Field(
        10, ge=1, description="A claimed case without an answer for so long goes back to the top of the queue."
    )
    reopen_days: int = Field(3, ge=0, description="Who writes so long after their case was resolved opens it again.")
    window_reminder_minutes: int = Field(
        120, ge=0, description="So long before WhatsApp's 24 hours end, whoever has the case is reminded."
    )
    alert_telegram_chat: str = Field(
        "", description="Telegram group that alerts go to: level, category, waiting time and a link, never words."
    )
    alert_url: BaseUrl | None = Field(None, description="Webhook that the same alerts go to, as signed JSON.")
    alert_secret: SecretStr | None = Field(
        None,
        description="Signs what goes to ALERT_URL, so that the other side can check it (see README). Without one, a "
        "key of its own is derived from SECRET_KEY.",
    )
    alert_critical: str = Field(
        "0,2,5,10", pattern=MINUTES, description="Minutes until each alert of a critical case: at once, again, next on "
        "shift, coordinator; the last gap repeats until somebody claims it."
    )  # fmt: skip
    alert_urgent: str = Field("0,10,30,60", pattern=MINUTES, description="The same for an urgent case.")
    alert_priority: str = Field("15,60,180", pattern=MINUTES, description="The same for all others.")
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        "America/Mexico_City", description="The desk's own time zone: shifts and the console's times are in it."
    )
    retention_questions_days: int = Field(
        30, ge=1, le=3650, description="What was said where no case was opened is kept so long."
    )
    retention_cases_days: int = Field(
        180, ge=4, le=3650, description="A resolved case, with what was said in its conversation, is kept so long."
    )
    retention_unanswered_days: int = Field(
        90, ge=1, le=3650, description="What was not understood, masked, is kept so long for the editors."
    )
    retention_audit_days: int = Field(
        730, ge=365, le=3650, description="The log of who did what is kept so long; never less than a year."
    )
    retention_deliveries_days: int = Field(
        7, ge=2, le=90, description="The ids of messages, by which repeated ones are known, are kept so long."
    )
    totp_required: Literal["none", "coordinators"] = Field(
        "none", description="Who must have a second factor to use the console: none, or coordinators."
    )
    token_days: int = Field(
        365, ge=1, le=3650, description="An API token ends after so many days, unless it was made for fewer or rotated."
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token that opens `/metrics` to other machines; without one, this machine alone."
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource, dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        """What is given in code, the environment, files, `.env`."""
        return init_settings, env_settings, _Files(settings_cls), dotenv_settings

    @model_validator(mode="after")
    def _secret_is_long(self) -> Self:
        if self.secret_key is not None and len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"VENTANILLA_SECRET_KEY needs {SHORTEST_SECRET} characters or more")
        return self

    @model_validator(mode="after")
    def _telegram_secret_is_sendable(self) -> Self:
        secret = self.telegram_secret
        if secret is not None and not TELEGRAM_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("VENTANILLA_TELEGRAM_SECRET may have 1-256 letters, digits, _ and - (what Telegram takes)")
        return self
