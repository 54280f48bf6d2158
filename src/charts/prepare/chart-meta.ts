import { formatCount, formatPlural } from '#lib/format.ts'

import type { LineInput } from './line-input.ts'
import { nonFiniteText } from './non-finite.ts'
import { countDrawn, seamsText } from './seams.ts'

export interface MetaFacts {
  xLog: boolean
  yLog: boolean
  zoomed: boolean
  /** Points that a log axis cannot show. */
  hidden: number
  /** Points outside of a clipped vertical range; undefined where it is not clipped. */
  outside: number | undefined
  ofRuns: number | undefined
  notes: readonly string[]
}

/** `2,048 of 48,000 points` wherever some are not drawn; `all 812 points` of a window in which every one is; empty where that goes without saying. */
export function pointsText(lines: readonly LineInput[], zoomed: boolean): string {
  const drawn = lines.reduce((sum, line) => sum + countDrawn(line.window), 0)
  const points = lines.reduce((sum, line) => sum + line.window.points, 0)
  const bucketed = lines.some(line => line.window.bucket > 1)
  if (bucketed) return `${formatCount(drawn)} of ${formatPlural(points, 'point')}`
  if (!zoomed || points === 0) return ''
  return points === 1 ? '1 point' : `all ${formatPlural(points, 'point')}`
}

/** What the head says of a chart beside its metric, part by part. */
export function chartMeta(lines: readonly LineInput[], facts: MetaFacts): string[] {
  const { xLog, yLog, zoomed, hidden, outside, ofRuns, notes } = facts
  const context = lines.filter(line => line.context).length
  const scale = yLog && xLog ? 'both axes log' : yLog ? 'log' : xLog ? 'log x' : ''
  const capped = ofRuns !== undefined && ofRuns > lines.length
  const coloured = context > 0 ? `${formatCount(lines.length - context)} of ${formatPlural(lines.length, 'run')} in colour` : ''
  return [
    scale,
    ...notes,
    coloured,
    capped ? `${formatCount(lines.length)} of ${formatPlural(ofRuns, 'run')}` : '',
    seamsText(lines.map(line => line.window)),
    nonFiniteText(lines.map(line => line.window)),
    hidden > 0 ? `${formatPlural(hidden, 'point')} at or below 0 not shown` : '',
    outside === undefined ? '' : `y clipped, ${formatPlural(outside, 'point')} outside`,
    pointsText(lines, zoomed),
  ].filter(text => text !== '')
}
