"""Prints the state of a DAG run and of its task instances, from Airflow's database.

    python states.py airflow.db RUN_ID
"""

import json
import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=10)
run = database.execute("SELECT state FROM dag_run WHERE run_id = ?", sys.argv[2:]).fetchone()
tasks = database.execute("SELECT task_id, state, try_number FROM task_instance WHERE run_id = ?", sys.argv[2:])
print(json.dumps({"run": run[0] if run else None, "tasks": {task: [state, tries] for task, state, tries in tasks}}))
