import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A request that a case describes; a target or header may hold `{{names}}`, a body may be JSON that holds them. */
export interface CaseRequest {
  method: string
  target: string
  headers?: Record<string, string | string[]>
  body?: unknown
  mode: 'loopback' | 'token' | 'team'
}

export interface Expectation {
  status?: number[]
  bodyNotContains?: string[]
  headers?: Record<string, string>
  headersAbsent?: string[]
  maxMs?: number
}

export type AttackCase =
  | { id: string; area: string; source: string; kind: 'http'; request: CaseRequest; expect: Expectation }
  | { id: string; area: string; source: string; kind: 'file'; content: { path: string; text?: string } }
  | { id: string; area: string; source: string; kind: 'markdown'; content: string }

const file = path.resolve(import.meta.dirname, '../../../shared/attack-corpus.json')

/** The corpus lies beside the repository, not in it; null where it is absent. */
export function readCorpus(): AttackCase[] | null {
  if (!existsSync(file)) return null
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: AttackCase[] }).cases
}

/** Ids of cases whose subject does not exist yet, by area. A case leaves the list when its route, format or view comes; none joins it. */
export function readNotApplicable(): Record<string, string[]> {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'not-applicable.json'), 'utf8')) as Record<string, string[]>
}

export const canary = 'CANARY-7f3a91'
/** Texts that no answer may hold, whatever the case. */
export const secrets = [canary, 'root:x:0:0', 'PRIVATE KEY']
