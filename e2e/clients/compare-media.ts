import { createHash } from 'node:crypto'

import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { MediaKind } from '#contract/media.ts'

import type { Api } from './api.ts'
import { bits, different, differentEntries } from './checks.ts'
import type { EventRunAnswer } from './event-answers.ts'

const kinds = { images: 'image', audio: 'audio', histograms: 'histogram', pr_curves: 'pr-curve', text: 'text' } as const satisfies Record<
  string,
  MediaKind
>

/** Holds steps and contents of what a run logged besides numbers against what TensorBoard's own loader reads. */
export async function compareMedia(api: Api, { media }: EventRunAnswer, run: string): Promise<string[]> {
  const { tags } = await api.ask('media', { run })
  const ours = Object.fromEntries(tags.map(({ kind, tag, steps }) => [`${kind} ${tag}`, steps.map(String).join(' ')]))
  const theirs = new Map<string, Set<string>>()
  // Of several values at one step, the last is shown.
  const last = new Map<string, (typeof media)[number]>()
  for (const value of media) {
    const [plugin, tag, step] = value
    const name = `${kinds[plugin]} ${tag}`
    theirs.set(name, (theirs.get(name) ?? new Set()).add(step))
    last.set(`${name} ${step}`, value)
  }
  const expected = Object.fromEntries(
    [...theirs].map(([name, steps]) => [name, [...steps].sort((a, b) => Number(a) - Number(b)).join(' ')]),
  )
  const problems = differentEntries('steps of', expected, ours)
  for (const [name, [plugin, tag, step, content]] of last) {
    const found = await contentOf(api, run, plugin, tag, step, content.length)
    problems.push(...different(name, content.join('\n'), found.join('\n')))
  }
  return problems
}

function singleBits(number: Float64): string {
  return bits(Math.fround(fromFloat64(number)))
}

async function contentOf(api: Api, run: string, plugin: keyof typeof kinds, tag: string, step: string, count: number): Promise<string[]> {
  if (plugin === 'text') return (await api.ask('mediaText', { run, tag, step })).texts
  if (plugin === 'histograms') {
    const { histograms } = await api.ask('histograms', { run, tag, step })
    // TensorBoard keeps buckets as 32-bit floats.
    return (histograms[0]?.buckets ?? []).flat().map(singleBits)
  }
  if (plugin === 'pr_curves') {
    const { truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall } = await api.ask('prCurve', { run, tag, step })
    return [truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall].flat().map(singleBits)
  }
  const digests: string[] = []
  for (let index = 0; index < count; index += 1) {
    // One after the other: a run may hold thousands of them.
    // oxlint-disable-next-line no-await-in-loop
    const bytes = await api.ask('mediaFile', { run, kind: kinds[plugin], tag, step, index })
    digests.push(createHash('sha1').update(bytes).digest('hex'))
  }
  return digests
}
