"""A trainer: LightGBM on a CSV, by the protocol of docs/guides/trainers.md."""

import os
import sys

from bundle import write_bundle
from dataset import LABEL, encode, fit_vocabularies, load_data
from metrics import confusion_matrix, measure
from protocol import TrainerError, read_spec, say

EXIT_LIGHTGBM_MISSING = 3


def main():
    spec = read_spec(os.environ)
    lightgbm, numpy = import_libraries()

    say(type="phase", name="load")
    data = load_data(spec)
    if data["shared"]:
        message = f"{data['shared']} rows of the evaluation set are in the training data too; they are not trained on"
        say(type="log", level="warning", message=message)
    schema, labels = data["schema"], data["labels"]
    vocabularies = fit_vocabularies(schema, data["train"])
    missing = spec["params"]["missing_numeric"]

    say(type="phase", name="train")
    params = lightgbm_params(spec, len(labels))
    train_set = lightgbm.Dataset(
        numpy.array(encode(data["train"], schema, vocabularies, missing)),
        label=[labels.index(row[LABEL]) for row in data["train"]],
        feature_name=[name for name, _ in schema["columns"]],
        categorical_feature=[i for i, (_, kind) in enumerate(schema["columns"]) if kind == "category"],
        params=params,
    )
    rounds = spec["params"]["num_rounds"]
    booster = lightgbm.train(params, train_set, num_boost_round=rounds, callbacks=[report_progress])

    say(type="phase", name="evaluate")
    questions = numpy.array(encode(data["evaluation"], schema, vocabularies, missing))
    probabilities = booster.predict(questions)
    answers = [labels[max(range(len(labels)), key=row.__getitem__)] for row in probabilities]
    metrics = measure(confusion_matrix([row[LABEL] for row in data["evaluation"]], answers, labels), labels)
    say(type="metrics", values={name: metrics[name] for name in ("macro_f1", "weighted_f1")})

    say(type="phase", name="write")
    told = {**spec["params"], **params}
    write_bundle(spec, data, vocabularies, booster.model_to_string(), metrics, probabilities, told)
    say(type="bundle")


def import_libraries():
    """Late, so that everything else works, and can be tested, without them."""
    try:
        import lightgbm
        import numpy
    except ImportError as error:
        here = os.path.dirname(os.path.abspath(__file__))
        print(
            f"trainer-python: {error.name} is not installed; run: "
            f"python3 -m pip install -r {os.path.join(here, 'requirements.txt')}",
            file=sys.stderr,
        )
        sys.exit(EXIT_LIGHTGBM_MISSING)
    return lightgbm, numpy


def lightgbm_params(spec, class_count):
    """One thread and a fixed order of additions: the same seed gives the same model."""
    given = spec["params"]
    names = "num_leaves learning_rate min_data_in_leaf lambda_l2 feature_fraction bagging_fraction max_bin".split()
    return {
        "objective": "multiclass",
        "num_class": class_count,
        **{name: given[name] for name in names},
        "bagging_freq": 1,
        "seed": spec["seed"],
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
    }


def report_progress(state):
    say(type="progress", current=state.iteration + 1, total=state.end_iteration, unit="rounds")


if __name__ == "__main__":
    try:
        main()
    except (TrainerError, OSError) as error:
        print(f"trainer-python: {error}", file=sys.stderr)
        sys.exit(1)
