import { Box, ChevronDown, ChevronRight, File, FileChartColumn, FileText, Folder, FolderOpen, Image } from 'lucide-react'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'

import { formatBytes } from '#lib/format.ts'
import { useVisibleRange } from '#ui/use-visible-range.ts'

import { treeMove, type ArtifactPlace, type TreeNode } from './artifact-tree.ts'

import styles from './artifacts.module.css'

const rowHeight = 28
const sizeOf = (): number => rowHeight

interface ArtifactTreeViewProps {
  nodes: readonly TreeNode[]
  /** Id of the file that is shown. */
  selected: string | null
  onOpen: (id: string, open: boolean) => void
  onSelect: (place: ArtifactPlace) => void
}

/** The tree of artifacts, by the ARIA tree pattern: one tab stop, arrows go, open and close, Enter shows a file. */
export function ArtifactTreeView({ nodes, selected, onOpen, onSelect }: ArtifactTreeViewProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [activeId, setActiveId] = useState(selected)
  const focusWanted = useRef(false)
  const found = nodes.findIndex(node => node.id === activeId)
  const active = found < 0 ? 0 : found
  const range = useVisibleRange({ scroller, count: nodes.length, sizeOf, before: 0, overscan: 10, keep: active })

  // A link leads to a file: its row is brought into sight once, when the folders above it are read.
  const selectedAt = selected === null ? -1 : nodes.findIndex(node => node.id === selected)
  const shown = useRef(false)
  useLayoutEffect(() => {
    if (shown.current || selectedAt < 0 || !scroller) return
    shown.current = true
    const top = selectedAt * rowHeight
    if (top + rowHeight > scroller.clientHeight) scroller.scrollTo({ top: top - scroller.clientHeight / 2 })
  }, [selectedAt, scroller])

  useLayoutEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    const row = scroller?.querySelector<HTMLElement>('[data-active]')
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  })

  function press(node: TreeNode): void {
    if (node.kind === 'file') onSelect(node)
    else if (node.kind !== 'note') onOpen(node.id, !node.open)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const node = nodes[active]
    if (node && (event.key === 'Enter' || event.key === ' ')) press(node)
    else {
      const move = treeMove(nodes, active, event.key)
      if (!move) return
      if ('to' in move) {
        focusWanted.current = true
        setActiveId(nodes[move.to]?.id ?? null)
      } else if ('open' in move) onOpen(move.open, true)
      else onOpen(move.close, false)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={setScroller} className={styles['treeScroller']}>
      {/* The tree itself takes no focus: its active row does. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div role="tree" aria-label="Artifacts" className={styles['tree']} style={{ height: nodes.length * rowHeight }} onKeyDown={onKeyDown}>
        {range.indexes.map(index => {
          const node = nodes[index]
          return node ? (
            <TreeRow
              key={node.id}
              node={node}
              top={index * rowHeight}
              active={index === active}
              selected={node.id === selected}
              onPress={() => {
                setActiveId(node.id)
                press(node)
              }}
            />
          ) : null
        })}
      </div>
    </div>
  )
}

interface TreeRowProps {
  node: TreeNode
  top: number
  active: boolean
  selected: boolean
  onPress: () => void
}

function TreeRow({ node, top, active, selected, onPress }: TreeRowProps) {
  const { kind, text, level, position, siblings, open, size } = node
  const isFolder = kind === 'folder' || kind === 'model'
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    // Keys are the tree's.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isFolder ? open : undefined}
      aria-selected={selected}
      aria-disabled={kind === 'note' || undefined}
      tabIndex={active ? 0 : -1}
      data-active={active || undefined}
      className={styles['row']}
      style={{ top, paddingLeft: 8 + (level - 1) * 16 }}
      onClick={onPress}
    >
      <span className={styles['chevron']}>{isFolder && <Chevron />}</span>
      {kind === 'note' ? <span className={styles['note']}>{text}</span> : <Icon node={node} />}
      {kind !== 'note' && (
        <span className={styles['name']} title={text}>
          {text}
        </span>
      )}
      {kind === 'file' && <span className={styles['size']}>{formatBytes(size)}</span>}
      {kind === 'model' && <span className={styles['size']}>model</span>}
    </div>
  )
}

function Icon({ node: { kind, open, path } }: { node: TreeNode }) {
  if (kind === 'model') return <Box />
  if (kind === 'folder') return open ? <FolderOpen /> : <Folder />
  if (/\.(png|jpe?g|gif|webp|avif|bmp|svg|ico)$/i.test(path)) return <Image />
  if (/\.(csv|tsv)$/i.test(path)) return <FileChartColumn />
  return /\.(txt|md|log|json|ya?ml|py|html?|toml|xml)$/i.test(path) ? <FileText /> : <File />
}
