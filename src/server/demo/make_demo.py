"""Makes the demo project: a small network on scikit-learn's digits, logged by the real MLflow client.

Usage: MLFLOW_ALLOW_FILE_STORE=true python make_demo.py OUT_FOLDER     (pip install mlflow-skinny scikit-learn)

The digits are those of scikit-learn (UCI "Optical Recognition of Handwritten Digits", CC BY 4.0). Everything is trained for
real; seeds are fixed. Clocks are set to a fixed day, so that a second run of the script makes the same tree but for its ids.
"""

import math
import pathlib
import sys
import time
import warnings

import mlflow
import numpy as np
from mlflow.entities import Metric, Param, RunTag
from mlflow.tracking import MlflowClient
from sklearn.datasets import load_digits
from sklearn.metrics import confusion_matrix, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
EPOCHS = 40
DAY = 1_795_132_800_000  # 2026-11-20 00:00 UTC, in ms


def configurations():
    for solver, rates in (("sgd", (0.3, 0.03)), ("adam", (0.01, 0.001))):
        for rate in rates:
            for hidden in (32, 128):
                for seed in (1, 2, 3, 4):
                    yield {"optimizer": solver, "lr": rate, "hidden": hidden, "seed": seed, "alpha": 1e-4, "batch_size": 64}


def split(seed):
    digits = load_digits()
    images = digits.data / 16.0
    return train_test_split(images, digits.target, test_size=697, random_state=7, stratify=digits.target)


def log_run(client, experiment, config, start, noise=0.0, stop_at=EPOCHS, status="FINISHED", tags=()):
    name = f"{config['optimizer']}-lr{config['lr']}-h{config['hidden']}-s{config['seed']}"
    train_x, val_x, train_y, val_y = split(config["seed"])
    model = MLPClassifier(
        hidden_layer_sizes=(config["hidden"],), solver=config["optimizer"], learning_rate_init=config["lr"],
        alpha=config["alpha"], batch_size=config["batch_size"], random_state=config["seed"], momentum=0.9,
    )
    run = client.create_run(experiment, start_time=start, run_name=name, tags={"mlflow.user": "mara", "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL", **dict(tags)})
    run_id = run.info.run_id
    client.log_batch(run_id, params=[Param(key, str(value)) for key, value in config.items()] + [Param("epochs", str(EPOCHS))])
    clock = start
    metrics = []
    with np.errstate(all="ignore"):
        for epoch in range(stop_at):
            began = time.perf_counter()
            values = {}
            try:
                model.partial_fit(train_x, train_y, classes=np.arange(10))
                probabilities = model.predict_proba(val_x)
                values["val/acc"] = float((probabilities.argmax(1) == val_y).mean())
                values["val/loss"] = float(log_loss(val_y, np.clip(probabilities, 1e-15, 1), labels=np.arange(10)))
                values["train/acc"] = float(model.score(train_x, train_y))
                values["train/loss"] = float(model.loss_)
            except ValueError:
                values = {"val/loss": math.nan, "train/loss": math.nan}
            if any(not math.isfinite(value) for value in values.values()):
                values = {key: (value if math.isfinite(value) else math.nan) for key, value in values.items()}
            clock += max(40, int((time.perf_counter() - began) * 40_000))
            metrics += [Metric(key, value, clock, epoch) for key, value in values.items()]
    client.log_batch(run_id, metrics=metrics)
    if status == "FINISHED":
        predicted = model.predict(val_x)
        matrix = confusion_matrix(val_y, predicted).tolist()
        client.log_dict(run_id, {"kind": "readout/confusion-matrix", "version": 1, "labels": [str(digit) for digit in range(10)], "counts": matrix, "split": "val"}, "evaluation/val.json")
        client.log_batch(run_id, metrics=[Metric("test/acc", float((predicted == val_y).mean()), clock, 0)])
    if status == "RUNNING":
        return run_id
    client.set_terminated(run_id, status, clock)
    return run_id


def main(out):
    mlflow.set_tracking_uri(f"file:{out}")
    client = MlflowClient()
    experiment = client.create_experiment("digits", artifact_location=None, tags={
        "mlflow.note.content": "A small network on the 1,797 handwritten digits of scikit-learn: which optimizer and learning rate generalise best?",
        "mlflow.experiment.primaryMetric.name": "val/acc", "mlflow.experiment.primaryMetric.greaterIsBetter": "True",
    })
    start = DAY + 9 * 3_600_000
    best = None
    for index, config in enumerate(configurations()):
        tags = {"sweep": "7"}
        if config["optimizer"] == "sgd" and config["lr"] == 0.03 and config["seed"] == 4 and config["hidden"] == 128:
            tags["stage"] = "baseline"
        run_id = log_run(client, experiment, config, start, tags=tags.items())
        start += 437_000
        if config["optimizer"] == "adam" and config["hidden"] == 128 and config["lr"] == 0.01 and config["seed"] == 2:
            best = run_id
    broken = {"optimizer": "sgd", "lr": 1e6, "hidden": 128, "seed": 1, "alpha": 1e-4, "batch_size": 64}
    log_run(client, experiment, broken, start, stop_at=12, status="FAILED", tags={"sweep": "7"}.items())
    log_run(client, experiment, {**broken, "lr": 0.1, "seed": 5}, start + 300_000, stop_at=22, status="RUNNING", tags={"sweep": "8"}.items())
    log_run(client, experiment, {**broken, "lr": 0.1, "seed": 6}, start + 600_000, stop_at=9, status="KILLED", tags={"sweep": "8"}.items())
    client.log_text(best, "# adam, 128 units\n\nThe candidate of sweep 7: best mean accuracy over four seeds.\n", "README.md")
    client.set_tag(best, "mlflow.note.content", "Candidate of sweep 7. Best mean accuracy over four seeds.")
    client.create_registered_model("digits-mlp", description="Digits, 10 classes")
    client.create_model_version("digits-mlp", f"runs:/{best}/model", run_id=best)
    client.set_registered_model_alias("digits-mlp", "candidate", 1)
    for meta in pathlib.Path(out).rglob("meta.yaml"):  # the folder it was made in is of no interest
        meta.write_text(meta.read_text().replace(f"file:{out}", "file:///home/mara/digits/mlruns").replace(out, "/home/mara/digits/mlruns"))


main(sys.argv[1])
