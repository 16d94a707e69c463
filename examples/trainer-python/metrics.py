"""The metrics contract from a confusion matrix. Figures have four digits, and the checks judge what is stated."""

BREAK_IDLE = "BreakIdle"


def confusion_matrix(truths, answers, labels):
    """How often each class (row) was taken for each class (column)."""
    matrix = [[0] * len(labels) for _ in labels]
    for truth, answer in zip(truths, answers, strict=True):
        matrix[labels.index(truth)][labels.index(answer)] += 1
    return matrix


def measure(matrix, labels):
    classes = {label: measure_class(matrix, i) for i, label in enumerate(labels)}
    rows = sum(each["support"] for each in classes.values())
    figures = {
        "macro_f1": round(sum(each["f1"] for each in classes.values()) / len(labels), 4),
        "weighted_f1": round(sum(each["f1"] * each["support"] for each in classes.values()) / rows, 4),
        "min_class_precision": round(min(each["precision"] for each in classes.values()), 4),
    }
    idle = classes.get(BREAK_IDLE)
    if idle is not None:
        figures["breakidle_precision"] = round(idle["precision"], 4)
    checks = {
        "macro_f1": figures["macro_f1"] >= 0.65,
        "weighted_f1": figures["weighted_f1"] >= 0.7,
        "breakidle_precision": idle is not None and figures["breakidle_precision"] >= 0.95,
        "breakidle_recall": idle is not None and round(idle["recall"], 4) >= 0.9,
        "no_class_below_50_precision": figures["min_class_precision"] >= 0.5,
    }
    return {
        **figures,
        "acceptance_pass": all(checks.values()),
        "acceptance_checks": checks,
        "confusion_matrix": matrix,
        "label_names": labels,
        "per_class": {
            label: {name: value if name == "support" else round(value, 4) for name, value in each.items()}
            for label, each in classes.items()
        },
    }


def measure_class(matrix, i):
    hits, support, predicted = matrix[i][i], sum(matrix[i]), sum(row[i] for row in matrix)
    return {
        "precision": hits / predicted if predicted else 0,
        "recall": hits / support if support else 0,
        "f1": 2 * hits / (support + predicted) if hits else 0,
        "support": support,
    }
