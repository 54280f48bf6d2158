import { Spline } from 'lucide-react'
import { lazy } from 'react'

import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { MenuChoice } from '#ui/menu-choice.tsx'
import { Menu } from '#ui/menu.tsx'
import { Popover } from '#ui/popover.tsx'

import { smoothingText } from './smoothing-text.ts'
import { xKinds, type ChartsView } from './use-charts-view.ts'

import styles from './smoothing.module.css'

const SmoothingEditor = lazy(async () => ({ default: (await import('./smoothing-editor.tsx')).SmoothingEditor }))

/** What all charts of a page have in common: the horizontal axis and how lines are smoothed. */
export function ChartsTools({ charts, small = false }: { charts: ChartsView; small?: boolean }) {
  const smoothing = charts.smoothing ? smoothingText(charts.smoothing) : 'none'
  return (
    <>
      <Menu
        label="Horizontal axis"
        align="end"
        trigger={
          <Button size={small ? 'small' : 'control'}>
            <span className={styles['label']}>x</span> {xKinds.find(({ value }) => value === charts.x)?.text}
          </Button>
        }
      >
        <MenuChoice label="Horizontal axis" value={charts.x} options={xKinds} onChange={charts.setX} />
      </Menu>
      <Popover
        label="Smoothing"
        align="end"
        trigger={
          small ? (
            <IconButton
              size="small"
              label={`Smoothing: ${smoothing}`}
              icon={<Spline />}
              className={charts.smoothing ? styles['on'] : undefined}
            />
          ) : (
            <Button>
              <span className={styles['label']}>Smoothing</span> {smoothing}
            </Button>
          )
        }
      >
        <SmoothingEditor value={charts.smoothing} onChange={charts.setSmoothing} />
      </Popover>
    </>
  )
}
