"""Weekly retraining of Segue from Airflow: five tasks, each of which calls `segue task`.

Settings, from the environment of the worker:

SEGUE            the program; `segue` on the PATH unless set. May be a command, such as `node /opt/segue/bin/segue.js`.
SEGUE_HOME       Segue's home folder, shared by all workers
SEGUE_SOURCE     the catalogue: a file, folder or glob; the run's parameter `source` wins over it
SEGUE_SCHEDULE   when to retrain, `0 5 * * 1` unless set; SEGUE_TIMEZONE its time zone, `UTC` unless set
SEGUE_RETRY_DELAY  seconds before the first retry, 300 unless set; twice as long before the next one
SEGUE_*          all other settings of Segue, such as SEGUE_K
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from datetime import timedelta

import pendulum
from airflow.sdk import DAG, BaseOperator, Param
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

USAGE, REFUSED = 2, 3


class SegueTask(BaseOperator):
    """Runs `segue task`. The arguments go to the program as they are: no shell reads them.

    Exit status 2 (unusable input) and 3 (the gate refused) are final; anything else that isn't 0 is tried again.
    """

    template_fields = ("run", "options")

    def __init__(self, *, options: dict[str, str] | None = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.run = "{{ run_id }}"
        self.options = options or {}
        self.process: subprocess.Popen[str] | None = None

    def execute(self, context) -> None:
        document = self.call(["task", self.task_id, "--run", self.run, *self.flags()])
        if self.is_teardown and document.get("state") == "promoted":
            raise AirflowSkipException("The run was promoted: there is nothing to tell.")

    def flags(self) -> list[str]:
        return [part for flag, value in self.options.items() if value for part in (f"--{flag}", value)]

    def call(self, arguments: list[str]) -> dict:
        environment = dict(os.environ)
        if not self.options:
            environment.pop("SEGUE_SOURCE", None)  # the run remembers what it was begun with
        command = [*shlex.split(os.environ.get("SEGUE", "segue")), *arguments, "--json"]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        for line in self.process.stderr:
            self.log.info("%s", line.rstrip())
        output = self.process.stdout.read()
        status = self.process.wait()
        if output.strip():
            self.log.info("%s", output.rstrip())
        if status in (USAGE, REFUSED):
            raise AirflowFailException(f"segue ended with {status}: another attempt would end alike.")
        if status != 0:
            raise AirflowException(f"segue ended with {status}.")
        return json.loads(output)

    def on_kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)


with DAG(
    dag_id="spotify_clustering_dag",
    schedule=os.environ.get("SEGUE_SCHEDULE", "0 5 * * 1"),
    start_date=pendulum.datetime(2026, 1, 1, tz=os.environ.get("SEGUE_TIMEZONE", "UTC")),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["segue"],
    params={
        "source": Param("", type="string", description="The catalogue; SEGUE_SOURCE where it is empty"),
        "k": Param("", type="string", description="Segments: a number, or auto; SEGUE_K where it is empty"),
        "min_silhouette": Param("", type="string", description="The gate's floor for this run"),
    },
    default_args={
        "retries": 2,
        "retry_delay": timedelta(seconds=float(os.environ.get("SEGUE_RETRY_DELAY", "300"))),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=6),
    },
):
    ingest = SegueTask(
        task_id="T1_Ingesta_y_Limpieza",
        options={
            "source": "{{ params.source }}",
            "k": "{{ params.k }}",
            "min-silhouette": "{{ params.min_silhouette }}",
        },
    )
    train = SegueTask(task_id="T2_Entrenamiento_Modelo")
    evaluate = SegueTask(task_id="T3_Evaluacion_Calidad")
    register = SegueTask(task_id="T4_Registro_Despliegue")
    # A teardown runs whatever the others came to, and has no say in the run's state: a refused run is a failed one, although people were told.
    notify = SegueTask(task_id="T5_Notificacion_Fallo").as_teardown(on_failure_fail_dagrun=False)

    ingest >> train >> evaluate >> register >> notify
    [ingest, train, evaluate] >> notify
