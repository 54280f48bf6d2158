import { Checkbox } from '#ui/checkbox.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Kbd } from '#ui/kbd.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'

import styles from './keys-dialog.module.css'

const keys: [keys: string[], what: string][] = [
  [['/'], 'Filter'],
  [['j'], 'Next run'],
  [['k'], 'Previous run'],
  [['↑', '↓', '←', '→'], 'Move in the table'],
  [['Home', 'End'], 'First and last column; with Ctrl the first and last run'],
  [['Page up', 'Page down'], 'One page on'],
  [['x', 'Space'], 'Select the run; with ⇧ all up to it'],
  [['c'], 'Compare the selected runs'],
  [['Ctrl', 'a'], 'Select all runs that match'],
  [['Enter'], 'Open the run; in the head sort, with ⇧ as well'],
  [['Alt', '↓'], 'In the head, the menu of the column'],
  [['Esc'], 'Close what is open, then clear the selection'],
  [['?'], 'These keys'],
]

/** All keys of the runs page, and the switch for who types single keys by accident. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const singleKeys = usePreferences(preferences => preferences.singleKeys)
  return (
    <Dialog open onOpenChange={open => !open && onClose()} title="Keys">
      <dl className={styles['keys']}>
        {keys.map(([names, what]) => (
          <div key={what} className={styles['row']}>
            <dt className={styles['names']}>
              {names.map(name => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className={styles['switch']} htmlFor="single-keys">
        <Checkbox id="single-keys" checked={singleKeys} onCheckedChange={checked => setPreferences({ singleKeys: checked })} />
        Single keys, such as j and x, act
      </label>
    </Dialog>
  )
}
