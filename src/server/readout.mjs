#!/usr/bin/env node
// The entry: brings what is missing, then hands over to the server. The words are those that Node 12 understands.
import { readFileSync } from 'fs'
import path from 'path'
import { fileURLToPath, pathToFileURL } from 'url'

import { buildWhenChanged, continueUnder, endAs, installMissing, isCheckout, packageRoot, SetupError, suitableNode } from './setup.mjs'

const say = line => process.stderr.write(`${line}\n`)

/** Compiled beside the pages in an installed package, TypeScript in a checkout. */
function load(name) {
  const file = isCheckout() ? ['src', 'server', `${name}.ts`] : ['dist', 'server', `${name}.js`]
  return import(pathToFileURL(path.join(packageRoot, ...file)).href)
}

/** Folder that the user's relative paths start at: npm runs its scripts in the folder of package.json and tells where it was called. */
function startFolder(env) {
  const isOurScript = env.npm_lifecycle_event === 'start' && env.npm_package_name === 'readout'
  return (isOurScript && env.INIT_CWD) || process.cwd()
}

async function start() {
  if (isCheckout()) await installMissing(say)
  const node = suitableNode()
  if (node !== process.execPath) {
    await continueUnder(node, fileURLToPath(import.meta.url))
    return
  }
  const { helpText, parseCli } = await load('cli-options')
  const request = parseCli(process.argv.slice(2), startFolder(process.env))
  if (request.kind === 'help') process.stdout.write(helpText)
  else if (request.kind === 'version') {
    process.stdout.write(`${JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')).version}\n`)
  } else if (request.kind === 'error') {
    say(request.message)
    endAs({ code: 2, signal: null })
  } else {
    if (isCheckout()) await buildWhenChanged(node, say)
    const { main } = await load('cli')
    await main(request.options)
  }
}

start().catch(error => {
  say(error instanceof SetupError ? error.message : error.stack)
  process.exit(1)
})
