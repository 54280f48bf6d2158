"""Makes the demo: digits and breast cancer by the real MLflow client, digits again by a TensorBoard client.

Usage: python make_demo.py OUT     (pip install mlflow-skinny==2.22.5 tensorboardX==2.6.2.2 scikit-learn==1.9.1 numpy==2.3.5 pillow==13.0.0 pandas)

Everything is trained for real, with fixed seeds. Only clocks and ids are made up: runs read as logged from 20 to 22 November
2026, at a pace that such trainings have elsewhere, and a second run of the script makes the same trees.
"""

import os
import shutil
import sys
import warnings
from pathlib import Path

os.environ.update(MLFLOW_ALLOW_FILE_STORE="true", MLFLOW_DISABLE_TELEMETRY="true", GIT_PYTHON_REFRESH="quiet")
warnings.filterwarnings("ignore")

from mlflow.tracking import MlflowClient  # noqa: E402

from make import cancer_runs, digits_runs, tensorboard_logs  # noqa: E402
from make.logged_run import seed_ids  # noqa: E402
from make.scrub import scrub  # noqa: E402


def make_tree(tree, make, seed):
    seed_ids(seed)
    make(MlflowClient(tree.as_uri()))
    scrub(tree)
    for unused in (tree / ".trash", tree / "0"):
        shutil.rmtree(unused, ignore_errors=True)


def main(out):
    make_tree(out / "digits" / "mlruns", digits_runs.make, 1)
    make_tree(out / "breast-cancer" / "mlruns", cancer_runs.make, 2)
    tensorboard_logs.make(out / "digits" / "tensorboard")


main(Path(sys.argv[1]).resolve())
