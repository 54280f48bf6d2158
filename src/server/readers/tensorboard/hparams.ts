import { Wire } from './wire.ts'

/** What a value of the plugin `hparams` says. */
export interface HparamsFacts {
  params: [key: string, value: string][]
  /** `SessionEndInfo.status` (tensorboard/plugins/hparams/api.proto): 1 success, 2 failure, 3 running; null where the session did not end. */
  status: number | null
}

const depthLimit = 32

/** Reads `HParamsPluginData`: session_start_info 3, session_end_info 4. Throws `WireError`. */
export function readHparams(content: Buffer): HparamsFacts {
  const wire = new Wire(content)
  const facts: HparamsFacts = { params: [], status: null }
  const end = content.length
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 26) facts.params.push(...mapEntries(wire, wire.enter(end)))
    else if (key === 34) facts.status = endStatus(wire, wire.enter(end))
    else wire.skip(key, end)
  }
  return facts
}

function endStatus(wire: Wire, end: number): number {
  let status = 0
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 8) status = wire.varint(end)
    else wire.skip(key, end)
  }
  return status
}

/** The entries of the map that is field 1 of a message: `SessionStartInfo.hparams` and `google.protobuf.Struct.fields` alike. */
function mapEntries(wire: Wire, end: number, depth = 0): [string, string][] {
  const entries: [string, string][] = []
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key !== 10) {
      wire.skip(key, end)
      continue
    }
    const entryEnd = wire.enter(end)
    let name = ''
    let value = 'None'
    while (wire.at < entryEnd) {
      const inner = wire.varint(entryEnd)
      if (inner === 10) name = wire.text(entryEnd)
      else if (inner === 18) value = valueText(wire, wire.enter(entryEnd), depth)
      else wire.skip(inner, entryEnd)
    }
    entries.push([name, value])
  }
  return entries
}

/**
 * A `google.protobuf.Value` as text: numbers with as many digits as bring them back equal, words as Python writes them. Lists and
 * structures, which TensorBoard's own API refuses, are written in brackets.
 */
function valueText(wire: Wire, end: number, depth: number): string {
  let text = 'None'
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 17) text = numberText(wire.double(end))
    else if (key === 26) text = wire.text(end)
    else if (key === 32) text = wire.varint(end) === 0 ? 'False' : 'True'
    else if (key === 42 && depth < depthLimit) {
      const entries = mapEntries(wire, wire.enter(end), depth + 1)
      text = `{${entries.map(([name, value]) => `${name}: ${value}`).join(', ')}}`
    } else if (key === 50 && depth < depthLimit) text = listText(wire, wire.enter(end), depth + 1)
    else wire.skip(key, end)
  }
  return text
}

function listText(wire: Wire, end: number, depth: number): string {
  const items: string[] = []
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 10) items.push(valueText(wire, wire.enter(end), depth))
    else wire.skip(key, end)
  }
  return `[${items.join(', ')}]`
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}
