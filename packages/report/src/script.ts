import { js } from './languages.js'

/** Makes the heads of a table buttons that sort its rows. Without it the table is in the order of the ranking. */
export const SCRIPT = js`
for (const table of document.querySelectorAll('table[data-sort]')) {
  const body = table.tBodies[0]
  const heads = [...table.tHead.rows[0].cells]
  const key = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim()
  heads.forEach((head, at) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => {
      const was = head.getAttribute('aria-sort')
      const down = was === null ? head.dataset.first === 'down' : was === 'ascending'
      for (const other of heads) other.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
      const rows = [...body.rows].map((row) => [key(row, at), row])
      const order = ([a], [b]) => {
        if (a === '' || b === '') return (a === '') - (b === '')
        const by = 'number' in head.dataset ? a - b : a < b ? -1 : a > b ? 1 : 0
        return down ? -by : by
      }
      body.append(...rows.sort(order).map(([, row]) => row))
    })
  })
}
`
