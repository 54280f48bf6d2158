const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** `14:03`, in the zone of the browser. */
export function formatClock(time: number): string {
  const date = new Date(time)
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/** `22 Nov 14:03`, or with `year` `22 Nov 2025 14:03`. Milliseconds since the epoch, shown in the zone of the browser; empty for no time. */
export function formatTime(time: number, year = !isThisYear(time)): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  return `${date.getDate()} ${months[date.getMonth()]}${year ? ` ${date.getFullYear()}` : ''} ${formatClock(time)}`
}

/** `22 Nov 2026, 14:03`, for one time that stands alone. */
export function formatDate(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}, ${formatClock(time)}`
}

/** Whether a time lies in the current year of the browser's zone. */
export function isThisYear(time: number): boolean {
  return new Date(time).getFullYear() === new Date().getFullYear()
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `320 ms`, `3.2 s`, `34 s`, `6 min 34 s`, `2 h 05 min`, `3 d 04 h`, from milliseconds. */
export function formatDuration(milliseconds: number): string {
  const length = Math.abs(milliseconds)
  return (milliseconds < 0 ? '−' : '') + unsignedDuration(length)
}

function unsignedDuration(length: number): string {
  if (length < 999.5) return `${Math.round(length)} ms`
  if (length < 9_950) return `${(length / second).toFixed(1)} s`
  const seconds = Math.round(length / second)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(length / minute)
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
  const hours = Math.round(length / hour)
  return `${Math.floor((hours * hour) / day)} d ${twoDigits(hours % 24)} h`
}
