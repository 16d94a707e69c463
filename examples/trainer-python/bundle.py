"""Writes a bundle: the files that taskclf and the Python project read."""

import csv
import datetime
import io
import json
import os
import subprocess

from dataset import cell_value

SELF_TEST_ROWS = 8


def write_bundle(spec, data, vocabularies, model_text, metrics, probabilities, params):
    """metadata.json last: a directory without it is not taken for a bundle."""
    created_at = datetime.datetime.now(datetime.timezone.utc).isoformat()
    schema = data["schema"]

    def write(name, text):
        with open(os.path.join(spec["output_dir"], name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)

    def write_json(name, value):
        write(name, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")

    write("model.txt", model_text)
    write_json("categorical_encoders.json", vocabularies)
    measured = {**metrics, "eval_dataset_id": data["eval_dataset_id"], "created_at": created_at}
    write_json("metrics.json", measured)
    write("confusion_matrix.csv", format_matrix(metrics["confusion_matrix"], data["labels"]))
    write_json("self_test.json", self_test(data, probabilities))
    write_json(
        "metadata.json",
        {
            "created_at": created_at,
            "schema_version": schema["version"],
            "schema_hash": schema["hash"],
            "label_set": data["labels"],
            "train_date_from": data["range"]["from"],
            "train_date_to": data["range"]["to"],
            "train_range": data["range"],
            "params": params,
            "git_commit": git_commit(),
            "dataset_hash": data["dataset_hash"],
            "reject_threshold": spec["params"]["reject_threshold"],
            "data_provenance": spec["params"]["data_provenance"],
            "preprocessing": {"missing_numeric": spec["params"]["missing_numeric"]},
        },
    )


def format_matrix(matrix, labels):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["", *labels])
    writer.writerows([label, *row] for label, row in zip(labels, matrix))
    return text.getvalue()


def self_test(data, probabilities):
    columns = data["schema"]["columns"]
    rows = [
        {name: cell_value(row[name], kind) for name, kind in columns}
        for row in data["evaluation"][:SELF_TEST_ROWS]
    ]
    expected = [[float(p) for p in each] for each in probabilities[:SELF_TEST_ROWS]]
    return {"version": 1, "rows": rows, "expected": expected, "tolerance": 1e-9}


def git_commit():
    """The commit of the trainer itself."""
    command = ["git", "rev-parse", "HEAD"]
    here = os.path.dirname(os.path.abspath(__file__))
    try:
        return subprocess.run(command, cwd=here, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
