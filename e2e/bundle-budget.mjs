// JavaScript that the runs page loads before anything is clicked, compressed, beside its budget.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const client = path.resolve(import.meta.dirname, '..', 'dist', 'client')
const budgets = [{ page: 'runs page', entries: ['index.html', 'src/features/runs/runs-page.tsx'], limit: 190_000 }]

/** Files of an entry and of everything that it imports at once. */
function filesOf(manifest, name, seen = new Set()) {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`${name} is not in the build's manifest`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, seen)
  return seen
}

/** Measured sizes: `{page, bytes, limit, files}` each. Throws where there is no build. */
export function measureBundles() {
  const manifestFile = path.join(client, '.vite', 'manifest.json')
  if (!existsSync(manifestFile)) throw new Error('There is no build in dist/client; run npm run build.')
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  return budgets.map(({ page, entries, limit }) => {
    const files = [...entries.reduce((seen, entry) => filesOf(manifest, entry, seen), new Set())].filter(file => file.endsWith('.js'))
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(client, file))).length, 0)
    return { page, bytes, limit, files: files.length }
  })
}

if (process.argv[1] === import.meta.filename) {
  for (const { page, bytes, limit, files } of measureBundles()) {
    console.log(`${page}: ${(bytes / 1_000).toFixed(1)} kB gz of ${limit / 1_000} kB in ${files} files`)
    if (files === 0 || bytes > limit) process.exitCode = 1
  }
}
