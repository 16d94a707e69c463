"""Makes models/ and rows.csv: four LightGBM models of invented customers, drawn by a seeded formula. Nobody's data is in them.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_models.py [DIR]

The same versions give the same files.
"""

import json
import math
import random
import sys
from pathlib import Path

import lightgbm
import numpy

FEATURES = ["tenure_months", "monthly_fee", "logins_30d", "days_since_login", "support_calls", "contract", "auto_pay"]
CONTRACTS = ["__unknown__", "monthly", "yearly"]
LABELS = ["stays", "leaves"]

# Of each month: when, on how many customers, in how many rounds, and what differs from PARAMS.
MONTHS = [
    ("2026-01", "2026-01-05T03:10:07Z", 200, 6, {}),
    ("2026-02", "2026-02-02T03:10:12Z", 800, 8, {}),
    ("2026-03", "2026-03-02T03:10:09Z", 2500, 10, {}),
    # Weighs the few who leave as much as the many who stay: ranks best, and gives probabilities that are far too high.
    ("2026-04", "2026-04-06T03:10:31Z", 2500, 10, {"is_unbalance": True}),
]
PARAMS = {"objective": "binary", "num_leaves": 5, "learning_rate": 0.25, "min_data_in_leaf": 20, "lambda_l2": 1.0}
# One thread and one order, so that every run adds up the same.
FIXED = {"seed": 7, "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1}


def customers(count, seed):
    """Rows in the order of FEATURES, and whether each customer left. One in eight has no logins on record."""
    chance = random.Random(seed)
    rows, left = [], []
    for _ in range(count):
        tenure = 1 + int(59 * chance.random() ** 2)
        fee = round(15 + 60 * chance.random(), 2)
        logins = int(40 * chance.random() ** 1.5)
        away = int(30 * chance.random() / (1 + logins / 6))
        calls = int(5 * chance.random() ** 3)
        contract = "monthly" if chance.random() < 0.6 else "yearly"
        auto_pay = chance.random() < 0.5
        unrecorded = chance.random() < 0.125
        score = -3.4 - 0.04 * tenure + 0.02 * fee - 0.08 * logins + 0.09 * away + 0.9 * calls
        score += 1.8 * (contract == "monthly") - 0.7 * auto_pay + 1.2 * unrecorded
        left.append(chance.random() < 1 / (1 + math.exp(-score)))
        rows.append([tenure, fee, None if unrecorded else logins, None if unrecorded else away, calls, contract, auto_pay])
    return rows, left


def encoded(rows):
    """What LightGBM is given: the contract by its place in CONTRACTS, NaN for what is missing."""
    missing = float("nan")
    number = lambda cell: CONTRACTS.index(cell) if isinstance(cell, str) else missing if cell is None else float(cell)
    return numpy.array([[number(cell) for cell in row] for row in rows])


def auc(left, scores):
    """How often a customer who left has a higher score than one who stayed; equal scores count half."""
    order = sorted(zip(scores, left))
    wins = below = at = 0
    while at < len(order):
        end = at
        while end < len(order) and order[end][0] == order[at][0]:
            end += 1
        leaving = sum(label for _, label in order[at:end])
        staying = end - at - leaving
        wins += leaving * (below + staying / 2)
        below += staying
        at = end
    return wins / (sum(left) * below)


def log_loss(left, scores):
    return -sum(math.log(p if label else 1 - p) for label, p in zip(left, scores)) / len(left)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_json(path, value):
    write(path, json.dumps(value, indent=2) + "\n")


def write_bundle(out, month, created_at, count, rounds, extra):
    rows, left = customers(count, seed=1)
    params = {**PARAMS, **extra, **FIXED}
    data = lightgbm.Dataset(encoded(rows), left, feature_name=FEATURES, categorical_feature=["contract"])
    booster = lightgbm.train(params, data, num_boost_round=rounds)
    held_out, outcome = customers(2000, seed=1000)
    scores = booster.predict(encoded(held_out)).tolist()

    bundle = out / "models" / f"churn-{month}"
    write(bundle / "model.txt", booster.model_to_string())
    write_json(bundle / "categorical_encoders.json", {"contract": CONTRACTS})
    measured = {"auc": round(auc(outcome, scores), 4), "log_loss": round(log_loss(outcome, scores), 4)}
    write_json(bundle / "metrics.json", {**measured, "eval_dataset_id": "customers-seed-1000"})
    # What LightGBM answers for eight customers, one of them without logins: a model that answers otherwise does not serve.
    tested = {"rows": [dict(zip(FEATURES, row)) for row in held_out[:8]], "expected": [[1 - p, p] for p in scores[:8]]}
    write(bundle / "self_test.json", json.dumps({"version": 1, **tested, "tolerance": 1e-9, "labels": LABELS}) + "\n")
    write_json(
        bundle / "metadata.json",
        {
            "created_at": created_at,
            "label_set": LABELS,
            "params": {**params, "num_rounds": rounds, "customers": count},
            "data_provenance": "synthetic",
            "preprocessing": {"missing_numeric": "nan"},
        },
    )


def write_rows(path, count):
    """As a program of a customer database would export them: texts, and nothing between two commas where nothing is known."""
    rows, left = customers(count, seed=2000)
    lines = [",".join(["customer", *FEATURES, "outcome"])]
    for number, (row, leaves) in enumerate(zip(rows, left)):
        cells = ["" if cell is None else str(cell).lower() for cell in row]
        lines.append(",".join([f"c-{1001 + number}", *cells, LABELS[leaves]]))
    write(path, "\n".join(lines) + "\n")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for one in MONTHS:
        write_bundle(target, *one)
    write_rows(target / "rows.csv", 100)
