/** The trees as a LightGBM text model. Numbers are written so that they read back as they are. */
export function formatModel({ trees, labels, schema, train, vocabularies, params }) {
  const blocks = trees.map(formatTree)
  const names = schema.columns.map(({ name }) => name)
  const spaced = names.find((name) => /[\s=]/.test(name))
  if (spaced !== undefined) throw new Error(`a model file cannot name the column ${JSON.stringify(spaced)}`)
  const head = [
    'tree',
    'version=v4',
    `num_class=${labels.length}`,
    `num_tree_per_iteration=${labels.length}`,
    'label_index=0',
    `max_feature_idx=${names.length - 1}`,
    `objective=multiclass num_class:${labels.length}`,
    `feature_names=${names.join(' ')}`,
    `feature_infos=${names.map((name, feature) => formatInfo(train, feature, vocabularies[name])).join(' ')}`,
    `tree_sizes=${blocks.map((block) => Buffer.byteLength(block)).join(' ')}`,
  ]
  const tail = [
    'end of trees',
    '',
    'feature_importances:',
    ...importances(trees, names),
    '',
    'parameters:',
    ...Object.entries(params).map(([name, value]) => `[${name}: ${value}]`),
    '',
    'end of parameters',
    '',
    'pandas_categorical:null',
  ]
  return `${head.join('\n')}\n\n${blocks.join('')}${tail.join('\n')}\n`
}

/** The range of a number, the codes of a category; `none` when there was nothing to see. */
function formatInfo({ values, width }, feature, vocabulary) {
  if (vocabulary !== undefined) return vocabulary.map((_, code) => code).join(':')
  let low = Infinity
  let high = -Infinity
  for (let at = feature; at < values.length; at += width) {
    if (values[at] < low) low = values[at]
    if (values[at] > high) high = values[at]
  }
  return low <= high ? `[${low}:${high}]` : 'none'
}

function formatTree({ nodes, leaves, shrinkage }, index) {
  const list = (items, of) => items.map(of).join(' ')
  const sets = nodes.filter(({ codes }) => codes !== undefined)
  const words = sets.map(({ codes }) => bitset(codes))
  const fields = [
    [`Tree`, index],
    ['num_leaves', leaves.length],
    ['num_cat', sets.length],
  ]
  if (nodes.length > 0) {
    fields.push(
      ['split_feature', list(nodes, ({ feature }) => feature)],
      ['split_gain', list(nodes, ({ gain }) => gain)],
      ['threshold', list(nodes, (node) => (node.codes === undefined ? node.threshold : sets.indexOf(node)))],
      ['decision_type', list(nodes, decisionType)],
      ['left_child', list(nodes, ({ left }) => left)],
      ['right_child', list(nodes, ({ right }) => right)],
    )
  }
  fields.push(['leaf_value', list(leaves, ({ value }) => value)])
  if (nodes.length > 0) {
    fields.push(
      ['leaf_weight', list(leaves, ({ weight }) => weight)],
      ['leaf_count', list(leaves, ({ count }) => count)],
      ['internal_value', list(nodes, ({ value }) => value)],
      ['internal_weight', list(nodes, ({ weight }) => weight)],
      ['internal_count', list(nodes, ({ count }) => count)],
    )
  }
  if (sets.length > 0) {
    const boundaries = [0]
    for (const set of words) boundaries.push(boundaries.at(-1) + set.length)
    fields.push(['cat_boundaries', boundaries.join(' ')], ['cat_threshold', words.flat().join(' ')])
  }
  fields.push(['is_linear', 0], ['shrinkage', shrinkage])
  return `${fields.map(([name, value]) => `${name}=${value}`).join('\n')}\n\n\n`
}

/** Bit 0: a category; bit 1: the missing go left; bits 2 and 3: missing is NaN. */
function decisionType({ codes, isMissingLeft }) {
  return codes !== undefined ? 1 : 8 + (isMissingLeft ? 2 : 0)
}

/** The codes that go left, 32 a word. */
function bitset(codes) {
  const words = new Uint32Array(1 + Math.floor(Math.max(...codes) / 32))
  for (const code of codes) words[code >>> 5] |= 1 << (code & 31)
  return [...words]
}

function importances(trees, names) {
  const uses = names.map(() => 0)
  for (const { nodes } of trees) for (const { feature } of nodes) uses[feature] += 1
  return names
    .map((name, feature) => ({ name, uses: uses[feature] }))
    .filter((each) => each.uses > 0)
    .sort((a, b) => b.uses - a.uses)
    .map((each) => `${each.name}=${each.uses}`)
}
