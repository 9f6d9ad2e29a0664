"""Language models behind the port: any OpenAI-compatible endpoint, and recorded exchanges that answer instead.

The endpoint comes from the environment alone and may stand on this machine (Ollama, llama.cpp), so it does not pass the
outbound gate. The key travels in one header and in no message.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp

from backread.config import Config
from backread.draft.request import request_bytes, request_digest
from backread.errors import DraftError
from backread.ports import LanguageModel, Reply, Request

LARGEST = 1_000_000
"""Bytes of an answer read at most."""

_MEANS = {
    401: "Check BACKREAD_MODEL_KEY.",
    403: "Check BACKREAD_MODEL_KEY.",
    404: "Check BACKREAD_MODEL_URL and BACKREAD_MODEL.",
    429: "It is asked too often; wait, or use another endpoint.",
}


class Endpoint:
    """One OpenAI-compatible endpoint. `seconds` bounds a whole request; there are no redirects and no retries."""

    def __init__(self, url: str, name: str, key: str = "", *, seconds: float = 120.0) -> None:
        self._url, self._name, self._key, self._seconds = url.rstrip("/"), name, key, seconds

    def __call__(self, request: Request) -> Reply:
        """The answer. Raises DraftError in one sentence, which never holds the key."""
        for form in (_json_schema(request), {"type": "json_object"}, None):
            status, content = asyncio.run(self._post(self._body(request, form)))
            # Servers that do not know a response format say 400; the schema is enforced in code all the same.
            if status != 400 or form is None:
                break
        if status != 200:
            raise self._trouble(f"It answered with status {status}. {_MEANS.get(status, 'Look at its log.')}")
        return self._reply(content)

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

    async def _post(self, body: dict[str, object]) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        limits = aiohttp.ClientTimeout(total=self._seconds)
        try:
            async with (
                aiohttp.ClientSession(timeout=limits, trust_env=False) as session,
                session.post(
                    f"{self._url}/chat/completions", json=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                content = await answer.content.read(LARGEST + 1)
                while len(content) <= LARGEST and (more := await answer.content.read(LARGEST)):
                    content += more
                return answer.status, content
        except TimeoutError as err:
            raise self._trouble(f"It did not answer within {self._seconds:g} seconds.") from err
        except (aiohttp.ClientError, ValueError, OSError) as err:
            raise self._trouble("No answer came. Is it running, and is BACKREAD_MODEL_URL right?") from err

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

    def __call__(self, request: Request) -> Reply:
        """The recorded answer. Raises DraftError when this request was never recorded."""
        path = self._folder / f"{request_digest(request)}.json"
        try:
            told = json.loads(path.read_text("utf-8"))
            return Reply(text=str(told["reply"]), language_model=str(told["language_model"]), replayed=True)
        except FileNotFoundError as err:
            hint = f"There is no {path.name} in it; record it with the endpoint first."
            raise DraftError(str(self._folder), step="find a recording of this request", hint=hint) from err
        except (OSError, ValueError, KeyError, TypeError) as err:
            raise DraftError(str(path), step="read the recording", hint="Record it again.") from err


class Recorder:
    """Asks another and keeps each exchange in a folder, for `Recordings`."""

    def __init__(self, inner: LanguageModel, folder: Path) -> None:
        self._inner, self._folder = inner, folder

    def __call__(self, request: Request) -> Reply:
        """The inner answer, kept under the request's digest."""
        reply = self._inner(request)
        self._folder.mkdir(parents=True, exist_ok=True)
        told = {
            "language_model": reply.language_model,
            "reply": reply.text,
            "request": request_bytes(request).decode(),
        }
        path = self._folder / f"{request_digest(request)}.json"
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        return reply


def from_config(config: Config) -> LanguageModel | None:
    """The language model that the settings name; None when the drafter is `rule`."""
    if config.recordings and not config.endpoint:
        return Recordings(config.recordings)
    if not config.endpoint:
        return None
    endpoint = Endpoint(config.endpoint, config.language_model, config.api_key)
    return Recorder(endpoint, config.recordings) if config.recordings else endpoint
