import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '#ui/tokens.css'
import '#ui/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { shareStream } from '#data/live-tabs.ts'
import { followChanges } from '#data/live.ts'
import { createQueryClient } from '#data/query-client.ts'
import { followTheme } from '#ui/preferences.ts'

import { createAppRouter } from './router.tsx'

followTheme()

const queryClient = createQueryClient()
followChanges(queryClient, shareStream)
const router = createAppRouter(queryClient)
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <CSPProvider nonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
