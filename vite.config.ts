import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { noncePlaceholder } from './src/server/api/security-headers.ts'

export default defineConfig(async ({ command, mode, isPreview }) => {
  const developing = command === 'serve' && mode !== 'test' && !isPreview
  const plugins = developing ? [(await import('./src/server/dev.ts')).developmentPlugin(import.meta.dirname)] : []
  return {
    plugins: [react(), ...plugins],
    html: { cspNonce: noncePlaceholder },
    server: {
      cors: false,
      // Vite's own list, and the home of development, which lies below node_modules.
      fs: { allow: ['src', 'index.html', 'node_modules'], deny: ['.env', '.env.*', '*.{crt,pem}', '**/.git/**', '**/.readout*/**'] },
    },
    preview: { cors: false },
    // A busy machine takes its time; what must be fast is measured by the bench.
    test: { testTimeout: 120_000, include: ['src/**/*.test.{ts,tsx}'], typecheck: { include: ['src/**/*.test-d.ts'] } },
    build: {
      outDir: 'dist/client',
      manifest: true,
      // Fonts and pictures are files: the pages' policy takes no data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // e2e/bundle-budget.mjs guards the sizes.
      chunkSizeWarningLimit: 2_000,
    },
  }
})
