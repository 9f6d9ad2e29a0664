"""Settings from the environment, read once at the edge and handed on as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backread.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Where things are kept and which language model is used.

    `home` is the newsroom's folder (database, captures, keys, site). `drafter` is `rule` or `prose`; `prose`
    needs `endpoint` (an OpenAI-compatible base URL) and `language_model`. `recordings` is a folder of recorded
    exchanges that answers instead of an endpoint. `judge` is a second voice in the checks: `endpoint` for the language
    model, or the folder of a larger classifier; "" for none.
    """

    home: Path
    drafter: str = "rule"
    endpoint: str = ""
    language_model: str = ""
    api_key: str = field(default="", repr=False)
    recordings: Path | None = None
    judge: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Config:
        """The settings in `environment` (BACKREAD_*). Raises ConfigError for half a setting."""
        endpoint, name = environment.get("BACKREAD_MODEL_URL", ""), environment.get("BACKREAD_MODEL", "")
        recordings = environment.get("BACKREAD_RECORDINGS", "")
        if bool(endpoint) != bool(name):
            missing = "BACKREAD_MODEL" if endpoint else "BACKREAD_MODEL_URL"
            raise ConfigError(
                missing,
                step="choose the drafter",
                hint="Set both BACKREAD_MODEL_URL and BACKREAD_MODEL, or neither.",
            )
        judge = environment.get("BACKREAD_JUDGE", "")
        if judge == "endpoint" and not endpoint:
            raise ConfigError(
                "BACKREAD_JUDGE", step="ask the endpoint", hint="Set BACKREAD_MODEL_URL and BACKREAD_MODEL."
            )
        return cls(
            home=Path(environment.get("BACKREAD_HOME", "newsroom-home")),
            drafter="prose" if endpoint or recordings else "rule",
            endpoint=endpoint,
            language_model=name,
            api_key=environment.get("BACKREAD_MODEL_KEY", ""),
            recordings=Path(recordings) if recordings else None,
            judge=judge,
        )
