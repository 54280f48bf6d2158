import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'

import { functions } from '#contract/expression/ast.ts'
import { tokenizeExpression } from '#contract/expression/token.ts'
import type { Token } from '#contract/scan.ts'
import { classNames } from '#lib/class-names.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

import { CompletionMenu, optionId, type CompletionItem } from './completion-menu.tsx'
import { checkExpression } from './expression-check.ts'
import { completeExpression } from './expression-completion.ts'
import { useKeys, type KeySource } from './metric-keys.ts'
import { PaintedInput } from './painted-input.tsx'
import { paintedParts, type HighlightKind, type HighlightPart } from './painted-parts.ts'

import styles from './expression-editor.module.css'

/** An error that stands as long is not the way to something valid. */
const complainAfter = 700

interface ExpressionEditorProps {
  keys: KeySource
  /** The expression that is edited; null for a new one. */
  value: string | null
  onSave: (text: string) => void
  onClose: () => void
  finalFocus: () => HTMLElement | null
}

/** The text of an expression as it is typed, with what is offered at the caret and what is wrong with it. */
function useExpressionDraft(value: string | null, source: KeySource) {
  const keys = useKeys(source)
  const [text, setText] = useState(value ?? '')
  const [caret, setCaret] = useState(text.length)
  const [closed, setClosed] = useState(value !== null)
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), complainAfter)
    return () => clearTimeout(timer)
  }, [text])
  const completion = closed ? null : completeExpression(text, caret, keys)
  const open = completion !== null && completion.items.length > 0
  const error = text.trim() === '' ? null : checkExpression(text, keys)
  // While the menu offers how to go on, an error at the word under the caret is only something unfinished.
  const unfinished = open && error !== null && error.start >= completion.start
  return {
    text,
    completion: open ? completion : null,
    error,
    complaint: settled === text && !unfinished ? error : null,
    type: (next: string, at: number | null) => {
      setText(next)
      setCaret(at ?? next.length)
      setClosed(false)
    },
    moveTo: setCaret,
    setClosed,
    complain: () => {
      setSettled(text)
      setClosed(true)
    },
  }
}

/** Edits an expression over metrics, with completion and its error under the character. */
export function ExpressionEditor({ keys, value, onSave, onClose, finalFocus }: ExpressionEditorProps) {
  const draft = useExpressionDraft(value, keys)
  const { text, completion, error, complaint } = draft
  const [choice, setChoice] = useState<{ for: string; index: number } | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const [menuId, errorId] = [useId(), useId()]
  const items = completion?.items ?? []
  const place = `${completion?.start} ${completion?.typed}`
  const typedWhole = completion !== null && items.some(({ insert }) => insert === text.slice(completion.start, completion.end))
  const preferred = completion && completion.typed !== '' && !typedWhole && items[0]?.match ? 0 : -1
  const chosen = !completion ? -1 : choice?.for === place && choice.index < items.length ? choice.index : preferred

  function insert(item: CompletionItem): void {
    if (!completion) return
    const position = completion.start + item.insert.length
    // At once: a caret set in the next frame would jump behind what was typed meanwhile.
    flushSync(() => draft.type(text.slice(0, completion.start) + item.insert + text.slice(completion.end), position))
    input.current?.setSelectionRange(position, position)
  }
  function save(): void {
    input.current?.focus()
    if (text.trim() === '') return
    if (error) {
      draft.complain()
      return
    }
    onSave(text.trim())
    onClose()
  }
  function choose(by: 1 | -1): void {
    if (!completion) draft.setClosed(false)
    else setChoice({ for: place, index: chosen === -1 ? (by > 0 ? 0 : items.length - 1) : (chosen + by + items.length) % items.length })
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const item = items[Math.max(0, chosen)]
    if (event.key === 'ArrowDown') choose(1)
    else if (event.key === 'ArrowUp') choose(-1)
    else if (event.key === 'Tab' && !event.shiftKey && item && (chosen >= 0 || completion?.typed !== '')) insert(item)
    else if (event.key === 'Enter' && chosen >= 0 && item) insert(item)
    else if (event.key === 'Enter') save()
    else if (event.key === 'Escape' && completion && text !== '') {
      draft.setClosed(true)
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  return (
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title={value === null ? 'Chart of an expression' : 'Edit expression'}
      initialFocus={input}
      finalFocus={finalFocus}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="filled" disabled={text.trim() === ''} onClick={save}>
            {value === null ? 'Add chart' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={classNames(styles['field'], complaint !== null && styles['wrong'])}>
        <PaintedInput
          ref={input}
          parts={highlight(text, complaint)}
          example={<span className={styles['example']}>log(loss) - log(`val/loss`)</span>}
          value={text}
          aria-label="Expression"
          aria-expanded={completion !== null}
          aria-controls={menuId}
          aria-activedescendant={chosen >= 0 ? optionId(menuId, chosen) : undefined}
          aria-invalid={complaint !== null}
          aria-describedby={complaint === null ? undefined : errorId}
          onChange={event => draft.type(event.target.value, event.target.selectionStart)}
          onSelect={event => draft.moveTo(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p id={errorId} className={styles['error']} role="alert">
        {complaint && `${complaint.message}${complaint.nearest === undefined ? '' : ` Did you mean ${complaint.nearest}?`}`}
      </p>
      <div className={styles['below']}>
        {completion ? (
          <CompletionMenu
            id={menuId}
            project={keys.project}
            title={completion.typed === '' ? 'Metrics, functions and params' : `Names that match “${completion.typed}”`}
            items={items}
            chosen={chosen}
            onChoose={index => setChoice({ for: place, index })}
            onInsert={insert}
          />
        ) : (
          <Help />
        )}
      </div>
    </Dialog>
  )
}

function Help() {
  return (
    <div className={styles['help']}>
      <p>
        Numbers, metrics by name, <code>params.lr</code>, <code>+ - * / ^</code> and parentheses. A name with other characters than letters,
        digits, <code>_</code> and <code>.</code> stands in backticks: <code>`val/loss`</code>.
      </p>
      <p>
        Functions: <code>{Object.keys(functions).join(' ')}</code>.
      </p>
      <p>Where metrics of a run were logged at different steps, the last value of each is carried on, and the chart says so.</p>
    </div>
  )
}

function kindOf(token: Token, after: Token | undefined): HighlightKind {
  if (token.kind === 'number') return 'number'
  if (token.kind === 'quoted') return 'key'
  if (token.kind === 'word') return after?.text === '(' ? 'plain' : 'key'
  return /[-+*/^]/.test(token.text) ? 'operator' : 'plain'
}

function highlight(text: string, error: { start: number; end: number } | null): HighlightPart[] {
  const tokens = tokenizeExpression(text)
  return paintedParts(
    text,
    tokens,
    tokens.map((token, index) => kindOf(token, tokens[index + 1])),
    error,
  )
}
