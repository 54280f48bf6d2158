/** What `event_answers.py` writes: runs by the folder that holds their event files. */
export type EventAnswers = Record<string, EventRunAnswer>

export interface EventRunAnswer {
  /** By tag, in the order (step, time, arrival); value and time as the 16 hex digits of their bits. */
  points: Record<string, [step: string, time: string, value: string][]>
  /** In the order of the files: the plugin, the tag, the step, and digests of images or clips, texts, or the bits of buckets or of the rows of a curve, one after the other. */
  media: [plugin: 'images' | 'audio' | 'histograms' | 'pr_curves' | 'text', tag: string, step: string, content: string[]][]
  params: Record<string, { number: string } | { text: string }>
  /** `SessionEndInfo.status`, 0 where there is none. */
  status: number
  /** Seconds since the epoch; null where there is no event. */
  first: number | null
  last: number | null
}
