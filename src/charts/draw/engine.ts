import { CustomChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use as register, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

import type { ChartModel } from '#charts/prepare/chart-model.ts'

import type { Size } from './chart-geometry.ts'
import { chartOption } from './chart-option.ts'
import type { ChartTheme } from './chart-theme.ts'
import { registerLinePath } from './line-path.ts'

register([CustomChart, GridComponent, CanvasRenderer])
registerLinePath()

/** A drawing of models on a canvas. */
export interface Drawing {
  draw: (model: ChartModel, theme: ChartTheme, size: Size) => void
  dispose: () => void
}

/** Makes a canvas in `host` that models are drawn on. */
export function createDrawing(host: HTMLElement): Drawing {
  let chart: EChartsType | undefined
  return {
    draw(model, theme, size) {
      chart ??= init(host, null, { renderer: 'canvas', ...size })
      if (chart.getWidth() !== size.width || chart.getHeight() !== size.height) chart.resize({ ...size, silent: true })
      chart.setOption(chartOption(model, theme, size), { notMerge: true, silent: true })
    },
    dispose() {
      chart?.dispose()
      chart = undefined
    },
  }
}
