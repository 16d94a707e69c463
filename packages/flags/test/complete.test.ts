import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { complete, placeFlags } from '@taskclf/flags'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { COMMANDS } from './support/commands.js'

const places = (dir?: string, families: string[] = []) => ({
  modelsDir: () => dir,
  families,
  policies: ['latest', 'ungated'],
})
const offer = (...words: string[]) => complete(words, COMMANDS, places())

it('offers groups, verbs, flags and choices', () => {
  expect(offer('')).toEqual(['completion', 'model', 'policy', 'train'])
  expect(offer('mod')).toEqual(['model'])
  expect(offer('model', 's')).toEqual(['set-active'])
  expect(offer('train', 'list', '--so')).toEqual(['--sort'])
  expect(offer('train', 'list', '--sort', 'w')).toEqual(['weighted_f1'])
  expect(offer('train', 'list', '--policy', '')).toEqual(['latest', 'ungated'])
  expect(offer('policy', 'show', 'u')).toEqual(['ungated'])
  expect(offer('completion', '')).toEqual(['bash', 'zsh'])
  expect(offer('train', 'list', '--')).toEqual(expect.arrayContaining(['--all', '--json', '--help']))
})

it('offers descriptions to zsh', () => {
  const described = (...words: string[]) => complete(words, COMMANDS, places(), true)
  expect(described('train', 'list', '--al')).toEqual([expect.stringMatching(/^--all:.+/)])
  expect(described('model', 'ver')).toEqual([expect.stringMatching(/^verify:.+/)])
})

it('takes the models dir, the family and the configuration from the line', () => {
  const line = ['model', 'inspect', '--models-dir', 'a', '--model=churn', '--config', 'c.json', '']
  expect(placeFlags(line)).toEqual({ 'models-dir': 'a', model: 'churn', config: 'c.json' })
  const open = { 'models-dir': undefined, model: undefined, config: undefined }
  expect(placeFlags(['model', 'inspect', '--model', 'ch'])).toEqual(open)
})

it('offers the families of the configuration', () => {
  const among = (typed: string) =>
    complete(['train', 'list', '--model', typed], COMMANDS, places(undefined, ['churn', 'upsell']))
  expect(among('')).toEqual(['churn', 'upsell'])
  expect(among('c')).toEqual(['churn'])
})

it('offers the directories of the models dir whose names need no quoting', () => {
  const dir = scratchDir()
  for (const name of ['run-1', 'run-2', 'two words', '.taskclf']) mkdirSync(join(dir, name))
  writeFileSync(join(dir, 'active.json'), '{}')
  expect(complete(['model', 'inspect', ''], COMMANDS, places(dir))).toEqual(['run-1', 'run-2'])
  expect(complete(['model', 'verify', 'run-1', ''], COMMANDS, places(dir))).toEqual(['run-1', 'run-2'])
})

it('offers nothing where files or nothing fits', () => {
  expect(offer('train', 'list', '--config', '')).toEqual([])
  expect(offer('nothing', 'like', '')).toEqual([])
  expect(complete(['model', 'inspect', ''], COMMANDS, places('/does/not/exist'))).toEqual([])
})
