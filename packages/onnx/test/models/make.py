"""Makes the models of this directory and what the libraries that trained them answer.

    pip install -r requirements.txt && python make.py
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import onnx
from onnx import external_data_helper
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType as LightgbmFloats
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
COLUMNS = ["age", "calls", "spend"]
NO_MAPS = {"zipmap": False}

draw = np.random.default_rng(7)
rows = draw.normal(size=(200, 3)).astype(np.float32)
score = rows[:, 0] - 2 * rows[:, 1] * rows[:, 2]
two = (score > 0).astype(int)
three = np.digitize(score, [-1, 1])
asked = rows[:8]
few = {"n_estimators": 4, "max_depth": 3, "random_state": 1}


def lightgbm_model(target):
    model = lightgbm.LGBMClassifier(n_estimators=5, num_leaves=6, random_state=1, n_jobs=1, verbose=-1)
    return model.fit(rows, target)


def of_sklearn(model, **options):
    return to_onnx(model, rows[:1], target_opset=17, **options)


def of_lightgbm(model):
    types = [("input", LightgbmFloats([None, 3]))]
    return convert_lightgbm(model, initial_types=types, zipmap=False, target_opset=15)


binary = RandomForestClassifier(**few).fit(rows, two)
multiclass = RandomForestClassifier(**few).fit(rows, three)
regressor = RandomForestRegressor(**few).fit(rows, score)
linear = LogisticRegression().fit(rows, two)
boosted_binary = lightgbm_model(two)
boosted = lightgbm_model(three)

models = {
    "binary": (of_sklearn(binary, options=NO_MAPS), binary.predict_proba(asked)),
    "multiclass": (of_sklearn(multiclass, options=NO_MAPS), multiclass.predict_proba(asked)),
    "regressor": (of_sklearn(regressor), regressor.predict(asked)[:, None]),
    "columns": (of_sklearn(multiclass, options={"zipmap": "columns"}), multiclass.predict_proba(asked)),
    "scores": (of_sklearn(linear, options={"zipmap": False, "raw_scores": True}), None),
    "lightgbm-binary": (of_lightgbm(boosted_binary), boosted_binary.predict_proba(asked)),
    "lightgbm-multiclass": (of_lightgbm(boosted), boosted.predict_proba(asked)),
    "maps": (of_sklearn(linear), None),
}
decided = linear.decision_function(asked)
models["scores"] = (models["scores"][0], np.stack([-decided, decided], axis=1))

for name, (model, _) in models.items():
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString())
answers = {name: expected.tolist() for name, (_, expected) in models.items() if expected is not None}
document = {"columns": COLUMNS, "rows": asked.astype(float).tolist(), "answers": answers}

# A product of matrices whose weights are in a file of their own, at the top and in the body of a branch.
weights = np.arange(1, 4, dtype=np.float32).reshape(3, 1)


def external(where):
    tensor = onnx.numpy_helper.from_array(weights, "weights")
    external_data_helper.set_external_data(tensor, where)
    tensor.ClearField("raw_data")
    return tensor


def shaped(name, width):
    return onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [None, width])


def product(where, branch):
    make = onnx.helper
    multiply = make.make_node("MatMul", ["input", "weights"], ["value"])
    if not branch:
        graph = make.make_graph([multiply], "top", [shaped("input", 3)], [shaped("value", 1)], [external(where)])
    else:
        body = make.make_graph([multiply], "body", [], [shaped("value", 1)], [external(where)])
        yes = onnx.numpy_helper.from_array(np.array(True), "yes")
        choose = make.make_node("If", ["yes"], ["value"], then_branch=body, else_branch=body)
        graph = make.make_graph([choose], "top", [shaped("input", 3)], [shaped("value", 1)], [yes])
    return make.make_model(graph, opset_imports=[make.make_opsetid("", 17)], ir_version=8)


(HERE / "weights.bin").write_bytes(weights.tobytes())
for name, branch in [("external", False), ("external-branch", True)]:
    (HERE / f"{name}.onnx").write_bytes(product("weights.bin", branch).SerializeToString())
    document["answers"][name] = (asked @ weights).tolist()
for name, where in [("above", "../weights.bin"), ("absolute", "/etc/passwd"), ("below", "sub/weights.bin")]:
    (HERE / f"escapes-{name}.onnx").write_bytes(product(where, name == "below").SerializeToString())

(HERE / "answers.json").write_text(json.dumps(document, indent=1) + "\n")
