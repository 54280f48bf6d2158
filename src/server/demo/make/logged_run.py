"""What every run of the demo is logged with, through MLflow's own client, on clocks that the script sets."""

import tempfile
import uuid
from pathlib import Path

import numpy as np
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param
from mlflow.tracking import MlflowClient

DAY = 1_795_132_800_000  # 2026-11-20 00:00 UTC, in ms
HOUR = 3_600_000
NEW_COMMIT, OLD_COMMIT = "3f9c2e1b7a60d5c84e19f3b2a7d06c5e8f41920b", "b07d4aa95e3c1f82d6470b9ae815c2f39d60e714"


def seed_ids(seed):
    """MLflow draws its ids from uuid4: a second run of the script then gives the same tree."""
    random = np.random.default_rng(seed)
    uuid.uuid4 = lambda: uuid.UUID(bytes=random.bytes(16), version=4)


class LoggedRun:
    """A run that keeps its own clock: nothing is logged at the time when the script runs."""

    def __init__(self, client: MlflowClient, experiment, name, start, source, commit, tags=()):
        self.client, self.start, self.clock, self.points = client, start, start, []
        fixed = {"mlflow.user": "demo", "mlflow.source.name": source, "mlflow.source.type": "LOCAL", "mlflow.source.git.commit": commit}
        self.id = client.create_run(experiment, start_time=start, run_name=name, tags={**fixed, **dict(tags)}).info.run_id

    def params(self, values):
        self.client.log_batch(self.id, params=[Param(key, str(value)) for key, value in values.items()])

    def tick(self, milliseconds):
        self.clock += int(milliseconds)

    def metrics(self, values, step=0):
        """Six significant digits: more would be noise, and a third of the files."""
        self.points += [Metric(key, float(f"{value:.6g}"), self.clock, step) for key, value in values.items()]
        if len(self.points) > 900:
            self.flush()

    def flush(self):
        self.client.log_batch(self.id, metrics=self.points)
        self.points = []

    def dataset(self, name, digest, context, rows, columns):
        shape = f'{{"features_shape": [{rows}, {columns}], "targets_shape": [{rows}]}}'
        source = f'{{"name": "sklearn.datasets", "dataset": "{name}"}}'
        dataset = Dataset(name, digest, "code", source, schema=None, profile=shape)
        self.client.log_inputs(self.id, datasets=[DatasetInput(dataset, [InputTag("mlflow.data.context", context)])])

    def text(self, path, text):
        self.client.log_text(self.id, text, path)

    def json(self, path, value):
        self.client.log_dict(self.id, value, path)

    def picture(self, path, image):
        self.client.log_image(self.id, image, path)

    def array_file(self, folder, name, arrays):
        with tempfile.TemporaryDirectory() as scratch:
            np.savez_compressed(Path(scratch) / name, **arrays)
            self.client.log_artifact(self.id, str(Path(scratch) / name), folder)

    def environment(self, numpy):
        self.text("requirements.txt", f"mlflow-skinny==2.22.5\nnumpy=={numpy}\npillow==13.0.0\nscikit-learn==1.9.1\n")
        self.text("python_env.yaml", "python: 3.11.7\nbuild_dependencies:\n- pip==25.3\ndependencies:\n- -r requirements.txt\n")

    def end(self, status="FINISHED"):
        self.flush()
        self.client.set_terminated(self.id, status, self.clock)

    def tag(self, key, value):
        self.client.set_tag(self.id, key, value)
