"""Everything that needs no LightGBM. Run: python3 -m unittest discover examples/trainer-python"""

import contextlib
import io
import json
import math
import os
import tempfile
import unittest

import dataset
import metrics
import protocol
import train

SCHEMA = {"version": "v1", "columns": [["app", "category"], ["busy", "bool"], ["keys", "float"]]}
HEADER = "window_start,app,busy,keys,label\n"
ROWS = "2026-04-01T07:00:00Z,b,true,1.5,Build\n2026-04-03T07:00:00Z,a,false,,BreakIdle\n"


class Parts(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.dir = directory.name

    def write(self, name, content):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def spec(self, **changes):
        data = {"train": self.write("train.csv", HEADER + ROWS), "schema": self.write("schema.json", SCHEMA)}
        return {"version": 1, "seed": 1, "params": {"holdout": 0.5}, "data": data, "output_dir": self.dir, **changes}

    def read(self, spec):
        return protocol.read_spec({"TASKCLF_SPEC": self.write("spec.json", spec)})

    def test_parameters_are_filled_in(self):
        self.assertEqual(self.read(self.spec())["params"], {**protocol.DEFAULTS, "holdout": 0.5})

    def test_a_misspelled_parameter_another_version_and_missing_data_are_refused(self):
        for spec in (self.spec(params={"lerning_rate": 1}), self.spec(version=2), self.spec(data={})):
            with self.assertRaises(protocol.TrainerError):
                self.read(spec)
        with self.assertRaises(protocol.TrainerError):
            protocol.read_spec({})

    def test_an_event_is_one_line_of_json(self):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            protocol.say(type="phase", name="load")
        self.assertEqual(out.getvalue(), '{"type": "phase", "name": "load"}\n')
        with self.assertRaises(ValueError):
            protocol.say(type="metrics", values={"loss": math.nan})

    def test_categories_and_gaps_are_encoded_as_at_inference(self):
        schema = dataset.read_schema(self.write("schema.json", SCHEMA))
        rows, _ = dataset.read_csv(self.write("train.csv", HEADER + ROWS), schema)
        words = dataset.fit_vocabularies(schema, rows)
        self.assertEqual(words, {"app": ["__unknown__", "a", "b"]})
        new = [{"app": "c", "busy": "", "keys": "2"}]
        self.assertEqual(dataset.encode(rows, schema, words, "zero"), [[2.0, 1.0, 1.5], [1.0, 0.0, 0.0]])
        self.assertEqual(dataset.encode(new, schema, words, "zero"), [[0.0, 0.0, 2.0]])
        self.assertTrue(math.isnan(dataset.encode(new, schema, words, "nan")[0][1]))

    def test_bad_cells_and_missing_columns_are_refused(self):
        schema = dataset.read_schema(self.write("schema.json", SCHEMA))
        for text in ("app,label\na,b\n", HEADER + "2026-04-01,a,true,1\n", HEADER + "2026-04-01,a,true,1,\n"):
            with self.assertRaises(protocol.TrainerError):
                dataset.read_csv(self.write("bad.csv", text), schema)
        with self.assertRaises(protocol.TrainerError):
            dataset.cell_value("many", "float")
        with self.assertRaises(protocol.TrainerError):
            dataset.read_schema(self.write("other.json", {**SCHEMA, "schema_hash": "000000000000"}))

    def test_rows_of_the_evaluation_set_are_not_trained_on(self):
        more = ROWS + "2026-04-05T07:00:00Z,b,true,9,Build\n2026-04-04T07:00:00Z,a,true,9,BreakIdle\n"
        spec = self.spec()
        spec["data"]["train"] = self.write("train.csv", HEADER + more)
        spec["data"]["eval"] = self.write("eval.csv", HEADER + ROWS)
        data = dataset.load_data(spec)
        self.assertEqual((len(data["train"]), len(data["evaluation"]), data["shared"]), (2, 2, 2))
        self.assertEqual(data["range"], {"from": "2026-04-04", "to": "2026-04-05"})

    def test_a_holdout_follows_from_the_seed_and_shares_no_row(self):
        rows = "".join(f"2026-04-01T07:00:00Z,a,true,{i},{'Build' if i % 2 else 'BreakIdle'}\n" for i in range(40))
        spec = self.spec()
        spec["data"]["train"] = self.write("train.csv", HEADER + rows)
        first, again = dataset.load_data(spec), dataset.load_data(spec)
        self.assertEqual(first, again)
        self.assertEqual(len(first["train"]) + len(first["evaluation"]), 40)
        other = dataset.load_data({**spec, "seed": 2})
        self.assertNotEqual(first["eval_dataset_id"], other["eval_dataset_id"])

    def test_metrics_follow_from_the_matrix(self):
        labels = ["BreakIdle", "Build"]
        matrix = metrics.confusion_matrix(["Build", "Build", "BreakIdle"], ["Build", "BreakIdle", "BreakIdle"], labels)
        self.assertEqual(matrix, [[1, 0], [1, 1]])
        found = metrics.measure(matrix, labels)
        self.assertEqual((found["macro_f1"], found["breakidle_precision"]), (0.6667, 0.5))
        self.assertFalse(found["acceptance_pass"])
        never = metrics.measure([[0, 3], [0, 5]], labels)
        self.assertEqual(never["min_class_precision"], 0)
        self.assertTrue(metrics.measure([[5, 0], [0, 5]], labels)["acceptance_pass"])

    def test_lightgbm_is_given_what_the_spec_says(self):
        given = train.lightgbm_params(self.read(self.spec(params={"num_leaves": 7})), 8)
        self.assertEqual((given["num_leaves"], given["num_class"], given["seed"]), (7, 8, 1))


if __name__ == "__main__":
    unittest.main()
