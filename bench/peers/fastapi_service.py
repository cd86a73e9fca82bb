"""The service as the specification draws it: FastAPI, uvicorn, pydantic bounds, an API key, scikit-learn from joblib, Prometheus counts.

    python fastapi_service.py model.joblib    (the key in SEGUE_KEY)

The model is loaded once (the prototype read it anew for each request), the handler is asynchronous, the event loop is uvloop's and the
parser httptools: as fast as this stack goes without leaving scikit-learn.
"""

import hmac
import os
import sys
import time
from typing import Annotated

import joblib
import numpy as np
import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.security import APIKeyHeader
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from pydantic import BaseModel, ConfigDict, Field

PIPELINE = joblib.load(sys.argv[1])
KEY = os.environ["SEGUE_KEY"].encode()
FEATURES = ("instrumentalness", "speechiness", "danceability", "valence", "tempo")

REQUESTS = Counter("requests_total", "Requests answered", ["status"])
LATENCY = Histogram("request_seconds", "Time from the handler's start to its end")

app = FastAPI(title="Spotify clustering")
api_key = APIKeyHeader(name="X-API-Key", auto_error=False)


class Track(BaseModel):
    model_config = ConfigDict(extra="forbid")

    instrumentalness: Annotated[float, Field(ge=0)]
    speechiness: Annotated[float, Field(ge=0)]
    danceability: Annotated[float, Field(ge=0, le=1)]
    valence: Annotated[float, Field(ge=0, le=1)]
    tempo: Annotated[float, Field(gt=40)]


class Prediction(BaseModel):
    cluster_id: int
    model_version: str


async def known(given: Annotated[str | None, Depends(api_key)]) -> None:
    if given is None or not hmac.compare_digest(given.encode(), KEY):
        raise HTTPException(401, "No or wrong X-API-Key")


@app.post("/v1/predict/cluster", dependencies=[Depends(known)])
async def predict(track: Track) -> Prediction:
    began = time.perf_counter()
    row = np.array([[getattr(track, name) for name in FEATURES]])
    cluster = int(PIPELINE.predict(row)[0])
    LATENCY.observe(time.perf_counter() - began)
    REQUESTS.labels("200").inc()
    return Prediction(cluster_id=cluster, model_version="bench")


@app.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class Server(uvicorn.Server):
    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"Serving at http://127.0.0.1:{port}", flush=True)


Server(
    uvicorn.Config(app, host="127.0.0.1", port=0, loop="uvloop", http="httptools", access_log=False, log_level="warning")
).run()
