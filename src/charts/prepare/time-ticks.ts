import { formatClock } from '#lib/format-time.ts'

const second = 1
const minute = 60
const hour = 3_600
const day = 86_400

const fixedSteps = [1, 2, 5, 10, 15, 30]
  .flatMap(count => [count * second])
  .concat(
    [1, 2, 5, 10, 15, 30].map(count => count * minute),
    [1, 2, 3, 6, 12].map(count => count * hour),
  )
const daySteps = [1, 2, 7, 14]
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000, 12_000]
/** Furthest from the epoch that a calendar has a name for, in seconds. */
const calendarEnd = 8.64e12

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface TimeTick {
  /** Seconds since the epoch. */
  value: number
  text: string
}

function from(start: number, max: number, most: number, next: (date: Date) => void): number[] | null {
  const values: number[] = []
  const date = new Date(start * 1_000)
  for (let value = start; value <= max; value = date.getTime() / 1_000) {
    if (values.length > most + 1) return null
    values.push(value)
    next(date)
  }
  return values
}

/** Begin of the local day of a time. */
function dayOf(time: number): Date {
  const date = new Date(time * 1_000)
  date.setHours(0, 0, 0, 0)
  return date
}

function calendarValues(min: number, max: number, most: number): number[] | null {
  const fits = (values: number[] | null): number[] | null => {
    const inside = values?.filter(value => value >= min && value <= max) ?? []
    return inside.length >= 2 && inside.length <= most ? inside : null
  }
  const offset = dayOf(min).getTime() / 1_000
  for (const step of fixedSteps) {
    if ((max - min) / step > most + 1) continue
    const first = offset + Math.ceil((min - offset) / step) * step
    const found = fits(Array.from({ length: most + 2 }, (_, index) => first + index * step))
    if (found) return found
  }
  for (const days of daySteps) {
    if ((max - min) / (days * day) > most + 1) continue
    const found = fits(from(offset, max, most + 2, date => date.setDate(date.getDate() + days)))
    if (found) return found
  }
  for (const count of monthSteps) {
    if ((max - min) / (count * 28 * day) > most * 2) continue
    const start = dayOf(min)
    const index = Math.floor((start.getFullYear() * 12 + start.getMonth()) / count) * count
    start.setFullYear(Math.floor(index / 12), index % 12, 1)
    const found = fits(from(start.getTime() / 1_000, max, most * 2 + 2, date => date.setMonth(date.getMonth() + count)))
    if (found) return found
  }
  return null
}

function label(value: number, step: number): string {
  const date = new Date(value * 1_000)
  const midnight = date.getHours() + date.getMinutes() + date.getSeconds() === 0
  if (step >= 360 * day) return String(date.getFullYear())
  if (step >= 27 * day) return date.getMonth() === 0 ? String(date.getFullYear()) : (months[date.getMonth()] ?? '')
  if (midnight) return `${date.getDate()} ${months[date.getMonth()]}`
  return step < minute ? `${formatClock(value * 1_000)}:${String(date.getSeconds()).padStart(2, '0')}` : formatClock(value * 1_000)
}

/** Ticks at calendar steps of the browser's zone, between two times in seconds since the epoch; null where no calendar step fits. */
export function timeTicks(min: number, max: number, most: number): TimeTick[] | null {
  if (!(min >= -calendarEnd && max <= calendarEnd)) return null
  const values = calendarValues(min, max, most)
  if (!values) return null
  const step = (values[1] ?? 0) - (values[0] ?? 0)
  return values.map(value => ({ value, text: label(value, step) }))
}

/** Lengths that a distance of relative times may have, in seconds, with the unit that all labels then take. */
const units = [
  { name: 'd', length: day, steps: [1, 2, 5, 7, 14, 28, 70, 140, 350, 700] },
  { name: 'h', length: hour, steps: [0.5, 1, 2, 3, 6, 12] },
  { name: 'min', length: minute, steps: [0.5, 1, 2, 5, 10, 15] },
  { name: 's', length: second, steps: [0.5, 1, 2, 5, 10, 15] },
]

/** Ticks of a relative time axis, in seconds, all in one unit: `0`, `5 min`, `10 min`; null where the range is too short or long for one. */
export function relativeTicks(min: number, max: number, most: number): TimeTick[] | null {
  for (const { name, length, steps } of [...units].reverse()) {
    for (const count of steps) {
      const step = count * length
      if ((max - min) / step > most) continue
      const first = Math.ceil(min / step - 1e-9)
      const last = Math.floor(max / step + 1e-9)
      if (last - first < 1 || last - first + 1 > most) continue
      return Array.from({ length: last - first + 1 }, (_, index) => {
        const multiple = (first + index) * count
        return { value: (first + index) * step, text: multiple === 0 ? '0' : `${String(multiple).replace('-', '−')} ${name}` }
      })
    }
  }
  return null
}
