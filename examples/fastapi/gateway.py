"""The gateway as the app sees it: one pool of connections, a short token for each user, and errors that say whose fault it is."""
import asyncio
import os
import time
from pathlib import Path
from typing import Any, AsyncIterator, Dict, Optional

import anyio
import httpx
import jwt

URL = os.environ.get("GATEWAY_URL", "http://127.0.0.1:8000")
SECRET = Path(os.environ["JWT_SECRET_FILE"]).read_bytes().rstrip(b"\r\n")

# Seconds. The gateway gives a run five minutes in the queue and five of its own (--queue-timeout, --timeout); all else is
# answered soon, and a stream is never silent for more than ten seconds.
SOON = httpx.Timeout(connect=5, write=30, pool=5, read=30)
PATIENT = httpx.Timeout(connect=5, write=30, pool=5, read=660)


class Failure(Exception):
    """What the app's own caller is told."""

    def __init__(self, status: int, code: str, message: str, retry_after: Optional[str] = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after


class Gateway:
    def __init__(self) -> None:
        # The gateway keeps an idle connection for longer than this, so that none is closed just when it is used again.
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)
        self._client = httpx.AsyncClient(base_url=URL, limits=limits)

    async def close(self) -> None:
        await self._client.aclose()

    async def json(
        self,
        user: str,
        method: str,
        path: str,
        query: Optional[Dict[str, Any]] = None,
        timeout: httpx.Timeout = SOON,
        key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """The gateway's answer to a request in the name of a user; sent again with the same key, to the first. Raises Failure."""
        headers = _headers(user) if key is None else {**_headers(user), "idempotency-key": key}
        response = await self._send(self._client.build_request(method, path, headers=headers, json=query, timeout=timeout))
        return response.json()

    async def events(self, user: str, query: Dict[str, Any]) -> AsyncIterator[bytes]:
        """A run's events as the gateway sends them. Whoever stops reading ends the run. Raises Failure before the first."""
        headers = {**_headers(user), "accept": "text/event-stream"}
        request = self._client.build_request("POST", "/v1/queries", headers=headers, json=query, timeout=SOON)
        response = await self._send(request, stream=True)

        async def chunks() -> AsyncIterator[bytes]:
            # Each read is a task of its own: httpx before 0.25 keeps a connection open whose read an anyio scope cancels,
            # as Starlette's does when the browser leaves.
            stream = response.aiter_raw().__aiter__()
            read = asyncio.ensure_future(stream.__anext__())
            try:
                while True:
                    yield await asyncio.shield(read)
                    read = asyncio.ensure_future(stream.__anext__())
            except StopAsyncIteration:
                pass
            finally:
                read.cancel()
                with anyio.CancelScope(shield=True):
                    await asyncio.wait([read])
                    await response.aclose()

        return chunks()

    async def is_ready(self) -> bool:
        try:
            return (await self._client.get("/readyz", timeout=5)).status_code == 200
        except httpx.TransportError:
            return False

    async def _send(self, request: httpx.Request, stream: bool = False) -> httpx.Response:
        try:
            response = await self._client.send(request, stream=stream)
            if response.status_code < 400:
                return response
            await response.aread()
        except (httpx.PoolTimeout, httpx.ConnectTimeout) as error:
            raise Failure(503, "unavailable", "there is no room at the moment", "5") from error
        except httpx.TimeoutException as error:
            raise Failure(504, "timeout", "the answer took too long") from error
        except httpx.TransportError as error:
            raise Failure(503, "unavailable", "the gateway cannot be reached", "5") from error
        raise _failure_of(response)


def answer_of(bundle: Dict[str, Any]) -> Dict[str, Any]:
    """What a run came to, for the app's caller. Raises Failure for a run without an answer."""
    outcome = bundle["outcome"]
    status = STATUS_OF.get(outcome["class"], 502)
    if outcome["retryable"]:
        raise Failure(503, outcome["class"], "try again later", str(outcome.get("retryAfter") or 30))
    if status >= 500:
        raise Failure(status, outcome["class"], "the run failed")
    if status >= 400:
        raise Failure(status, outcome["class"], outcome["message"])
    return {
        "answer": bundle["result"]["summary"],
        "complete": outcome["class"] == "success",
        "session": bundle["sessionId"],
        "run": bundle["runId"],
        "cost_usd": bundle["totalCostUsd"],
    }


# Classes of outcomes that are not the app's fault, or the gateway's. `sluice help outcomes` has them all.
STATUS_OF = {
    "success": 200,
    "max_turns": 200,  # what there was by then
    "max_budget": 200,
    "refused": 422,
    "invalid_request": 422,
    "prompt_too_long": 413,
    "timeout": 504,
    "stalled": 504,
}

# What the gateway refuses for what the caller asked; for all else it is the app that asked wrongly.
CALLERS = {400, 404, 409, 413, 422, 429}


def _failure_of(response: httpx.Response) -> Failure:
    try:
        said = response.json()
        code, message = said["error_code"], said["message"]
    except (ValueError, KeyError, TypeError):
        return Failure(502, "bad_gateway", "something else than the gateway answered")
    retry_after = response.headers.get("retry-after")
    if response.status_code in CALLERS:
        return Failure(response.status_code, code, message, retry_after)
    if response.status_code in (503, 504):
        return Failure(response.status_code, code, "the gateway is busy or about to end", retry_after or "5")
    return Failure(502, code, "the gateway does not take the app's requests")


def _headers(user: str) -> Dict[str, str]:
    """A token for this request alone: runs, sessions and quotas are the user's, and nobody else's."""
    now = int(time.time())
    claims = {"iss": "fastapi", "aud": "sluice", "sub": user, "scope": "query", "iat": now, "exp": now + 60}
    return {"authorization": "Bearer " + jwt.encode(claims, SECRET, algorithm="HS256")}
