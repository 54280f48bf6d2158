import { parseTolerantJson } from '#lib/tolerant-json.ts'

/** The tag in which MLflow 2 keeps which models a run logged. */
export const modelHistoryTag = 'mlflow.log-model.history'

/** What MLflow 2 notes in the tag `mlflow.log-model.history` of a run, for each model it logged. */
export interface LoggedModelNote {
  /** Folder of the model below the run's artifacts. */
  path: string
  /** Flavors but `python_function`, which every Python model has. */
  flavors: string[]
  mlflowVersion: string
}

/** The models in the tag's text, latest last; none where it is not what MLflow writes. */
export function modelHistory(text: string): LoggedModelNote[] {
  let parsed: unknown
  try {
    parsed = parseTolerantJson(text)
  } catch {
    return []
  }
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((item: unknown) => {
    if (!isRecord(item) || typeof item['artifact_path'] !== 'string') return []
    const { artifact_path: path, flavors, mlflow_version: version } = item
    return [
      {
        path,
        flavors: isRecord(flavors) ? Object.keys(flavors).filter(name => name !== 'python_function') : [],
        mlflowVersion: typeof version === 'string' ? version : '',
      },
    ]
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
