// npm run test:clients, or with a part of a client's name as its argument. Under an old Node this hands over to the one that npm brought along, since the tests are TypeScript.
import { fileURLToPath } from 'node:url'

import { continueUnder, suitableNode } from '#server/setup.mjs'

const node = suitableNode()
if (node === process.execPath) {
  const { testClients } = await import('./test-clients.ts')
  process.exitCode = (await testClients(process.argv[2])) > 0 ? 1 : 0
} else await continueUnder(node, fileURLToPath(import.meta.url))
