"""Writes what the MLflow client of this Python says of a file store or a database, as JSON: `answers.py <folder or .db> <cases.json> <output.json>`.

Floats are written as the 16 hex digits of their bits and integers as their digits, so that nothing is rounded on the way.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import mlflow
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

HAS_LOGGED_MODELS = int(mlflow.__version__.split(".")[0]) >= 3
VIEWS = {"exclude": ViewType.ACTIVE_ONLY, "only": ViewType.DELETED_ONLY, "include": ViewType.ALL}


def bits(value):
    return struct.pack(">d", value).hex()


def all_pages(search, **arguments):
    found, token = [], None
    while True:
        page = search(page_token=token, **arguments)
        found.extend(page)
        token = page.token
        if not token:
            return found


def artifacts(list_folder, download, path=None):
    entries = []
    for entry in list_folder(path):
        digest = "" if entry.is_dir else hashlib.sha256(Path(download(entry.path)).read_bytes()).hexdigest()
        size = 0 if entry.is_dir else entry.file_size
        entries.append({"path": entry.path, "directory": entry.is_dir, "size": size, "sha256": digest})
        if entry.is_dir:
            entries.extend(artifacts(list_folder, download, entry.path))
    return entries


def latest_values(run):
    return {key: bits(value) for key, value in run.data.metrics.items()}


def run_answer(client, run, with_artifacts):
    info, run_id = run.info, run.info.run_id
    again = client.get_run(run_id)
    # A search in a database finds no models.
    outputs = again.outputs.model_outputs if HAS_LOGGED_MODELS and again.outputs else []
    if again.to_dictionary() != run.to_dictionary():
        # NaN is never equal to itself, so metrics are compared by their bits.
        assert latest_values(again) == latest_values(run)
        assert (again.data.params, again.data.tags, dict(again.info)) == (run.data.params, run.data.tags, dict(run.info))
    return {
        "id": run_id,
        "experiment": info.experiment_id,
        "name": info.run_name,
        "status": info.status,
        "stage": info.lifecycle_stage,
        "user": info.user_id,
        "start": info.start_time,
        "end": info.end_time,
        "params": run.data.params,
        "tags": run.data.tags,
        "metrics": latest_values(run),
        "history": {
            key: [[bits(point.value), str(point.step), str(point.timestamp)] for point in client.get_metric_history(run_id, key)]
            for key in run.data.metrics
        },
        "datasets": [
            {
                "name": used.dataset.name,
                "digest": used.dataset.digest,
                "source": used.dataset.source,
                "sourceType": used.dataset.source_type,
                "context": {tag.key: tag.value for tag in used.tags}.get("mlflow.data.context", ""),
            }
            for used in run.inputs.dataset_inputs
        ],
        "modelInputs": [used.model_id for used in getattr(again.inputs, "model_inputs", [])],
        "modelOutputs": [{"id": made.model_id, "step": made.step} for made in outputs],
        "artifacts": artifacts(
            lambda path: client.list_artifacts(run_id, path), lambda path: client.download_artifacts(run_id, path)
        )
        if with_artifacts
        else None,
    }


def logged_models(client, experiments):
    if not HAS_LOGGED_MODELS:
        return []
    return [
        {
            "id": model.model_id,
            "name": model.name,
            "run": model.source_run_id,
            "status": str(model.status),
            "type": model.model_type or "",
            "artifacts": artifacts(
                lambda path, model=model: client.list_logged_model_artifacts(model.model_id, path),
                lambda path, model=model: mlflow.artifacts.download_artifacts(artifact_uri=f"{model.artifact_location}/{path}"),
            ),
        }
        for model in client.search_logged_models(experiment_ids=experiments)
    ]


def model_named_by(source):
    """A database has no column for the model that a version was made from: its source names it."""
    return source.removeprefix("models:/") if source.startswith("models:/m-") else ""


def registered_versions(client):
    return [
        {
            "model": version.name,
            "version": int(version.version),
            "stage": version.current_stage,
            "aliases": list(client.get_model_version(version.name, version.version).aliases),
            "run": version.run_id,
            "loggedModel": getattr(version, "model_id", None) or model_named_by(version.source),
        }
        for version in client.search_model_versions("")
    ]


def search_answer(client, experiment, ids, case):
    text = case["filter"]
    for name, run_id in ids.items():
        text = text.replace("{" + name + "}", run_id)
    view = VIEWS[case.get("deleted", "exclude")]
    try:
        runs = client.search_runs([experiment], filter_string=text, run_view_type=view, order_by=case.get("sort", []))
    except MlflowException as error:
        return {"error": error.message, "code": error.error_code}
    return {"runs": [run.info.run_id for run in runs]}


def main(store, cases_file, output):
    mlflow.set_tracking_uri(f"sqlite:///{store}" if store.suffix == ".db" else store.as_uri())
    client = MlflowClient()
    experiments = all_pages(client.search_experiments, view_type=ViewType.ALL)
    runs = {
        experiment.experiment_id: all_pages(
            client.search_runs, experiment_ids=[experiment.experiment_id], run_view_type=ViewType.ALL
        )
        for experiment in experiments
    }
    searched = next(experiment.experiment_id for experiment in experiments if experiment.name == "for search")
    cases = json.loads(cases_file.read_text("utf8"))
    ids = {run.info.run_name: run.info.run_id for run in runs[searched]}
    pages = all_pages(client.search_runs, experiment_ids=[searched], max_results=5, order_by=["metrics.acc DESC"])
    active = [experiment.experiment_id for experiment in experiments if experiment.lifecycle_stage == "active"]
    answers = {
        "version": mlflow.__version__,
        "experiments": [
            {"id": experiment.experiment_id, "name": experiment.name, "stage": experiment.lifecycle_stage, "tags": experiment.tags}
            for experiment in experiments
        ],
        # MLflow looks for the artifacts of a deleted experiment where they lay before, and finds none.
        "runs": [run_answer(client, run, experiment in active) for experiment, found in runs.items() for run in found],
        "models": logged_models(client, active),
        "versions": registered_versions(client),
        "searched": searched,
        "ids": ids,
        "pages": [run.info.run_id for run in pages],
        "search": {name: [search_answer(client, searched, ids, case) for case in listed] for name, listed in cases.items()},
    }
    output.write_text(json.dumps(answers, allow_nan=False), "utf8")


main(*(Path(argument) for argument in sys.argv[1:4]))
