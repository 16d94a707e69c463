"""The trainer protocol: the spec that is read, the lines that are printed (docs/guides/trainers.md)."""

import json
import sys

DEFAULTS = {
    "num_rounds": 60,
    "num_leaves": 15,
    "learning_rate": 0.1,
    "min_data_in_leaf": 10,
    "lambda_l2": 1,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "max_bin": 255,
    "holdout": 0.25,
    "reject_threshold": 0.55,
    "missing_numeric": "nan",
    "data_provenance": "synthetic",
}


class TrainerError(Exception):
    """What a person can mend; shown without a traceback."""


def say(**event):
    """Prints one event of the protocol. NaN is no JSON, so it is refused here and not by the reader."""
    print(json.dumps(event, allow_nan=False), file=sys.stdout, flush=True)


def read_spec(environment):
    """The spec that TASKCLF_SPEC names, with every parameter filled in."""
    path = environment.get("TASKCLF_SPEC")
    if not path:
        raise TrainerError("TASKCLF_SPEC is not set: start this with `taskclf train retrain`")
    with open(path, encoding="utf-8") as file:
        spec = json.load(file)
    if spec.get("version") != 1:
        raise TrainerError(f"the spec has version {spec.get('version')}; this trainer speaks version 1")
    for name in ("train", "schema"):
        if name not in spec.get("data", {}):
            raise TrainerError(f"the spec must name a file in data.{name}")
    unknown = sorted(set(spec.get("params", {})) - set(DEFAULTS))
    if unknown:
        raise TrainerError(f"params: {', '.join(unknown)} is not one of {', '.join(DEFAULTS)}")
    return {**spec, "params": {**DEFAULTS, **spec.get("params", {})}}
