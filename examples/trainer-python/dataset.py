"""The rows to train on and to measure with, and what they are as numbers."""

import csv
import hashlib
import json
import math
import random

from protocol import TrainerError

LABEL = "label"
TIME = "window_start"
UNKNOWN = "__unknown__"


def digest_of(content):
    """SHA-256, its first 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def load_data(spec):
    """With data.eval, that file is the evaluation set; without, a share of the training file is kept apart."""
    schema = read_schema(spec["data"]["schema"])
    rows, digest = read_csv(spec["data"]["train"], schema)
    if "eval" in spec["data"]:
        evaluation, eval_digest = read_csv(spec["data"]["eval"], schema)
        # A model must not be asked what it was told.
        asked = {json.dumps(row, sort_keys=True) for row in evaluation}
        train = [row for row in rows if json.dumps(row, sort_keys=True) not in asked]
    else:
        share, seed = spec["params"]["holdout"], spec["seed"]
        draw = random.Random(seed)
        kept = [draw.random() < share for _ in rows]
        train = [row for row, is_kept in zip(rows, kept) if not is_kept]
        evaluation = [row for row, is_kept in zip(rows, kept) if is_kept]
        eval_digest = digest_of(f"{digest} holdout {share} seed {seed} python".encode())
    labels = sorted({row[LABEL] for row in train})
    strange = sorted({row[LABEL] for row in evaluation} - set(labels))
    if strange:
        raise TrainerError(f"no row to train on has the label {', '.join(strange)}")
    if len(labels) < 2 or not evaluation:
        raise TrainerError("training needs two labels, and rows to measure with")
    days = sorted(row[TIME][:10] for row in train)
    return {
        "schema": schema,
        "train": train,
        "evaluation": evaluation,
        "shared": len(rows) - len(train) if "eval" in spec["data"] else 0,
        "labels": labels,
        "dataset_hash": digest,
        "eval_dataset_id": eval_digest,
        "range": {"from": days[0], "to": days[-1]},
    }


def read_schema(path):
    """Columns with types, and the hash that they give."""
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    compact = json.dumps(document["columns"], separators=(",", ":"), ensure_ascii=False)
    found = hashlib.sha256(compact.encode()).hexdigest()[:12]
    if document.get("schema_hash", found) != found:
        raise TrainerError(f"{path}: schema_hash is {document['schema_hash']}, but its columns give {found}")
    return {"columns": document["columns"], "version": document.get("version", "unknown"), "hash": found}


def read_csv(path, schema):
    """The rows of a CSV file by column, and the digest of its bytes."""
    with open(path, "rb") as file:
        content = file.read()
    reader = csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True), strict=True)
    needed = [name for name, _ in schema["columns"]] + [LABEL, TIME]
    missing = [name for name in needed if name not in (reader.fieldnames or [])]
    if missing:
        raise TrainerError(f"{path} lacks the columns {', '.join(missing)}")
    rows = list(reader)
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values() or row[LABEL] == "":
            raise TrainerError(f"{path}: row {number} has cells too few or too many, or no label")
    return rows, digest_of(content)


def fit_vocabularies(schema, rows):
    """Column → vocabulary in code order, for every category of the schema."""
    names = [name for name, kind in schema["columns"] if kind == "category"]
    return {name: sorted({row[name] for row in rows if row[name]} | {UNKNOWN}) for name in names}


def encode(rows, schema, vocabularies, missing_numeric):
    """Rows as lists of numbers in schema order, as inference makes them."""
    missing = math.nan if missing_numeric == "nan" else 0.0
    codes = {name: {word: code for code, word in enumerate(words)} for name, words in vocabularies.items()}

    def number(row, name, kind):
        if kind == "category":
            return float(codes[name].get(row[name], codes[name][UNKNOWN]))
        value = cell_value(row[name], kind)
        return missing if value is None else float(value)

    return [[number(row, name, kind) for name, kind in schema["columns"]] for row in rows]


def cell_value(cell, kind):
    """A cell as JSON would hold it: what a caller of the model gives."""
    if cell == "":
        return None
    if kind == "category":
        return cell
    if kind == "bool" and cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise TrainerError(f"{json.dumps(cell)} is not a number")
    return value
