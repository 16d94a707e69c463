"""LightGBM's own prediction, measured on request: JSON lines in, JSON lines out. Started by lightgbm.mjs."""

import json
import sys
import time

import lightgbm
import numpy


def elapsed(booster, rows):
    start = time.perf_counter_ns()
    booster.predict(rows, raw_score=True, num_threads=1)
    return time.perf_counter_ns() - start


def explained(booster, rows):
    start = time.perf_counter_ns()
    booster.predict(rows, pred_contrib=True, num_threads=1)
    return time.perf_counter_ns() - start


def main():
    print(json.dumps({"version": lightgbm.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        if request["do"] == "load":
            booster = lightgbm.Booster(model_file=request["model"])
            sets = numpy.fromfile(request["rows"]).reshape(request["sets"], -1, request["features"])
            scores = request["scores"]
        elif request["do"] == "measure":
            rows = sets[request["set"]]
            ones = [elapsed(booster, rows[i : i + 1]) for i in range(50)]
            answer = {"oneRow": sum(ones) / len(ones), "rows": elapsed(booster, rows), "explained": explained(booster, rows[:50])}
        else:
            booster.predict(sets[request["set"]], raw_score=True, num_threads=1).astype("float64").tofile(scores)
        print(json.dumps(answer), flush=True)


main()
