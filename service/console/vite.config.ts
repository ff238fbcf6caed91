import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` proxies to a running service; OVERREAD_CONSOLE_API may name another address.
const service = process.env.OVERREAD_CONSOLE_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: {
    // vtk.js reaches for Node's `events` and `url`; without these aliases the bundle fails at run
    // time with "Class extends value undefined".
    alias: { events: 'events/', url: 'url/' },
  },
  build: {
    target: 'es2023',
    // A strict Content-Security-Policy allows no data: URIs, so nothing is inlined.
    assetsInlineLimit: 0,
    // The viewer is a chunk of its own, loaded when the first study is opened.
    chunkSizeWarningLimit: 4000,
  },
  server: {
    proxy: { '/api': service, '/fhir': service, '/actuator': service },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
