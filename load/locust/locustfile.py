"""The users of load/scenario.json for Locust: locust -f load/locust/locustfile.py --host http://127.0.0.1:8080, with SEGUE_KEY set."""

import json
import os
import random
from pathlib import Path

from locust import FastHttpUser, between, events, task

SCENARIO = json.loads((Path(__file__).parent.parent / "scenario.json").read_text())
ACTIONS = SCENARIO["actions"]
WEIGHTS = [action["weight"] for action in ACTIONS]
PAUSE = SCENARIO["pause_ms"]


def track():
    return {name: random.uniform(r["min"], r["max"]) for name, r in SCENARIO["features"].items()}


def body_of(action):
    if action["tracks"] == 0:
        return None
    return track() if action["tracks"] == 1 else {"items": [track() for _ in range(action["tracks"])]}


class Application(FastHttpUser):
    wait_time = between(PAUSE["min"] / 1000, PAUSE["max"] / 1000)

    @task
    def ask(self):
        action = random.choices(ACTIONS, WEIGHTS)[0]
        request = {"headers": {"X-API-Key": os.environ["SEGUE_KEY"]}, "json": body_of(action), "name": action["name"]}
        with self.client.request(action["method"], action["path"], catch_response=True, **request) as response:
            if response.status_code != 200:
                response.failure(f"status {response.status_code}")
            elif '"cluster_id"' not in response.text:
                response.failure("no segment")


@events.quitting.add_listener
def judge(environment, **_):
    """The thresholds decide the exit code, as in `npm run load`."""
    total, limits = environment.stats.total, SCENARIO["thresholds"]
    late = total.get_response_time_percentile(0.95) >= limits["p95_ms"]
    wrong = total.num_failures > limits["errors"]
    environment.process_exit_code = 1 if late or wrong or total.num_requests == 0 else 0
