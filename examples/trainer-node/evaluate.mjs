const BREAK_IDLE = 'BreakIdle'

/** How often each class (row) was taken for each class (column). */
export function confusionMatrix(truths, answers, classCount) {
  const matrix = Array.from({ length: classCount }, () => new Array(classCount).fill(0))
  truths.forEach((truth, i) => {
    matrix[truth][answers[i]] += 1
  })
  return matrix
}

/** The metrics contract from a confusion matrix. Figures have four digits, and the checks judge what is stated. */
export function measure(matrix, labels) {
  const classes = labels.map((_, i) => measureClass(matrix, i))
  const rows = sum(classes.map(({ support }) => support))
  const figures = {
    macro_f1: round(sum(classes.map(({ f1 }) => f1)) / classes.length),
    weighted_f1: round(sum(classes.map(({ f1, support }) => f1 * support)) / rows),
    min_class_precision: round(Math.min(...classes.map(({ precision }) => precision))),
  }
  const idle = classes[labels.indexOf(BREAK_IDLE)]
  if (idle !== undefined) figures.breakidle_precision = round(idle.precision)
  const checks = {
    macro_f1: figures.macro_f1 >= 0.65,
    weighted_f1: figures.weighted_f1 >= 0.7,
    breakidle_precision: idle !== undefined && figures.breakidle_precision >= 0.95,
    breakidle_recall: idle !== undefined && round(idle.recall) >= 0.9,
    no_class_below_50_precision: figures.min_class_precision >= 0.5,
  }
  return {
    ...figures,
    acceptance_pass: Object.values(checks).every(Boolean),
    acceptance_checks: checks,
    confusion_matrix: matrix,
    label_names: labels,
    per_class: Object.fromEntries(
      classes.map(({ precision, recall, f1, support }, i) => [
        labels[i],
        { precision: round(precision), recall: round(recall), f1: round(f1), support },
      ]),
    ),
  }
}

function measureClass(matrix, i) {
  const hits = matrix[i][i]
  const support = sum(matrix[i])
  const predicted = sum(matrix.map((row) => row[i]))
  return {
    precision: predicted === 0 ? 0 : hits / predicted,
    recall: support === 0 ? 0 : hits / support,
    f1: hits === 0 ? 0 : (2 * hits) / (support + predicted),
    support,
  }
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0)
const round = (value) => Number(value.toFixed(4))
