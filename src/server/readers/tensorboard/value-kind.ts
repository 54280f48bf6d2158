/** What is known of one value of a summary without decoding it. */
export interface ValueShape {
  /** The field of the value that is set: one of TensorFlow 1's own, or a tensor. */
  carrier: 'none' | 'simple' | 'image' | 'histogram' | 'audio' | 'tensor'
  /** Of the first value of the tag in the run, empty where none was named. */
  plugin: string
  /** `SummaryMetadata.data_class`: 1 scalar, 2 tensor, 3 blob sequence, 0 unknown. */
  dataClass: number
  /** `TensorProto.dtype`, 0 without a tensor. */
  dtype: number
  /** Elements of the tensor: 1 for rank 0. */
  elements: number
  rank: number
}

export type ValueKind = 'scalar' | 'image' | 'audio' | 'histogram' | 'text' | 'pr-curve' | 'hparams' | 'graph' | 'mesh' | 'other'

/** By the plugin's name (tensorboard/plugins/…/metadata.py). */
const kinds: Record<string, ValueKind> = {
  images: 'image',
  audio: 'audio',
  histograms: 'histogram',
  distributions: 'histogram',
  text: 'text',
  pr_curves: 'pr-curve',
  hparams: 'hparams',
  graphs: 'graph',
  graph_run_metadata: 'graph',
  graph_run_metadata_graph: 'graph',
  graph_keras_model: 'graph',
  mesh: 'mesh',
}
const carriers = { simple: 'scalar', image: 'image', histogram: 'histogram', audio: 'audio' } as const
const scalarClass = 1
const textDtype = 7

/**
 * What a value is. The fields of TensorFlow 1 speak for themselves, whatever plugin is named (as TensorBoard's data_compat.py has it);
 * a tensor is what its plugin says. A single number without a plugin is a scalar: its first value may be lost, or in an unread part.
 */
export function kindOfValue({ carrier, plugin, dataClass, dtype, elements, rank }: ValueShape): ValueKind {
  if (carrier !== 'tensor' && carrier !== 'none') return carriers[carrier]
  const known = Object.hasOwn(kinds, plugin) ? kinds[plugin] : undefined
  if (known) return known
  if (carrier === 'none') return 'other'
  if (plugin === 'scalars' || dataClass === scalarClass) return elements === 1 ? 'scalar' : 'other'
  return plugin === '' && rank === 0 && dtype !== textDtype ? 'scalar' : 'other'
}
