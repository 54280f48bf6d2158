const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const
const printedUnits = ['d', 'h', 'm', 's', 'ms'] as const
const part = String.raw`(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)(ms|[wdhms])`
const wholeDuration = new RegExp(`^(?:${part})+$`)
const date = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i

/** Product without the last bits of rounding, so that 0.07 s is 70 ms. */
function scaled(value: number, unit: number): number {
  return unit === 1 ? value : Number((value * unit).toPrecision(15))
}

export function secondsToMs(seconds: number): number {
  return scaled(seconds, 1_000)
}

/** Milliseconds of `10m`, `1h30m`, `1.5h`, `250ms`, or undefined. Units w d h m s ms, in lower case since `M` could be months. */
export function parseDuration(text: string): number | undefined {
  if (!wholeDuration.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(new RegExp(part, 'g'))) total += scaled(Number(amount), unitMs[unit as keyof typeof unitMs])
  return Number.isFinite(total) ? total : undefined
}

/** Text of a finite number of milliseconds that `parseDuration` reads as the same number; `-` in front where it is negative. */
export function printDuration(ms: number): string {
  if (ms < 0) return `-${printDuration(-ms)}`
  if (ms === 0) return '0s'
  if (!Number.isSafeInteger(ms)) return `${ms}ms`
  let rest = ms
  let text = ''
  for (const unit of printedUnits) {
    const amount = Math.floor(rest / unitMs[unit])
    if (amount > 0) text += `${amount}${unit}`
    rest -= amount * unitMs[unit]
  }
  return text
}

/**
 * Milliseconds since the epoch of `2026-11-01`, `2026-11-01 14:03`, `2026-11-01T14:03:10.5+01:00`, or undefined where the text is no date
 * or the day does not exist. UTC where it names no zone; a day without a time is its midnight.
 */
export function parseTime(text: string): number | undefined {
  const match = date.exec(text.trim())
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(field => Number(field ?? 0))
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = zoneMinutes(match[8])
  if (offset === undefined) return undefined
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return midnight.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + fraction
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** The shortest date text in UTC that `parseTime` reads as the same moment, or undefined outside the years 0 to 9999 and between milliseconds. */
export function printTime(ms: number): string | undefined {
  const moment = new Date(ms)
  if (!Number.isInteger(ms) || Number.isNaN(moment.getTime())) return undefined
  const text = moment.toISOString()
  if (text.length !== 24) return undefined
  if (text.endsWith('T00:00:00.000Z')) return text.slice(0, 10)
  const day = text.slice(0, 10)
  if (text.endsWith(':00.000Z')) return `${day} ${text.slice(11, 16)}`
  return `${day} ${text.endsWith('.000Z') ? text.slice(11, 19) : text.slice(11, 23)}`
}
