import { FileImage, FileSpreadsheet, FileType, Maximize, Minimize, RotateCcw, Table, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { chartCsv } from '#charts/prepare/chart-table.ts'
import type { LineInput } from '#charts/prepare/line-input.ts'
import { zoomedRange, type ZoomRange } from '#charts/prepare/zoom-range.ts'
import { MenuItem, MenuLine, MenuToggle } from '#ui/menu-popup.tsx'

import type { ChartSwitches } from './chart-card.tsx'
import type { ChartSync } from './chart-sync.ts'
import { lightTheme } from './chart-theme.ts'
import { fileName, saveFile } from './save-file.ts'

const zoomFactor = 2

interface ChartMenuProps {
  model: ChartModel
  lines: readonly LineInput[]
  sync: ChartSync
  fullScreen: boolean
  onFullScreen: (on: boolean) => void
  onTable: () => void
  onZoom: (range: ZoomRange | null) => void
  /** Called with the reason where a picture cannot be made. */
  onFailed: (reason: string) => void
  onSwitch?: (change: Partial<ChartSwitches>) => void
  children?: ReactNode
}

/** What the pointer does by dragging, what can be switched, and the ways out of the page. */
export function ChartMenu({ model, lines, sync, fullScreen, onFullScreen, onTable, onZoom, onFailed, onSwitch, children }: ChartMenuProps) {
  const { options } = model
  const draw = async (kind: 'png' | 'svg'): Promise<void> => {
    const { exportPng, exportSvg } = await import('./export-chart.ts')
    const name = fileName(model.title, kind)
    if (kind === 'svg') saveFile(name, new Blob([exportSvg(lines, options, lightTheme())], { type: 'image/svg+xml' }))
    else saveFile(name, await exportPng(lines, options, lightTheme()))
  }
  const save = (kind: 'png' | 'svg'): void => {
    onFailed('')
    draw(kind).catch((error: unknown) => onFailed(`Not saved: ${error instanceof Error ? error.message : String(error)}`))
  }
  const saveCsv = (): void =>
    saveFile(fileName(model.title, 'csv'), new Blob([chartCsv(model.title, lines, options.xKey)], { type: 'text/csv' }))
  return (
    <>
      <MenuItem icon={<Table />} onSelect={onTable}>
        Show as table
      </MenuItem>
      <MenuItem icon={fullScreen ? <Minimize /> : <Maximize />} onSelect={() => onFullScreen(!fullScreen)}>
        {fullScreen ? 'Leave full screen' : 'Full screen'}
      </MenuItem>
      {model.rows === null && <ZoomItems model={model} sync={sync} onZoom={onZoom} />}
      {onSwitch && (
        <>
          <MenuLine />
          <MenuToggle checked={options.yLog} onChange={yLog => onSwitch({ yLog })}>
            {model.rows === null ? 'Log y' : 'Log scale'}
          </MenuToggle>
          {model.rows === null && (
            <>
              <MenuToggle checked={options.xLog} onChange={xLog => onSwitch({ xLog })}>
                Log x
              </MenuToggle>
              <MenuToggle checked={options.clipOutliers} onChange={clipOutliers => onSwitch({ clipOutliers })}>
                Clip outliers
              </MenuToggle>
            </>
          )}
        </>
      )}
      <MenuLine />
      <MenuItem icon={<FileImage />} onSelect={() => save('png')}>
        Save as PNG
      </MenuItem>
      <MenuItem icon={<FileType />} onSelect={() => save('svg')}>
        Save as SVG
      </MenuItem>
      <MenuItem icon={<FileSpreadsheet />} onSelect={saveCsv}>
        Save as CSV
      </MenuItem>
      {children}
    </>
  )
}

function ZoomItems({ model, sync, onZoom }: Pick<ChartMenuProps, 'model' | 'sync' | 'onZoom'>) {
  const { zoom, full } = sync.getState()
  return (
    <>
      <MenuLine />
      <MenuItem icon={<ZoomIn />} shortcut="+" onSelect={() => onZoom(zoomedRange(model.xAxis.scale, zoomFactor, 0.5, full))}>
        Zoom in
      </MenuItem>
      <MenuItem
        icon={<ZoomOut />}
        shortcut="−"
        disabled={zoom === null}
        onSelect={() => onZoom(zoomedRange(model.xAxis.scale, 1 / zoomFactor, 0.5, full))}
      >
        Zoom out
      </MenuItem>
      <MenuItem icon={<RotateCcw />} shortcut="0" disabled={zoom === null} onSelect={() => onZoom(null)}>
        Reset zoom
      </MenuItem>
    </>
  )
}
