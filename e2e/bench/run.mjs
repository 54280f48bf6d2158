// npm run bench: the budgets beside what this machine measures. `--tenth` takes a tenth of the runs and fails at more than twice a
// budget; `--only table,import` measures some groups; `--json file` writes the figures.
import { measureBundles } from '../bundle-budget.mjs'
import { chromiumFlags } from '../chromium-flags.ts'
import { findChromium } from '../chromium.mjs'
import { benchmark } from './benchmark.ts'
import { makeMlruns } from './make-mlruns.mjs'

process.exitCode = await benchmark(process.argv.slice(2), { measureBundles, chromiumFlags, findChromium, makeMlruns })
