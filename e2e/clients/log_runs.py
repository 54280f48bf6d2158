"""Logs runs with the MLflow client of this Python into a file store, or into a database where the name ends so: `log_runs.py <folder or .db> <scratch folder>`."""

import math
import struct
import sys
import zlib
from pathlib import Path

import mlflow
import numpy
import pandas
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.tracking import MlflowClient

T0 = 1_760_000_000_000
HAS_LOGGED_MODELS = int(mlflow.__version__.split(".")[0]) >= 3


def png(width, height):
    """A small grey picture, written by hand since the clients bring no library for it."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def search_run(client, experiment, name, minute, status, metrics=(), params=(), tags=(), user="ana"):
    """One run with everything that a search can ask for; `minute` is the start, counted from T0."""
    start = T0 + minute * 60_000
    run_id = client.create_run(
        experiment, start_time=start, run_name=name, tags={"mlflow.user": user, "mlflow.source.name": "train.py", **dict(tags)}
    ).info.run_id
    points = [Metric(key, value, start + 1_000, 0) for key, value in dict(metrics).items()]
    client.log_batch(run_id, metrics=points, params=[Param(key, value) for key, value in dict(params).items()])
    if status in ("RUNNING", "SCHEDULED"):
        client.update_run(run_id, status=status)
    else:
        client.set_terminated(run_id, status=status, end_time=start + 45_500)
    return run_id


def dataset(name, digest, context):
    return DatasetInput(Dataset(name, digest, "local", f'{{"uri": "/data/{name}.csv"}}'), [InputTag("mlflow.data.context", context)])


def log_for_search(client):
    experiment = client.create_experiment("for search", tags={"mlflow.note.content": "Runs to be *found*."})
    client.set_experiment_tag(experiment, "mlflow.experiment.primaryMetric.name", "acc")
    client.set_experiment_tag(experiment, "mlflow.experiment.primaryMetric.greaterIsBetter", "True")
    nan, inf = math.nan, math.inf
    alpha = search_run(
        client, experiment, "alpha", 0, "FINISHED",
        {"acc": 0.91, "loss": 0.3, "val/acc": 0.9, "f1 macro": 0.5, "p-95": 12, "top:5": 0.99, "précision": 0.75, "a.b.c": 1},
        {
            "lr": "0.001", "optimizer": "adam", "depth": "10", "batch size": "32", "model.name": "resnet50",
            "file": "a.b_c%", "empty": "", "hash": "1e99999",
        },
        {"team": "vision", "owner": "ana", "note": "first line\nsecond line", "quote": "it's", "priority": "10"},
    )
    beta = search_run(
        client, experiment, "Beta", 1, "FAILED",
        {"acc": 0.85, "loss": 0.4, "val/acc": 0.8, "f1 macro": 0.6, "p-95": 15, "top:5": 0.95, "précision": 0.5, "a.b.c": 2},
        {
            "lr": "1e-3", "optimizer": "SGD", "depth": "9", "batch size": "64", "model.name": "resnet101",
            "file": "axb_c%", "hash": "2e99999",
        },
        {"team": "Vision", "owner": "bob", "quote": 'say "hi"', "priority": "9"},
        user="bob",
    )
    search_run(
        client, experiment, "gamma", 2, "KILLED",
        {"acc": nan, "loss": inf, "val/acc": nan}, {"lr": "0.01", "optimizer": "Adam", "depth": "2"},
        {"team": "VISION", "Team": "upper key", "priority": "9.0"},
    )
    search_run(
        client, experiment, "delta", 3, "RUNNING",
        {"acc": inf, "loss": -inf}, {"lr": "0.1", "optimizer": "rmsprop", "model.name": "vit"}, {"team": "nlp", "path": "C:\\data\\x"},
    )
    search_run(
        client, experiment, "epsilon", 4, "FINISHED",
        {"loss": 0.3}, {"lr": "0.10", "depth": "100", "batch size": "128"}, {"owner": "Ána", "path": "C:/data/x"}, user="eva",
    )
    for name, acc in (("zeta", 0.7), ("eta", 0.7), ("theta", 0.7), ("theta-2", 0.5)):
        params = {"optimizer": "adamw", "depth": "10"}
        search_run(client, experiment, name, 5, "FINISHED", {"acc": acc, "loss": 0.25}, params, {"team": "ties"})
    search_run(client, experiment, "iota", 6, "SCHEDULED", {"acc": -0.0, "loss": 0}, {"lr": "auto"}, user="bob")
    search_run(client, experiment, "kappa 1", 7, "FINISHED", {"acc": -5e-324, "loss": 1e308}, {"lr": "-1", "depth": "10.0"}, {"owner": "ána"})
    search_run(client, experiment, "lambda_50%", 8, "FINISHED", {"acc": 0.910000000000001}, {"optimizer": "adam%"}, {"team": "a_b"})
    search_run(client, experiment, "Mü-ñandú 🚀", 9, "FINISHED", {"acc": 1}, {"optimizer": "ÄDAM"}, {"team": "日本語", "owner": "\U0001f680"})
    client.log_inputs(alpha, [dataset("digits", "d1", "train"), dataset("letters", "l1", "eval")])
    client.log_inputs(beta, [dataset("digits", "d2", "train")])
    for name, minute in (("omega", 10), ("omega-2", 11)):
        gone = search_run(client, experiment, name, minute, "FINISHED", {"acc": 0.95}, {"optimizer": "adam"}, {"team": "vision"})
        client.delete_run(gone)
    return experiment


def log_numbers(client, experiment):
    """Values, steps and keys that are easily lost on the way."""
    with mlflow.start_run(experiment_id=experiment, run_name="odd numbers", description="# Notes\n\nNaN, ∞ and *large* steps.") as run:
        run_id = run.info.run_id
    values = [math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, -0.0, 0.1, 1 / 3, 2**53 + 1, 1e-7, 123456789.123456789, 1e16, -1e22]
    steps = [-5, 0, 0, 1, 2**31, 2**32 - 1, 2**32, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**31) - 1, -(2**63), 7]
    client.log_batch(run_id, metrics=[Metric("odd", value, T0 + i, steps[i]) for i, value in enumerate(values)])
    client.log_batch(run_id, metrics=[Metric("values in step 3", value, T0, 3) for value in values])
    client.log_batch(run_id, metrics=[Metric("same step", 1.0 / (i + 1), T0 + i % 3, 3) for i in range(9)])
    client.log_batch(run_id, metrics=[Metric("backwards", float(i), T0 - i * 1_000, 50 - i) for i in range(50)])
    client.log_batch(run_id, metrics=[Metric("repeated", 0.5, T0, 1) for _ in range(4)])
    client.log_batch(run_id, metrics=[Metric("nan last", value, T0 + i, i) for i, value in enumerate((0.5, math.nan))])
    client.log_batch(run_id, metrics=[Metric("nan first", value, T0 + i, i) for i, value in enumerate((math.nan, 0.5))])
    client.log_batch(run_id, metrics=[Metric("never finite", value, T0, i) for i, value in enumerate((math.nan, math.inf, -math.inf))])
    keys = ("val/acc", "val/per class/cat - 1", "with space", "dots.and-dashes", "a:b", "précision/日本", "UPPER", "upper", "0")
    for key in keys:
        client.log_metric(run_id, key, len(key) + 0.25, timestamp=T0 + 5, step=1)
    client.log_metric(run_id, "time zero", 1.5, timestamp=0, step=0)
    client.log_metric(run_id, "whole", 7, timestamp=T0, step=0)
    client.log_metric(run_id, "numpy", numpy.float32(0.1), timestamp=T0, step=0)


def log_long(client, experiment):
    """More points than fit into one part of a series, in a run that still goes on."""
    run_id = client.create_run(experiment, start_time=T0 + 1, run_name="long and running").info.run_id
    for first in range(0, 10_000, 1_000):
        steps = range(first, first + 1_000)
        client.log_batch(run_id, [Metric("loss", math.exp(-i / 999) + (i * 7919 % 13) / 1e4, T0 + i * 250, i) for i in steps])
    client.log_batch(run_id, metrics=[Metric("resumed", float(i), T0 + i, i % 400) for i in range(1_000)])


def log_texts(client, experiment):
    texts = {
        "empty": "",
        "space": " ",
        "padded": "  padded\t",
        "newline": "one\ntwo\n",
        "windows": "one\r\ntwo",
        "quotes": "'single' \"double\" `back`",
        "unicode": "grüße 日本語 \U0001f680 e\u0301 \u202eabc",
        "long": "0123456789äöü" * 450,
        "json": '{"a": NaN, "b": [1, 2]}',
        "html": "<script>alert(1)</script>",
        "path/with/slashes": "/data/set",
        "key with space": "x",
        "dots.in-key": "x",
        "schlüssel": "x",
    }
    with mlflow.start_run(experiment_id=experiment, run_name="texts: <b>bold</b> & 日本") as run:
        mlflow.log_params(texts)
        mlflow.log_params({"integer": 7, "float": 1e-3, "none": None, "true": True, "list": [1, "a"], "nan": math.nan})
        mlflow.set_tags(texts)
        mlflow.set_tags({"mlflow.source.git.commit": "4f1d2c3b5a69788796a5b4c3d2e1f00112233445", "mlflow.note.content": "Über **alles**"})
    client.set_tag(run.info.run_id, "mlflow.runName", "renamed")
    client.set_tag(run.info.run_id, "to be deleted", "x")
    client.delete_tag(run.info.run_id, "to be deleted")


def log_family(experiment):
    with mlflow.start_run(experiment_id=experiment, run_name="parent"):
        for child in range(2):
            with mlflow.start_run(experiment_id=experiment, run_name=f"child {child}", nested=True):
                mlflow.log_metric("loss", 1.0 / (child + 1), step=child)
                with mlflow.start_run(experiment_id=experiment, run_name=f"grandchild {child}", nested=True):
                    mlflow.log_param("fold", child)
    try:
        with mlflow.start_run(experiment_id=experiment, run_name="failed by an exception"):
            raise RuntimeError
    except RuntimeError:
        pass


def log_inputs(client, experiment):
    with mlflow.start_run(experiment_id=experiment, run_name="datasets"):
        grid = mlflow.data.from_numpy(numpy.arange(12.0).reshape(4, 3), name="grid", targets=numpy.arange(4))
        mlflow.log_input(grid, context="train")
        frame = pandas.DataFrame({"größe": [1.0, 2.5], "label": ["a", "b"]})
        mlflow.log_input(mlflow.data.from_pandas(frame, name="a frame", source="/data/frame.csv"))
    run_id = client.create_run(experiment, start_time=T0 + 2, run_name="datasets by hand").info.run_id
    described = Dataset("Ünïcode set", "digest-1", "local", '{"uri": "/data/ü.csv"}', schema='{"columns": 2}', profile='{"rows": 3}')
    client.log_inputs(run_id, [DatasetInput(described, [InputTag("mlflow.data.context", "eval"), InputTag("other", "x")])])
    client.set_terminated(run_id, end_time=T0 + 90_000)


def log_artifacts(experiment, scratch):
    with mlflow.start_run(experiment_id=experiment, run_name="artifacts"):
        mlflow.log_text("", "empty.txt")
        mlflow.log_text("grüße\r\n", "notes/über uns/a b.txt")
        matrix = {"kind": "readout/confusion-matrix", "version": 1, "labels": ["a", "b"], "counts": [[3, 1], [0, 4]]}
        mlflow.log_dict(matrix, "evaluation/test.json")
        mlflow.log_dict({"a": [1, 2.5, None]}, "config.yaml")
        picture = scratch / "picture.png"
        picture.write_bytes(png(24, 16))
        mlflow.log_artifact(picture, "images")
        folder = scratch / "folder"
        (folder / "deep" / "er").mkdir(parents=True)
        (folder / "deep" / "er" / "bytes.bin").write_bytes(bytes(range(256)) * 300)
        (folder / "meta.yaml").write_text("run_id: not a run\n")
        mlflow.log_artifacts(folder, "copied")


def log_models(client, experiment, scratch):
    """A registered model, and where the client has them logged models that its versions point at."""
    name = "classifier"
    client.create_registered_model(name, tags={"task": "vision"}, description="The one in use")
    with mlflow.start_run(experiment_id=experiment, run_name="with model") as run:
        mlflow.log_text("flavors: {}\n", "model/MLmodel")
        run_id = run.info.run_id
    client.create_model_version(name, f"{run.info.artifact_uri}/model", run_id, description="from a run")
    second = client.create_model_version(name, f"{run.info.artifact_uri}/model", run_id)
    client.set_registered_model_alias(name, "champion", second.version)
    client.set_registered_model_alias(name, "second-best", second.version)
    client.transition_model_version_stage(name, "1", "Production")
    if HAS_LOGGED_MODELS:
        log_logged_models(client, experiment, scratch, name)


def log_logged_models(client, experiment, scratch, registered):
    from mlflow.entities import LoggedModelInput, LoggedModelOutput

    (scratch / "weights.bin").write_bytes(b"\0\1\2" * 100)
    with mlflow.start_run(experiment_id=experiment, run_name="makes a model") as run:
        model = mlflow.initialize_logged_model("net", params={"layers": "3"}, tags={"kind": "cnn"}, model_type="classifier")
        client.log_model_artifact(model.model_id, str(scratch / "weights.bin"))
        mlflow.log_metric("accuracy", 0.5, step=1, model_id=model.model_id)
        on_dataset = {"dataset_name": "grid", "dataset_digest": "abc", "model_id": model.model_id}
        client.log_metric(run.info.run_id, "on a dataset", 0.75, timestamp=T0, step=7, **on_dataset)
        client.log_outputs(run.info.run_id, [LoggedModelOutput(model.model_id, 3)])
        mlflow.finalize_logged_model(model.model_id, "READY")
        mlflow.create_external_model("outside", model_type="agent")
    version = client.create_model_version(registered, f"models:/{model.model_id}", run.info.run_id, model_id=model.model_id)
    client.set_registered_model_alias(registered, "challenger", version.version)
    with mlflow.start_run(experiment_id=experiment, run_name="reads a model") as reader:
        client.log_inputs(reader.info.run_id, models=[LoggedModelInput(model.model_id)])


def log_deleted_experiment(client):
    experiment = client.create_experiment("deleted")
    run_id = client.create_run(experiment, start_time=T0 + 3, run_name="gone with its experiment").info.run_id
    client.log_batch(run_id, [Metric("loss", 0.5, T0, 1)], [Param("lr", "0.1")], [RunTag("team", "gone")])
    client.delete_experiment(experiment)


def main(store, scratch):
    mlflow.set_tracking_uri(f"sqlite:///{store}" if store.suffix == ".db" else store.as_uri())
    client = MlflowClient()
    log_for_search(client)
    records = client.create_experiment("Aufzeichnungen / 記録")
    log_numbers(client, records)
    log_long(client, records)
    log_texts(client, records)
    log_family(records)
    log_inputs(client, records)
    log_artifacts(records, scratch)
    log_models(client, records, scratch)
    client.create_experiment("empty")
    log_deleted_experiment(client)


main(Path(sys.argv[1]), Path(sys.argv[2]))
