/** The result as a Markdown table, with the machine above it. */
export function renderTable({ date, quick, seconds, machine, rows }) {
  const { cpu, cores, memory_gb: memory, kernel, file_system: fileSystem, node, load } = machine
  const about = `${date.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} GB, ${kernel}, ${fileSystem}, node ${node}, load ${load.join(' ')}`
  const lines = rows.map((row) => [
    row.work,
    figure(row.ours, row.unit),
    figure(row.floor, row.unit),
    ratio(row),
    row.target ?? '',
    verdict(row),
  ])
  const table = [
    ['work', 'measured', 'floor', 'ratio', 'target', 'met'],
    ['---', '---:', '---:', '---:', '---:', '---'],
    ...lines,
  ]
  const notes = rows.filter(({ note }) => note).map(({ id, note }) => `- ${id}: ${note}`)
  return [
    `${about}; ${quick ? 'quick, ' : ''}${seconds} s`,
    '',
    ...table.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...notes,
    '',
  ].join('\n')
}

const figure = (value, unit) => (value === undefined ? '–' : `${significant(value)} ${unit}`)
const ratio = (row) => (row.ratio === undefined ? '–' : `${row.ratio.toFixed(2)}×`)
const verdict = ({ met }) => (met === undefined ? '–' : met ? 'yes' : 'no')
const significant = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
