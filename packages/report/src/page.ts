import type { Report } from '@taskclf/documents'
import { Html, html, name } from './html.js'
import type { Limits } from './limits.js'
import { SCRIPT } from './script.js'
import { classesSection } from './sections/classes.js'
import { historySection } from './sections/history.js'
import { modelsSection } from './sections/models.js'
import { noticeSection } from './sections/notice.js'
import type { Section } from './sections/section.js'
import { servingSection } from './sections/serving.js'
import { trendsSection } from './sections/trends.js'
import { STYLE } from './style.js'
import { labelStyle } from './style-labels.js'
import { clip, counted, lastNames, minuteOf } from './words.js'

/** What rendering gets besides the data. */
export interface RenderOptions {
  /** The SHA-256 of a text in UTF-8, in base64: what the page's policy names its style and its script by. */
  sha256(text: string): string
}

/** The page, with as much of the registry as the limits let through. */
export function renderPage(report: Report, limits: Limits, { sha256 }: RenderOptions): string {
  const sections = [
    servingSection(report, limits),
    modelsSection(report, limits),
    trendsSection(report, limits),
    classesSection(report, limits),
    historySection(report, limits),
  ].filter((section) => section !== undefined)
  const style = STYLE + labelStyle(report, limits)
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256(style)}'`,
    `script-src 'sha256-${sha256(SCRIPT)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="taskclf ${report.taskclf}">
<link rel="icon" href="data:,">
<title>${titleOf(report)}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#serving">To what serves</a>
${header(report, sections)}
<main>
${noticeSection(report, limits)}
${sections.map(({ body }) => body)}
</main>
${footer(report)}
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.markup
}

function titleOf({ serving, models_dir }: Report): string {
  const what = serving.serves === null ? 'nothing serves' : `${serving.serves} serves`
  return `${clip(`${what} · ${placeOf(models_dir)}`, 120)} · model registry`
}

const placeOf = (location: string) => lastNames(location, 2)

function header(report: Report, sections: readonly Section[]): Html {
  const { models, history, generated_at } = report
  const eligible = models.filter((model) => model.eligible).length
  return html`<header class="top">
<p class="eyebrow">Model registry</p>
<h1>${name(clip(placeOf(report.models_dir), 120))}</h1>
<p class="meta"><span>As of <time datetime="${generated_at}">${minuteOf(generated_at)} UTC</time></span>
<span>${counted(models.length, 'model')}, ${eligible.toLocaleString('en')} eligible</span>
<span>${history.length === 0 ? 'never switched' : `${counted(history.length, 'entry', 'entries')} in its history`}</span></p>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>`
}

function footer({ taskclf, models_dir }: Report): Html {
  return html`<footer>
<p>Made by taskclf ${taskclf} of <bdi class="id">${clip(placeOf(models_dir), 120)}</bdi>, from documents alone: no model was loaded, and no file was compared with what was
published. <code>taskclf doctor</code> and <code>taskclf model verify</code> do both.</p>
</footer>`
}
