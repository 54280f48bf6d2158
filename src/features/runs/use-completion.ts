import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { completionAt, type Completion } from '#contract/filter/complete.ts'
import { printOperand } from '#contract/operand-text.ts'
import { keysQuery, valuesQuery } from '#data/keys.ts'
import type { CompletionItem } from '#domain/completion-menu.tsx'

import { keyItems, valueItems, wordItems } from './completion-items.ts'

const mostKeys = 60
const mostValues = 40

export interface CompletionList {
  completion: Completion | null
  items: readonly CompletionItem[]
  /** Heading of the list. */
  title: string
}

/** What the menu at the caret offers. Asks the server only while `open`. */
export function useCompletion(project: string, text: string, caret: number, open: boolean): CompletionList {
  const completion = useMemo(() => (open ? completionAt(text, caret) : null), [text, caret, open])
  const { expects, kinds, operand, typed } = completion ?? { expects: null, kinds: [], operand: null, typed: '' }
  const [only] = kinds
  const keys = useQuery({
    ...keysQuery({ project, search: typed, kind: kinds.length === 1 && only ? only : 'any', limit: mostKeys }),
    enabled: expects === 'key',
    placeholderData: keepPreviousData,
  })
  const values = useQuery({
    ...valuesQuery({ project, operand: operand ? printOperand(operand) : '', search: typed, limit: mostValues }),
    enabled: expects === 'value' && operand !== null && operand.kind !== 'metric',
    placeholderData: keepPreviousData,
  })
  return useMemo(() => {
    if (!completion) return { completion, items: [], title: '' }
    const found = typed === '' ? '' : ` that match “${typed}”`
    switch (completion.expects) {
      case 'key':
        return { completion, items: keyItems(completion, keys.data?.keys ?? [], text.slice(0, completion.start)), title: `Keys${found}` }
      case 'value':
        return {
          completion,
          items: valueItems(completion, values.data?.values ?? []),
          title: operand ? `Values of ${printOperand(operand)}${found}` : 'Values',
        }
      case 'operator':
        return { completion, items: wordItems(completion), title: 'Comparisons' }
      case 'connective':
        return { completion, items: wordItems(completion), title: 'Next' }
    }
  }, [completion, typed, keys.data, values.data, operand, text])
}
