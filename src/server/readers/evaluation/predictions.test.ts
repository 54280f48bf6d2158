import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'

import { guessColumns, type PredictionColumns } from './column-roles.ts'
import { EvaluationError } from './evaluation-error.ts'
import { readPredictions } from './predictions.ts'
import { openTable } from './table.ts'

const open = async (name: string, text: string) => {
  const table = await openTable(name, new TextEncoder().encode(text))
  if (!table) throw new Error(`${name} is no table`)
  return table
}
const predictionsOf = async (name: string, text: string, roles?: PredictionColumns) => {
  const table = await open(name, text)
  const found = roles ?? guessColumns(table.columns)?.roles
  if (!found) throw new Error(`The columns ${table.columns.join(', ')} leave it open`)
  return await readPredictions(table, found)
}
const named = ({ classes, actual, predicted }: Awaited<ReturnType<typeof predictionsOf>>) => ({
  classes,
  actual: [...actual].map(code => classes[code] ?? null),
  predicted: predicted && [...predicted].map(code => classes[code] ?? null),
})

describe('names of columns', () => {
  const none = { label: '', prediction: '', score: '', scores: [] }
  test.each([
    [['id', 'label', 'prediction', 'score'], { label: 'label', prediction: 'prediction', score: 'score' }],
    [['y_true', 'y_pred'], { label: 'y_true', prediction: 'y_pred' }],
    [['Target', 'Probability'], { label: 'Target', score: 'Probability' }],
    // Our own names go before those of others.
    [['label', 'target', 'prediction', 'outputs'], { label: 'label', prediction: 'prediction' }],
    [
      ['label', 'score:cat', 'score:big dog'],
      {
        label: 'label',
        scores: [
          { column: 'score:cat', label: 'cat' },
          { column: 'score:big dog', label: 'big dog' },
        ],
      },
    ],
    [
      ['actual', 'prob_0', 'prob_1'],
      {
        label: 'actual',
        scores: [
          { column: 'prob_0', label: '0' },
          { column: 'prob_1', label: '1' },
        ],
      },
    ],
  ])('%j', (columns, roles) => {
    expect(guessColumns(columns)).toEqual({ roles: { ...none, ...roles }, problem: '' })
  })

  test('that leave it open make a question', () => {
    expect(guessColumns(['target', 'actual', 'y_pred'])).toEqual({ roles: null, problem: 'Which column is the label: target or actual?' })
    expect(guessColumns(['label', 'prob', 'probability'])).toEqual({
      roles: null,
      problem: 'Which column is the score: prob or probability?',
    })
  })

  test.each([[[]], [['epoch', 'loss']], [['label', 'text']], [['prediction', 'score']]])('%j are of no predictions', columns => {
    expect(guessColumns(columns)).toBeNull()
  })
})

describe('a table of predictions', () => {
  const rows = [
    ['a', 'b'],
    ['b', 'b'],
    ['a', 'a'],
  ]
  const objects = rows.map(([label, prediction]) => ({ label, prediction }))
  test.each([
    ['p.csv', `id,label,prediction\n${rows.map((row, at) => [at, ...row].join(',')).join('\n')}`],
    ['p.csv', `\uFEFF"label";"prediction"\r\n${rows.map(row => row.join(';')).join('\r\n')}\r\n`],
    ['p.tsv', `prediction\tlabel\n${rows.map(([label, prediction]) => `${prediction}\t${label}`).join('\n')}`],
    ['p.jsonl', objects.map(row => JSON.stringify(row)).join('\n\n')],
    ['p.ndjson', objects.map(row => JSON.stringify(row)).join('\r\n')],
    ['p.json', JSON.stringify(objects)],
    ['p.json', JSON.stringify({ columns: ['label', 'prediction'], data: rows })],
  ])('%s: %j', async (name, text) => {
    expect(named(await predictionsOf(name, text))).toEqual({ classes: ['a', 'b'], actual: ['a', 'b', 'a'], predicted: ['b', 'b', 'a'] })
  })

  test.each(['none', 'snappy', 'gzip', 'zstd'])('Parquet, compression %s', async compression => {
    const bytes = readFileSync(path.join(import.meta.dirname, `fixtures/predictions.${compression}.parquet`))
    const table = await openTable('p.parquet', Uint8Array.from(bytes))
    // A column of lists is no column of a table of predictions.
    expect(table?.columns).toEqual(['id', 'label', 'prediction', 'score:0', 'score:1', 'score:2'])
    const roles = table && guessColumns(table.columns)?.roles
    if (!roles) throw new Error('no roles')
    const found = await readPredictions(table, roles)
    expect(found.classes).toEqual(['0', '1', '2'])
    expect([...found.actual]).toEqual(Array.from({ length: 60 }, (_, at) => at % 3))
    expect([...(found.predicted ?? [])]).toEqual(Array.from({ length: 60 }, (_, at) => (at + Number(at % 7 === 0)) % 3))
    expect(found.scores?.[0]?.slice(0, 2)).toEqual(Float64Array.of(Math.fround(0.8), Math.fround(0.1)))
    expect(found.scores?.[0]?.[59]).toBeNaN()
    expect(found.scores?.[2]?.[59]).toBe(0.8)
  })

  test('1.0, 1 and True, true are one class each, numbers go by their value, and what is missing is no class', async () => {
    const found = await predictionsOf('p.csv', 'label,prediction\n10,2.0\n2,10.0\n,2\nTrue,true\n')
    expect(named(found)).toEqual({ classes: ['2', '10', 'true'], actual: ['10', '2', null, 'true'], predicted: ['2', '10', '2', 'true'] })
  })

  test('without predictions the class with the greatest score is the predicted one, the first of equals', async () => {
    const found = await predictionsOf('p.csv', 'label,score:x,score:y,score:z\ny,0.2,0.7,0.1\nx,0.4,0.4,0.2\nz,,,\n')
    expect(named(found)).toEqual({ classes: ['x', 'y', 'z'], actual: ['y', 'x', 'z'], predicted: ['y', 'x', null] })
    expect(found.scores?.map(scores => [...scores])).toEqual([
      [0.2, 0.4, Number.NaN],
      [0.7, 0.4, Number.NaN],
      [0.1, 0.2, Number.NaN],
    ])
  })

  test('one score is kept as it is, NaN and what is no number among it', async () => {
    const found = await predictionsOf('p.json', '{"columns": ["label", "score"], "data": [[1, NaN], [0, 7], [1, "high"], [0, null]]}')
    expect(found.predicted).toBeNull()
    expect([...(found.score ?? [])]).toEqual([Number.NaN, 7, Number.NaN, Number.NaN])
  })

  test('a class without a score column has no scores', async () => {
    const found = await predictionsOf('p.csv', 'label,score:a,score:b\nc,0.5,0.5\n')
    expect(found.classes).toEqual(['a', 'b', 'c'])
    expect([...(found.scores?.[2] ?? [])]).toEqual([Number.NaN])
  })

  test('grows to many rows', async () => {
    const text = `label,score\n${Array.from({ length: 5_000 }, (_, at) => `${at % 2},${at / 5_000}`).join('\n')}`
    const { score, actual } = await predictionsOf('p.csv', text)
    expect([actual.length, score?.length, score?.[4_999]]).toEqual([5_000, 5_000, 0.9998])
  })
})

describe('what is wrong is said', () => {
  const roles = { label: 'label', prediction: 'prediction', score: '', scores: [] }
  test.each([
    ['p.csv', 'label,prediction\n', 'This table has no rows.'],
    ['p.csv', 'label,pred\n1,1\n', 'There is no column prediction any more; the columns are label, pred.'],
    ['p.jsonl', '{"label": 1}\n[2]\n', 'Line 2 is no JSON object.'],
    ['p.jsonl', '{"label": 1}\n{"label": \n', /^Line 2 is no JSON: /],
    ['p.json', '{"columns": ["label", "prediction"], "data": [[1, 1], 3]}', 'data[1] is no list, expected 2 values.'],
    ['p.json', '{', /^This is no JSON: /],
    ['p.parquet', 'no parquet at all, whatever the name of it says', /^This Parquet file cannot be read: /],
  ])('%s: %j', async (name, text, message) => {
    const read = predictionsOf(name, text, roles)
    await expect(read).rejects.toThrow(EvaluationError)
    await expect(read).rejects.toThrow(message)
  })

  test.each([['{"loss": 1}'], ['[]'], ['[1, 2]'], ['3']])('other JSON is no table: %s', async text => {
    expect(await openTable('p.json', new TextEncoder().encode(text))).toBeNull()
  })
})
