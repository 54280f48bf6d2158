import { readers } from '#server/readers/registry.ts'

/** What holds runs in a format without a reader: named to the user rather than passed over in silence. */
export interface SeenKind {
  /** In the singular: `W&B run file`. */
  kind: string
  count: number
  /** Absolute path of the first one. */
  example: string
}

interface Sign {
  /** `format` of the reader that takes it: with such a reader the sign is not looked for. */
  format: string
  kind: string
  file: RegExp
  /** Name that must lie beside it, where its own says too little. */
  beside?: string
}

const signs: readonly Sign[] = [
  { format: 'wandb', kind: 'W&B run file', file: /^run-.*\.wandb$/ },
  { format: 'polyaxon', kind: 'Polyaxon event file', file: /\.plx$/ },
  { format: 'sacred', kind: 'Sacred run folder', file: /^run\.json$/, beside: 'config.json' },
  { format: 'lightning', kind: 'Lightning CSV log', file: /^metrics\.csv$/, beside: 'hparams.yaml' },
  { format: 'huggingface', kind: 'Hugging Face trainer state', file: /^trainer_state\.json$/ },
  { format: 'ultralytics', kind: 'Ultralytics run folder', file: /^results\.csv$/, beside: 'args.yaml' },
  { format: 'dvclive', kind: 'DVCLive folder', file: /^metrics\.json$/, beside: 'plots' },
]

function signsWithoutReader(): readonly Sign[] {
  return signs.filter(({ format }) => !readers.some(reader => reader.format === format))
}

/** The kind that a file's name alone says it is; null where it says nothing. */
export function kindOfFile(name: string): string | null {
  return signsWithoutReader().find(({ file, beside }) => beside === undefined && file.test(name))?.kind ?? null
}

/** Counts, per kind, what lies in formats that are not read. */
export class SeenFormats {
  readonly #kinds = new Map<string, SeenKind>()
  readonly #signs = signsWithoutReader()

  /** Looks at the names in one folder. */
  look(directory: string, names: ReadonlySet<string>): void {
    for (const name of names) {
      for (const { kind, file, beside } of this.#signs) {
        if (file.test(name) && (beside === undefined || names.has(beside))) this.add(kind, `${directory}/${name}`)
      }
    }
  }

  add(kind: string, path: string): void {
    const seen = this.#kinds.get(kind)
    if (seen) seen.count += 1
    else this.#kinds.set(kind, { kind, count: 1, example: path })
  }

  list(): SeenKind[] {
    return [...this.#kinds.values()]
  }
}
