"""The project `breast-cancer`: three kinds of models on scikit-learn's breast cancer data (UCI "Breast Cancer Wisconsin (Diagnostic)", CC BY 4.0)."""

import hashlib

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .evaluation import everything, predictions_csv
from .logged_run import DAY, HOUR, NEW_COMMIT, OLD_COMMIT, LoggedRun

LABELS = ["malignant", "benign"]


def models():
    """Name, params and the model, each with a seed of its own."""
    for c in (0.01, 0.1, 1.0, 10.0):
        yield f"logistic-c{c:g}", {"model": "logistic regression", "C": c, "seed": 1}, make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=1_000))
    for rate in (0.03, 0.1, 0.3):
        model = GradientBoostingClassifier(learning_rate=rate, n_estimators=300, max_depth=2, subsample=0.7, random_state=1)
        yield f"boosting-lr{rate:g}", {"model": "gradient boosting", "lr": rate, "n_estimators": 300, "max_depth": 2, "subsample": 0.7, "seed": 1}, model


def forests():
    for trees in (20, 100, 300):
        yield f"forest-{trees}", {"model": "random forest", "n_estimators": trees, "seed": 1}, RandomForestClassifier(trees, random_state=1)


def log_model(client, experiment, data, name, params, model, start, tags=()):
    x_train, x_test, y_train, y_test, test_ids, names, digests = data
    commit = OLD_COMMIT if params["model"] == "logistic regression" else NEW_COMMIT
    run = LoggedRun(client, experiment, name, start, "fit.py", commit, tags)
    run.params(params)
    for part, x in (("train", x_train), ("test", x_test)):
        run.dataset(f"breast-cancer-{part}", digests[part], part, *x.shape)
    model.fit(x_train, y_train)
    if isinstance(model, GradientBoostingClassifier):
        for tree, (train, test) in enumerate(zip(model.staged_predict_proba(x_train), model.staged_predict_proba(x_test))):
            run.metrics({"train/loss": log_loss(y_train, train), "test/loss": log_loss(y_test, test)}, tree)
            run.tick(190)
    scores = model.predict_proba(x_test)
    predicted, positive = scores.argmax(axis=1), scores[:, 1]
    run.tick(2_300 + 11 * params.get("n_estimators", 0))
    run.metrics({
        "test/acc": accuracy_score(y_test, predicted), "test/auc": roc_auc_score(y_test, positive), "test/f1": f1_score(y_test, predicted),
        "test/average_precision": average_precision_score(y_test, positive),
    })
    for file, value in everything(LABELS, y_test, scores).items():
        run.json(f"evaluation/{file}", value)
    run.text("evaluation/predictions.csv", predictions_csv(test_ids, LABELS, y_test, scores))
    if hasattr(model, "feature_importances_"):
        order = np.argsort(-model.feature_importances_)
        run.text("feature_importance.csv", "feature,importance\n" + "".join(f"{names[i]},{model.feature_importances_[i]:.4g}\n" for i in order))
    run.environment("2.3.4" if commit == OLD_COMMIT else "2.3.5")
    run.end()
    return run


def load():
    data = load_breast_cancer()
    ids = np.arange(len(data.target))
    train, test = train_test_split(ids, test_size=199, random_state=7, stratify=data.target)
    digests = {part: hashlib.md5(rows.tobytes()).hexdigest()[:8] for part, rows in (("train", train), ("test", test))}
    return data.data[train], data.data[test], data.target[train], data.target[test], test, data.feature_names, digests


def make(client):
    experiment = client.create_experiment("breast-cancer", tags={
        "mlflow.note.content": "569 tumours, 30 features: logistic regression, gradient boosting and a random forest.",
        "mlflow.experiment.primaryMetric.name": "test/auc", "mlflow.experiment.primaryMetric.greaterIsBetter": "True",
    })
    data, start = load(), DAY + 2 * 24 * HOUR + 8 * HOUR
    for name, params, model in models():
        start = log_model(client, experiment, data, name, params, model, start).clock + 30_000
    parent = LoggedRun(client, experiment, "forest-search", start, "search.py", NEW_COMMIT)
    parent.params({"model": "random forest", "searched": "n_estimators"})
    best = 0.0
    for name, params, model in forests():
        child = log_model(client, experiment, data, name, params, model, start, {"mlflow.parentRunId": parent.id})
        best = max(best, client.get_run(child.id).data.metrics["test/auc"])
        start = child.clock + 1_000
    parent.clock = start
    parent.metrics({"test/auc": best})
    parent.end()
