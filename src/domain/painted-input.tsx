import { useRef, type ComponentProps, type ReactNode, type Ref } from 'react'

import type { HighlightPart } from './painted-parts.ts'

import styles from './painted-input.module.css'

interface PaintedInputProps extends Omit<ComponentProps<'input'>, 'onScroll' | 'role'> {
  'aria-expanded': boolean
  /** Id of the list of what may be typed. */
  'aria-controls': string

  value: string
  /** The text in its colours. */
  parts: readonly HighlightPart[]
  /** Shown while the field is empty. */
  example?: ReactNode
  /** Told how far a long text is scrolled, in px. */
  onScrolled?: (left: number) => void
  ref?: Ref<HTMLInputElement>
}

/** A field of one line with a list of what fits at its caret, whose text is painted as it is typed. Fills what stands around it, and has its font. */
export function PaintedInput({
  parts,
  example,
  onScrolled,
  'aria-expanded': expanded,
  'aria-controls': controls,
  ...props
}: PaintedInputProps) {
  const paint = useRef<HTMLPreElement>(null)
  return (
    <div className={styles['typing']}>
      <pre ref={paint} aria-hidden="true" className={styles['paint']}>
        {props.value === '' && example}
        {parts.map((part, index) => (
          // Parts have no identity of their own: the text is painted anew with each key.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} data-kind={part.kind} className={part.wrong ? styles['underline'] : undefined}>
            {part.text}
          </span>
        ))}
      </pre>
      <input
        className={styles['input']}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={controls}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onScroll={event => {
          const left = event.currentTarget.scrollLeft
          if (paint.current) paint.current.style.transform = `translateX(${-left}px)`
          onScrolled?.(left)
        }}
        {...props}
      />
    </div>
  )
}
