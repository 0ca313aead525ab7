import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** What the server alone answers; the service worker neither caches it nor stands in for it. */
const SERVERS_OWN = [/^\/api\//, /^\/socket\.io\//, /^\/(healthz|readyz|metrics)$/]

export default defineConfig({
  base: '/',
  plugins: [
    react(),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'autoUpdate',
      injectRegister: false,
      workbox: { globPatterns: ['**/*.{js,css,html,svg,png}'], navigateFallback: '/index.html', navigateFallbackDenylist: SERVERS_OWN },
      manifest: {
        name: '中山市总值班室',
        short_name: '总值班室',
        description: '值班信息：签收、批示、指令',
        lang: 'zh-CN',
        display: 'standalone',
        start_url: '/',
        scope: '/',
        background_color: '#12161B',
        theme_color: '#12161B',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  build: { outDir: 'dist', emptyOutDir: true, modulePreload: { polyfill: false } },
})
