/** One chart of a run page: metrics that are the same measure on different splits of the data stand on one. */
export interface ChartSpec {
  title: string
  lines: { key: string; label: string }[]
}

export interface ChartGroup {
  /** What the keys begin with; empty for those without a prefix. */
  name: string
  charts: ChartSpec[]
}

const splits: Record<string, string> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  eval: 'eval',
  test: 'test',
  testing: 'test',
  holdout: 'test',
}
const splitOrder = ['train', '', 'val', 'eval', 'test']
/** Groups of the state of the machine, which come last: what MLflow, W&B and others call them. */
const systemGroup = /^(system|_system|sys|gpu|cpu)$/i

interface Parsed {
  key: string
  /** The key without its split. */
  measure: string
  /** `train`, `val`, …; empty where the key names none. */
  split: string
}

/** Finds the split that a key names: `val/loss`, `loss/val`, `val_loss`, `loss_val`, `epoch.val.loss`. */
function parseKey(key: string): Parsed {
  const parts = key.split(/([/._\- ])/)
  for (const [index, part] of parts.entries()) {
    const split = splits[part.toLowerCase()]
    if (index % 2 === 1 || split === undefined || parts.length === 1) continue
    // The separator that follows goes with the word, or the one before it at the end.
    const rest = index === parts.length - 1 ? parts.slice(0, index - 1) : parts.toSpliced(index, 2)
    return { key, measure: rest.join(''), split }
  }
  return { key, measure: key, split: '' }
}

function prefixOf(measure: string): string {
  const slash = measure.lastIndexOf('/')
  return slash > 0 ? measure.slice(0, slash) : ''
}

/**
 * The charts of a run in groups by the prefix of their keys, each in the order in which the keys came, the state of the machine last. Twins,
 * the same measure on training, validation and test data, share a chart, so that overfitting is seen at once; `loss` beside `val_loss`, as
 * Keras names them, is the one on training data.
 */
export function chartGroups(keys: readonly string[]): ChartGroup[] {
  const parsed = keys.map(parseKey)
  const measures = new Map<string, Parsed[]>()
  for (const entry of parsed) measures.set(entry.measure, [...(measures.get(entry.measure) ?? []), entry])
  const groups = new Map<string, ChartSpec[]>()
  const add = (name: string, chart: ChartSpec) => groups.set(name, [...(groups.get(name) ?? []), chart])
  for (const [measure, entries] of measures) {
    const isTwin = entries.length > 1 && new Set(entries.map(({ split }) => split)).size === entries.length
    if (isTwin) {
      const ordered = entries.toSorted((a, b) => splitOrder.indexOf(a.split) - splitOrder.indexOf(b.split))
      add(prefixOf(measure), { title: measure, lines: ordered.map(({ key, split }) => ({ key, label: split === '' ? key : split })) })
    } else {
      for (const { key } of entries) add(prefixOf(key), { title: key, lines: [{ key, label: key }] })
    }
  }
  const isSystem = ({ name }: ChartGroup) => systemGroup.test(name.split('/')[0] ?? '')
  return [...groups]
    .map(([name, charts]) => ({ name, charts }))
    .toSorted((a, b) => Number(isSystem(a)) - Number(isSystem(b)) || Number(a.name !== '') - Number(b.name !== ''))
}

/** Takes the charts out of which every metric is one of `single`: what was logged once has no course to draw. */
export function splitSingles(groups: readonly ChartGroup[], single: ReadonlySet<string>): { drawn: ChartGroup[]; singles: string[] } {
  const isSingle = ({ lines }: ChartSpec) => lines.every(({ key }) => single.has(key))
  return {
    drawn: groups
      .map(({ name, charts }) => ({ name, charts: charts.filter(chart => !isSingle(chart)) }))
      .filter(({ charts }) => charts.length > 0),
    singles: groups.flatMap(({ charts }) => charts.filter(isSingle).flatMap(({ lines }) => lines.map(({ key }) => key))),
  }
}
