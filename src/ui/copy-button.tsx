import { Check, Copy, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button, type ButtonProps } from './button.tsx'
import { IconButton, type IconButtonProps } from './icon-button.tsx'
import { useCopy, type CopyResult } from './use-copy.ts'

/** What is copied: the text, or a function that makes or fetches it when the button is pressed. */
type CopySource = string | (() => string | Promise<string>)

function textOf(source: CopySource): string | Promise<string> {
  return typeof source === 'function' ? source() : source
}

const words = { copied: 'Copied', refused: 'The browser refused to copy' }

function ResultIcon({ result, icon }: { result: CopyResult | null; icon: ReactNode }) {
  if (result === null) return icon
  return result === 'copied' ? <Check /> : <X />
}

function Said({ result }: { result: CopyResult | null }) {
  return <output className="visually-hidden">{result && words[result]}</output>
}

interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  text: CopySource
  icon?: ReactNode
  /** Verb and object, `Copy link`. */
  children: string
}

/** A button that copies a text and says with its icon that it did. Its width stays. */
export function CopyButton({ text, icon = <Copy />, children, ...props }: CopyButtonProps) {
  const { copy, result } = useCopy()
  return (
    <>
      <Button onClick={() => copy(textOf(text))} {...props}>
        <ResultIcon result={result} icon={icon} />
        {children}
      </Button>
      <Said result={result} />
    </>
  )
}

interface CopyIconButtonProps extends Omit<IconButtonProps, 'icon' | 'onClick'> {
  text: CopySource
}

/** A copy button of one icon. */
export function CopyIconButton({ text, size = 'small', ...props }: CopyIconButtonProps) {
  const { copy, result } = useCopy()
  return (
    <>
      <IconButton size={size} icon={<ResultIcon result={result} icon={<Copy />} />} onClick={() => copy(textOf(text))} {...props} />
      <Said result={result} />
    </>
  )
}
