import { Split } from '#ui/split.tsx'
import { Bar, Loading } from '#ui/states.tsx'

import { NumberCardsFrame } from './number-card-row.tsx'
import { railWidth } from './overview-rail.tsx'

import overview from './overview.module.css'
import head from './run-head.module.css'

/** The frame of a run page while the run is fetched: title, facts, tabs and the four numbers, as bars of final size. */
export function RunFrame() {
  return (
    <Loading>
      <div className={head['head']}>
        <div className={head['title']}>
          <Bar width="280px" height="20px" />
        </div>
        <div className={head['facts']}>
          <Bar width="520px" />
        </div>
      </div>
      <div className={head['tabsFrame']}>
        <Bar width="380px" />
      </div>
      <Split label="Facts of the run" width={railWidth} aside={null}>
        <div className={overview['main']}>
          <NumberCardsFrame />
        </div>
      </Split>
    </Loading>
  )
}
