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
  /** The same of a clipped horizontal range. */
  outsideX?: number | undefined
  ofRuns: number | undefined
  /** Key of the metric on the horizontal axis. */
  xKey?: string | undefined
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

/** How metrics of one run were put together, where they were: it is not seen in the line. */
function joinText(lines: readonly LineInput[]): string {
  if (lines.some(({ window }) => window.join === 'carried')) return 'values carried'
  return lines.some(({ window }) => window.join === 'exact') ? 'exact steps' : ''
}

/** What the head says of a chart beside its metric, part by part. */
export function chartMeta(lines: readonly LineInput[], facts: MetaFacts): string[] {
  const { xLog, yLog, zoomed, hidden, outside, outsideX, ofRuns, notes, xKey } = facts
  const unplaced = lines.reduce((sum, { window }) => sum + (window.unplaced ?? 0), 0)
  const context = lines.filter(line => line.context).length
  const scale = yLog && xLog ? 'both axes log' : yLog ? 'log' : xLog ? 'log x' : ''
  const capped = ofRuns !== undefined && ofRuns > lines.length
  const coloured = context > 0 ? `${formatCount(lines.length - context)} of ${formatPlural(lines.length, 'run')} in colour` : ''
  return [
    scale,
    ...notes,
    joinText(lines),
    coloured,
    capped ? `${formatCount(lines.length)} of ${formatPlural(ofRuns, 'run')}` : '',
    seamsText(lines.map(line => line.window)),
    nonFiniteText(lines.map(line => line.window)),
    hidden > 0 ? `${formatPlural(hidden, 'point')} at or below 0 not shown` : '',
    unplaced > 0 ? `${formatPlural(unplaced, 'point')} without ${xKey ?? 'a place'}` : '',
    outside === undefined ? '' : `y clipped, ${formatPlural(outside, 'point')} outside`,
    outsideX === undefined ? '' : `x clipped, ${formatPlural(outsideX, 'point')} outside`,
    pointsText(lines, zoomed),
  ].filter(text => text !== '')
}
