"""Evaluation data in Readout's public format, computed with scikit-learn from the scores of a model."""

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, precision_recall_curve, roc_curve


def short(values, digits=4):
    """Numbers of so many significant digits; what is not finite stays as it is."""
    return [float(f"{value:.{digits}g}") for value in values]


def confusion(labels, y, predicted, split="test"):
    counts = confusion_matrix(y, predicted, labels=range(len(labels))).tolist()
    return {"kind": "readout/confusion-matrix", "version": 1, "labels": labels, "counts": counts, "split": split}


def curves_of(labels, y, scores):
    """One class against the rest, for each class; of two classes the second only."""
    for index in range(len(labels)) if len(labels) > 2 else [1]:
        yield labels[index], (y == index).astype(int), scores[:, index]


def roc(labels, y, scores, split="test"):
    curves = []
    for label, positive, score in curves_of(labels, y, scores):
        fpr, tpr, thresholds = roc_curve(positive, score)
        curves.append({
            "label": label, "fpr": short(fpr), "tpr": short(tpr), "thresholds": short(thresholds),
            "positives": int(positive.sum()), "negatives": int((1 - positive).sum()),
        })
    return {"kind": "readout/roc", "version": 1, "curves": curves, "split": split}


def precision_recall(labels, y, scores, split="test"):
    """Only the points where the recall changes, with the last before each: the others lie below them on one vertical line."""
    curves = []
    for label, positive, score in curves_of(labels, y, scores):
        precision, recall, thresholds = precision_recall_curve(positive, score)
        changes = np.flatnonzero(np.diff(recall))
        kept = np.unique(np.concatenate([changes, changes + 1, [len(recall) - 1]]))
        ends = np.append(thresholds, np.inf)
        curves.append({
            "label": label, "precision": short(precision[kept]), "recall": short(recall[kept]), "thresholds": short(ends[kept]),
            "positives": int(positive.sum()), "negatives": int((1 - positive).sum()),
        })
    return {"kind": "readout/pr", "version": 1, "curves": curves, "split": split}


def calibration(labels, y, scores, split="test"):
    """Ten bins of equal width; those without an example are left out."""
    curves = []
    for label, positive, score in curves_of(labels, y, scores):
        observed, predicted = calibration_curve(positive, score, n_bins=10)
        # The bins as calibration_curve has them, whose function returns no counts.
        bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], score)
        counts = np.bincount(bins, minlength=10)
        curves.append({"label": label, "predicted": short(predicted), "observed": short(observed), "counts": counts[counts > 0].tolist()})
    return {"kind": "readout/calibration", "version": 1, "curves": curves, "split": split}


def everything(labels, y, scores):
    """File name below `evaluation/` → its contents."""
    return {
        "test.json": confusion(labels, y, scores.argmax(axis=1)),
        "roc.json": roc(labels, y, scores),
        "pr.json": precision_recall(labels, y, scores),
        "calibration.json": calibration(labels, y, scores),
    }


def predictions_csv(ids, labels, y, scores):
    """A row for each example: `id,label,prediction` and a `score:<class>` for each class, or one `score` of the second of two."""
    binary = len(labels) == 2
    heads = ["score"] if binary else [f"score:{label}" for label in labels]
    rows = [",".join(["id", "label", "prediction", *heads])]
    for example, actual, row in zip(ids, y, scores):
        shown = row[1:] if binary else row
        rows.append(",".join([str(example), labels[actual], labels[row.argmax()], *(f"{score:.4g}" for score in shown)]))
    return "\n".join(rows) + "\n"
