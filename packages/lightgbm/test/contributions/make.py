"""Writes golden.json: LightGBM's own importances, and its contributions (pred_contrib) of 200 rows, for each model of internal/test-kit/fixtures/lightgbm.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py

The rows are those of rows.json, taken in turn, with values changed by a generator that the test repeats; of the answers a SHA-256 of
all bits is kept, and the first rows in full.
"""

import base64
import hashlib
import json
import math
import pathlib

import lightgbm
import numpy

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parents[3] / "internal/test-kit/fixtures/lightgbm"
ROWS = 200
IN_FULL = 3
HOSTILE = [math.nan, 0.0, -0.0, math.inf, -math.inf, 1e-36, -1.1e-35, 99999.0, -7.0, 2147483648.0]


def generator(seed):
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 4294967296
        yield state / 4294967296


def hostile_rows(rows):
    random = generator(20261128)
    table = numpy.array([rows[i % len(rows)] for i in range(ROWS)], dtype=numpy.float64)
    for i in range(ROWS):
        for feature in range(table.shape[1]):
            if next(random) < 0.2:
                table[i, feature] = HOSTILE[math.floor(next(random) * len(HOSTILE))]
    return table


def number(value):
    return math.nan if value is None else float(value)


def golden(folder):
    rows = json.loads((folder / "rows.json").read_text())
    table = hostile_rows([[number(value) for value in row] for row in rows])
    booster = lightgbm.Booster(model_file=str(folder / "model.txt"))
    importance = {kind: booster.feature_importance(kind).tolist() for kind in ("split", "gain")}
    try:
        answers = booster.predict(table, pred_contrib=True, num_threads=1)
    except lightgbm.basic.LightGBMError as error:
        return {"refused": str(error).strip(), "importance": importance}
    answers = numpy.ascontiguousarray(answers, dtype="<f8").reshape(ROWS, -1)
    return {
        "width": answers.shape[1],
        "rows_sha256": hashlib.sha256(table.astype("<f8").tobytes()).hexdigest(),
        "sha256": hashlib.sha256(answers.tobytes()).hexdigest(),
        "importance": importance,
        "first_rows": base64.b64encode(answers[:IN_FULL].tobytes()).decode(),
    }


def main():
    folders = sorted(path for path in FIXTURES.iterdir() if path.is_dir())
    document = {"lightgbm": lightgbm.__version__, "models": {folder.name: golden(folder) for folder in folders}}
    (HERE / "golden.json").write_text(json.dumps(document) + "\n")


main()
