"""Logs one value for each line read: `grow_runs.py mlflow|tensorboardx <folder>`, lines `<run> <metric> <value> <step>`.

Answers each with the milliseconds since the epoch at which the client was asked to log. A run begins with its first value.
"""

import os
import struct
import sys
import time
from pathlib import Path

kind, folder = sys.argv[1], Path(sys.argv[2])


def mlflow_logger():
    # MLflow 3 asks for it before it writes such a folder.
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow import MlflowClient

    client = MlflowClient(tracking_uri=folder.as_uri())
    experiment = client.create_experiment("growing")
    ids = {}

    def log(run, metric, value, step):
        if run not in ids:
            ids[run] = client.create_run(experiment, run_name=run).info.run_id
        client.log_metric(ids[run], metric, value, step=step)

    return log


def tensorboardx_logger():
    from tensorboardX import SummaryWriter

    writers, logged = {}, {}

    def records(run):
        """Whole records in the event files of a run: length u64, CRC, data, CRC."""
        count = 0
        for file in (folder / run).iterdir():
            data, at = file.read_bytes(), 0
            while at + 12 <= len(data):
                at += 16 + struct.unpack_from("<Q", data, at)[0]
                count += at <= len(data)
        return count

    def log(run, metric, value, step):
        if run not in writers:
            writers[run] = SummaryWriter(str(folder / run))
            # Its files begin with a record that says their version.
            logged[run] = 1
        writers[run].add_scalar(metric, value, step)
        logged[run] += 1
        # A thread of the writer's own writes it: what is flushed before that is flushed in vain.
        while records(run) < logged[run]:
            writers[run].flush()
            time.sleep(0.001)

    return log


log = mlflow_logger() if kind == "mlflow" else tensorboardx_logger()
for line in sys.stdin:
    run, metric, value, step = line.split()
    asked = time.time()
    log(run, metric, float(value), int(step))
    print(asked * 1000, flush=True)
