import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'

const depthLimit = 32
const paramLimit = 10_000

/**
 * Params of a `hparams.yaml` as Lightning writes it (pytorch_lightning/core/saving.py): nested keys joined by `/`, as its TensorBoard
 * logger does, lists in brackets, numbers as written. Tags, which may name Python classes, are passed over and nothing is made of them.
 * Throws an `Error` that says why for what is not YAML.
 */
export function parseHparams(text: string): [key: string, value: string][] {
  checkDepth(text)
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error) throw new Error(`is not YAML: ${error.message.split('\n')[0] ?? ''}`)
  const { contents } = document
  if (contents === null || (isScalar(contents) && contents.value === null)) return []
  if (isMap(contents) && contents.items.length === 0) return []
  if (!isMap(contents)) throw new Error('is not a list of `key: value` lines')
  const params: [string, string][] = []
  flatten(document, contents, '', 0, params)
  return params
}

/** The parser recurses into brackets; a file that only opens them would use up the stack. */
function checkDepth(text: string): void {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 91 || code === 123) depth += 1
    else if (code === 93 || code === 125) depth -= 1
    if (depth > depthLimit * 2) throw new Error(`is nested more than ${depthLimit} levels deep`)
  }
}

function flatten(document: Document, node: unknown, key: string, depth: number, params: [string, string][]): void {
  if (depth > depthLimit) throw new Error(`is nested more than ${depthLimit} levels deep`)
  const value = isAlias(node) ? node.resolve(document) : node
  if (!isMap(value) || value.items.length === 0) {
    if (params.length >= paramLimit) throw new Error(`has more than ${paramLimit} entries`)
    params.push([key, textOf(document, value, depth)])
    return
  }
  for (const pair of value.items) {
    const name = textOf(document, pair.key, depth)
    flatten(document, pair.value, key === '' ? name : `${key}/${name}`, depth + 1, params)
  }
}

const listLimit = 10_000

function textOf(document: Document, node: unknown, depth: number): string {
  if (depth > depthLimit) throw new Error(`is nested more than ${depthLimit} levels deep`)
  const value = isAlias(node) ? node.resolve(document) : node
  if (value === null || value === undefined) return 'null'
  if (isScalar(value)) return value.type === 'PLAIN' ? (value.source ?? String(value.value)) : String(value.value)
  if (isSeq(value)) {
    const items = value.items.map(item => textOf(document, item, depth + 1)).join(', ')
    if (items.length > listLimit * 100) throw new Error('has a list that is too long')
    return `[${items}]`
  }
  if (isMap(value))
    return `{${value.items.map(pair => `${textOf(document, pair.key, depth + 1)}: ${textOf(document, pair.value, depth + 1)}`).join(', ')}}`
  return ''
}
