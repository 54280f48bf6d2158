// Builds the pages into dist/client and the server into dist/server: both, or one of them with --client or --server.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { build } from 'vite'

import { buildStamp, clientDigest, packageRoot } from './setup.mjs'

// A NODE_ENV of a test or of the user's shell would bring React's slow development code into the build.
process.env.NODE_ENV = 'production'

const dist = path.join(packageRoot, 'dist')

/** Removes what builds left behind that were killed; a younger one may be at work. */
function clearAbandoned() {
  for (const name of readdirSync(dist)) {
    const folder = path.join(dist, name)
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (/^\.(new|old)-/.test(name) && age > 600_000) rmSync(folder, { recursive: true, force: true })
  }
}

/** Builds into a folder aside and puts it into place at once, so that a server that is running never sees half of it. */
async function replace(name, make) {
  const fresh = path.join(dist, `.new-${name}-${process.pid}`)
  const old = path.join(dist, `.old-${name}-${process.pid}`)
  const place = path.join(dist, name)
  try {
    await make(fresh)
    if (statSync(place, { throwIfNoEntry: false })) renameSync(place, old)
    renameSync(fresh, place)
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
}

async function buildClient() {
  // Taken before the build: a file saved while it goes on must make the next start build again.
  const digest = clientDigest()
  rmSync(buildStamp, { force: true })
  await replace('client', outDir => build({ root: packageRoot, logLevel: 'warn', build: { outDir, emptyOutDir: true } }))
  writeFileSync(buildStamp, digest)
}

/** Node strips no types below node_modules, so the packed server is JavaScript. All chunks lie side by side, since threads find their entry by its name. */
async function buildServer() {
  const entry = name => path.join(packageRoot, 'src', 'server', name)
  await replace('server', outDir =>
    build({
      root: packageRoot,
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      ssr: { noExternal: ['zod'], target: 'node' },
      build: {
        outDir,
        emptyOutDir: true,
        ssr: true,
        target: 'node24',
        minify: false,
        sourcemap: false,
        rolldownOptions: {
          input: { cli: entry('cli.ts'), 'cli-options': entry('cli-options.ts'), thread: entry('api/thread.ts') },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    }),
  )
}

const only = process.argv[2]
mkdirSync(dist, { recursive: true })
clearAbandoned()
if (only !== '--server') await buildClient()
if (only !== '--client') await buildServer()
