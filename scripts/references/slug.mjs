/** The anchor of a heading as GitHub makes it; the site is told to make the same, so that one link leads there from both. */
export function slug(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}
