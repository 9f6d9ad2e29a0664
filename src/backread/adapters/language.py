"""Language models behind the port: any OpenAI-compatible endpoint, and recorded exchanges that answer instead.

The endpoint comes from the environment alone and may stand on this machine (Ollama, llama.cpp), so it does not pass the
outbound gate. The key travels in one header and in no message.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Protocol

import aiohttp

from backread.config import Config
from backread.draft.request import request_bytes, request_digest
from backread.errors import ConfigError, DraftError
from backread.ports import LanguageModel, Reply, Request

LARGEST = 1_000_000
"""Bytes of an answer read at most."""

MASK = "••••••••"
"""Stands for a key wherever a request is shown."""

_MEANS = {
    401: "Check BACKREAD_MODEL_KEY.",
    403: "Check BACKREAD_MODEL_KEY.",
    404: "Check BACKREAD_MODEL_URL and BACKREAD_MODEL.",
    429: "It is asked too often; wait, or use another endpoint.",
    503: "It is not ready; it may still be loading.",
    **dict.fromkeys(
        (301, 302, 303, 307, 308), "It redirects; put the final address into BACKREAD_MODEL_URL."
    ),
}


class Shows(LanguageModel, Protocol):
    """A language model that can show what it would send, and sends nothing then."""

    def shown(self, request: Request) -> dict[str, object]: ...


class Endpoint:
    """One OpenAI-compatible endpoint. `seconds` bounds a whole request with its fallbacks; no redirects, no retries.

    Raises ConfigError for an address with a name, password or query in it, and for a key that fits no header.
    """

    def __init__(self, url: str, name: str, key: str = "", *, seconds: float = 120.0) -> None:
        if not re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?", url):
            hint = "Give http:// or https://, a host and a path; a key belongs into BACKREAD_MODEL_KEY."
            raise ConfigError("BACKREAD_MODEL_URL", step="use it as an address", hint=hint)
        if not re.fullmatch(r"[!-~]*", key.strip()):
            hint = "It holds characters that no key has; copy it again."
            raise ConfigError("BACKREAD_MODEL_KEY", step="send it in a header", hint=hint)
        self._url, self._name, self._key, self._seconds = url.rstrip("/"), name, key.strip(), seconds

    def __call__(self, request: Request) -> Reply:
        """The answer. Raises DraftError in one sentence, which never holds the key. Not for a running event loop."""
        try:
            status, content = asyncio.run(self._ask(request))
        except TimeoutError as err:
            raise self._trouble(f"It did not answer within {self._seconds:g} seconds.") from err
        except (aiohttp.ClientError, ValueError, OSError) as err:
            raise self._trouble("No answer came. Is it running, and is BACKREAD_MODEL_URL right?") from err
        if status != 200:
            raise self._trouble(f"It answered with status {status}. {_MEANS.get(status, 'Look at its log.')}")
        return self._reply(content)

    def shown(self, request: Request) -> dict[str, object]:
        """The HTTP request that would be sent first, its key masked."""
        headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {MASK}"
        return {
            "body": self._body(request, _json_schema(request)),
            "headers": headers,
            "method": "POST",
            "url": f"{self._url}/chat/completions",
        }

    async def _ask(self, request: Request) -> tuple[int, bytes]:
        """Status and body. A server that says 400 is asked again with less: not all know response formats."""
        status, content = 0, b""
        limits = aiohttp.ClientTimeout(total=None)  # the one deadline stands around all tries
        async with (
            asyncio.timeout(self._seconds),
            aiohttp.ClientSession(timeout=limits, trust_env=False, auto_decompress=False) as session,
        ):
            for form in (_json_schema(request), {"type": "json_object"}, None):
                status, content = await self._post(session, self._body(request, form))
                if status != 400:
                    break
        return status, content

    def _body(self, request: Request, form: object) -> dict[str, object]:
        body: dict[str, object] = {
            "model": self._name,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            "temperature": request.temperature_percent / 100,
            "max_tokens": request.max_tokens,
        }
        return body | ({"response_format": form} if form else {})

    async def _post(self, session: aiohttp.ClientSession, body: dict[str, object]) -> tuple[int, bytes]:
        # Packed answers are not asked for and not unpacked: the cap below counts what arrives.
        headers = {"Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        async with session.post(
            f"{self._url}/chat/completions", json=body, headers=headers, allow_redirects=False
        ) as answer:
            content = bytearray()
            while len(content) <= LARGEST and (more := await answer.content.read(LARGEST)):
                content += more
            return answer.status, bytes(content)

    def _reply(self, content: bytes) -> Reply:
        if len(content) > LARGEST:
            raise self._trouble(f"Its answer has more than {LARGEST:,} bytes.")
        try:
            told = json.loads(content)
            text, name = told["choices"][0]["message"]["content"], told.get("model") or self._name
        except (ValueError, RecursionError, KeyError, IndexError, TypeError, AttributeError) as err:
            raise self._trouble("Its answer is not a chat completion.") from err
        if not isinstance(text, str) or not text.strip() or not isinstance(name, str):
            raise self._trouble("Its answer is empty.")
        return Reply(text=text, language_model=name)

    def _trouble(self, hint: str) -> DraftError:
        return DraftError(f"the language model at {self._url}", step="get a draft from it", hint=hint)


def _json_schema(request: Request) -> dict[str, object]:
    return {"type": "json_schema", "json_schema": {"name": "story", "strict": True, "schema": request.schema}}


class Recordings:
    """Answers from a folder of recorded exchanges, found by the digest of the exact request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def shown(self, request: Request) -> dict[str, object]:
        """The request, and the recording that would answer it; nothing is sent at all."""
        return {"recording": str(self._path(request)), "request": json.loads(request_bytes(request))}

    def _path(self, request: Request) -> Path:
        return self._folder / f"{request_digest(request)}.json"

    def __call__(self, request: Request) -> Reply:
        """The recorded answer. Raises DraftError when this request was never recorded."""
        path = self._path(request)
        try:
            return _recorded(json.loads(path.read_text("utf-8")), request)
        except FileNotFoundError as err:
            hint = f"There is no {path.name} in it; record it with the endpoint first."
            raise DraftError(str(self._folder), step="find a recording of this request", hint=hint) from err
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as err:
            raise DraftError(str(path), step="read the recording", hint="Record it again.") from err


def _recorded(told: dict[str, object], request: Request) -> Reply:
    """The reply of a recording. Raises ValueError when it is not one of exactly this request."""
    reply, name = told["reply"], told["language_model"]
    if told["request"] != request_bytes(request).decode():
        raise ValueError("it records another request")
    if not isinstance(reply, str) or not isinstance(name, str):
        raise ValueError("reply and name are words")
    return Reply(text=reply, language_model=name, replayed=True)


class Recorder:
    """Asks another and keeps each exchange in a folder, for `Recordings`."""

    def __init__(self, inner: Shows, folder: Path) -> None:
        self._inner, self._folder = inner, folder

    def shown(self, request: Request) -> dict[str, object]:
        """What the inner one would be sent."""
        return self._inner.shown(request)

    def __call__(self, request: Request) -> Reply:
        """The inner answer, kept under the request's digest. Raises DraftError when it cannot be kept."""
        reply = self._inner(request)
        told = {
            "language_model": reply.language_model,
            "reply": reply.text,
            "request": request_bytes(request).decode(),
        }
        path = self._folder / f"{request_digest(request)}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{os.getpid()}.half")
            half.write_text(json.dumps(told, indent=1), "utf-8")
            half.replace(path)
        except OSError as err:
            hint = "Look at BACKREAD_RECORDINGS: the folder must be writable."
            raise DraftError(str(path), step="keep the recording", hint=hint) from err
        return reply


def from_config(config: Config) -> Shows | None:
    """The language model that the settings name; None when the drafter is `rule`."""
    if config.recordings and not config.endpoint:
        return Recordings(config.recordings)
    if not config.endpoint:
        return None
    endpoint = Endpoint(config.endpoint, config.language_model, config.api_key)
    return Recorder(endpoint, config.recordings) if config.recordings else endpoint
