"""A backend in front of `sluice serve`: answers, streams, conversations and jobs in the background for its users."""
import logging
from typing import Any, Dict, Optional
from uuid import UUID

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from gateway import PATIENT, Failure, Gateway, answer_of

app = FastAPI(title="An app with Claude Code behind it")
log = logging.getLogger("uvicorn.error")


class Ask(BaseModel):
    prompt: str = Field(min_length=1, max_length=100_000)

    def query(self) -> Dict[str, Any]:
        return {"prompt": self.prompt, "maxTurns": 20, "maxMessages": 0}


def user_of(x_forwarded_user: Optional[str] = Header(None)) -> str:
    """Who asks, as the proxy says that logs people in. The app listens on loopback alone, so that nobody else can say it."""
    if not x_forwarded_user:
        raise Failure(401, "unauthorized", "log in first")
    return x_forwarded_user


def gateway_of(request: Request) -> Gateway:
    return request.app.state.gateway


@app.on_event("startup")
async def open_gateway() -> None:
    app.state.gateway = Gateway()


@app.on_event("shutdown")
async def close_gateway() -> None:
    await app.state.gateway.close()


@app.post("/ask")
async def ask(ask: Ask, user: str = Depends(user_of), gateway: Gateway = Depends(gateway_of)) -> Dict[str, Any]:
    """The whole answer at once. It is made also for a browser that leaves: that is what streams and jobs are for."""
    return answer_of(await gateway.json(user, "POST", "/v1/queries", ask.query(), PATIENT))


@app.post("/sessions/{session}/ask")
async def go_on(
    session: UUID, ask: Ask, user: str = Depends(user_of), gateway: Gateway = Depends(gateway_of)
) -> Dict[str, Any]:
    """Goes on with a conversation of the user's."""
    return answer_of(await gateway.json(user, "POST", f"/v1/sessions/{session}/queries", ask.query(), PATIENT))


@app.post("/ask/stream")
async def stream(ask: Ask, user: str = Depends(user_of), gateway: Gateway = Depends(gateway_of)) -> StreamingResponse:
    """The events of a run while they happen; a browser that leaves stops it."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(await gateway.events(user, ask.query()), headers=headers, media_type="text/event-stream")


@app.post("/jobs", status_code=202)
async def submit(
    ask: Ask,
    response: Response,
    idempotency_key: Optional[str] = Header(None),
    user: str = Depends(user_of),
    gateway: Gateway = Depends(gateway_of),
) -> Dict[str, Any]:
    """Starts a run that goes on by itself; asked again with the same Idempotency-Key, it is the same run."""
    run = await gateway.json(user, "POST", "/v1/queries?wait=false", ask.query(), key=idempotency_key)
    response.headers["location"] = f"/jobs/{run['runId']}"
    return {"run": run["runId"], "state": run["state"]}


@app.get("/jobs/{run}")
async def job(run: UUID, user: str = Depends(user_of), gateway: Gateway = Depends(gateway_of)) -> Dict[str, Any]:
    """Where a run is, and its answer once there is one. A run of somebody else's is 404."""
    view = await gateway.json(user, "GET", f"/v1/queries/{run}")
    if view["error"] is not None:
        raise Failure(502, view["error"]["error_code"], view["error"]["message"])
    return {"state": view["state"], **(answer_of(view["bundle"]) if view["bundle"] else {})}


@app.delete("/jobs/{run}")
async def cancel(run: UUID, user: str = Depends(user_of), gateway: Gateway = Depends(gateway_of)) -> Dict[str, Any]:
    return {"state": (await gateway.json(user, "DELETE", f"/v1/queries/{run}"))["state"]}


@app.get("/healthz")
async def healthz() -> Dict[str, bool]:
    return {"ok": True}


@app.get("/readyz")
async def readyz(gateway: Gateway = Depends(gateway_of)) -> Response:
    return Response(status_code=200 if await gateway.is_ready() else 503)


@app.exception_handler(Failure)
async def tell(_: Request, failure: Failure) -> JSONResponse:
    if failure.status >= 500:
        log.error("%s: %s", failure.code, failure.message)
    headers = {} if failure.retry_after is None else {"retry-after": failure.retry_after}
    return JSONResponse({"error": failure.code, "message": failure.message}, failure.status, headers)
