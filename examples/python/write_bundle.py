"""Writes a candidate for `taskclf train promote`, with Python's standard library alone. See README.md."""

import json
import os
import shutil
import tempfile


def write_bundle(directory, model_file, metrics, metadata, self_test=None, encoders=None):
    """Makes `directory`, whole or not at all; nothing may be there. `model_file` is copied, the others are JSON documents.

    `metadata` needs `created_at`; a classifier's should have `label_set`. The artifact keeps the name of `model_file`.
    """
    directory = os.path.abspath(directory)
    if os.path.lexists(directory):
        raise FileExistsError(f"{directory} is there already")
    name = os.path.basename(model_file)
    if "created_at" not in metadata or not metrics:
        raise ValueError("metadata needs created_at, and metrics at least one number")
    plain = {} if name.startswith("model.") else {"artifacts": [name]}
    documents = {"metrics.json": metrics, "categorical_encoders.json": encoders, "self_test.json": self_test}
    staged = tempfile.mkdtemp(prefix=".write-bundle-", dir=os.path.dirname(directory))
    try:
        os.chmod(staged, 0o755)
        shutil.copyfile(model_file, os.path.join(staged, name))
        _sync(os.path.join(staged, name))
        # metadata.json last: a directory without it is not taken for a bundle.
        for file, value in [*documents.items(), ("metadata.json", {**plain, **metadata})]:
            if value is not None:
                with open(os.path.join(staged, file), "w", encoding="utf-8", newline="\n") as out:
                    out.write(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
                _sync(os.path.join(staged, file))
        _sync(staged)
        os.rename(staged, directory)
        _sync(os.path.dirname(directory))
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _sync(path):
    """Returns once what is there would survive a power loss."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
