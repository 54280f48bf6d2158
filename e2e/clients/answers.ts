/** What `answers.py` writes: values of floats as the 16 hex digits of their bits, integers of points as digits. */
export interface Answers {
  version: string
  experiments: { id: string; name: string; stage: string; tags: Record<string, string> }[]
  runs: RunAnswer[]
  models: { id: string; name: string; run: string | null; status: string; type: string; artifacts: ArtifactAnswer[] }[]
  versions: { model: string; version: number; stage: string; aliases: string[]; run: string; loggedModel: string }[]
  /** Experiment that the cases search. */
  searched: string
  /** Its runs, by name. */
  ids: Record<string, string>
  /** Its runs in pages of five, greatest `acc` first. */
  pages: string[]
  search: Record<keyof Cases, SearchAnswer[]>
}

export interface RunAnswer {
  id: string
  experiment: string
  name: string
  status: string
  stage: string
  user: string
  start: number
  end: number | null
  params: Record<string, string>
  tags: Record<string, string>
  metrics: Record<string, string>
  history: Record<string, [value: string, step: string, timestamp: string][]>
  datasets: { name: string; digest: string; source: string; sourceType: string; context: string }[]
  modelInputs: string[]
  modelOutputs: { id: string; step: number }[]
  /** Null where MLflow itself does not find them. */
  artifacts: ArtifactAnswer[] | null
}

export interface ArtifactAnswer {
  path: string
  directory: boolean
  size: number
  sha256: string
}

export type SearchAnswer = { runs: string[] } | { error: string }

/** One search. `{name}` in a filter stands for the id of the run of that name. */
export interface Case {
  filter: string
  sort?: string[]
  deleted?: 'exclude' | 'only' | 'include'
  /** First major version of MLflow that knows the form. */
  since?: number
}

/** A search that is answered otherwise on purpose, by names of runs; in order where the case has a sort. */
export interface Difference extends Case {
  reason: string
  mlflow: string[] | 'refused'
  /** Where MLflow 2 answers in another way than later ones. */
  mlflow2?: string[] | 'refused'
  readout: string[] | 'refused'
}

export interface Cases {
  agree: Case[]
  differ: Difference[]
  /** Refused by both. */
  refuse: Case[]
}
